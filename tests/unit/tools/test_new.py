"""`python -m tools.new`: both files or none, and what is said."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

import environments
import services
from constructs_lib.errors import WRITABLE
from constructs_lib.service import Service
from tests.unit.synthesis import PROD
from tools import catalogue_file, new, service_test

CATALOGUE = """\
from constructs_lib.service import Service

SERVICES = [
    Service(name="movie-service"),  # the first
]
"""
TEST = "tests/unit/services/test_rating_service.py"
GOLDEN = "tests/unit/services/rating-service.json"
TEXTS = {str(path): text for path, text in service_test.service_test("rating-service").items()}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of a project of one service."""
    (tmp_path / "services.py").write_text(CATALOGUE)
    (tmp_path / TEST).parent.mkdir(parents=True)
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    monkeypatch.setattr(environments, "PROJECT", tmp_path)
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD])
    monkeypatch.setattr(services, "SERVICES", [Service(name="movie-service")])
    return tmp_path


def files(project: Path) -> dict[str, str]:
    return {
        str(path.relative_to(project)): path.read_text()
        for path in project.rglob("*")
        if path.is_file()
    }


BEFORE = {"services.py": CATALOGUE}
AFTER = {
    "services.py": CATALOGUE.replace("]\n", '    Service(name="rating-service"),\n]\n'),
    **TEXTS,
}


def test_the_entry_and_its_test(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new.main(["rating-service"]) == 0
    assert files(project) == AFTER
    assert capsys.readouterr() == (
        f"services.py: has rating-service as its last entry\n"
        f"{TEST}: its test, which compares\n"
        f"{GOLDEN}: what that entry makes\n"
        "\n"
        "next:\n"
        "  say in services.py what is different, if anything (docs/arguments.md), then\n"
        "  make golden     # writes rating-service.json anew\n"
        "  make test-unit\n"
        "  npx cdktf deploy rating-service   # iam first, if it names secrets\n"
        "or to take it back: delete the entry and both files, then make picture\n",
        "",
    )


RULE = "'name' must be 1 to 255 letters, digits, hyphens or underscores"
CURE = "use hyphens, and shorten it if need be"
REFUSED = {
    "none": (
        "",
        "new: 'SERVICE' must be the name of a service (got '');"
        " name it, as in: make new SERVICE=rating-service",
    ),
    "one that is there": (
        "movie-service",
        "movie-service: 'name' must be of one service only, and entry 1 has it"
        " (got 'movie-service'); choose another",
    ),
    "the id of a stack": (
        "iam",
        "iam: 'name' must not be the id of a stack of the project (got 'iam'); rename it",
    ),
    "an option": (
        "-x",
        "-x: 'name' must not begin with a hyphen, as commands would take the stack for an option"
        " (got '-x'); rename it, and give this one as family",
    ),
    "none of a repository": (
        "rating_",
        "rating_: 'name' must be what ECR takes for the repository of the image: lower-case letters"
        " or digits, between them hyphens or one or two underscores (got 'rating_');"
        " rename it, or give image=",
    ),
    "a command of the shell": (
        "$(touch x)",
        f"$(touch x): {RULE} (got '$(touch x)'); {CURE}",
    ),
    "a path": ("../x", f"../x: {RULE} (got '../x'); {CURE}"),
}


@pytest.mark.parametrize(("name", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_name_that_is_refused(
    name: str, sentence: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new.main(["--", name]) == 1
    assert capsys.readouterr() == ("", f"{sentence}\n")
    assert files(project) == BEFORE


@pytest.mark.parametrize("place", [TEST, GOLDEN])
def test_another_test_in_its_place(
    place: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / place).write_text("# mine\n")
    assert new.main(["rating-service"]) == 1
    sentence = f"new: {place}: is there already, and is another; move it, or delete it\n"
    assert capsys.readouterr() == ("", sentence)
    assert files(project) == BEFORE | {place: "# mine\n"}


def test_the_test_that_a_killed_command_left(project: Path) -> None:
    (project / TEST).write_text(TEXTS[TEST])
    assert new.main(["rating-service"]) == 0
    assert files(project) == AFTER


def test_a_catalogue_that_cannot_be_written_into_leaves_no_test(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "services.py").write_text("SERVICES = load()\n")
    assert new.main(["rating-service"]) == 1
    assert capsys.readouterr() == (
        "",
        "new: services.py: has no list SERVICES = [...] to write into; write the entry yourself:\n"
        '    Service(name="rating-service"),\n',
    )
    assert files(project) == {"services.py": "SERVICES = load()\n"}


@pytest.mark.parametrize("place", [0, 1, 2], ids=["the test", "its file", "the catalogue"])
def test_no_space_leaves_neither(
    place: int, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[str] = []
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        written.append(target.name)
        if len(written) > place:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    assert new.main(["rating-service"]) == 1
    said = [
        f"new: {TEST}: cannot be written: No space left on device; {WRITABLE}\n",
        f"new: {GOLDEN}: cannot be written: No space left on device; {WRITABLE}\n",
        f"new: services.py: cannot be written: No space left on device; {WRITABLE}\n",
    ]
    assert capsys.readouterr() == ("", said[place])
    assert files(project) == BEFORE


@pytest.mark.parametrize("moment", ["test", "catalogue"])
def test_an_interruption_leaves_both_or_neither(
    moment: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two files it comes too late; before them nothing is begun."""
    module = service_test if moment == "test" else catalogue_file
    write_whole = module.write_whole

    def interrupted(path: Path, text: str) -> None:
        write_whole(path, text)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(module, "write_whole", interrupted)
    assert new.main(["rating-service"]) == 0
    assert files(project) == AFTER


def test_an_interruption_before_is_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(new, "_check", interrupted)
    assert new.main(["rating-service"]) == 130
    assert capsys.readouterr() == ("", "\nnew: stopped; nothing is written\n")
    assert files(project) == BEFORE


def test_a_name_whose_test_would_be_anothers_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new.main(["movie_service"]) == 1
    assert files(project) == BEFORE
    assert capsys.readouterr().err == (
        "new: 'SERVICE' must differ from movie-service in more than - and _, for the file of its "
        "test (got 'movie_service'); choose another\n"
    )


def test_a_name_that_tells_nothing_is_told_by_the_command(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new.main(["m" * 256]) == 1
    assert files(project) == BEFORE
    [sentence] = capsys.readouterr().err.splitlines()
    assert sentence.startswith("new: 'name' must be 1 to 255 ")
    assert "256 characters in all" in sentence
