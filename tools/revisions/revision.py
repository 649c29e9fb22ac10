"""The revisions of a family of task definitions, as ECS has them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, NamedTuple

_AT_ONCE = 4
"""How many are described side by side; ECS takes 20 such calls a second.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html"""


class Revision(NamedTuple):
    """One ACTIVE revision."""

    arn: str
    number: int
    images: tuple[str, ...]
    """Of each container, in their order."""
    cpu: str
    """CPU units of the task; empty where it has none of its own."""
    memory: str
    """MiB of the task; empty where it has none of its own."""
    registered: datetime | None


def active(ecs: Any, family: str) -> list[Revision]:
    """The ACTIVE revisions, newest first, whoever has registered them."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda arn: _described(ecs, arn), _arns(ecs, family, "ACTIVE")))
    return sorted(found, key=lambda each: each.number, reverse=True)


def count_inactive(ecs: Any, family: str) -> int:
    """How many revisions have been deregistered already."""
    return sum(1 for _ in _arns(ecs, family, "INACTIVE"))


def _arns(ecs: Any, family: str, status: str) -> Iterator[str]:
    pages = ecs.get_paginator("list_task_definitions").paginate(familyPrefix=family, status=status)
    for page in pages:
        for arn in page["taskDefinitionArns"]:
            if family_of(arn) == family:
                yield arn


def family_of(arn: str) -> str:
    """`movie-service` of `arn:aws:ecs:...:task-definition/movie-service:3`."""
    return arn.rpartition("/")[2].rpartition(":")[0]


def _described(ecs: Any, arn: str) -> Revision:
    answer = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    return Revision(
        arn,
        int(arn.rpartition(":")[2]),
        tuple(each["image"] for each in answer["containerDefinitions"]),
        str(answer.get("cpu", "")),
        str(answer.get("memory", "")),
        answer.get("registeredAt"),
    )
