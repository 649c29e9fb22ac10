"""`python -m tools.diagnosis`: what it answers a person, and what the cdktf CLI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.service import Service
from tests.unit.tools.aws_in_process import ENVIRONMENT, state
from tests.unit.tools.diagnosis.iam import SECRET, TOKEN, UNREADABLE, iam_state, put
from tools.diagnosis import __main__ as command
from tools.diagnosis import with_iam
from tools.diagnosis.looking import Diagnosis

PROJECT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("arguments", "warned"),
    [
        (["movies", "--failed"], False),
        (["movies", "--before", "--deploying"], True),
        (["movies", "--before"], False),
        (["iam", "movies", "--before", "--deploying"], False),
        (["plain", "--before", "--deploying"], False),
    ],
)
def test_before_a_deploy_without_iam_it_is_a_warning(
    arguments: list[str],
    warned: bool,
    s3: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(s3, iam_state(SECRET))
    movies = Service(name="movies", secrets={"PASSWORD": SECRET, "TOKEN": "/movies/token"})
    found = ENVIRONMENT, [movies, Service(name="plain")]
    monkeypatch.setattr(command, "_environment_and_services", lambda: found)
    assert command.main(arguments) == 0
    warning = f"warning: {UNREADABLE.format(TOKEN)}\n"
    assert capsys.readouterr() == ("", warning if warned else "")


def test_a_person_is_warned_too(
    s3: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(s3, iam_state(SECRET))
    found = ENVIRONMENT, [Service(name="movies", secrets={"TOKEN": "/movies/token"})]
    monkeypatch.setattr(command, "_environment_and_services", lambda: found)
    assert command.main(["movies"]) == 0
    assert capsys.readouterr() == (
        "movies: nothing stands in its way\n",
        f"warning: {UNREADABLE.format(TOKEN)}\n",
    )


@pytest.mark.parametrize(("arguments", "code"), [(["gone"], 3), (["gone", "3", "--failed"], 3)])
def test_what_was_deployed_and_is_no_longer_in_the_code_is_told(
    arguments: list[str],
    code: int,
    s3: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(s3, state(1, "log_group"), "gone/terraform.tfstate")
    monkeypatch.setattr(command, "_environment_and_services", lambda: (ENVIRONMENT, []))
    assert command.main(arguments) == code
    assert capsys.readouterr() == (
        "",
        "gone has resources in its state, and no entry in services.py; put that back, and take "
        "away what it made, with: npx cdktf destroy gone\n",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["movie", "--certain=1"], 3, "cdktf: there is no stack 'movie'; write 'movies'\n"),
        (["movies", "true", "--certain=1"], 0, ""),
        (["movie*s", "{movies,iam}", "--certain=2"], 0, ""),
        (
            ["gone", "--certain=1"],
            3,
            "gone has resources in its state, and no entry in services.py; put that back, and take "
            "away what it made, with: npx cdktf destroy gone\n",
        ),
    ],
    ids=["mistyped", "the value of an option", "patterns", "deployed, and gone from the code"],
)
def test_before_the_cli_begins_a_name_that_is_surely_none_is_told(
    arguments: list[str],
    code: int,
    said: str,
    s3: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(s3, state(1, "log_group"), "gone/terraform.tfstate")
    found = ENVIRONMENT, [Service(name="movies")]
    monkeypatch.setattr(command, "_environment_and_services", lambda: found)
    assert command.main([*arguments, "--before"]) == code
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("named", ["state-bucket", "*"])
def test_destroying_the_state_bucket_is_refused(
    named: str, s3: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_environment_and_services", lambda: (ENVIRONMENT, []))
    assert command.main([named, "--before", "--destroying"]) == 3
    assert capsys.readouterr() == (
        "",
        "state-bucket: Terraform does not destroy the bucket, as it holds the states; "
        "once nothing else is left, empty and delete it: docs/recovery.md#all-of-it-is-to-go\n",
    )


@pytest.mark.parametrize("arguments", [["iam", "--destroying"], ["i*", "--destroying"]])
def test_destroying_iam_is_warned_of(
    arguments: list[str],
    s3: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "_environment_and_services", lambda: (ENVIRONMENT, []))
    monkeypatch.setattr(with_iam, "left_without_roles", lambda _, stacks: [*stacks])
    assert command.main([*arguments, "--before"]) == 0
    assert capsys.readouterr() == ("", "warning: iam\n")


def test_what_iam_takes_from_what_has_no_entry_is_warned_of_before_its_deploy(
    s3: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(_: Diagnosis, needed: Any, is_made: Any) -> list[str]:
        return [f"{needed} {is_made('movies')} {is_made('gone')}"]

    found = ENVIRONMENT, [Service(name="movies", secrets={"PASSWORD": SECRET})]
    monkeypatch.setattr(command, "_environment_and_services", lambda: found)
    monkeypatch.setattr(with_iam, "not_readable_any_more", asked)
    assert command.main(["iam", "--before", "--deploying"]) == 0
    told = f"warning: {{'movies': {{{SECRET!r}}}}} True False\n"
    assert capsys.readouterr() == ("", told)
    assert command.main(["iam", "--before"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("stack", ["iam", "movies"])
def test_what_is_wrong_with_a_service_is_left_to_the_synth(
    stack: str, s3: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ENVIRONMENT, [Service(name="movies", task_definition_file="nowhere.json")]
    monkeypatch.setattr(command, "_environment_and_services", lambda: found)
    assert command.main([stack, "--before", "--deploying"]) == 0
    assert capsys.readouterr() == ("", "")


def test_after_a_failure_services_that_began_beside_iam_are_told(
    s3: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        command, "_environment_and_services", lambda: (ENVIRONMENT, [Service(name="movies")])
    )
    monkeypatch.setattr(with_iam, "began_beside_iam", lambda _, stacks: [*stacks])
    assert command.main(["iam", "movies", "--failed"]) == 3
    assert capsys.readouterr() == ("", "iam\nmovies\n")
    assert command.main(["movies", "--failed"]) == 0


ALL_WELL = "".join(
    f"{stack}: nothing stands in its way\n" for stack in ("state-bucket", "iam", "movies")
)


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["*"], 0, ALL_WELL, ""),
        (["movie"], 3, "", "diagnosis: there is no stack 'movie'; write 'movies'\n"),
        (
            ["iam", "movie", "x-*"],
            3,
            "",
            "diagnosis: there is no stack 'movie'; write 'movies'\n"
            "diagnosis: there is no stack 'x-*'; "
            "known are state-bucket, iam, movies\n",
        ),
        (["movie", "--before"], 0, "", ""),
        (["iam", "--failed"], 0, "", ""),
    ],
)
def test_a_person_is_answered_and_the_cli_only_when_something_is_found(
    arguments: list[str],
    code: int,
    out: str,
    err: str,
    s3: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(s3, state(1, "role"))
    found = ENVIRONMENT, [Service(name="movies")]
    monkeypatch.setattr(command, "_environment_and_services", lambda: found)
    assert command.main(arguments) == code
    assert capsys.readouterr() == (out, err)


def test_an_embedded_aws_that_does_not_run_is_to_be_started() -> None:
    environment = dict(os.environ) | {
        "NETFLUX_ENV": "local",
        "NETFLUX_LOCAL_ENDPOINT": "http://127.0.0.1:1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tools.diagnosis", "--before", "ia*", "3"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "local: the embedded AWS does not run at http://127.0.0.1:1; "
        "start it, with: .venv/bin/python -m tools.local_aws up\n"
    )
