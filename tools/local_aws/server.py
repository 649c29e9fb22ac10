"""The process of the embedded AWS: moto behind a socket that its parent has opened.

It says "ready" on stdout as soon as it answers, and then reads a line from stdin. The end of that
pipe means that the parent has gone, however it died, and ends the server. The line "stay" lets it
outlive its parent: it then ends after `--idle-minutes` without a request, or as soon as its
endpoint file no longer names it, which is how it is told to stop.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tools.local_aws.protocol import ABOUT_PATH, READY, STAY, About

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SECONDS_BETWEEN_LOOKS = 0.2


class Application:
    """moto, asked for one thing at a time, and a page about the server itself.

    moto keeps AWS in plain dicts and checks before it acts: of ten conditional writes of one key
    at once, two can win (seen with moto 5.2.5 in 6 rounds of 200 when threads switch often), and
    then Terraform's lock file locks nothing. A request takes milliseconds, so all take turns.
    """

    def __init__(self, moto: WSGIApplication, about: About) -> None:
        self._moto = moto
        self._about = json.dumps(about._asdict()).encode()
        self._turn = threading.Lock()
        self._last_request = time.monotonic()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == ABOUT_PATH:
            start_response("200 OK", [("Content-Type", "application/json")])
            return [self._about]
        with self._turn:
            self._last_request = time.monotonic()
            return self._moto(environ, start_response)

    def idle_seconds(self) -> float:
        """How long ago the last request to AWS began; a look at the server itself is none."""
        return time.monotonic() - self._last_request


def serve(
    listener: socket.socket,
    parent: TextIO,
    *,
    endpoint_file: Path | None,
    idle_minutes: float,
) -> None:
    """Answers on `listener` until the parent, the idle time or the endpoint file says to end."""
    # moto reads its settings from the environment when it is imported; `launch` has set them.
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    class QuietHandler(MotoRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing: the log is for what goes wrong."""

    host, port = listener.getsockname()
    endpoint = f"http://{host}:{port}"
    application = Application(
        DomainDispatcherApplication(create_backend_app),
        About(
            endpoint=endpoint,
            endpoint_file=str(endpoint_file),
            account_id=os.environ["MOTO_ACCOUNT_ID"],
            port=port,
            idle_minutes=idle_minutes,
            pid=os.getpid(),
            since=time.strftime("%Y-%m-%d %H:%M:%S"),
        ),
    )
    server = make_server(
        host,
        port,
        application,
        threaded=True,
        request_handler=QuietHandler,
        fd=listener.fileno(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if endpoint_file is None:
        _say(parent, READY)
        sys.stdin.readline()
        return
    try:
        _publish(endpoint_file, endpoint)
        _say(parent, READY)
        if sys.stdin.readline() == STAY:
            while application.idle_seconds() < idle_minutes * 60 and _names(
                endpoint_file, endpoint
            ):
                time.sleep(_SECONDS_BETWEEN_LOOKS)
    finally:
        if _names(endpoint_file, endpoint):
            endpoint_file.unlink(missing_ok=True)


def _publish(endpoint_file: Path, endpoint: str) -> None:
    """Writes the file in one step: a reader sees the whole URL or no file."""
    new = endpoint_file.with_suffix(".new")
    new.write_text(f"{endpoint}\n")
    new.replace(endpoint_file)


def _names(endpoint_file: Path, endpoint: str) -> bool:
    try:
        return endpoint_file.read_text().strip() == endpoint
    except OSError:
        return False


def _say(parent: TextIO, line: str) -> None:
    parent.write(line)
    parent.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.local_aws.server")
    parser.add_argument("--listener", type=int, required=True, help="the socket's descriptor")
    parser.add_argument("--endpoint-file", type=Path)
    parser.add_argument("--idle-minutes", type=float, default=60)
    arguments = parser.parse_args()

    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    parent = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what moto prints goes to the log, not to the parent
    serve(
        socket.socket(fileno=arguments.listener),
        parent,
        endpoint_file=arguments.endpoint_file,
        idle_minutes=arguments.idle_minutes,
    )


if __name__ == "__main__":
    main()
