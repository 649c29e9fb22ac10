"""What to write in the catalogue so that it yields what is live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.arguments import Arguments
from constructs_lib.definition import rendered
from constructs_lib.definition_rules import definition_findings
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.findings import ABSENT, Definition
from constructs_lib.service import OwnContainer, Service, Task
from constructs_lib.service_from_definition import service_from_definition
from tools.adopt.definitions import new_revision_fields, registered
from tools.review.hidden import Cleaner, Hidden

_OF_THE_DEFINITION = {
    *Task.declared,
    *OwnContainer.declared,
    *("image", "image_tag", "image_digest", "port", "sidecars", "task_definition_file"),
} - {"name"}
_WHERE_SECRETS_LIE = ("secrets", "secret_options")


def whole_entry(
    definition: Definition, environment: Environment, tags: Mapping[str, str]
) -> Service:
    """The shortest entry for a definition that is registered, with the tags that are its own.

    Raises:
        InvalidInput: the provider cannot carry the definition; a sentence a reason.
    """
    own = {key: value for key, value in tags.items() if environment.tags.get(key) != value}
    if own:
        pairs = [{"key": key, "value": value} for key, value in sorted(own.items())]
        definition = {**definition, "tags": pairs}
    findings = definition_findings(definition)
    if findings:
        owner = str(definition.get("family"))
        raise InvalidInput(finding.sentence(owner) for finding in findings)
    return service_from_definition(definition, environment)


def to_keep(
    service: Service, definition: Definition, environment: Environment, tags: Mapping[str, str]
) -> dict[str, Any]:
    """The arguments of an entry that must be others for it to yield what is live, as few as can be.

    `ABSENT` is an argument to leave out.

    Raises:
        InvalidInput: the provider cannot carry the definition; a sentence a reason.
    """
    # The defaults of many arguments follow the name, which stays.
    live = whole_entry({**definition, "family": service.name}, environment, tags)
    entry = {k: v for k, v in service.given.items() if k not in _OF_THE_DEFINITION}
    entry |= {**live.given, "family": definition["family"]}
    for name in sorted(_OF_THE_DEFINITION & {*service.given, *entry}):
        before = dict(entry)
        _set(entry, name, service.given.get(name, ABSENT))
        if not _yields(entry, definition, environment, tags):
            entry = before
    return {
        name: entry.get(name, ABSENT)
        for name in {**service.given, **entry}
        if entry.get(name, ABSENT) != service.given.get(name, ABSENT)
    }


def _set(given: dict[str, Any], name: str, value: Any) -> None:
    if value is ABSENT:
        given.pop(name, None)
    else:
        given[name] = value


def _yields(
    given: Mapping[str, Any],
    definition: Definition,
    environment: Environment,
    tags: Mapping[str, str],
) -> bool:
    code = rendered(Service(**given), environment)
    pairs = code.pop("tags", [])
    own = {tag["key"]: tag.get("value", "") for tag in pairs}
    same_tags = {**environment.tags, **own} == {**environment.tags, **tags}
    return same_tags and not new_revision_fields(registered(definition, environment), code)


def veiled(value: Any, name: str = "") -> Any:
    """The value with `(hidden)` in the place of what may be a secret."""
    if name in _WHERE_SECRETS_LIE:
        return value
    if isinstance(value, Arguments):
        return type(value)(**{key: veiled(item, key) for key, item in value.given.items()})
    if isinstance(value, Mapping):
        return {key: veiled(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(veiled(item, name) for item in value)
    cleaned = Cleaner().cleaned(value, name=name)
    return cleaned.shown if isinstance(cleaned, Hidden) else value
