"""Ctrl-C while the cdktf CLI runs, typed or sent: Terraform ends as it does by itself.

A prompt reads it as a key; at any other time the terminal interrupts all that runs in it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.faulty_aws import Fault
from tests.faults.stage import Stage, released, until
from tests.marked_processes import a_mark, kill_all, processes

pytestmark = [
    pytest.mark.integration,
    pytest.mark.row("disk full, read-only folder, Ctrl-C in every command"),
]

NOTHING_CHANGED = "cdktf: stopped; nothing is changed, and no lock and no process of it is left"
STOPPED = (
    "cdktf: stopped; no lock and no process of it is left, and the same command goes on from there"
)
FORCED = "cdktf: stopped at once; a lock may be left, and the next deploy says how to release it"
DEPLOY_S = 180
"""How long a deploy may take on a busy machine: 40 s were seen with nine processes on two cores."""
APPROVED = {"CDKTF_AUTO_APPROVE": "true"}
BY_A_PERSON = {"CI": "false"}
"""Where the CLI thinks that it is in CI, it draws its screen at its end only (ink)."""


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, stage: Stage, *command: str, **variables: str) -> None:
        self.mark = a_mark()
        self.said = ""
        self._keyboard, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", *command],
            cwd=stage.folder,
            env=stage.environment | BY_A_PERSON | variables | self.mark,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
        )
        os.close(terminal)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # how a terminal ends
            while piece := os.read(self._keyboard, 4096):
                self.said += piece.decode(errors="replace")

    def shows(self, words: str) -> None:
        until(lambda: words in self.said or self._process.poll() is not None, seconds=DEPLOY_S)
        assert words in self.said, self.said

    def waits_for(self, happening: threading.Event) -> None:
        until(lambda: happening.is_set() or self._process.poll() is not None, seconds=DEPLOY_S)
        assert happening.is_set(), self.said

    def types(self, keys: str) -> None:
        os.write(self._keyboard, keys.encode())

    def close(self) -> None:
        """Ends what still runs in it."""
        kill_all(self.mark)
        self._process.wait()
        self._reader.join()
        os.close(self._keyboard)

    def ended(self) -> tuple[int, list[str]]:
        """The exit code and the sentences of this project, once no process of it is left."""
        code = self._process.wait(60)
        until(lambda: not processes(self.mark), seconds=10)
        code = 128 - code if code < 0 else code  # as a shell tells it: npx passes the signal on
        return code, re.findall(r"^(?:.*AbortError.*?|cdktf: .+?)(?=\r$)", self.said, re.MULTILINE)


InTerminal = Callable[..., Terminal]


@pytest.fixture
def in_terminal(stage: Stage) -> Iterator[InTerminal]:
    """Starts a command in a terminal, which is closed at the test's end."""
    with contextlib.ExitStack() as opened:

        def start(*command: str, **variables: str) -> Terminal:
            return opened.enter_context(contextlib.closing(Terminal(stage, *command, **variables)))

        yield start


@pytest.fixture
def service(stage: Stage) -> str:
    return stage.a_service()


def test_at_the_prompt_nothing_is_changed(
    stage: Stage, service: str, in_terminal: InTerminal
) -> None:
    for _ in range(2):
        terminal = in_terminal("npx", "cdktf", "deploy", service)
        terminal.shows("Approve")
        assert stage.locked() == [service]
        terminal.types("\x03")
        assert terminal.ended() == (130, [NOTHING_CHANGED]), terminal.said
        assert stage.locked() == []
    assert stage.groups(service) == []
    done = stage.run("npx", "cdktf", "deploy", service, **APPROVED)
    assert done.returncode == 0, done.stdout


def test_what_was_warned_of_stands_above_the_prompt_too(
    stage: Stage, service: str, in_terminal: InTerminal
) -> None:
    assert stage.direct_apply(service).returncode == 0
    terminal = in_terminal("npx", "cdktf", "destroy", "iam")
    terminal.shows("Approve")
    terminal.types("\x03")
    assert terminal.ended() == (130, [NOTHING_CHANGED]), terminal.said
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.said).split("\r\n")
    above = said[said.index("Please review the diff output above for iam") - 1]
    assert above.startswith("warning: iam: ")
    assert service in above.partition(" would be left")[0]


@pytest.mark.parametrize("request_to_aws", ["PUT .*/terraform.tfstate ", "CreateLogGroup"])
def test_in_the_middle_of_a_deploy(
    stage: Stage, service: str, in_terminal: InTerminal, request_to_aws: str
) -> None:
    slow = Fault(request_to_aws, "wait after", seconds=3, times=1)
    with stage.faulty.wrong(slow):
        terminal = in_terminal("npx", "cdktf", "deploy", service, **APPROVED)
        terminal.waits_for(slow.done)
        terminal.types("\x03")
        assert terminal.ended() == (130, [STOPPED]), terminal.said
    assert stage.locked() == []
    done = stage.run("npx", "cdktf", "deploy", service, **APPROVED)
    if request_to_aws == "CreateLogGroup":  # Terraform has not waited for the answer
        adopt = f"NETFLUX_ENV=local .venv/bin/python -m tools.adopt {service}"
        assert done.stdout.splitlines()[-1] == (
            f"{service}: there is already the log group /ecs/{service}, which this stack has not "
            f"made; take over what there is, with: {adopt}"
        )
        assert "1 to import" in stage.run("sh", "-c", adopt).stdout
        done = stage.run("npx", "cdktf", "deploy", service, **APPROVED)
        assert "is deleted: all of it is in the state" in stage.run("sh", "-c", adopt).stdout
    assert done.returncode == 0, done.stdout
    stage.plans_nothing(service)


@pytest.mark.parametrize("command", ["diff", "destroy"])
def test_in_the_middle_of_another_command(
    stage: Stage, service: str, in_terminal: InTerminal, command: str
) -> None:
    assert stage.direct_apply(service).returncode == 0
    slow = Fault("DescribeLogGroups", "wait", seconds=3, times=1)
    with stage.faulty.wrong(slow):
        terminal = in_terminal("npx", "cdktf", command, service, **APPROVED)
        until(lambda: slow.met, seconds=DEPLOY_S)
        terminal.types("\x03")
        assert terminal.ended() == (130, [STOPPED]), terminal.said
    assert stage.locked() == []


def test_the_second_one_ends_all_at_once(
    stage: Stage, service: str, in_terminal: InTerminal
) -> None:
    slow = Fault("PUT .*/terraform.tfstate ", "wait after", seconds=20, times=1)
    with stage.faulty.wrong(slow):
        terminal = in_terminal("npx", "cdktf", "deploy", service, **APPROVED)
        terminal.waits_for(slow.done)
        terminal.types("\x03")
        terminal.shows("Interrupt received")
        time.sleep(1.5)
        terminal.types("\x03")
        assert terminal.ended() == (130, [FORCED]), terminal.said
    released(stage, service)


@pytest.mark.parametrize(
    "signals",
    [
        pytest.param([signal.SIGINT], id="only the CLI's process"),
        pytest.param([signal.SIGINT] * 2, id="npx hands on what the terminal has sent too"),
        pytest.param([signal.SIGTERM] * 3, id="CI ends its job"),
        pytest.param([signal.SIGHUP], id="the terminal is closed"),
    ],
)
def test_a_signal(stage: Stage, service: str, signals: list[signal.Signals]) -> None:
    mark = a_mark()
    slow = Fault("PUT .*/terraform.tfstate ", "wait after", seconds=3, times=1)
    with stage.faulty.wrong(slow):
        command = ("node_modules/.bin/cdktf", "deploy", service)
        process = stage.begin(*command, **APPROVED, **mark)
        try:
            until(lambda: slow.done.is_set() or process.poll() is not None, seconds=DEPLOY_S)
            for each in signals:
                process.send_signal(each)
                time.sleep(0.2)
            said, _ = process.communicate(timeout=60)
            until(lambda: not processes(mark), seconds=10)
        finally:
            kill_all(mark)
    assert (process.returncode, said.splitlines()[-1]) == (130, STOPPED)
    assert stage.locked() == []
