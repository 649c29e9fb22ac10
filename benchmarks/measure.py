"""Running whole processes, and what each cost."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Failed(Exception):
    """A process that ended with an error, or not in time; says its last lines."""


class Cost(NamedTuple):
    """Of a process and all those that it started."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    """Resident memory of the largest of them; not less than what the process that asks has had,
    as Linux counts what a process was before its exec."""


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    limit_s: float = 600,
) -> Cost:
    """What `command` costs.

    Raises:
        Failed: its exit code was not 0, or it took longer than `limit_s`.
    """
    begin = time.perf_counter()
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise Failed(str(error)) from error
    in_time = threading.Timer(limit_s, os.killpg, (process.pid, signal.SIGKILL))
    in_time.start()
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.read()
    # Of the process and of what it waited for: times are sums, the peak is that of the largest.
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - begin
    in_time.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        last = said.decode(errors="replace").strip().splitlines()[-3:]
        raise Failed(f"exit code {process.returncode}: {' / '.join(last)}")
    return Cost(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_BYTES / 1e6)


_MAXRSS_BYTES = 1024 if os.uname().sysname == "Linux" else 1
