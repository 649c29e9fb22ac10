"""The command on a folder of its own, and questions to a server."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from tools.local_aws.protocol import ABOUT_PATH, About

PROJECT = Path(__file__).resolve().parents[4]
MODULE = ["-m", "tools.local_aws"]


class Command:
    """`python -m tools.local_aws` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, *arguments: object, python: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command, *options = map(str, arguments)
        return subprocess.Popen(
            [sys.executable, *python, *MODULE, command, f"--folder={self.folder}", *options],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: object, python: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        process = self.start(*arguments, python=python)
        stdout, stderr = process.communicate(timeout=60)
        return process.returncode, stdout, stderr

    def up(self, *options: object) -> About:
        assert self.run("up", *options)[0] == 0
        return about(self.endpoint())

    def endpoint(self) -> str:
        return (self.folder / "endpoint").read_text().strip()

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def about(endpoint: str) -> About:
    with urllib.request.urlopen(endpoint + ABOUT_PATH, timeout=5) as response:
        return About(**json.load(response))


def listens(endpoint: str) -> bool:
    url = urlsplit(endpoint)
    try:
        socket.create_connection((str(url.hostname), url.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def is_up(server: About) -> bool:
    """Whether this very server answers; another may have taken its port meanwhile."""
    try:
        return about(server.endpoint) == server
    except (OSError, HTTPException):
        return False


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
