"""Everything that is wrong with a service, and everything that only looks wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib import names
from constructs_lib.definition import (
    Described,
    default_log_group,
    described,
    image_pins,
)
from constructs_lib.definition_reading import containers, known
from constructs_lib.definition_rules import definition_findings
from constructs_lib.definition_warnings import definition_warnings
from constructs_lib.environment import Environment
from constructs_lib.errors import Problem
from constructs_lib.execution_policy import role_problems
from constructs_lib.findings import Path
from constructs_lib.forms import is_list
from constructs_lib.images import digest_problem, image_problem, repository_of, tag_problem
from constructs_lib.log_retention import retention_problem
from constructs_lib.remembered import remembered
from constructs_lib.service import Service
from constructs_lib.unknown import is_unknown

RESERVED_NAMES = ("iam", "state-bucket", "ci-roles")
"""The ids of the project's own stacks."""


@remembered
def problems(service: Service, environment: Environment) -> list[Problem]:
    """Everything that is wrong with a service in an environment; nothing when all is well.

    Raises:
        InvalidInput: the file of the service cannot be read.
    """
    some = _with_some_name(service)
    whole = described(some, environment)
    of_arguments = [*service.names_problems(), *_argument_problems(service, whole.definition)]
    said = {problem.argument for problem in of_arguments}
    found = (finding.problem(whole.name) for finding in definition_findings(whole.definition))
    return [
        *of_arguments,
        *(_as_given(problem, service) for problem in found if problem.argument not in said),
        *_log_group_problems(some, whole),
        *role_problems(some, environment, whole),
    ]


def warnings(service: Service, environment: Environment) -> Iterator[Problem]:
    """What AWS takes and a person hardly means, but for what `not_secret` names."""
    whole = described(service, environment)
    for finding in definition_warnings(whole.definition):
        if finding.value not in service.not_secret:
            problem = finding.problem(whole.name)
            yield problem._replace(cure=f"{problem.cure}, or name it in 'not_secret'")


def own_log_group(service: Service, definition: Mapping[str, Any]) -> str | None:
    """The log group that the service's stack makes: None when no container writes to it."""
    written = [group for _, group, _ in _log_groups(definition)]
    wanted = default_log_group(service)
    if service.log_group_name is None and service.task_definition_file is not None and written:
        wanted = written[0]
    return wanted if wanted in written else None


def _log_groups(definition: Mapping[str, Any]) -> list[tuple[Path, str, bool]]:
    """The log groups that containers write to: where that is said, and whether ECS makes it."""
    groups = []
    for path, container in containers(dict(definition)):
        log = known(container, "logConfiguration", {})
        options = known(log, "options", {})
        group = options.get("awslogs-group")
        if log.get("logDriver") == "awslogs" and isinstance(group, str):
            place = (*path, "logConfiguration", "options", "awslogs-group")
            groups.append((place, group, options.get("awslogs-create-group") == "true"))
    return groups


def _log_group_problems(service: Service, whole: Described) -> Iterator[Problem]:
    """Among them, a group that ECS would have to make: no role of this project lets it."""
    own = own_log_group(service, whole.definition)
    if service.log_group_name is not None:
        problem = names.LOG_GROUP.problem("log_group_name", service.log_group_name)
        if problem:
            yield problem
    if service.log_retention_days is not None and own is None:
        yield Problem(
            "log_retention_days",
            "must not be given where no container writes to the stack's log group",
            service.log_retention_days,
            "leave it out, or name the group in log_group_name",
        )
    if service.roles_managed_elsewhere:
        return
    for path, group, created in _log_groups(whole.definition):
        if created and group != own and not is_unknown(group):
            yield Problem(
                whole.name(path),
                "must be the log group that the stack makes, as with 'awslogs-create-group' ECS"
                " makes it and the execution role lacks logs:CreateLogGroup",
                group,
                f"give log_group_name={group!r}, or take 'awslogs-create-group' away and make"
                " the group elsewhere",
            )


def _argument_problems(service: Service, definition: Mapping[str, Any]) -> Iterator[Problem]:
    """What only the arguments show, as the definition has it no more."""
    if "name" in service.given:
        wrong_name = names.ECS.problem(
            "name", service.name, "use hyphens, and shorten it if need be"
        )
        if wrong_name:
            yield wrong_name
    if service.name in RESERVED_NAMES:
        yield Problem(
            "name", "must not be the id of a stack of the project", service.name, "rename it"
        )
    for argument in ("task_role_arn", "execution_role_arn"):
        role = service.given.get(argument)
        if isinstance(role, str) and not role.startswith("arn:") and not is_unknown(role):
            wrong_role = names.ROLE.problem(argument, role, "write a role's name or its ARN")
            if wrong_role:
                yield wrong_role
    yield from _image_problems(service)
    retention = retention_problem("log_retention_days", service.log_retention_days)
    if retention:
        yield retention
    for argument in ("skip_destroy", "roles_managed_elsewhere"):
        value = getattr(service, argument)
        if type(value) is not bool:
            yield Problem(argument, "must be True or False", value, "choose one")
    for argument in ("sidecars", "not_secret", "kms_key_arns"):
        value = getattr(service, argument)
        if value is not None and not is_list(value):
            yield Problem(argument, "must be a list", value, "write it in square brackets")
    if "sidecars" in service.given:
        for index, sidecar in enumerate(definition["containerDefinitions"][1:]):
            if isinstance(sidecar, dict) and sidecar.get("image"):
                wrong_image = image_problem(f"sidecars[{index}].image", sidecar["image"])
                if wrong_image:
                    yield wrong_image


def _image_problems(service: Service) -> Iterator[Problem]:
    if service.image_digest is not None:
        problem = digest_problem("image_digest", service.image_digest)
    else:
        problem = (
            tag_problem("image_tag", service.image_tag) if service.image_tag is not None else None
        )
    if problem:
        yield problem
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


def _with_some_name(service: Service) -> Service:
    """The service itself, or under a name that is one, so that only the rest is checked."""
    if names.ECS.problem("name", service.name) is None:
        return service
    return Service(**{**service.given, "name": "service"})


def _as_given(problem: Problem, service: Service) -> Problem:
    """The problem with the value that the user wrote, where AWS's JSON has another for it."""
    given = service.given.get(problem.argument)
    return problem._replace(value=given) if isinstance(given, str | int | float) else problem
