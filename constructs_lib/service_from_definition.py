"""From a task definition to the catalogue entry that yields it: the way back of `definition.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from constructs_lib.argument_check import stack_name_problem
from constructs_lib.arguments import REQUIRED, Arguments
from constructs_lib.canonical import canonical
from constructs_lib.containers import Container
from constructs_lib.definition import described, rendered
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.forms import parse
from constructs_lib.images import repository_of
from constructs_lib.log_groups import log_groups
from constructs_lib.service import OwnContainer, Service, Task
from constructs_lib.unknown import is_unknown


def service_from_definition(definition: Mapping[str, Any], environment: Environment) -> Service:
    """The shortest entry that yields the definition in `environment`, as AWS returns it.

    `definition` must be one without findings.

    Raises:
        InvalidInput: its family lacks the environment's prefix or suffix.
    """
    partition = environment.partition.name
    wanted = canonical(dict(definition), account=environment.account_id, partition=partition)
    whole = dict(wanted)
    own, *others = whole.pop("containerDefinitions")
    given = _arguments(Task, whole) | _arguments(OwnContainer, own)
    given["image"] = own["image"]
    if repository_of(own["image"]) == own["image"]:
        given["image_tag"] = None
    given["name"] = given["family"] = _without_affixes(given["family"], environment)
    for size in ("cpu_units", "memory_mib"):
        if given[size] is not None and not is_unknown(given[size]):
            given[size] = int(given[size])
    if stack_name_problem(given["name"]):
        given["name"] = f"{given['name']}-service".lstrip("-")
    given["sidecars"] = [_sidecar(container) for container in others]
    service = _shortest(given, wanted, environment)
    of_ecs = [group for _, group, is_made_by_ecs in log_groups(wanted) if is_made_by_ecs]
    if of_ecs and described(service, environment).log_group is None:
        service = with_own_group(service, of_ecs[0], environment)
    return service


def with_own_group(service: Service, group: str | None, environment: Environment) -> Service:
    """The service that makes a group it writes to, if its name can be one that the stack makes."""
    name = environment.without_affixes(group) if group else None
    if group is None or name is None:
        return service
    given = {key: _written(value, group, name) for key, value in service.given.items()}
    whole = Service(**given, log_group_name=name)
    short = Service(**{k: v for k, v in whole.given.items() if k != "log_configuration"})
    wanted = rendered(service, environment)
    same = (each for each in (short, whole) if rendered(each, environment) == wanted)
    return next(same, service)


def _written(value: Any, group: str, name: str) -> Any:
    """An argument where the log group is called as entries call it, without prefix and suffix."""
    if isinstance(value, Arguments):
        return type(value)(**{k: _written(each, group, name) for k, each in value.given.items()})
    if isinstance(value, Mapping):
        return {
            key: name if (key, each) == ("awslogs-group", group) else _written(each, group, name)
            for key, each in value.items()
        }
    return [_written(each, group, name) for each in value] if isinstance(value, list) else value


def _without_affixes(family: str, environment: Environment) -> str:
    name = environment.without_affixes(family)
    if name is None:
        rule = f"must be {environment.named('NAME')}, as every family of {environment.name}"
        cure = "choose the definition's own environment with NETFLUX_ENV"
        raise InvalidInput([Problem("family", rule, family, cure).sentence("definition")])
    return name


def _arguments(of: type[Arguments], json: Mapping[str, Any]) -> dict[str, Any]:
    """Every argument of a class: what `json` has, and None where it has nothing."""
    absent = {name: None for name, known in of.declared.items() if known.aws}
    found = parse(of, json)
    assert isinstance(found, of), "a definition without findings has known keys only"
    taken = {"name", "cpu_units", "memory_mib"} if of is OwnContainer else set()
    return {name: value for name, value in {**absent, **found.given}.items() if name not in taken}


def _sidecar(json: Mapping[str, Any]) -> Any:
    container = parse(Container, json)
    if "log_configuration" in container.given:
        return container
    return Container(**container.given, log_configuration=None)


def _shortest(
    given: dict[str, Any], definition: dict[str, Any], environment: Environment
) -> Service:
    """Leaves out every argument whose default says the same, one after the other."""
    repository, tag = repository_of(given["image"]), given["image"].rpartition(":")[2]
    if given["image"] == f"{repository}:{tag}":
        by_tag = {**given, "image": repository, "image_tag": tag}
        if not _differs(by_tag, definition, environment):
            given = by_tag
    ports = given["port_mappings"]
    if ports and len(ports) == 1 and isinstance(ports[0], Arguments):
        only_port = {name: value for name, value in given.items() if name != "port_mappings"}
        only_port["port"] = ports[0].container_port
        if not _differs(only_port, definition, environment):
            given = only_port
    service = Service(**_in_order(given))
    for path in list(_paths(service)):
        shorter = _without(service, path)
        if shorter is not None and not _differs(shorter.given, definition, environment):
            service = shorter
    return service


def _paths(value: Any) -> Iterator[tuple[str | int, ...]]:
    """Every argument that could be left out, also of the classes inside; the outer one first."""
    if isinstance(value, Arguments):
        for name, item in value.given.items():
            if value.declared[name].default is not REQUIRED:
                yield (name,)
            yield from ((name, *path) for path in _paths(item))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ((index, *path) for path in _paths(item))


def _without(value: Any, path: tuple[str | int, ...]) -> Any:
    """A copy without the argument at `path`; None when that has gone already."""
    step, *rest = path
    if isinstance(value, list):
        inner = _without(value[int(step)], tuple(rest))
        return None if inner is None else [*value[: int(step)], inner, *value[int(step) + 1 :]]
    given = dict(value.given)
    if step not in given:
        return None
    if rest:
        given[str(step)] = _without(given[str(step)], tuple(rest))
        if given[str(step)] is None:
            return None
    else:
        del given[str(step)]
    return type(value)(**given)


def _differs(
    given: Mapping[str, Any], definition: dict[str, Any], environment: Environment
) -> bool:
    return rendered(Service(**given), environment) != definition


def _in_order(given: Mapping[str, Any]) -> dict[str, Any]:
    """The name first, then as the class declares them."""
    order = ["name", *Service.declared]
    return dict(sorted(given.items(), key=lambda item: order.index(item[0])))
