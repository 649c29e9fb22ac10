"""Failures to start, each a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.unit.tools.local_aws.servers import (
    Command,
    free_port,
    listens,
)
from tools.local_aws import StartFailure, launch


def test_moto_that_is_not_installed_is_one_sentence(command: Command) -> None:
    without_packages = ("-S",)

    assert command.run("up", python=without_packages) == (
        1,
        "",
        f"local_aws: the embedded AWS needs moto and flask and flask_cors, which {sys.executable} "
        "does not have; run `make setup`, and start it with `.venv/bin/python`; "
        "in another project: pip install 'netflux-ecs[local-aws]'\n",
    )


def test_a_server_that_ends_before_it_answers_shows_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with (tmp_path / "log").open("w+") as log, pytest.raises(StartFailure) as error:
        launch.launch(launch.listen(), log, account_id="1", options=("--idle-minutes=x",))

    assert str(error.value) == (
        "local_aws: the server ended with exit code 2 before it answered; its log ends with:\n"
        "  usage: python -m tools.local_aws.server [-h] --listener LISTENER "
        "[--endpoint-file ENDPOINT_FILE] [--idle-minutes IDLE_MINUTES]\n"
        "  python -m tools.local_aws.server: error: argument --idle-minutes: "
        "invalid float value: 'x'"
    )


def test_a_server_that_does_not_answer_in_time_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "SECONDS_TO_START", 0)
    port = free_port()
    with (tmp_path / "log").open("w+") as log, pytest.raises(StartFailure) as error:
        launch.launch(launch.listen(port), log, account_id="1")

    assert str(error.value) == (
        "local_aws: the server did not answer within 0 seconds; its log ends with: nothing"
    )
    assert not listens(f"http://127.0.0.1:{port}")
