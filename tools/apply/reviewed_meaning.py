"""The meaning of what is planned and of what was reviewed, and how they differ."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from constructs_lib.commands import tool_command
from constructs_lib.errors import READABLE
from tools.refused import Refused
from tools.review.fingerprint import meaning, sum_of, there
from tools.review.plan_file import Unusable, read_plan
from tools.review.words import text

# What is no value: {"": "absent"}, {"": "(hidden)"}. No value of a plan has a name that is empty.
_NO_VALUE = re.compile(r"\{\"\": \"\(?((?:[^\"\\]|\\.)*?)\)?\"\}")

# A field that has another value.
_VALUE = r'"(?:[^"\\]|\\.)*"|[^" ]+'
_CHANGED = re.compile(
    rf'(?P<resource>\S+ [^ :]+): [a-z ]+, (?P<field>[^"]*?): (?:{_VALUE}) -> (?P<after>{_VALUE})$'
)

# A field that comes, goes or changes, as the review writes it; a port has no value beside itself.
_COMES = re.compile(r', ([^"]*?): \{"": "absent"\} -> (.*)$')
_GOES = re.compile(r', ([^"]*?): (.*) -> \{"": "absent"\}$')
_EMPTY = re.compile(r' = ""$')
_TEXTS = re.compile(r', ([^"]*?): "([^"\\]*)" -> "([^"\\]*)"$')
_TAGS = re.compile(r"(, (?:\S+: )?image) (\S+):([^ :/]+) -> \2:([^ :/]+)$")

# What two changes of a kind can differ in, and tells a person nothing where there is only one.
_BESIDE_A_KIND = re.compile(r'(?: id "[^"]*")?(?: skip_destroy true)? actions \[[^]]*\]$')


def planned_meaning(plans: Mapping[str, Path]) -> list[str]:
    """Every change of plans as a line; what is sensitive is masked.

    Raises:
        Refused: one cannot be read.
    """
    try:
        return meaning([read_plan(file, stack) for stack, file in plans.items()])
    except Unusable as unusable:
        raise Refused(str(unusable)) from None


def reviewed_meaning(file: Path, fingerprint: str) -> list[str]:
    """The same of a review, as `python -m tools.review --json FILE` wrote it.

    Raises:
        Refused: it cannot be read, or is the review of plans with another fingerprint.
    """
    try:
        document: Any = json.loads(file.read_text("utf-8"))
        lines = document["meaning"]
        found = sum_of(lines)
    except OSError as error:
        raise Refused(f"{file}: cannot be read: {error.strerror}; {READABLE}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        cure = f"write one, with: {tool_command('review --json FILE')}"
        raise Refused(f"{file}: is no review that can be read; {cure}") from None
    if found != fingerprint:
        raise Refused(
            f"{file}: is the review of {found}, and {fingerprint} is to be applied; "
            "name the review of that one"
        )
    return list(lines)


def not_there(reviewed: Sequence[str], plans: Mapping[str, Path]) -> list[str]:
    """What was reviewed of a field that now stays, with another value; a line each."""
    values = there([read_plan(file, stack) for stack, file in plans.items()])
    wanted = ((line, _CHANGED.match(line)) for line in reviewed)
    return [
        f"  reviewed, not there: {_of_a_field(line)}"
        for line, each in wanted
        if each and values.get((each["resource"], each["field"]), each["after"]) != each["after"]
    ]


def differing(reviewed: Sequence[str] | None, now: Sequence[str]) -> list[str]:
    """What is different, a line for each field; all of it where nothing reviewed is at hand."""
    if reviewed is None:
        lines = _said(now)
        told = [each for each in lines if not any(one.startswith(f"{each}, ") for one in lines)]
        return [f"  now: {line}" for line in told] or ["  now: nothing changes"]
    gone, come = Counter(reviewed) - Counter(now), Counter(now) - Counter(reviewed)
    lines = _said([*gone.elements(), *come.elements()])
    return [
        *(f"  reviewed, not now: {line}" for line in lines[: gone.total()]),
        *(f"  now, not reviewed: {line}" for line in lines[gone.total() :]),
    ]


def _said(lines: Iterable[str]) -> list[str]:
    """Lines of the meaning for a person."""
    whole = [_of_a_field(line) for line in lines]
    short = [_BESIDE_A_KIND.sub("", line) for line in whole]
    return [text(line) for line in (short if len(set(short)) == len(whole) else whole)]


def _of_a_field(line: str) -> str:
    come = _EMPTY.sub("", _COMES.sub(r", + \1 = \2", line))
    gone = _EMPTY.sub("", _GOES.sub(r", - \1 = \2", come))
    changed = _TAGS.sub(r"\1 \3 -> \4", _TEXTS.sub(r", \1 \2 -> \3", gone))
    return _NO_VALUE.sub(r"(\1)", changed)
