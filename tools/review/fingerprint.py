"""The meaning of all changes in sixteen characters.

Two sets of plans have the same one when they would do the same: whatever the order of stacks,
resources and fields, whatever Terraform numbers anew, and with or without stacks in which nothing
happens. Hidden values count as hidden, and no more: from a sum over a short password, the password
could be guessed. So a plan that only sets another password in the same field has the same one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.findings import ABSENT
from tools.review.actions import kind
from tools.review.changed import changed_fields
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Change, Plan

LENGTH = 16


def sum_of(lines: Iterable[str]) -> str:
    """The fingerprint of changes, by their `meaning`."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:LENGTH]


def meaning(plans: Iterable[Plan]) -> list[str]:
    """Every change as one line that a person can read; what two lists do not share is different."""
    return sorted(line for plan in plans for line in _lines(plan))


def there(plans: Iterable[Plan]) -> dict[tuple[str, str], str]:
    """What stays as it is: the value of each field, by its resource as `meaning` tells it."""
    return {
        (f"{plan.stack} {change.address}", field.field): _text(field.after)
        for plan in plans
        for change in plan.changes
        if set(change.actions) == {"no-op"}
        for field in changed_fields(change._replace(before=None, actions=("create",))).fields
    }


def _lines(plan: Plan) -> Iterator[str]:
    if plan.errored:
        yield f"{plan.stack}: the plan is not whole"
    for change in plan.changes:
        happens = kind(change)
        if happens is not None:
            yield from _change_lines(plan.stack, happens, change)
    for change in plan.outputs:
        if not set(change.actions) <= {"no-op", "read"}:
            yield from _change_lines(plan.stack, "output", change)


def _change_lines(stack: str, happens: str, change: Change) -> Iterator[str]:
    head = f"{stack} {change.address}: {happens}"
    gone = (change.before or {}) if "delete" in change.actions else {}
    details = (
        ("from", change.previous_address),
        ("import", change.import_id),
        ("deposed", change.deposed),
        ("id", gone.get("id")),
        ("skip_destroy", gone.get("skip_destroy")),
        ("actions", list(change.actions)),
    )
    yield " ".join([head, *(f"{name} {_text(value)}" for name, value in details if value)])
    for field in changed_fields(change).fields:
        yield f"{head}, {field.field}: {_text(field.before)} -> {_text(field.after)}"


def _text(value: Any) -> str:
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is ABSENT:
        return {"": "absent"}
    if isinstance(value, Unknown):
        return {"": "known after apply"}
    if isinstance(value, Hidden):
        return {"": value.shown}
    return value
