"""Ctrl-C in every command: no traceback, no process, no lock and no half-written file is left."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time

import pytest

from tests.faults.stage import Stage, until
from tests.local_aws.conftest import PROJECT
from tests.marked_processes import a_mark, processes

pytestmark = [
    pytest.mark.integration,
    pytest.mark.row("disk full, read-only folder, Ctrl-C in every command"),
]

GOLDEN = "tests/golden/movie-service.json"
COMMANDS = {
    "main.py": "python main.py",
    "cdktf synth": "npx cdktf synth",
    "cdktf deploy": "npx cdktf deploy movie-service",
    "cdktf diff": "npx cdktf diff movie-service",
    "cdktf destroy": "npx cdktf destroy movie-service",
    "plan": "python -m tools.plan movie-service",
    "apply": "python -m tools.apply movie-service",
    "review": "python -m tools.review --no-checkov --json review.json",
    "render": "python -m tools.render movie-service",
    "convert": f"python -m tools.convert {GOLDEN} --python",
    "adopt": "python -m tools.adopt",
    "revisions": "python -m tools.revisions movie-service",
    "state": "python -m tools.state movie-service",
    "diagnosis": "python -m tools.diagnosis movie-service",
    "local_aws up": "python -m tools.local_aws up --folder aws",
    "local_aws status": "python -m tools.local_aws status --folder aws",
    "bindings": "python -m tools.bindings",
    "arguments_page": "python -m tools.arguments_page",
}
MOMENTS = (0.3, 0.7)
"""Parts of the length of a whole run."""


@pytest.fixture(scope="module")
def lengths() -> dict[str, float]:
    return {}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c(stage: Stage, lengths: dict[str, float], command: str, moment: float) -> None:
    words = COMMANDS[command].split()
    if command not in lengths:
        _ready(stage, command)
        began = time.monotonic()
        stage.run(*words, CDKTF_AUTO_APPROVE="true")
        lengths[command] = time.monotonic() - began
        _tidy(stage, command)
    said, process, mark = _interrupted(stage, command, moment * lengths[command])
    while _python_was_starting(stage, said):
        moment += 0.1
        said, process, mark = _interrupted(stage, command, moment * lengths[command])
    assert "Traceback" not in said, said
    assert "KeyboardInterrupt" not in said, said
    assert process.returncode in (-signal.SIGINT, 128 + signal.SIGINT, 0, 1, 2, 3)
    if command == "local_aws up" and process.returncode == 0:
        _tidy(stage, command)
    until(lambda: not processes(mark))
    assert stage.locked() == []
    for file in stage.folder.rglob("*.json"):
        if not {".terraform", "node_modules"} & {*file.parts}:
            json.loads(file.read_text("utf-8"))
    _tidy(stage, command)


def _interrupted(
    stage: Stage, command: str, seconds: float
) -> tuple[str, subprocess.Popen[str], dict[str, str]]:
    """What a command said that got Ctrl-C after some seconds, its process, and its mark."""
    _ready(stage, command)
    mark = a_mark()
    process = stage.begin(*COMMANDS[command].split(), CDKTF_AUTO_APPROVE="true", **mark)
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=120)
    return said, process, mark


def _python_was_starting(stage: Stage, said: str) -> bool:
    """Whether Python itself was interrupted, before it had come to a line of the project's code.

    It then prints a traceback of its own start, which no program can prevent.
    """
    own = f'File "({re.escape(str(PROJECT))}|{re.escape(str(stage.folder))})/(?!\\.venv/)'
    return "Traceback" in said and not re.search(own, said)


def _ready(stage: Stage, command: str) -> None:
    (stage.folder / "tests" / "golden").mkdir(parents=True, exist_ok=True)
    (stage.folder / GOLDEN).write_text((PROJECT / GOLDEN).read_text())
    if command in ("apply", "cdktf deploy", "cdktf diff", "cdktf destroy", "review", "revisions"):
        stage.a_service()
    if command == "cdktf destroy":
        assert stage.direct_apply("movie-service").returncode == 0
    if command in ("apply", "review"):
        planned = stage.run("python", "-m", "tools.plan", "movie-service")
        assert planned.returncode == 2, planned.stdout


def _tidy(stage: Stage, command: str) -> None:
    if command == "local_aws up":
        stage.run("python", "-m", "tools.local_aws", "down", "--folder", "aws")
