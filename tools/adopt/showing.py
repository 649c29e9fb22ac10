"""What was found, for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from constructs_lib.definition_warnings import dropped_variables
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.findings import ABSENT
from constructs_lib.service import Service
from tools.adopt import entry
from tools.adopt.definitions import emptied_fields
from tools.adopt.looking import Looked, Status, beside
from tools.catalogue_entry import argument
from tools.review import words
from tools.review.differences import FieldChange, Words
from tools.review.task_definition import TYPE as TASK_DEFINITION

_OF_THE_ROLES = {"path": "role_path", "permissions_boundary": "permissions_boundary"}
_STATUS_WIDTH = max(len(status.value) for status in Status)


def stack_lines(
    stack: str, looked: Sequence[Looked], service: Service | None, environment: Environment
) -> Iterator[str]:
    """A stack: what becomes of each of its resources, and of each difference what to do."""
    yield f"{stack}: {_counts(looked)}"
    for each in looked:
        if each.status is not Status.MANAGED:
            yield f"  {each.status.value:<{_STATUS_WIDTH}}  {each.noun} {words.text(each.name)}"
            yield from (f"      {line}" for line in _remarks(each, service, environment))
        elif each.wanted.type == TASK_DEFINITION and each.found:
            newest = each.found.id.rpartition("/")[2]
            if newest != each.name:
                which = f"{newest}, the newest ACTIVE revision, and {each.name} is"
                yield f"  not in the state: {which}"
    for role, told in beside(looked).items():
        more = words.text(", ".join(told))
        yield f"  not in the code, and left as it is: of role {words.text(role)}, {more}"


def _counts(looked: Sequence[Looked]) -> str:
    counts = Counter(each.status for each in looked)
    if counts[Status.MANAGED] == len(looked):
        return f"all {len(looked)} managed" if looked else "nothing"
    parts = [f"{counts[status]} {status.value}" for status in Status if counts[status]]
    if counts[Status.MANAGED]:
        parts[0] = f"{counts[Status.MANAGED]} of {len(looked)} managed"
    return ", ".join(parts)


def _remarks(each: Looked, service: Service | None, environment: Environment) -> Iterator[str]:
    if each.fields:
        yield from _table(each)
    if each.status is Status.UNKNOWN:
        yield "cannot be looked for; if it exists, import it by hand: terraform import"
    elif each.status is Status.GONE:
        yield "is in the state, but not in AWS; the next deploy makes it anew"
    elif each.status is Status.DIFFERENT:
        yield _consequence(each)
        yield from _cure(each, service, environment)


def _table(each: Looked) -> Iterator[str]:
    rows = [("field", "live", "code")]
    for field in each.fields:
        values = (field.before, field.after)
        live, code = (words.shown(_said(field.field, value)) for value in values)
        if live == code == "(hidden)":
            code = "(hidden, another)"
        rows.append((words.text(field.field), live, code))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for name, live, code in rows:
        yield f"{name:<{widths[0]}}  {live:<{widths[1]}}  {code}"


def _said(field: str, value: Any) -> Any:
    if isinstance(value, Words) and not value:
        return Words("there")
    return Words("never") if field == "retention_in_days" and value is ABSENT else value


def _consequence(each: Looked) -> str:
    if not each.replaced:
        return "the next deploy imports it and changes it to what the code says"
    if each.wanted.type == TASK_DEFINITION:
        return (
            "not imported: as the code is, the next deploy registers a new revision beside it, "
            f"and {each.name} stays ACTIVE"
        )
    return (
        "not imported: Terraform would destroy it to make what the code says; "
        f"a deploy of {each.wanted.stack} fails until the code says what is live"
    )


def _cure(each: Looked, service: Service | None, environment: Environment) -> Iterator[str]:
    """What to write to keep what is live."""
    yield from _tags(each, environment)
    for field, name in _OF_THE_ROLES.items() if each.wanted.stack == "iam" else ():
        for live in [one.before for one in each.fields if one.field == field]:
            said = f"without {name}" if live is ABSENT else argument(name, live)
            yield f"to keep what is live, write in environments.py, {environment.name}:"
            yield f"  {said}"
    if service is None or each.found is None:
        return
    try:
        changes, image = _places(each, service, environment)
    except InvalidInput as wrong:
        yield "the code cannot say what is live:"
        yield from (f"  {sentence}" for sentence in wrong.sentences)
        return
    shown = entry.veiled(changes)
    emptied = _emptied(each, environment)
    if emptied:
        yield f"no entry keeps what is empty: {', '.join(emptied)}"
        definition = each.found.values["definition"]
        yield from (one.sentence(str(service.name)) for one in dropped_variables(definition))
    kept = "the rest of what is live" if emptied else "what is live"
    if image is not None:
        place = environment.images[environment.name, str(service.name)].place
        line = f"write {environment.name} {service.name} {image}" if image else "leave it out"
        yield f"to keep {kept}, in {place}: {line}"
    if changes:
        yield f"to keep {kept}, write in services.py, {service.name}:"
    for name, value in shown.items():
        if changes[name] is ABSENT:
            yield f"  without {name}"
        else:
            yield from (f"  {line}" for line in argument(name, value).splitlines())
    if shown != changes:
        yield "where it says (hidden), with the value that is live, or better as one of secrets"


def _tags(each: Looked, environment: Environment) -> Iterator[str]:
    """Tags that no entry can keep as they are: an entry has those of its task definition alone."""
    of_entry = each.wanted.type == TASK_DEFINITION
    live = {one.field.removeprefix("tags."): one.before for one in each.fields if _is_tag(one)}
    ours = [key for key in environment.tags if key in live]
    ours = [key for key in ours if live[key] is ABSENT or not of_entry]
    if ours:
        yield entry.environments_tags(ours, environment)
    others = [] if of_entry else [key for key in live if key not in environment.tags]
    if others:
        place = f"'tags' of {environment.name} in environments.py"
        yield f"{words.text(', '.join(others))}: kept only by {place}, which are on everything"


def _is_tag(field: FieldChange) -> bool:
    return field.field.startswith("tags.")


def _emptied(each: Looked, environment: Environment) -> list[str]:
    if each.wanted.type != TASK_DEFINITION or not each.found:
        return []
    definition = each.found.values["definition"]
    return [words.text(one.field) for one in emptied_fields(definition, environment)]


def _places(each: Looked, service: Service, environment: Environment) -> entry.Places:
    assert each.found
    live = each.found.values
    changes, image = {}, ""
    if each.wanted.type == TASK_DEFINITION:
        definition = live["definition"]
        changes = entry.to_keep(service, definition, environment, live["tags"])
        image = definition["containerDefinitions"][0]["image"]
    elif any(field.field == "retention_in_days" for field in each.fields):
        days, name = live["retention_in_days"], "log_retention_days"
        by_default = days is None and name not in environment.service_defaults
        changes = {name: ABSENT if by_default else days}
    return entry.places(changes, image, service, environment)
