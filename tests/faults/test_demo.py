"""The embedded AWS dies during the demo: one sentence, and nothing is left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.stage import until
from tests.local_aws.conftest import PROJECT
from tests.marked_processes import a_mark, processes

pytestmark = [
    pytest.mark.integration,
    pytest.mark.row("the embedded AWS dies during the demo"),
    pytest.mark.usefixtures("_terraform"),
]

MOMENTS = ["The embedded AWS listens", "[1/4]", "[2/4]", "[3/4]", "terraform plan state-bucket"]
"""What the demo has said last when it happens."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_ends_with_one_sentence_and_leaves_nothing(moment: str, tmp_path: Path) -> None:
    local = PROJECT / ".local_aws"
    before = set(local.iterdir()) if local.exists() else None
    mark = a_mark()
    process = _begun(tmp_path, mark)
    assert process.stdout
    said = ""
    while moment not in said:
        letter = process.stdout.read(1)
        assert letter, said
        said += letter
    (server,) = (pid for pid, line in processes(mark).items() if "tools.local_aws.server" in line)
    os.kill(server, signal.SIGKILL)
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 1
    assert complaint == (
        "\ndemo: the embedded AWS has ended before its time, killed by SIGKILL; "
        "start again, with: make demo\n"
    )
    until(lambda: not processes(mark))
    assert list(tmp_path.iterdir()) == []
    assert (set(local.iterdir()) if local.exists() else None) == before


def test_ctrl_c_leaves_nothing_either(tmp_path: Path) -> None:
    mark = a_mark()
    process = _begun(tmp_path, mark)
    assert process.stdout
    said = ""
    while "[2/4]" not in said:
        said += process.stdout.read(1)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=120)
    assert (process.returncode, complaint) == (130, "\ndemo: stopped; nothing of it is left\n")
    until(lambda: not processes(mark))
    assert list(tmp_path.iterdir()) == []


def _begun(folder: Path, mark: dict[str, str]) -> subprocess.Popen[str]:
    """The demo, with `folder` for all that is temporary."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "tools.demo"],
        cwd=PROJECT,
        env=os.environ | {"TMPDIR": str(folder)} | mark,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
