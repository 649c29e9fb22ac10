"""The check of the whole catalogue: all mistakes of all services, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from constructs_lib import user_files
from constructs_lib.chosen_environment import WrongInPart
from constructs_lib.definition import Described, described
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.forms import is_list
from constructs_lib.guard_rails import broad_choices
from constructs_lib.nearest import nearest
from constructs_lib.plain import plain
from constructs_lib.service import Service
from constructs_lib.service_check import problems, warnings
from constructs_lib.service_in_environment import (
    argument_name_problems,
    in_environment,
    unknown_environments,
)
from constructs_lib.stack_ids import IAM_STACK

_OTHER_GROUP = (
    "choose another, or write to that one's group: leave log_group_name out here, and"
    " 'awslogs-create-group' in log_configuration"
)
_LONGEST_OWNER = 64
"""A longer name would hide the sentence behind it."""


def of_project() -> tuple[Environment, Sequence[Service]]:
    """The environment of NETFLUX_ENV, and the services of services.py, with nothing wrong in them.

    Raises:
        InvalidInput: a sentence a mistake.
    """
    wrong: list[str] = []
    try:
        environment: Environment = user_files.held("environments", "selected")()
    except WrongInPart as part:
        environment, wrong = part.environment, part.sentences
    try:
        services: Sequence[Service] = user_files.held("services", "SERVICES")
        check(services, environment, user_files.held("environments", "names")())
    except InvalidInput as of_services:
        wrong += of_services.sentences
    if wrong:
        raise InvalidInput(wrong)
    return environment, services


def check(
    services: Sequence[Any], environment: Environment, environments: Collection[str] = ()
) -> None:
    """Says everything that is wrong with `services` in `environment`.

    `environments` are the names of all environments, which entries may name; none when they are
    not known.

    Raises:
        InvalidInput: a sentence a mistake; a service without a name is named by its place.
    """
    if not is_list(plain(services, Service)):
        cure = "write SERVICES = [Service(...)]"
        raise InvalidInput.of(
            "services.py", [Problem("SERVICES", "must be a list", services, cure)]
        )
    defaults = environment.service_defaults
    of_environment = list(
        argument_name_problems("service_defaults", defaults, skip_unknown=bool(services))
    )
    of_any_service = problems(Service(name="service"), environment) if defaults else []
    sentences: list[str] = []
    sound: dict[str, Described] = {}
    for place, service in enumerate(services, start=1):
        if type(service) is not Service:  # a subclass's own defaults would be heeded in part
            wrong = Problem("SERVICES", "must hold Service entries", service, "write Service(...)")
            sentences.append(wrong.sentence(f"services.py, entry {place}"))
            continue
        name = service.name
        owner = f"services.py, entry {place}"
        if isinstance(name, str) and name.isprintable() and _tells_a_service(name):
            owner = name
        if environments:
            unknown = unknown_environments(service, environments)
            sentences += [problem.sentence(owner) for problem in unknown]
        try:
            found = problems(service, environment)
            if not found and name not in sound:
                sound[name] = described(in_environment(service, environment), environment)
            for problem in found:
                if problem not in of_any_service:
                    sentences.append(problem.sentence(owner))
                elif problem not in of_environment:
                    of_environment.append(problem)
        except RecursionError:
            deep = Problem("Service", "must not hold itself", service, "write its parts apart")
            sentences.append(deep.sentence(owner))
    numbered = enumerate(services, start=1)
    entries = [(place, service) for place, service in numbered if type(service) is Service]
    names = ((service.name, service.name, f"entry {place}") for place, service in entries)
    sentences += _repeated("name", names, "choose another")
    sentences += _lines_of_no_service(environment, [service.name for _, service in entries])
    families = ((name, each.definition.get("family"), name) for name, each in sound.items())
    sentences += _repeated("family", families, "choose another, here or there")
    groups = ((name, each.log_group, name) for name, each in sound.items())
    sentences += _repeated("log_group_name", groups, _OTHER_GROUP)
    told = f"environments.py, {environment.name}"
    sentences = [problem.sentence(told) for problem in of_environment] + sentences
    if sentences:
        raise InvalidInput(sentences)


def warned(services: Sequence[Service], environment: Environment) -> list[tuple[str, str]]:
    """A sentence for each thing that AWS takes and a person hardly means, with its stack."""
    owner = f"environments.py, {environment.name}"
    of_roles = [(IAM_STACK, problem.sentence(owner)) for problem in broad_choices(environment)]
    return of_roles + [
        (str(service.name), problem.sentence(str(service.name)))
        for service in services
        for problem in warnings(service, environment)
    ]


def _lines_of_no_service(environment: Environment, names: Sequence[Any]) -> Iterator[str]:
    for line in environment.images.values():
        if line.service not in names:
            near = nearest(line.service, map(str, names))
            cure = f"write {near!r}" if near else "take the line away, if that service is gone"
            problem = Problem("service", "must be a service of services.py", line.service, cure)
            yield problem.sentence(line.place)


def _tells_a_service(name: str) -> bool:
    """Whether a name, be it wrong, can begin a sentence and be found again in services.py."""
    letters = any(character.isalnum() for character in name)
    return letters and ":" not in name and len(name) <= _LONGEST_OWNER


def _repeated(argument: str, values: Iterable[tuple[Any, Any, str]], cure: str) -> Iterator[str]:
    """A sentence for each value that more than one service has: who, the value, and by what name
    the first one that has it is told."""
    first: dict[str, str] = {}
    for owner, value, told in values:
        if isinstance(value, str) and value and value in first:
            rule = f"must be of one service only, and {first[value]} has it"
            yield Problem(argument, rule, value, cure).sentence(str(owner))
        elif isinstance(value, str):
            first[value] = told
