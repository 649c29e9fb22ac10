"""moto as a WSGI application that many Terraforms can use at once."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tools.local_aws.protocol import ABOUT_PATH, About

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


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


def serve(listener: socket.socket, about: About) -> Application:
    """Answers on `listener` from now on, in threads, for as long as the process lives."""
    # Not at the top: moto reads its settings from the environment when it is imported.
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    class QuietHandler(MotoRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing: the log is for what goes wrong."""

    leave_conditions_of_bucket_policies_out()
    list_families_by_status()
    application = Application(DomainDispatcherApplication(create_backend_app), about)
    host, port = listener.getsockname()
    server = make_server(
        host,
        port,
        application,
        threaded=True,
        request_handler=QuietHandler,
        fd=listener.fileno(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return application


def leave_conditions_of_bucket_policies_out() -> None:
    """Makes moto judge a request to S3 by the unconditional statements of a bucket policy only.

    moto 5.2.5 has no values to judge conditions by and takes each for a refusal: a bucket that
    denies what does not come over TLS, as the state bucket does, would deny everything. The policy
    itself is kept, and given back as it was written. This can go when moto judges
    `aws:SecureTransport`, and requests to this server count as secure.
    """
    from moto.iam.access_control import IAMPolicy, PermissionResult
    from moto.s3.models import FakeBucket

    def get_permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
        policy = json.loads(bucket.policy or '{"Statement": []}')
        statements = policy["Statement"]
        if isinstance(statements, dict):
            statements = [statements]
        policy["Statement"] = [one for one in statements if "Condition" not in one]
        return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission  # type: ignore[method-assign, assignment]


def list_families_by_status() -> None:
    """Makes moto list the families of the status that is asked for, as AWS does.

    moto 5.2.5 lists all of them: also those whose every revision was deregistered, for ACTIVE.
    This can go when it looks at `status`.
    """
    from moto.core.responses import ActionResult
    from moto.ecs.responses import EC2ContainerServiceResponse

    def list_families(asked: EC2ContainerServiceResponse) -> ActionResult:
        prefix, status = asked._get_param("familyPrefix"), asked._get_param("status")
        ecs = asked.ecs_backend

        def is_wanted(family: str) -> bool:
            its = "ACTIVE" if ecs.list_task_definitions(family, "ACTIVE") else "INACTIVE"
            return status in (None, "ALL", its)

        families = filter(is_wanted, ecs.list_task_definition_families(prefix))
        return ActionResult({"families": list(families)})

    patched = EC2ContainerServiceResponse
    patched.list_task_definition_families = list_families  # type: ignore[method-assign, assignment]
