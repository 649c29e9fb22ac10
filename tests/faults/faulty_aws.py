"""The embedded AWS behind a proxy that does wrong what a test asks for.

`proxy.py` does the proxying, here in this process. Without a `Fault`, everything passes through.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import parse_qs

from proxy.common.flag import FlagParser
from proxy.core.base import TcpUpstreamConnectionHandler
from proxy.core.work.threaded import start_threaded_work
from proxy.http.exception import HttpProtocolException
from proxy.http.parser import HttpParser
from proxy.http.server import HttpWebServerBasePlugin, httpProtocolTypes

HOST = "127.0.0.1"
DENIED = "User is not authorized to perform this action because of a test"


class Fault:
    """What goes wrong with the requests that the pattern `of` matches.

    A request reads `METHOD PATH ACTION`, such as `PUT /bucket/iam/terraform.tfstate ` or
    `POST / CreateRole`; IAM, ECS and Logs name an action, S3 does not.
    """

    def __init__(
        self,
        of: str,
        does: Literal["answer", "drop", "drop after", "cut", "wait", "wait after"],
        *,
        answer: bytes = b"",
        seconds: float = 0,
        times: int | None = None,
        after: int = 0,
    ) -> None:
        """
        - `answer`: AWS never has the request, and `answer` comes back instead.
        - `drop`: AWS never has it, and the connection is reset.
        - `drop after`: AWS has done it, and the connection is reset before its answer.
        - `cut`: AWS has done it, and the connection ends in the middle of its answer.
        - `wait`: `seconds` pass before AWS has it.
        - `wait after`: AWS has done it, and `seconds` pass before its answer.

        Only `times` requests, all when left out, after the first `after` ones.
        """
        self.of = re.compile(of)
        self.does = does
        self.answer = answer
        self.seconds = seconds
        self.met: list[str] = []
        self.done = threading.Event()
        """Set once AWS has done one of them."""
        self._times = times
        self._after = after
        self._matched = 0

    def takes(self, request: str) -> bool:
        """Whether it is this request's turn to go wrong."""
        if not self.of.search(request):
            return False
        self._matched += 1
        wrong = self._matched > self._after and (
            self._times is None or self._matched <= self._after + self._times
        )
        if wrong:
            self.met.append(request)
        return wrong


def s3_error(status: int, code: str, *headers: str) -> bytes:
    """An error as S3 gives it, with more headers if need be."""
    body = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>{DENIED}</Message></Error>'
    return _response(status, "\r\n".join(["application/xml", *headers]), body)


def query_error(status: int, code: str) -> bytes:
    """An error as IAM and STS give it."""
    body = (
        f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{DENIED}</Message>"
        "</Error><RequestId>1</RequestId></ErrorResponse>"
    )
    return _response(status, "text/xml", body)


def caller_of(account_id: str) -> bytes:
    """What STS says to the question whose the credentials are."""
    body = (
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        f"<GetCallerIdentityResult><Arn>arn:aws:iam::{account_id}:user/x</Arn><UserId>x</UserId>"
        f"<Account>{account_id}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    )
    return _response(200, "text/xml", body)


def json_error(status: int, code: str) -> bytes:
    """An error as ECS and Logs give it."""
    body = f'{{"__type": "{code}", "message": "{DENIED}"}}'
    return _response(status, "application/x-amz-json-1.1", body)


def _response(status: int, kind: str, body: str) -> bytes:
    return (
        f"HTTP/1.1 {status} Error\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"Connection: close\r\n\r\n{body}"
    ).encode()


class FaultyAws:
    """A proxy before `upstream`, an address such as `http://127.0.0.1:4599`, for a `with` block."""

    endpoint: str

    def __init__(self, upstream: str) -> None:
        self.upstream = (HOST, int(upstream.rpartition(":")[2]))
        self.requests: list[str] = []
        self._faults: list[Fault] = []
        self._turn = threading.Lock()

    def __enter__(self) -> FaultyAws:
        options = ["--threaded", "--timeout", "60", "--log-level", "CRITICAL"]
        self._flags = FlagParser.initialize([*options, "--enable-web-server"], plugins=[_Passage])
        self._flags.faulty_aws = self
        self._listener = socket.create_server((HOST, 0), backlog=128)
        self.endpoint = f"http://{HOST}:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._listener.accept()
            except OSError:
                return
            start_threaded_work(self._flags, connection, address)

    @contextlib.contextmanager
    def wrong(self, *faults: Fault) -> Iterator[list[Fault]]:
        """The faults, for the length of a `with` block."""
        with self._turn:
            self._faults = list(faults)
            self.requests = []
        try:
            yield list(faults)
        finally:
            with self._turn:
                self._faults = []

    def fault_of(self, request: str) -> Fault | None:
        """What is to go wrong with this request."""
        with self._turn:
            self.requests.append(request)
            return next((each for each in self._faults if each.takes(request)), None)


class _Passage(TcpUpstreamConnectionHandler, HttpWebServerBasePlugin):
    """One connection: the embedded AWS closes each after its answer."""

    _fault: Fault | None = None
    _ended = False

    def routes(self) -> list[tuple[int, str]]:
        return [(httpProtocolTypes.HTTP, ".*")]

    def handle_request(self, request: HttpParser) -> None:
        faulty: FaultyAws = self.flags.faulty_aws
        fault = self._fault = faulty.fault_of(_described(request))
        if fault and fault.does == "wait":
            time.sleep(fault.seconds)
        if fault and fault.does == "answer":
            head, body = fault.answer.split(b"\r\n\r\n", 1)
            without = request.method == b"HEAD"
            self.client.queue(memoryview(head + b"\r\n\r\n" + (b"" if without else body)))
        elif fault and fault.does == "drop":
            self._reset()
            raise HttpProtocolException
        else:
            self.initialize_upstream(*faulty.upstream)
            assert self.upstream
            try:
                self.upstream.connect()
            except ConnectionError:
                self._reset()
                raise HttpProtocolException from None
            self.upstream.queue(memoryview(request.build()))

    def handle_upstream_data(self, raw: memoryview) -> None:
        does = self._fault.does if self._fault else None
        if self._fault:
            self._fault.done.set()
        if self._fault and does == "wait after":
            time.sleep(self._fault.seconds)
        if does == "drop after":
            self._reset()
        elif does == "cut":
            self.client.connection.sendall(raw[: len(raw) // 2])
            self._reset()
        else:
            self.client.queue(raw)

    async def read_from_descriptors(self, r: list[int]) -> bool:
        """Whether the connection is to end."""
        return await super().read_from_descriptors(r) or self._ended

    def on_client_connection_close(self) -> None:
        if self.upstream and not self.upstream.closed:
            self.upstream.close()
        self.upstream = None

    def on_access_log(self, context: dict[str, Any]) -> None:
        """Nothing: no line a request."""

    def _reset(self) -> None:
        """Ends the connection as a machine does that is gone: with a reset."""
        at_once = struct.pack("ii", 1, 0)
        self.client.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self._ended = True


def _described(request: HttpParser) -> str:
    path = (request.path or b"").decode().split("?")[0]
    action = ""
    if request.has_header(b"x-amz-target"):
        action = request.header(b"x-amz-target").decode().rpartition(".")[2]
    elif path == "/" and request.body:
        action = parse_qs(request.body.decode()).get("Action", [""])[0]
    return f"{(request.method or b'').decode()} {path} {action}"
