"""A rule: what is looked for in a plan, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from tools.review.plan_file import Plan

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


class Answer(Enum):
    """What a rule says of one resource. What it cannot judge is never a pass."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


class Verdict(NamedTuple):
    """The answer about one resource, and a sentence when it is no pass."""

    answer: Answer
    address: str
    message: str = ""


def passed(address: str) -> Verdict:
    return Verdict(Answer.PASS, address)


def failed(address: str, message: str) -> Verdict:
    return Verdict(Answer.FAIL, address, message)


def unknown(address: str, message: str) -> Verdict:
    return Verdict(Answer.UNKNOWN, address, message)


class Rule(NamedTuple):
    """`check` takes a plan, and all plans that are reviewed together; it judges what it binds."""

    id: str
    title: str
    why: str
    source: str
    severity: str
    check: Callable[[Plan, list[Plan]], Iterable[Verdict]]
