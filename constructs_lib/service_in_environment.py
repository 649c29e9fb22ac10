"""A service as it is in one environment: what is said of it in all the places, as one `Service`.

The later of these wins: the walk, the environment's `service_defaults`, the entry in services.py,
the entry's `per_environment`, and images.txt. A value replaces the earlier one whole. A service's
`task_definition_file` belongs to its entry, so it comes before the environment's defaults.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from constructs_lib.arguments import instead_of_argument
from constructs_lib.environment import Environment
from constructs_lib.errors import Problem
from constructs_lib.images import repository_of
from constructs_lib.nearest import instead
from constructs_lib.remembered import remembered
from constructs_lib.service import Service
from constructs_lib.unknown import is_unknown

_ENTRYS_OWN = ("name", "per_environment")
INSTEAD_OF_EACH_OTHER = (("image_tag", "image_digest"), ("port", "port_mappings"))
_NOT_IN_A_FILE = frozenset(
    name
    for name, known in Service.declared.items()
    if not known.aws and name not in ("image", "image_tag", "image_digest", "port", "sidecars")
)


class Layer(NamedTuple):
    """What one place says. `place` is how an argument is written there, `{}` being its name."""

    place: str
    given: Mapping[str, Any]


@remembered
def in_environment(service: Service, environment: Environment) -> Service:
    """The service with everything that the environment says of it; once more is the same."""
    layers = _layers(service, environment)
    if len(layers) == 1 and "per_environment" not in service.given:
        return service
    whole: dict[str, Any] = {}
    for layer in layers:
        for group in INSTEAD_OF_EACH_OTHER:
            if not whole.keys().isdisjoint(group) and not layer.given.keys().isdisjoint(group):
                for name in group:
                    whole.pop(name, None)
        whole |= layer.given
    whole.pop("per_environment", None)
    return Service(*service.unnamed, **whole)


def place_of(argument: str, service: Service, environment: Environment) -> str:
    """Where the value of an argument (`sidecars[0].image`) was written, and how it is called there.

    >>> place_of("cpu_units", service, staging)
    "per_environment['staging']['cpu_units']"
    """
    name = re.split(r"[.\[]", argument, maxsplit=1)[0]
    rest = argument[len(name) :]
    for layer in _layers(service, environment)[::-1]:
        if name in layer.given:
            return layer.place.format(name) + rest
    return argument


def _layers(service: Service, environment: Environment) -> list[Layer]:
    """The places that say something, the weakest first; the entry is always one."""
    defaults = _arguments(environment.service_defaults)
    overrides = service.per_environment
    override = {}
    if isinstance(overrides, Mapping) and environment.name in overrides:
        override = _arguments(overrides[environment.name])
    if override.get("task_definition_file", service.task_definition_file) is not None:
        defaults = {name: value for name, value in defaults.items() if name in _NOT_IN_A_FILE}
    layers = [Layer("service_defaults['{}']", defaults)] if defaults else []
    layers.append(Layer("{}", service.given))
    if override:
        layers.append(Layer(f"per_environment[{environment.name!r}]['{{}}']", override))
    line = environment.images.get((environment.name, str(service.name)))
    if line is not None:
        layers.append(Layer(line.place, {line.argument: line.image}))
    return layers


def _arguments(given: Any) -> dict[str, Any]:
    """What can be given to `Service` of a mapping that may hold anything."""
    if not isinstance(given, Mapping):
        return {}
    return {
        name: value
        for name, value in given.items()
        if isinstance(name, str) and name not in _ENTRYS_OWN
    }


def override_problems(service: Service, environment: Environment) -> Iterator[Problem]:
    """What is wrong with `per_environment` in its arguments' names, in every environment.

    The values of the environment at hand are checked as the service's own.
    """
    overrides = service.per_environment
    if not isinstance(overrides, Mapping):
        rule, cure = "must map an environment to arguments", 'write {"staging": {"cpu_units": 256}}'
        yield Problem("per_environment", rule, overrides, cure)
        return
    for name, override in overrides.items():
        here = name == environment.name
        yield from argument_name_problems(f"per_environment[{name!r}]", override, skip_unknown=here)


def unknown_environments(service: Service, environments: Collection[str]) -> Iterator[Problem]:
    """The environments in `per_environment` that are not among the names of all."""
    overrides = service.per_environment
    for name in overrides if isinstance(overrides, Mapping) else ():
        if name not in environments:
            rule, cure = (
                "must be an environment of environments.py",
                instead(str(name), environments),
            )
            yield Problem(f"per_environment[{name!r}]", rule, name, cure)


def argument_name_problems(place: str, given: Any, *, skip_unknown: bool) -> Iterator[Problem]:
    """What is wrong with a mapping of arguments of Service in its keys.

    `skip_unknown` leaves unknown arguments out, where they are said of the service at hand.
    """
    if not isinstance(given, Mapping):
        yield Problem(place, "must map arguments to values", given, 'write {"cpu_units": 256}')
        return
    for name, value in given.items():
        argument = f"{place}[{name!r}]"
        if name in _ENTRYS_OWN:
            cure = "take it away; only the entry itself has it"
            yield Problem(argument, "must not be given here", value, cure)
        elif name not in Service.declared and not (skip_unknown and isinstance(name, str)):
            rule = "is no argument of Service"
            yield Problem(argument, rule, value, instead_of_argument(str(name), Service.declared))


def image_problems(service: Service, environment: Environment) -> Iterator[Problem]:
    """What says another image where images.txt says it: of two, nobody could tell which runs."""
    line = environment.images.get((environment.name, str(service.name)))
    if line is None:
        return
    *layers, _ = _layers(service, environment)
    for layer in layers:
        if layer.place.startswith("service_defaults"):
            continue
        for name in ("image_tag", "image_digest", "image"):
            value = layer.given.get(name)
            whole = name != "image" or (
                isinstance(value, str) and not is_unknown(value) and repository_of(value) != value
            )
            if value is not None and whole:
                yield Problem(
                    layer.place.format(name),
                    f"must not say which image runs, as {line.place} does ({line.image})",
                    value,
                    "take it out of services.py, or take the line away"
                    if name != "image"
                    else f"write {repository_of(value)!r}, or take the line away",
                )
