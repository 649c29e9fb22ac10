"""A process beside a command, that ends whatever the command started, however the command dies.

It listens to the command through a pipe; the end of that pipe is the end of the command, even by
SIGKILL. Then every Terraform that still runs is interrupted, so that it releases its lock, and
after that the shared provider is ended, which those Terraforms may have been using until then.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

REATTACH = "TF_REATTACH_PROVIDERS"
AUTHORITIES = "AWS_CA_BUNDLE"
"""A file of the certificates to trust, where a proxy opens TLS."""
SECONDS_TO_STOP = 120
"""How long an interrupted Terraform may take to end what it has begun and to release its lock."""

_CODE = Path(__file__).resolve().parent.parent
_FRONT = Path(__file__).with_name("provider_front.mjs").resolve()


class Keeper:
    """The process, for the length of a `with` block; it starts `provider`, if one is given."""

    def __init__(self, environment: Mapping[str, str], *, provider: Path | None = None) -> None:
        self._environment = dict(environment)
        self._provider = provider
        self._writing = threading.Lock()

    def __enter__(self) -> Keeper:
        given = [str(self._provider)] if self._provider else []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.keeper", *given],
            cwd=_CODE,
            env=provider_variables(self._environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the command, whose end then reaches this one
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        try:
            self._attached = self._from.readline().strip()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._to.close()
        self._process.wait()
        self._from.close()

    @property
    def variables(self) -> dict[str, str]:
        """What makes Terraform use the provider that runs; nothing where none does."""
        return {REATTACH: self._attached} if self._attached else {}

    def watch(self, pid: int) -> None:
        """Tells of a Terraform that has started."""
        self._say(f"+{pid}")

    def forget(self, pid: int) -> None:
        """Tells of a Terraform that has ended."""
        self._say(f"-{pid}")

    def _say(self, line: str) -> None:
        with self._writing, contextlib.suppress(BrokenPipeError):
            self._to.write(f"{line}\n")
            self._to.flush()


def provider_variables(given: Mapping[str, str]) -> dict[str, str]:
    """The variables of a provider that many Terraforms configure, one after the other.

    The SDK refuses AWS_CA_BUNDLE when a provider is configured again (`unable to add custom
    RootCAs`, seen 2026-11 with provider 5.100.0). Go takes the same file from SSL_CERT_FILE, but
    not on macOS.
    """
    variables = dict(given)
    authorities = variables.pop(AUTHORITIES, None)
    return variables | {"SSL_CERT_FILE": authorities} if authorities else variables


def _main(binary: str | None) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with contextlib.ExitStack() as block:
        attached = _attached(block, binary) if binary else ""
        print(attached, flush=True)
        running: set[int] = set()
        for line in sys.stdin:
            pid = int(line[1:])
            (running.add if line[0] == "+" else running.discard)(pid)
        _stop(running)
    return 0


def _attached(block: contextlib.ExitStack, binary: str) -> str:
    """Starts the provider and its front for the length of `block`; how Terraform attaches."""
    provider = _started(block, [binary, "-debug"])
    address = _address(provider)
    if not address:
        return ""
    attached = json.loads(address)
    where = next(iter(attached.values()))["Addr"]
    block.callback(Path(where["String"]).unlink, missing_ok=True)
    node = Path(sys.executable).with_name("node")
    if node.exists():
        folder = block.enter_context(tempfile.TemporaryDirectory(prefix="netflux-provider-"))
        socket = str(Path(folder) / "front")
        front = _started(block, [str(node), str(_FRONT), where["String"], socket])
        if front.stdout and front.stdout.readline() == "ready\n":
            where["String"] = socket
    return json.dumps(attached)


def _started(block: contextlib.ExitStack, command: list[str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    block.callback(process.wait)
    block.callback(process.kill)
    return process


def _address(provider: subprocess.Popen[str]) -> str:
    """What the provider says on how to attach to it; empty when it ended instead."""
    for line in provider.stdout or ():
        name, found, value = line.strip().partition("=")
        if found and name == REATTACH:
            return value.strip("'")
    return ""


def _stop(running: set[int]) -> None:
    """Interrupts each process once: a second time would make Terraform leave its lock behind."""
    for pid in running:
        _signal(pid, signal.SIGINT)
    deadline = time.monotonic() + SECONDS_TO_STOP
    while any(_signal(pid, 0) for pid in running) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in running:
        _signal(pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> bool:
    """Sends a signal; whether there was a process to take it."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1] if len(sys.argv) > 1 else None))
