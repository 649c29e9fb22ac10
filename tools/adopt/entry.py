"""What to write in the catalogue so that it yields what is live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from constructs_lib.arguments import Arguments
from constructs_lib.definition import IMAGE_ARGUMENTS, rendered
from constructs_lib.definition_rules import definition_findings
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.findings import ABSENT, Definition
from constructs_lib.images import repository_of
from constructs_lib.service import OwnContainer, Service, Task
from constructs_lib.service_from_definition import service_from_definition
from constructs_lib.service_in_environment import INSTEAD_OF_EACH_OTHER, in_environment
from tools.adopt.definitions import sayable_fields
from tools.adopt.fields import changes as changed_fields
from tools.review.differences import FieldChange
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


def environments_tags(keys: Iterable[str], environment: Environment) -> str:
    """Tags that no entry takes away, and where they are written."""
    return (
        f"{', '.join(keys)}: the 'tags' of {environment.name} in environments.py are on "
        "everything; to do without one, take it out there"
    )


def to_keep(
    service: Service, definition: Definition, environment: Environment, tags: Mapping[str, str]
) -> dict[str, Any]:
    """The arguments of a service that must be others for it to yield what is live, as few as can
    be; compared with what its entry, its `per_environment` and images.txt say of it together.

    `ABSENT` is an argument to leave out.

    Raises:
        InvalidInput: no entry yields the definition; a sentence a reason.
    """
    without_images = Environment(**environment.given)
    made = _said_of(service, environment)
    # The defaults of many arguments follow the name, which stays.
    family = environment.named(str(service.name))
    live = whole_entry({**definition, "family": family}, without_images, tags)
    entry = {k: v for k, v in made.items() if k not in _OF_THE_DEFINITION}
    entry |= {**live.given, "family": environment.without_affixes(definition["family"])}
    alone = sorted(_OF_THE_DEFINITION & {*made, *entry})
    for names in (IMAGE_ARGUMENTS, *((name,) for name in alone)):
        before = dict(entry)
        for name in names:
            _set(entry, name, made.get(name, ABSENT))
        if not _yields(entry, definition, without_images, tags):
            entry = before
    if not _yields(entry, definition, without_images, tags):
        sentence = f"{service.name}: no arguments of Service yield it in {environment.name}"
        raise InvalidInput([f"{sentence}; compare its fields above, and choose which to give up"])
    return {
        name: entry.get(name, ABSENT)
        for name in {**made, **entry}
        if entry.get(name, ABSENT) != made.get(name, ABSENT)
    }


def _said_of(service: Service, environment: Environment) -> dict[str, Any]:
    """All arguments of a service in an environment but those that come for all services."""
    given = {k: v for k, v in environment.given.items() if k != "service_defaults"}
    own = in_environment(service, Environment(**given).with_images(environment.images))
    return {name: value for name, value in own.given.items() if name != "per_environment"}


class Places(NamedTuple):
    """What is to be written where: arguments of the entry, and the words of images.txt."""

    arguments: dict[str, Any]
    image: str | None = None


def places(
    changes: Mapping[str, Any],
    image: str,
    service: Service,
    environment: Environment,
) -> Places:
    """Where the changes of `to_keep` are written; `image` is the one that is live.

    What `per_environment` says of the environment is changed there, and what images.txt says of
    the service is changed in its line: `""` is an image without tag and digest, so no line.
    """
    changes, line = dict(changes), None
    if (environment.name, str(service.name)) in environment.images and any(
        name in changes for name in IMAGE_ARGUMENTS
    ):
        for name in IMAGE_ARGUMENTS:
            changes.pop(name, None)
        repository = repository_of(image)
        line = image[len(repository) + 1 :]
        now = rendered(service, environment)["containerDefinitions"][0]["image"]
        if repository_of(now) != repository:
            changes["image"] = repository
    own = dict(service.per_environment.get(environment.name, {}))
    here = {name: changes.pop(name) for name in list(changes) if _is_said(name, own)}
    if here:
        for name, value in here.items():
            if value is ABSENT and name in service.given:
                value = Service.declared[name].default
            _set(own, name, value)
        all_own = {**service.per_environment, environment.name: own}
        changes["per_environment"] = {name: each for name, each in all_own.items() if each}
        if not changes["per_environment"]:
            changes["per_environment"] = ABSENT
    return Places(changes, line)


def _is_said(name: str, given: Mapping[str, Any]) -> bool:
    """Whether an argument is given, or one that stands in its place."""
    groups = [group for group in INSTEAD_OF_EACH_OTHER if name in group]
    return any(each in given for each in (name, *(each for group in groups for each in group)))


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
    return not not_yielded(Service(**given), definition, environment, tags)


def not_yielded(
    service: Service,
    definition: Definition,
    environment: Environment,
    tags: Mapping[str, str],
) -> list[FieldChange]:
    """What an entry yields otherwise than a definition that is registered and its tags.

    Without what no entry could say of it: what is registered as empty, and that a tag of the
    environment, which is on everything, is not on it.
    """
    code = rendered(service, environment)
    own = {tag["key"]: tag.get("value", "") for tag in code.get("tags", [])}
    both = ({**environment.tags, **each} for each in (tags, own))
    return [*sayable_fields(definition, code, environment), *changed_fields("tags", *both)]


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
