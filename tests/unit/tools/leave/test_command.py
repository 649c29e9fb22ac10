"""`python -m tools.leave`: a copy, a second run, the project in place, and what is refused."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tools.leave import __main__ as leave
from tools.leave.ways import LOCKS, TODAY, WAYS

PROJECT = Path(__file__).resolve().parents[4]
FILES = {
    "main.py": "from cdktf import App\n",
    "requirements.in": "cdktf==0.21.0\ncdktf-cdktf-provider-aws==20.1.0\nmoto\n",
    "requirements.txt": "the lock of today\n",
    "package.json": '{"devDependencies": {"cdktf-cli": "0.21.0"}}\n',
    "package-lock.json": "{}\n",
    "tools/cdktf": "#!/bin/sh\nexec cdktf\n",
    "benchmarks/peers.py": "import cdktf\n",
    ".gitignore": ".venv\n",
    ".venv/bin/python": "not of the project\n",
}
RENAMED = {
    "main.py": "from cdktn import App\n",
    "requirements.in": "cdktn==0.23.4\ncdktf-cdktf-provider-aws==20.1.0\nmoto\n",
    "requirements.txt": WAYS["cdktn"].lock.read_text("utf-8"),
    "package.json": (LOCKS / "package.json").read_text("utf-8"),
    "package-lock.json": (LOCKS / "package-lock.json").read_text("utf-8"),
    "tools/cdktn": "#!/bin/sh\nexec cdktn\n",
    "benchmarks/peers.py": "import cdktf\n",
    ".gitignore": ".venv\n",
}


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts and path.name != ".copied"
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "tools" / "cdktf").chmod(0o755)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    return folder


def test_a_file_for_which_there_is_no_room_is_not_half_there(project: Path) -> None:
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, most))  # bytes, of which the locks have more
    try:
        assert leave.main(["cdktn", "../copy"]) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    written = contents(project.parent / "copy")
    assert written
    assert written.items() <= RENAMED.items()


def test_a_copy_is_renamed_and_the_project_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave.main(["cdktn", "../copy"]) == 0
    assert capsys.readouterr().out == (
        "../copy: 9 files written for cdktn\n"
        "next, there: make clean setup fix test (docs/leaving-cdktf.md has the whole order)\n"
    )
    assert contents(project.parent / "copy") == RENAMED
    assert (project.parent / "copy" / "tools" / "cdktn").stat().st_mode & 0o111
    assert contents(project) == FILES


def test_a_second_run_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave.main(["cdktn", "../copy"])
    before = {path: path.stat().st_mtime_ns for path in (project.parent / "copy").rglob("*")}
    capsys.readouterr()
    assert leave.main(["cdktn", "../copy"]) == 0
    assert capsys.readouterr().out == "nothing to change\n"
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_in_a_copy_there_is_nothing_left_to_rename(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leave.main(["cdktn", "../copy"])
    monkeypatch.chdir("../copy")
    capsys.readouterr()
    assert leave.main(["cdktn", "."]) == 0
    assert capsys.readouterr().out == "nothing to change\n"
    assert contents(Path()) == RENAMED


def test_the_project_itself_is_renamed_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave.main(["cdktn", "."]) == 0
    ignored = {name: FILES[name] for name in (".venv/bin/python",)}
    assert contents(project) == RENAMED | ignored
    capsys.readouterr()
    assert leave.main(["cdktn", "."]) == 0
    assert capsys.readouterr().out == "nothing to change\n"


def test_a_copy_follows_the_project_and_keeps_what_is_its_own(project: Path) -> None:
    leave.main(["cdktn", "../copy"])
    own = project.parent / "copy" / ".venv" / "kept"
    own.parent.mkdir()
    own.write_text("kept")
    (project / "main.py").unlink()
    (project / "stacks.py").write_text("# cdktf\n")
    assert leave.main(["cdktn", "../copy"]) == 0
    expected = {name: text for name, text in RENAMED.items() if name != "main.py"}
    assert contents(project.parent / "copy") == expected | {
        "stacks.py": "# cdktn\n",
        ".venv/kept": "kept",
    }


def test_what_is_deployed_keeps_its_name(project: Path) -> None:
    names = {
        "services.py": 'SERVICES = [Service(name="cdktf", image_tag="cdktf")]\n',
        "environments.py": 'PROD = Environment(state_bucket="cdktf", tags={"by": "cdktf"})\n',
        "images.txt": "cdktf prod cdktf\n",
        "tasks/rating.json": '{"family": "cdktf"}\n',
        "state-bucket.prod.tfstate": '{"bucket": "cdktf"}\n',
    }
    (project / "tasks").mkdir()
    for name, text in names.items():
        (project / name).write_text(text)
    assert leave.main(["cdktn", "../copy"]) == 0
    assert contents(project.parent / "copy") == RENAMED | names


def test_a_file_that_is_no_text_is_copied(project: Path) -> None:
    (project / "logo.png").write_bytes(b"\x89PNG cdktf")
    assert leave.main(["cdktn", "../copy"]) == 0
    assert (project.parent / "copy" / "logo.png").read_bytes() == b"\x89PNG cdktf"


def test_a_copy_in_git_has_what_git_has(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave.main(["cdktn", "../copy"])
    monkeypatch.chdir("../copy")
    subprocess.run(["git", "init", "--quiet"], check=True)
    Path("added.py").write_text("import cdktf_cdktf_provider_aws\n")
    assert leave.main(["cdktn-aws-6", "."]) == 0
    assert Path("added.py").read_text() == "import cdktn_provider_aws\n"


def test_a_folder_must_be_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        leave.main(["cdktn", ""])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(
        "error: argument DIR: a folder must be named; name a new one, an earlier copy, or .\n"
    )
    assert contents(project) == FILES


def test_a_folder_below_a_file_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave.main(["cdktn", "main.py/new"]) == 1
    assert capsys.readouterr().err == "leave: main.py is a file; name a folder for the copy\n"


def test_a_copy_inside_the_project_is_not_copied_itself(project: Path) -> None:
    leave.main(["cdktn", "out/first"])
    assert leave.main(["cdktn", "out/second"]) == 0
    assert contents(project / "out" / "second") == RENAMED


@pytest.mark.parametrize("make", ["folder", "file"])
def test_nothing_of_others_is_overwritten(
    make: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = project.parent / "other"
    if make == "folder":
        other.mkdir()
        (other / "main.py").write_text("mine")
        expected = "is not empty, and not a copy of this command; name another folder"
    else:
        other.write_text("mine")
        expected = "is a file; name a folder for the copy"
    assert leave.main(["cdktn", "../other"]) == 1
    assert capsys.readouterr().err == f"leave: ../other {expected}\n"
    assert "mine" in (other.read_text() if make == "file" else (other / "main.py").read_text())


@pytest.mark.parametrize(
    ("first", "then", "new", "old"),
    [
        ("cdktn", "aws-6", "cdktn", "cdktf"),
        ("cdktn-aws-6", "cdktn", "cdktn-provider-aws", "cdktf-cdktf-provider-aws"),
    ],
)
def test_no_way_leads_back(
    first: str, then: str, new: str, old: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave.main([first, "."])
    before = contents(project)
    capsys.readouterr()
    assert leave.main([then, "."]) == 1
    assert capsys.readouterr().err == (
        f"leave: this project is on {new} already, and {then} would take it back to {old}; "
        "go on with: .venv/bin/python -m tools.leave cdktn-aws-6 .\n"
    )
    assert contents(project) == before


def test_outside_of_git_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert leave.main(["cdktn", "copy"]) == 1
    said = capsys.readouterr().err
    assert said == f"leave: {tmp_path} is no Git work tree; run this in a clone of the project\n"
    assert not (tmp_path / "copy").exists()


@pytest.mark.skipif(
    TODAY.framework not in (PROJECT / "requirements.in").read_text("utf-8"),
    reason="this project is a copy itself, from which not every way leads on",
)
@pytest.mark.parametrize("way", WAYS)
def test_the_pages_that_are_written_from_the_code_are_renamed_as_the_code_is(
    way: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tools.leave", way, str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    for page in ("tools.errors_page", "tools.arguments_page", "tools.review.rules_page"):
        command = [sys.executable, "-m", page, "--check"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
