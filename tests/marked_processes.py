"""The processes of one command, found again by a variable of their environment."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
from pathlib import Path


def a_mark() -> dict[str, str]:
    """A variable by which the processes of one command are found again, whoever started them."""
    return {"NETFLUX_TEST_MARK": f"{os.getpid()}-{next(_marks)}"}


_marks = itertools.count()


def processes(mark: dict[str, str]) -> dict[int, str]:
    """The command lines of the processes that have `mark` in their environment, by id."""
    ((name, value),) = mark.items()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"{name}={value}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                line = (folder / "cmdline").read_text().replace("\0", " ")
                if line:
                    found[int(folder.name)] = line
    return found


def kill_all(mark: dict[str, str]) -> None:
    """Kills all processes of a command, even those that are just being started."""
    while found := processes(mark):
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
