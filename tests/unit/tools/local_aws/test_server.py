"""How a server ends: by itself, with its parent, and by a signal."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.tools.local_aws.servers import (
    PROJECT,
    Command,
    free_port,
    is_up,
    listens,
    within,
)


def test_it_ends_after_the_idle_time(command: Command) -> None:
    server = command.up("--idle-minutes", 0.01)

    assert within(30, lambda: not is_up(server))
    assert command.files() == ["lock", "server.log"]


def test_it_ends_when_its_folder_is_removed(command: Command) -> None:
    server = command.up()
    shutil.rmtree(command.folder)

    assert within(10, lambda: not is_up(server))
    assert not command.folder.exists()


def test_it_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import time\n"
        "from tools.local_aws import LocalAws\n"
        "with LocalAws() as aws:\n"
        "    print(aws.endpoint, flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    endpoint = parent.stdout.readline().strip()
    assert listens(endpoint)
    parent.kill()
    parent.communicate()

    assert within(10, lambda: not listens(endpoint))
    assert list(tmp_path.iterdir()) == []


def test_it_ends_and_tidies_up_when_its_process_is_ended(command: Command) -> None:
    server = command.up()
    os.kill(server.pid, signal.SIGTERM)

    assert within(10, lambda: not is_up(server))
    assert command.files() == ["lock", "server.log"]


def test_a_ctrl_c_in_the_terminal_is_not_for_the_server(command: Command) -> None:
    server = command.up()

    assert os.getsid(server.pid) == server.pid


@pytest.fixture
def endless_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A moto that takes a minute to import."""
    (tmp_path / "moto").mkdir()
    (tmp_path / "moto" / "__init__.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("endless_start")
@pytest.mark.parametrize("seconds", [0, 0.01, 0.1, 0.3])
def test_ctrl_c_in_up_leaves_no_server_and_no_file(command: Command, seconds: float) -> None:
    port = free_port()
    process = command.start("up", "--port", port)
    assert within(30, (command.folder / "server.log").exists)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)

    assert process.communicate() == ("", "interrupted\n")
    assert process.returncode == 130
    assert within(10, lambda: not listens(f"http://127.0.0.1:{port}"))
    assert command.files() == ["lock", "server.log"]


@pytest.mark.usefixtures("endless_start")
def test_a_server_whose_up_is_killed_ends_and_no_old_endpoint_is_left(command: Command) -> None:
    command.folder.mkdir()
    (command.folder / "endpoint").write_text("http://127.0.0.1:9\n")
    port = free_port()
    process = command.start("up", "--port", port)
    assert within(30, (command.folder / "server.log").exists)
    assert within(30, lambda: listens(f"http://127.0.0.1:{port}"))
    process.kill()
    process.communicate()

    assert within(10, lambda: not listens(f"http://127.0.0.1:{port}"))
    assert command.files() == ["lock", "server.log"]
