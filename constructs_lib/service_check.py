"""Everything that is wrong with a service, and everything that only looks wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from constructs_lib import names
from constructs_lib.argument_check import argument_problems
from constructs_lib.as_written import as_written
from constructs_lib.definition import IMAGE_ARGUMENTS, Described, described
from constructs_lib.definition_reading import in_containers
from constructs_lib.definition_rules import definition_findings
from constructs_lib.definition_warnings import OfASecret, definition_warnings
from constructs_lib.environment import Environment
from constructs_lib.errors import Problem, Unreadable
from constructs_lib.execution_policy import role_problems
from constructs_lib.findings import Finding, Path
from constructs_lib.log_groups import log_groups
from constructs_lib.nearest import nearest
from constructs_lib.remembered import remembered
from constructs_lib.service import Service
from constructs_lib.service_in_environment import (
    image_problems,
    in_environment,
    override_problems,
    place_of,
)
from constructs_lib.unknown import is_unknown


@remembered
def problems(service: Service, environment: Environment) -> list[Problem]:
    """Everything that is wrong with a service in an environment; nothing when all is well."""
    service.settle()
    two_images = list(image_problems(service, environment))
    return [
        *override_problems(service, environment),
        *two_images,
        *(
            problem._replace(argument=place_of(problem.argument, service, environment))
            for problem in _problems(in_environment(service, environment), environment)
            if not (two_images and problem.argument in IMAGE_ARGUMENTS)
        ),
    ]


def _problems(service: Service, environment: Environment) -> Iterator[Problem]:
    some = _with_some_name(service)
    try:
        whole, unreadable = described(some, environment), None
    except Unreadable as wrong:
        without_file = {**some.given, "task_definition_file": None}
        whole, unreadable = described(Service(**without_file), environment), wrong.problem
    of_arguments = [
        *service.names_problems(),
        *argument_problems(service, whole.definition),
        *_length_problems(whole, environment),
    ]
    yield from of_arguments
    if unreadable:
        yield unreadable
        return
    said: set[str | None] = {problem.argument for problem in of_arguments}
    # Where a misspelt name stands for an argument, its default is not what was meant.
    misspelt = service.given.keys() - Service.declared
    meant = {nearest(each, Service.declared) for each in misspelt} - service.given.keys()
    said |= meant
    findings = definition_findings(whole.definition)
    of_definition = [
        finding.problem(whole.name)
        for finding in [*findings, *_markers_of_others(whole.definition)]
        if meant.isdisjoint(map(whole.name, finding.others))
    ]
    of_whole: set[str] = set()
    for problem in of_definition:
        if problem.argument in said:
            continue
        written = as_written(problem, service)
        if written.argument == problem.argument or written.argument not in of_whole:
            yield written
        of_whole.add(written.argument)
    said |= {problem.argument for problem in of_definition}
    yield from _log_group_problems(some, whole, environment)
    for problem in role_problems(some, environment, whole):
        if problem.argument not in said:
            yield problem


def warnings(service: Service, environment: Environment) -> Iterator[Problem]:
    """What AWS takes and a person hardly means, but for what `not_secret` names."""
    settled = in_environment(service, environment)
    whole = described(settled, environment)
    for finding in definition_warnings(whole.definition):
        problem = finding.problem(whole.name)
        problem = problem._replace(argument=place_of(problem.argument, service, environment))
        if not isinstance(finding.value, OfASecret):
            yield problem
        elif finding.value not in settled.not_secret:
            yield problem._replace(cure=f"{problem.cure}, or name it in 'not_secret'")
    yield from _port_that_is_dropped(service, whole)


def _port_that_is_dropped(service: Service, whole: Described) -> Iterator[Problem]:
    port, mappings = service.given.get("port"), service.given.get("port_mappings")
    if port is None or mappings is None:
        return
    of_own = {"containerDefinitions": whole.definition["containerDefinitions"][:1]}
    mapped = [mapping.get("containerPort") for _, mapping in in_containers(of_own, "portMappings")]
    if port not in mapped:
        rule = "is none of port_mappings, which takes its place"
        yield Problem("port", rule, port, "leave one of the two out")


def _log_group_problems(
    service: Service, whole: Described, environment: Environment
) -> Iterator[Problem]:
    """Among them, a group that ECS would have to make: no role of this project lets it."""
    own = whole.log_group
    if service.log_group_name is not None:
        problem = names.LOG_GROUP.problem("log_group_name", service.log_group_name)
        if problem:
            yield problem
    days = service.log_retention_days
    # What all services have by default need not be of use to each.
    if days not in (None, environment.service_defaults.get("log_retention_days")) and own is None:
        yield Problem(
            "log_retention_days",
            "must not be given where no container writes to the stack's log group",
            days,
            "leave it out, or name the group in log_group_name",
        )
    if service.roles_managed_elsewhere:
        return
    for path, group, created in log_groups(whole.definition):
        if created and group != own and not is_unknown(group):
            yield Problem(
                whole.name(path),
                "must be the log group that the stack makes, as with 'awslogs-create-group' ECS"
                " makes it and the execution role lacks logs:CreateLogGroup",
                group,
                f"give log_group_name={group!r}, or take 'awslogs-create-group' away and make"
                " the group elsewhere",
            )


def _markers_of_others(definition: object, path: Path = ()) -> Iterator[Finding]:
    """Text with CDKTF's marker of a value, although no CDKTF is there that made one."""
    if "cdktf" in sys.modules:
        return
    if isinstance(definition, dict):
        for name, item in definition.items():
            yield from _markers_of_others(item, (*path, name))
    elif isinstance(definition, list):
        for index, item in enumerate(definition):
            yield from _markers_of_others(item, (*path, index))
    elif is_unknown(definition):
        rule = "must not be what CDKTF writes for a value that Terraform knows later"
        yield Finding(path, rule, definition, "write the value itself")


def _with_some_name(service: Service) -> Service:
    """The service itself, or under a name that is one, so that only the rest is checked."""
    if names.ECS.problem("name", service.name) is None:
        return service
    return Service(**{**service.given, "name": "service"})


def _length_problems(whole: Described, environment: Environment) -> Iterator[Problem]:
    """Names that only the environment's prefix and suffix make too long."""
    added = len(environment.named(""))
    lengths = (
        (whole.name(("family",)), whole.definition.get("family"), 255),
        ("log_group_name", whole.log_group, 512),
    )
    for argument, name, most in lengths:
        if isinstance(name, str) and most < len(name) <= most + added:
            given = f"{len(name) - added} characters"
            rule = (
                f"must have at most {most - added} characters in {environment.name}, where"
                f" name_prefix and name_suffix add {added}"
            )
            yield Problem(argument, rule, given, "shorten it, or name_prefix in environments.py")
