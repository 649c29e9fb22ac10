"""All that apply takes from the review: the fingerprint, and the changes as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tools.review.actions import kind
from tools.review.changed import changed_fields
from tools.review.fingerprint import fingerprint as fingerprint_of
from tools.review.plan_file import read_plan


def fingerprint(plans: Mapping[str, Path]) -> str:
    """The fingerprint of the meaning of all changes, as the review prints it."""
    return fingerprint_of([read_plan(file, stack) for stack, file in plans.items()])


def lines(plans: Mapping[str, Path]) -> list[str]:
    """Every change as a line, by field; what is sensitive is masked."""
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
