"""What is wrong with a service's arguments that its definition does not show any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib import names
from constructs_lib.containers import Container
from constructs_lib.definition import image_pins
from constructs_lib.errors import Problem
from constructs_lib.forms import Form, is_list
from constructs_lib.images import digest_problem, image_problem, repository_of, tag_problem
from constructs_lib.log_retention import retention_problem
from constructs_lib.service import Service
from constructs_lib.stack_ids import FIRST_STACKS
from constructs_lib.unknown import is_unknown

_NAMES_OF_JAVASCRIPT = (
    *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString"),
    *("toString", "valueOf", "__proto__", "__defineGetter__", "__defineSetter__"),
    *("__lookupGetter__", "__lookupSetter__"),
)
"""Members that every object has there: the library of constructs 10.8.1 takes them for stacks."""

_KMS_KEY = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+")


def argument_problems(service: Service, definition: Mapping[str, Any]) -> Iterator[Problem]:
    """What only the arguments show, as the definition has it no more."""
    wrong_name = _name_problem(service) if "name" in service.given else None
    if wrong_name:
        yield wrong_name
    yield from _role_problems(service)
    yield from _image_problems(service)
    yield from _variable_problems(service, "")
    for index, sidecar in enumerate(service.sidecars if is_list(service.sidecars) else ()):
        if isinstance(sidecar, Container):
            yield from _variable_problems(sidecar, f"sidecars[{index}].")
    wrong_days = retention_problem("log_retention_days", service.log_retention_days)
    if wrong_days:
        yield wrong_days
    yield from _types_of_the_rest(service)
    yield from _key_problems(service)
    if "sidecars" in service.given:
        yield from _sidecar_image_problems(definition)


def _name_problem(service: Service) -> Problem | None:
    """A name is the stack's too, and where no image is given the repository's."""
    name = service.name
    problem = names.ECS.problem(
        "name", name, "use hyphens, and shorten it if need be"
    ) or stack_name_problem(name)
    if problem or service.image is not None or service.task_definition_file is not None:
        return problem
    return _repository_problem(name)


def stack_name_problem(name: str) -> Problem | None:
    """Why no stack of a service can have a name that a family may have, or None."""
    if name in FIRST_STACKS:
        return Problem("name", "must not be the id of a stack of the project", name, "rename it")
    cure = "rename it, and give this one as family"
    if name in _NAMES_OF_JAVASCRIPT:
        rule = "must not be a word that JavaScript has taken, which names the stacks"
        return Problem("name", rule, name, cure)
    if name.startswith("-"):
        rule = "must not begin with a hyphen, as commands would take the stack for an option"
        return Problem("name", rule, name, cure)
    return None


def _repository_problem(name: str) -> Problem | None:
    problem = names.REPOSITORY.problem("name", name.lower(), "rename it, or give image=")
    if problem:
        return problem._replace(value=name)
    if name == name.lower():
        return None
    rule = (
        "must be in lower case, as the repository of its image has it and ECR takes no capital"
        " letters"
    )
    return Problem("name", rule, name, f"write {name.lower()!r}, or give image=")


def _role_problems(service: Service) -> Iterator[Problem]:
    """Names of roles, which the definition has as ARNs."""
    for argument in ("task_role_arn", "execution_role_arn"):
        role = service.given.get(argument)
        if isinstance(role, str) and not role.startswith("arn:") and not is_unknown(role):
            wrong_role = names.ROLE.problem(argument, role, "write a role's name or its ARN")
            if wrong_role:
                yield wrong_role


def _image_problems(service: Service) -> Iterator[Problem]:
    tag, digest = service.image_tag, service.image_digest
    of_digest = None if digest is None else digest_problem("image_digest", digest)
    of_tag = None if tag is None else tag_problem("image_tag", tag)
    yield from filter(None, (of_digest, of_tag))
    pins = image_pins(service)
    if len(pins) == 2:
        yield Problem(
            "image_digest",
            "must not stand beside image_tag",
            service.image_digest,
            "keep one of the two",
        )
    image = service.image
    wrong_image = image_problem("image", image)
    if wrong_image:
        yield wrong_image
    elif (
        pins and isinstance(image, str) and not is_unknown(image) and repository_of(image) != image
    ):
        yield Problem(
            "image",
            f"must be a repository alone where {pins[0]} is given",
            image,
            f"leave the tag or digest out of it, or leave {pins[0]} out",
        )


def _variable_problems(container: Container, place: str) -> Iterator[Problem]:
    """Variables that would be dropped without a word."""
    variables = container.environment
    by_name = isinstance(variables, Mapping)
    pairs: Any = list(variables.items()) if isinstance(variables, Mapping) else variables
    for index, pair in enumerate(pairs if is_list(pairs) else ()):
        if isinstance(pair, tuple) and len(pair) == 2 and pair[1] is None:
            argument = (
                f"{place}environment[{pair[0]!r}]" if by_name else f"{place}environment[{index}]"
            )
            yield Problem(argument, "must be a string", None, "give a value, or leave it out")


def _types_of_the_rest(service: Service) -> Iterator[Problem]:
    """Flags and lists that are no part of the definition, whose shape is checked as a whole."""
    for name, value in service.given.items():
        known = service.declared.get(name)
        if known is not None and not known.aws and isinstance(known.form, Form):
            if value is None and name == "sidecars":
                continue  # none, which takes those of a file away
            yield from known.form.problems(name, value)


def _key_problems(service: Service) -> Iterator[Problem]:
    for index, arn in enumerate(service.kms_key_arns if is_list(service.kms_key_arns) else ()):
        if isinstance(arn, str) and not is_unknown(arn) and not _KMS_KEY.fullmatch(arn):
            place = f"kms_key_arns[{index}]"
            cure = "copy the key's ARN from KMS; an alias does not do"
            yield Problem(place, "must be the ARN of a KMS key", arn, cure)


def _sidecar_image_problems(definition: Mapping[str, Any]) -> Iterator[Problem]:
    """Those of AWS's own JSON too, which only the definition has in one form with the others."""
    for index, sidecar in enumerate(definition["containerDefinitions"][1:]):
        if isinstance(sidecar, dict) and sidecar.get("image"):
            wrong_image = image_problem(f"sidecars[{index}].image", sidecar["image"])
            if wrong_image:
                yield wrong_image
