"""What changes in a resource, by the differ that knows its type."""

from __future__ import annotations

from tools.review import task_definition
from tools.review.differences import Differences, differences
from tools.review.plan_file import Change
from tools.review.task_definition import task_differences


def changed_fields(change: Change) -> Differences:
    """The fields that a person changed, and what differs in no meaning."""
    if change.type == task_definition.TYPE:
        return task_differences(change)
    return differences(change)
