"""A container that was heard of and is no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.review.plan_file import Plan
from tools.review.rules.containers import Container, judged
from tools.review.rules.rule import ERROR, Rule, Verdict


def _mistakes(container: Container, before: Container | None) -> Iterator[str | Verdict]:
    if before is not None and _logs(before) and not _logs(container):
        yield f"{container.get('name')} writes no log any more"


def _logs(container: Container) -> bool:
    log: Any = container.get("logConfiguration")
    return bool(log) and not (isinstance(log, dict) and log.get("logDriver") == "none")


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    return judged(plan, _mistakes)


RULE = Rule(
    id="logging-lost",
    title="A container's logging is taken away",
    why="On Fargate nothing else keeps what a container writes; a task that fails leaves no trace.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    severity=ERROR,
    check=_check,
)
