"""The embedded AWS that stays: what `up`, `down` and `status` do.

Three rules keep it simple:
1. Commands on one folder take turns, by a lock on `lock`.
2. A server lives only as long as `endpoint` names it: to remove that file is to stop the server.
3. A server is ours if it says so itself when asked; no pid or file is taken at its word.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.user_files import PROJECT
from tools.local_aws.launch import ACCOUNT_ID, StartFailure, launch, listen
from tools.local_aws.protocol import ABOUT_PATH, About

FOLDER = PROJECT / ".local_aws"
PREFERRED_PORT = 4599
IDLE_MINUTES = 60.0

_SECONDS_TO_ANSWER = 5
_SECONDS_TO_STOP = 10


class Wanted(NamedTuple):
    """What `up` was asked for; None is "whatever suits"."""

    account_id: str | None = None
    port: int | None = None
    idle_minutes: float | None = None


def up(wanted: Wanted, folder: Path = FOLDER) -> About:
    """The server of `folder`, started unless it runs already.

    Raises:
        InvalidInput: a value is wrong, the port is not free, or the server that runs is another.
        StartFailure: the server could not be started.
    """
    _check(wanted)
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with _turn(folder):
        about = _running(folder) or _started(wanted, folder)
        _check_same(wanted, about)
        return about


def down(folder: Path = FOLDER) -> About | None:
    """Stops the server of `folder` and tells which it was; None when none runs."""
    folder = folder.resolve()
    if not folder.exists():
        return None
    with _turn(folder):
        about = _running(folder)
        _endpoint_file(folder).unlink(missing_ok=True)
        _forget_what_was_in_it(folder)
        if about:
            _wait_until_gone(about)
        return about


def status(folder: Path = FOLDER) -> About | None:
    """The server of `folder`; None when none runs."""
    return _running(folder.resolve())


def of_another_folder(endpoint: str) -> str | None:
    """The folder of the server at `endpoint`, which nobody has named: neither `up` here, nor a
    person by NETFLUX_LOCAL_ENDPOINT. None where it has been named, or is none of these servers."""
    if os.environ.get("NETFLUX_LOCAL_ENDPOINT") or _endpoint_file(FOLDER).exists():
        return None
    about = _ask(endpoint)
    file = Path(about.endpoint_file) if about else Path()
    return str(file.parents[1]) if file.is_absolute() else None


def _endpoint_file(folder: Path) -> Path:
    return folder / "endpoint"


def _forget_what_was_in_it(folder: Path) -> None:
    """The state of the stack `state-bucket`, and imports: of no use once their AWS is gone."""
    for files in ("*state-bucket-*.tfstate*", "adopt-*.json"):
        for file in folder.glob(files):
            file.unlink(missing_ok=True)


def _log(folder: Path) -> Path:
    return folder / "server.log"


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Waits for other commands on the folder. The kernel ends a turn if its process dies."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _running(folder: Path) -> About | None:
    """The server that the endpoint file names, if it answers and says that this is its file."""
    try:
        about = _ask(_endpoint_file(folder).read_text().strip())
    except FileNotFoundError:
        return None
    return about if about and about.endpoint_file == str(_endpoint_file(folder)) else None


def _ask(endpoint: str) -> About | None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(endpoint + ABOUT_PATH, timeout=_SECONDS_TO_ANSWER) as response:
            return About(**json.load(response))
    except (OSError, http.client.HTTPException, ValueError, TypeError):
        return None  # nobody there, or somebody else


def _started(wanted: Wanted, folder: Path) -> About:
    """A new server, or none: whatever comes between, Ctrl-C too, ends the one that was started."""
    listener = _listen(wanted.port)
    _forget_what_was_in_it(folder)
    _endpoint_file(folder).unlink(missing_ok=True)
    with _log(folder).open("w+") as log:
        server = launch(
            listener,
            log,
            account_id=wanted.account_id or ACCOUNT_ID,
            options=(
                f"--endpoint-file={_endpoint_file(folder)}",
                f"--idle-minutes={wanted.idle_minutes or IDLE_MINUTES}",
            ),
        )
    try:
        server.stay()
        about = _running(folder)
        if about is None:
            raise StartFailure(
                f"local_aws: the server ended as soon as it had started; see {_log(folder)}"
            )
    except BaseException:
        server.stop()
        _endpoint_file(folder).unlink(missing_ok=True)
        raise
    return about


def _listen(port: int | None) -> socket.socket:
    try:
        return listen(port or PREFERRED_PORT)
    except OSError:
        if port is None:
            return listen()
        problem = Problem(
            "--port",
            "must be a port of 127.0.0.1 that is free and open to you",
            port,
            "stop what listens there, name another, or leave --port out to take a free one",
        )
        raise InvalidInput.of("local_aws", [problem]) from None


def _check(wanted: Wanted) -> None:
    problems = []
    account_id, port, idle_minutes = wanted
    if account_id is not None and not (
        len(account_id) == 12 and account_id.isascii() and account_id.isdigit()
    ):
        cure = "give the account's number, with its leading zeros"
        problems.append(Problem("--account-id", "must be 12 digits", account_id, cure))
    if port is not None and not 1 <= port <= 65535:
        cure = f"leave it out to take {PREFERRED_PORT}, or any free one"
        problems.append(Problem("--port", "must be 1 to 65535", port, cure))
    if idle_minutes is not None and not idle_minutes > 0:
        cure = f"leave it out for {IDLE_MINUTES:g}"
        problems.append(Problem("--idle-minutes", "must be more than 0", idle_minutes, cure))
    if problems:
        raise InvalidInput.of("local_aws", problems)


def _check_same(wanted: Wanted, about: About) -> None:
    """A server that runs already must be the one that was asked for."""
    running = about._asdict()
    problems = [
        Problem(
            f"--{name.replace('_', '-')}",
            f"must be {running[name]}, as of the server that runs since {about.since}",
            value,
            "leave it out, or stop that server first with `down`",
        )
        for name, value in wanted._asdict().items()
        if value is not None and value != running[name]
    ]
    if problems:
        raise InvalidInput.of("local_aws", problems)


def _wait_until_gone(about: About) -> None:
    deadline = time.monotonic() + _SECONDS_TO_STOP
    while _ask(about.endpoint) == about:
        if time.monotonic() > deadline:
            raise StartFailure(
                f"local_aws: the server did not end within {_SECONDS_TO_STOP} seconds; "
                f"end its process with `kill {about.pid}`"
            )
        time.sleep(0.05)
