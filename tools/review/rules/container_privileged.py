"""A container with more rights on its host than before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tools.review.plan_file import Plan
from tools.review.rules.containers import Container, judged
from tools.review.rules.rule import ERROR, Rule, Verdict, unknown


def _mistakes(container: Container, before: Container | None) -> Iterator[str | Verdict]:
    name, old = container.get("name"), before or {}
    if container.get("privileged") is True and old.get("privileged") is not True:
        yield f"{name} becomes privileged: root on its host"
    user, old_user = container.get("user"), old.get("user")
    if _is_root(user) and not _is_root(old_user):
        yield f"{name} runs as root, by user {user}"
    elif not user and old_user and not _is_root(old_user):
        yield unknown("", f"{name} runs as the user of its image, no more as {old_user}")


def _is_root(user: Any) -> bool:
    return isinstance(user, str) and re.fullmatch(r"(root|0+)(:.*)?", user) is not None


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    return judged(plan, _mistakes)


RULE = Rule(
    id="container-privileged",
    title="A container becomes privileged or root",
    why="What breaks out of a privileged container owns the host, and what breaks into a container "
    "of root owns the container. Without `user`, the image decides, which a plan does not show.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
    "security-tasks-containers.html",
    severity=ERROR,
    check=_check,
)
