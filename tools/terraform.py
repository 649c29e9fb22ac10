"""Terraform's commands as this project runs them: answers as values, and no lock left behind."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.keeper import SECONDS_TO_STOP, Keeper
from tools.prerequisites import terraform_program

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """The command is being stopped, so nothing new is started."""


class Answer(NamedTuple):
    """What a Terraform command said, and how it ended."""

    exit_code: int
    output: str
    """All of its standard output."""
    complaint: str
    """All of its standard error, which is empty where it answers in JSON."""

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages of a command with `-json`.

        A few lines of such commands are plain text, and the last one of a killed command is cut.
        """
        found = []
        for line in self.output.splitlines():
            with contextlib.suppress(ValueError):
                found += [json.loads(line)] if line.startswith("{") else []
        return found

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Terraform's own diagnostics of what went wrong."""
        diagnostics = [each["diagnostic"] for each in self.messages if "diagnostic" in each]
        return [each for each in diagnostics if each["severity"] == "error"]


class Terraform:
    """Runs Terraform, from several threads if need be.

    Each process has a session of its own: the Ctrl-C of a terminal reaches this process only, which
    hands it on once. The second interrupt would make Terraform give up, and leave its lock.
    """

    def __init__(self, environment: Mapping[str, str], keeper: Keeper) -> None:
        self._environment = {**environment, **keeper.variables, "TF_IN_AUTOMATION": "1"}
        self._program = terraform_program(environment)
        self._keeper = keeper
        self._running: set[subprocess.Popen[bytes]] = set()
        self._changing = threading.Lock()
        self._stopping = False

    def run(self, folder: Path, *arguments: str) -> Answer:
        """Runs one command in `folder`; files that it writes are for this user only.

        Its output goes to files: a pipe would break with this process, and Terraform with the pipe,
        before it has released its lock.
        """
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaint:
            with self._changing:
                if self._stopping:
                    raise Stopped
                process = subprocess.Popen(
                    [self._program, *arguments],
                    cwd=folder,  # not -chdir: the stack's own mirror is looked for before it works
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=complaint,
                    start_new_session=True,
                    umask=0o077,
                )
                self._running.add(process)
            self._keeper.watch(process.pid)
            process.wait()
            self._keeper.forget(process.pid)
            with self._changing:
                self._running.discard(process)
                if self._stopping:
                    raise Stopped
            texts = []
            for file in (output, complaint):
                file.seek(0)
                texts.append(file.read().decode(errors="replace"))
        return Answer(process.returncode, *texts)

    def run_to_end(self, folder: Path, *arguments: str) -> Answer:
        """As `run`, for a command of this thread; Ctrl-C waits until Terraform has stopped."""
        try:
            return self.run(folder, *arguments)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Interrupts what runs and waits for its end; kills only what does not end in time."""
        with self._changing:
            self._stopping = True
            running = list(self._running)
        for process in running:
            process.send_signal(signal.SIGINT)
        for process in running:
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def one_interrupt() -> Iterator[None]:
    """Whatever would end this process raises KeyboardInterrupt, once; what follows is ignored."""

    def interrupt(*_: object) -> None:
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {ending: signal.signal(ending, interrupt) for ending in _ENDINGS}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
