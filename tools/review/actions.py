"""What Terraform does to a resource, in the words of a reviewer."""

from __future__ import annotations

from tools.review import task_definition
from tools.review.plan_file import Change

CREATE = "create"
UPDATE = "update"
REPLACE = "replace"
NEW_REVISION = "new revision"
DESTROY = "destroy"
IMPORT = "import"
MOVE = "move"
FORGET = "forget"

KINDS = (NEW_REVISION, CREATE, UPDATE, REPLACE, DESTROY, IMPORT, MOVE, FORGET)


def kind(change: Change) -> str | None:
    """One of `KINDS`; None when nothing happens, or only data is read."""
    actions = set(change.actions)
    if not change.managed:
        return None
    if {"delete", "create"} <= actions:
        return NEW_REVISION if change.type == task_definition.TYPE else REPLACE
    if "delete" in actions:
        return DESTROY
    if "forget" in actions:
        return FORGET
    if change.import_id is not None:
        return IMPORT
    if "create" in actions:
        return CREATE
    if "update" in actions:
        return UPDATE
    return MOVE if change.previous_address else None


def destroyed(change: Change) -> bool:
    """Whether the thing itself goes, at once or for another in its place."""
    return change.managed and "delete" in change.actions


def made(change: Change) -> bool:
    """Whether it is made, or made different."""
    return change.managed and bool({"create", "update"} & set(change.actions))
