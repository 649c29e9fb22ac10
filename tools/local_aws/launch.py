"""Starts the server's process and waits until it answers."""

from __future__ import annotations

import importlib.util
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

from tools.local_aws.protocol import READY, STAY

HOST = "127.0.0.1"
ACCOUNT_ID = "127549748682"
_CODE = Path(__file__).resolve().parents[2]

# Half a second is usual; the first start after an installation compiles moto as well.
SECONDS_TO_START = 60

# All that moto's server needs at run time for the services that we use: not the rest of the
# `server` extra (docker, cfn-lint, graphql, openapi...).
_NEEDED = ("moto", "flask", "flask_cors")


class StartFailure(Exception):
    """Why the embedded AWS does not run, in one sentence, for whoever wanted to start it."""


class Server:
    """A server that answers. It ends with this process unless it is told to stay."""

    def __init__(self, endpoint: str, process: subprocess.Popen[bytes]) -> None:
        self.endpoint = endpoint
        self._process = process

    def stay(self) -> None:
        """Lets the server outlive this process; returns once its endpoint file is there."""
        _to(self._process).write(STAY)
        _to(self._process).close()
        _from(self._process).read()
        _from(self._process).close()

    @property
    def ended(self) -> str | None:
        """How it ended; None while it runs."""
        code = self._process.poll()
        if code is None:
            return None
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"

    def stop(self) -> None:
        _end(self._process)


def listen(port: int = 0) -> socket.socket:
    """A socket on `port` of 127.0.0.1; 0 is any free one.

    It is opened here and handed down, so that no one can take the port before the server has it.

    Raises:
        OSError: the port is in use, or is not for this user.
    """
    return socket.create_server((HOST, port), backlog=128)


def clean_environment() -> dict[str, str]:
    """This process's environment without anything that leads to a real AWS account."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def launch(
    listener: socket.socket, log: IO[str], *, account_id: str, options: tuple[str, ...] = ()
) -> Server:
    """Starts a server on `listener`, which is closed here, and returns once it answers.

    `log` is a file that can be read; `options` are more arguments of the server's process.

    Raises:
        StartFailure: something is not installed, or the server ended, or it took too long.
    """
    with listener:
        _check_installed()
        endpoint = f"http://{HOST}:{listener.getsockname()[1]}"
        descriptor = listener.fileno()
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.local_aws.server", f"--listener={descriptor}", *options],
            cwd=_CODE,
            env=clean_environment()
            | {"MOTO_ACCOUNT_ID": account_id, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            pass_fds=[descriptor],
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the server
        )
    try:
        _wait_until_ready(process, log)
    except BaseException:
        _end(process)
        raise
    return Server(endpoint, process)


def _check_installed() -> None:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise StartFailure(
            f"local_aws: the embedded AWS needs {' and '.join(missing)}, which {sys.executable} "
            "does not have; run `make setup`, and start it with `.venv/bin/python`; "
            "in another project: pip install 'netflux-ecs[local-aws]'"
        )


def _wait_until_ready(process: subprocess.Popen[bytes], log: IO[str]) -> None:
    answers, _, _ = select.select([_from(process)], [], [], SECONDS_TO_START)
    if not answers:
        raise StartFailure(
            f"local_aws: the server did not answer within {SECONDS_TO_START} seconds; "
            f"its log ends with:{_tail(log)}"
        )
    if _from(process).readline() != READY:
        raise StartFailure(
            f"local_aws: the server ended with exit code {process.wait()} before it answered; "
            f"its log ends with:{_tail(log)}"
        )


def _tail(log: IO[str], lines: int = 5) -> str:
    log.seek(0)
    return "".join(f"\n  {line.rstrip()}" for line in log.readlines()[-lines:]) or " nothing"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and waits for it, so that not even a zombie is left."""
    process.kill()  # nothing of it needs tidying up before it stays
    process.wait()
    _to(process).close()
    _from(process).close()


def _to(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin
    return process.stdin


def _from(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout
    return process.stdout
