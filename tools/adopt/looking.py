"""What exists beside what the code wants, and so what the next deploy does with each resource."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from tools.adopt import definitions, fields
from tools.adopt.asking import Reader
from tools.adopt.code import Stack, Wanted
from tools.adopt.live import KINDS
from tools.adopt.live.kind import Found
from tools.adopt.state import State
from tools.review.differences import FieldChange
from tools.review.hidden import Unknown
from tools.review.task_definition import TYPE as TASK_DEFINITION


class Status(Enum):
    """What becomes of a resource; the value is the word for it."""

    MANAGED = "managed"
    IMPORT = "to import"
    DIFFERENT = "different"
    CREATE = "to create"
    GONE = "gone"
    UNKNOWN = "not known"


class Looked(NamedTuple):
    """A resource of the code, and what was found of it. `fields` has what differs: live, code.

    `replaced`: Terraform reaches the code only by destroying what exists, so nothing is imported.
    """

    wanted: Wanted
    status: Status
    name: str
    found: Found | None = None
    fields: Sequence[FieldChange] = ()
    replaced: bool = False

    @property
    def noun(self) -> str:
        kind = KINDS.get(self.wanted.type)
        return kind.noun if kind else "resource"

    @property
    def import_id(self) -> str | None:
        """What the next deploy imports it by; None when it does not."""
        wanted = self.status is Status.IMPORT or (
            self.status is Status.DIFFERENT and not self.replaced
        )
        return self.found.id if wanted and self.found else None


def look(stack: Stack, state: State, reader: Reader) -> list[Looked]:
    """Looks for every resource of a stack."""
    return [_looked(wanted, stack, state.get(wanted.address), reader) for wanted in stack.resources]


def _looked(
    wanted: Wanted, stack: Stack, attributes: dict[str, Any] | None, reader: Reader
) -> Looked:
    kind, values = KINDS.get(wanted.type), wanted.values
    if kind is None or any(isinstance(values.get(key), Unknown) for key in kind.same_by):
        status = Status.UNKNOWN if attributes is None else Status.MANAGED
        return Looked(wanted, status, wanted.address)
    found = kind.find(reader, values)
    name = kind.name(values)
    if wanted.type == TASK_DEFINITION and (found or attributes):
        arn = attributes["arn"] if attributes else found.id if found else ""
        name = arn.rpartition("/")[2]
    if attributes is not None:
        return Looked(wanted, Status.MANAGED if found else Status.GONE, name, found)
    if found is None:
        return Looked(wanted, Status.CREATE, name)
    if wanted.type == TASK_DEFINITION:
        environment = reader.environment
        differing, replaced = definitions.differing(values, found, stack.default_tags, environment)
    else:
        differing = list(fields.differing(kind, values, found, stack.default_tags))
        replaced = any(field.field in kind.replacing for field in differing)
    status = Status.DIFFERENT if differing else Status.IMPORT
    return Looked(wanted, status, name, found, differing, replaced)


def beside(looked: Iterable[Looked]) -> dict[str, list[str]]:
    """What each role has and the stack's code does not: it stays, unmanaged."""
    found = [each for each in looked if each.found]
    ids = {each.found.id for each in found if each.found}
    more = {
        each.name: [told for told, id in each.found.beside.items() if id not in ids]
        for each in found
        if each.found
    }
    return {name: told for name, told in more.items() if told}
