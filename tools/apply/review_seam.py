"""All that apply takes from the review: the fingerprint, and the changes as lines.

Where tools/review is not there, both are taken from Terraform's own JSON: stable, but by value
rather than by meaning. Remove that part once tools/review is on main.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_NO_CHANGES = (["no-op"], ["read"])


def fingerprint(plans: Mapping[str, Path]) -> str:
    """The fingerprint of the meaning of all changes, as the review prints it."""
    try:
        review = importlib.import_module("tools.review.fingerprint")
        read_plan = importlib.import_module("tools.review.plan_file").read_plan
    except ModuleNotFoundError:
        text = json.dumps([sorted(_without_review(plans)), _values(plans)], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
    return str(review.fingerprint([read_plan(file, stack) for stack, file in plans.items()]))


def lines(plans: Mapping[str, Path]) -> list[str]:
    """Every change as a line, by field; what is sensitive is masked."""
    try:
        changed_fields = importlib.import_module("tools.review.changed").changed_fields
        kind = importlib.import_module("tools.review.actions").kind
        read_plan = importlib.import_module("tools.review.plan_file").read_plan
    except ModuleNotFoundError:
        return _without_review(plans)
    found = []
    for stack, file in plans.items():
        for change in read_plan(file, stack).changes:
            if kind(change) is None:
                continue
            found.append(f"{stack}: {change.address}: {kind(change)}")
            for each in changed_fields(change).fields:
                found.append(
                    f"{stack}: {change.address}: {each.field}: {each.before} -> {each.after}"
                )
    return found


def _changes(plans: Mapping[str, Path]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (stack, each)
        for stack, file in sorted(plans.items())
        for each in json.loads(file.read_text("utf-8")).get("resource_changes", [])
        if each["change"]["actions"] not in _NO_CHANGES
    ]


def _without_review(plans: Mapping[str, Path]) -> list[str]:
    return [
        f"{stack}: {each['address']}: {' and '.join(each['change']['actions'])}"
        for stack, each in _changes(plans)
    ]


def _values(plans: Mapping[str, Path]) -> list[Any]:
    return [
        [stack, each["address"], each["change"].get("after")] for stack, each in _changes(plans)
    ]
