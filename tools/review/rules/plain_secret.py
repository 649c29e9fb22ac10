"""A secret that anybody who may describe a task definition can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.review.hidden import Hidden
from tools.review.plan_file import Plan
from tools.review.rules.containers import Container, judged
from tools.review.rules.rule import ERROR, Rule, Verdict


def _mistakes(container: Container, _: Container | None) -> Iterator[str | Verdict]:
    for variable in container.get("environment") or ():
        if isinstance(variable, dict):
            yield from _mistake(
                container, "the variable", variable.get("name"), variable.get("value")
            )
    log = container.get("logConfiguration")
    options = log.get("options") if isinstance(log, dict) else None
    for name, value in options.items() if isinstance(options, dict) else ():
        yield from _mistake(container, "the log option", name, value)


def _mistake(container: Container, what: str, name: Any, value: Any) -> Iterator[str]:
    if isinstance(value, Hidden) and value.plain_secret:
        yield (
            f"{what} {name} of {container.get('name')} looks like a secret in plain text: "
            f"{value.plain_secret}"
        )


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    return judged(plan, _mistakes)


RULE = Rule(
    id="plain-secret",
    title="A secret stands in a task definition in plain text",
    why="Whoever may call ecs:DescribeTaskDefinition reads it, for ever, in every revision; and it "
    "is in the state. `secrets` names a secret instead, and the task gets its value.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
    "specifying-sensitive-data.html",
    severity=ERROR,
    check=_check,
)
