"""The process of the embedded AWS, on a socket that its parent has opened.

It says "ready" on stdout as soon as it answers. From its first moment it listens to stdin: the end
of that pipe means that the parent has gone, however it died, and ends the server at once. The line
"stay" lets it outlive its parent: it then writes its endpoint file, and ends after `--idle-minutes`
without a request, or as soon as that file no longer names it, which is how it is told to stop.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from tools.local_aws.application import serve
from tools.local_aws.protocol import READY, STAY, About
from tools.whole_file import write_whole

_SECONDS_BETWEEN_LOOKS = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.local_aws.server")
    parser.add_argument("--listener", type=int, required=True, help="the socket's descriptor")
    parser.add_argument("--endpoint-file", type=Path, help="who is told to stay needs one")
    parser.add_argument("--idle-minutes", type=float, default=0)
    arguments = parser.parse_args()

    to_parent = os.dup(1)
    os.dup2(2, 1)  # what moto prints goes to the log
    told_to_stay = threading.Event()
    threading.Thread(target=_listen_to_parent, args=[told_to_stay], daemon=True).start()

    listener = socket.socket(fileno=arguments.listener)
    host, port = listener.getsockname()
    about = About(
        endpoint=f"http://{host}:{port}",
        endpoint_file=str(arguments.endpoint_file),
        account_id=os.environ["MOTO_ACCOUNT_ID"],
        port=port,
        idle_minutes=arguments.idle_minutes,
        pid=os.getpid(),
        since=time.strftime("%Y-%m-%d %H:%M:%S"),
    )
    application = serve(listener, about)
    os.write(to_parent, READY)

    told_to_stay.wait()
    assert arguments.endpoint_file is not None, "only a server with an endpoint file may stay"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        write_whole(arguments.endpoint_file, f"{about.endpoint}\n")
        os.close(to_parent)  # which waits for the file
        while (
            _names(arguments.endpoint_file, about.endpoint)
            and application.idle_seconds() < about.idle_minutes * 60
        ):
            time.sleep(_SECONDS_BETWEEN_LOOKS)
    finally:
        if _names(arguments.endpoint_file, about.endpoint):
            arguments.endpoint_file.unlink(missing_ok=True)


def _listen_to_parent(told_to_stay: threading.Event) -> None:
    if os.read(0, len(STAY)) != STAY:
        os._exit(0)  # from a thread, in the middle of anything: there is nothing to tidy up yet
    told_to_stay.set()


def _names(endpoint_file: Path, endpoint: str) -> bool:
    try:
        return endpoint_file.read_text().strip() == endpoint
    except OSError:
        return False


if __name__ == "__main__":
    main()
