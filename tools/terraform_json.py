"""Terraform's JSON: the blocks in it, each with its labels.

https://developer.hashicorp.com/terraform/language/syntax/json (read 2026-11)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.refused import Refused

COMMENT = "//"


def labelled(value: Any, labels: int) -> Iterator[tuple[list[str], Mapping[str, Any]]]:
    """The bodies in a value, each with its labels; at any level there may be a list of them.

    Raises:
        Refused: there is something else where blocks must be.
    """
    for each in value if isinstance(value, list) else [value]:
        if each is None:
            continue
        if not isinstance(each, Mapping):
            raise Refused(
                "there is something else where Terraform's JSON has an object; "
                "mend the add_override that writes it, and synthesize anew"
            )
        if labels == 0:
            yield [], each
            continue
        for label, inner in each.items():
            if label != COMMENT:
                for others, body in labelled(inner, labels - 1):
                    yield [label, *others], body
