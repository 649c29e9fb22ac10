"""`python -m tools.release`: one line of images.txt, and no other."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import environments
import services as catalogue_file
from constructs_lib.environment import Environment
from constructs_lib.service import Service
from tests import walk
from tests.unit.synthesis import PROD
from tools import release

DIGEST = "sha256:" + "0f" * 32
HEADING = "# Which image runs where, a line a service; builds write it with tools.release.\n"
PROJECT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """images.txt of a project with two environments and three services."""
    staging = Environment(**{**PROD.given, "name": "staging"})
    pinned = {"prod": {"image_tag": "1"}}
    services = [
        Service(name="a"),
        Service(name="b"),
        Service(name="pinned", per_environment=pinned),
    ]
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    monkeypatch.setattr(environments, "PROJECT", tmp_path)
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD, staging])
    monkeypatch.setattr(catalogue_file, "SERVICES", services)
    return tmp_path / "images.txt"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = release.main([*arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_the_first_line_makes_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "a", "1.4.2") == (0, "images.txt: prod a 1.4.2 (new)\n")
    assert file.read_text() == f"{HEADING}prod a 1.4.2\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert list(file.parent.iterdir()) == [file]


def test_another_version_replaces_that_word_alone(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(b"# x\r\n\r\nprod  a\t1.4.2  # not 1.4.2 of b\r\nstaging a 1\r\n")
    file.chmod(0o640)
    assert said(capsys, "a", DIGEST) == (0, f"images.txt: prod a {DIGEST} (was 1.4.2)\n")
    text = f"# x\r\n\r\nprod  a\t{DIGEST}  # not 1.4.2 of b\r\nstaging a 1\r\n"
    assert file.read_bytes().decode() == text
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_the_same_version_again_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("prod a 1.4.2")
    before = file.stat()
    told = "images.txt: prod a 1.4.2 (as before, nothing is written)\n"
    assert said(capsys, "a", "1.4.2") == (0, told)
    assert (file.read_text(), file.stat().st_ino) == ("prod a 1.4.2", before.st_ino)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("prod a 1\nstaging b 1", "prod a 1\nprod b 2\nstaging b 1"),
        ("# top\nstaging b 1\n", "# top\nprod b 2\nstaging b 1\n"),
        ("prod a 1\n\n# staging\nstaging a 1\n", "prod a 1\nprod b 2\n\n# staging\nstaging a 1\n"),
        ("prod a 1  # kept", "prod a 1  # kept\nprod b 2\n"),
        ("# only\n", "# only\nprod b 2\n"),
        ("", "prod b 2\n"),
    ],
)
def test_a_new_line_is_where_it_sorts_and_the_others_stay(
    file: Path, before: str, after: str
) -> None:
    file.write_text(before)
    assert release.main(["b", "2"]) == 0
    assert file.read_text() == after


def test_the_environment_is_named_or_that_of_the_variable(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert release.main(["a", "1", "--environment", "staging"]) == 0
    monkeypatch.setenv("NETFLUX_ENV", "staging")
    assert release.main(["b", "2"]) == 0
    assert file.read_text() == f"{HEADING}staging a 1\nstaging b 2\n"


def test_wrong_words_are_all_said_and_nothing_is_written(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(capsys, "pined", "x/a:1", "--environment", "stagng")
    assert (code, told.splitlines()) == (
        1,
        [
            "release: 'SERVICE' must be a service of services.py (got 'pined'); write 'pinned'",
            "release: '--environment' must be an environment of environments.py (got 'stagng');"
            " write 'staging'",
            "release: 'TAG_OR_DIGEST' must be an image tag: 1 to 128 letters, digits, _ . or -, not"
            " beginning with . or - (got 'x/a:1'); write the tag alone, or sha256: and the digest,"
            " without the repository",
        ],
    )
    assert not file.exists()


def test_what_services_py_says_already_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "pinned", "2") == (
        1,
        "pinned: 'per_environment['prod']['image_tag']' must not say which image runs, as"
        " images.txt does (2) (got '1'); take it out of services.py, or take the line away\n",
    )
    assert not file.exists()
    assert release.main(["pinned", "2", "--environment", "staging"]) == 0


def test_a_file_that_is_wrong_is_left_as_it_is(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("prod a\n")
    code, told = said(capsys, "b", "1")
    assert (code, told.split(":")[0]) == (1, "images.txt, line 1")
    assert file.read_text() == "prod a\n"


def test_a_link_to_the_file_stays_one(file: Path) -> None:
    shared = file.parent / "shared.txt"
    shared.write_text("prod a 1\n")
    file.symlink_to(shared.name)
    assert release.main(["a", "2"]) == 0
    assert (file.is_symlink(), shared.read_text()) == (True, "prod a 2\n")


def test_a_project_that_reads_no_such_file_is_told_how_it_would(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(environments, "IMAGES")
    assert said(capsys, "a", "2") == (
        1,
        "environments.py: 'IMAGES' must be given (got nothing); write IMAGES = ..., as"
        " the project netflux has it\n",
    )
    assert not file.exists()


def test_many_builds_at_once_lose_no_line(tmp_path: Path) -> None:
    names = [f"service-{number}" for number in range(8)]
    entries = ", ".join(f"Service(name={name!r})" for name in names)
    text = f"from constructs_lib.service import Service\nSERVICES = [{entries}]\n"
    walk.write(tmp_path)
    (tmp_path / "services.py").write_text(text)
    for name in ("constructs_lib", "tools"):
        (tmp_path / name).symlink_to(PROJECT / name)
    command = [sys.executable, "-m", "tools.release"]
    with ThreadPoolExecutor(len(names)) as builds:
        done = builds.map(
            lambda name: subprocess.run([*command, name, "1"], cwd=tmp_path, check=True), names
        )
        assert len(list(done)) == len(names)
    lines = [f"prod {name} 1\n" for name in names]
    assert (tmp_path / "images.txt").read_text() == HEADING + "".join(lines)
