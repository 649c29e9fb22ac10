"""Questions to AWS, each with an answer, nothing, or a sentence why it was not answered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from tools.aws import Aws, in_one_line
from tools.refused import Refused

_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403")


class Reader:
    """Asks AWS, and changes nothing: every operation is a Get, a List, a Describe or a Head."""

    def __init__(self, aws: Aws) -> None:
        self.environment = aws.environment
        self._aws = aws
        self._clients: dict[str, Any] = {}
        self._one_at_a_time = threading.Lock()

    def ask(
        self,
        what: str,
        service: str,
        operation: str,
        *,
        missing: tuple[str, ...] = (),
        **arguments: Any,
    ) -> Any:
        """The answer; None when it is an error whose code is one of `missing`.

        `what` is what is asked about, for a reader; `operation` is boto3's name of it.

        Raises:
            Refused: AWS does not answer.
        """

        def answer(client: Any) -> Any:
            return getattr(client, operation)(**arguments)

        return self._answer(what, service, operation, answer, missing)

    def pages(
        self, what: str, service: str, operation: str, member: str, **arguments: Any
    ) -> list[Any]:
        """All items of a list that comes in pages; each page has its items under `member`."""

        def all_items(client: Any) -> list[Any]:
            pages = client.get_paginator(operation).paginate(**arguments)
            return [item for page in pages for item in page[member]]

        items: list[Any] = self._answer(what, service, operation, all_items)
        return items

    def _answer(
        self,
        what: str,
        service: str,
        operation: str,
        question: Callable[[Any], Any],
        missing: tuple[str, ...] = (),
    ) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        with self._one_at_a_time:  # clients may be shared by threads, but not made by several
            client = self._clients.get(service) or self._aws.client(service)
            self._clients[service] = client
        try:
            return question(client)
        except ClientError as error:
            code, message = error.response["Error"]["Code"], error.response["Error"]["Message"]
            if code in missing:
                return None
            said = f"{service}:{client.meta.method_to_api_mapping[operation]}: {code}: {message}"
            cure = "run it again"
            if code in _DENIED:
                cure = "let your credentials do that, or choose others with AWS_PROFILE"
        except BotoCoreError as error:
            said, cure = in_one_line(error), "run it again"
        raise Refused(f"{what} cannot be read ({said}); {cure}")
