"""The catalogue's entry for a task definition that exists and is not in the code yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from constructs_lib import catalogue, user_files
from constructs_lib.arguments import Arguments
from constructs_lib.commands import tool_command
from constructs_lib.definition import described, rendered
from constructs_lib.environment import Environment
from constructs_lib.execution_policy import role_problems
from constructs_lib.log_groups import log_groups
from constructs_lib.service import Service
from constructs_lib.service_in_environment import in_environment
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME
from tools.adopt.asking import Reader
from tools.adopt.definitions import new_revision_fields
from tools.adopt.entry import whole_entry
from tools.adopt.live.ecs import Revision, families, newest_active
from tools.adopt.live.logs import log_group
from tools.refused import Refused


def service_from_live(
    family: str, services: Sequence[Service], reader: Reader
) -> tuple[Service, Revision]:
    """The entry that yields the newest ACTIVE revision of a family, and that revision.

    Raises:
        Refused: there is none, or it is in the code.
        InvalidInput: the code cannot say what is registered; a sentence a reason.
    """
    environment = reader.environment
    names = user_files.held("environments", "names")()
    catalogue.check(services, environment, names)
    if family in [_family(service, environment) for service in services]:
        cure = f"run: {tool_command(f'adopt {family}')}"
        raise Refused(f"'{family}' is in services.py already; {cure}")
    revision = newest_active(reader, family)
    if revision is None:
        nearest = get_close_matches(family, unknown(services, reader), n=1, cutoff=0)
        hint = f"; the nearest that the code does not have is '{nearest[0]}'" if nearest else ""
        raise Refused(f"there is no ACTIVE task definition '{family}'{hint}")
    service = whole_entry(revision.definition, environment, revision.tags)
    service = _with_log_group(service, services, reader)
    service = _with_role_of_others(service, environment)
    code = {k: v for k, v in rendered(service, environment).items() if k != "tags"}
    others = new_revision_fields(revision.definition, code, environment)
    if others:
        raise Refused(
            f"no entry of services.py yields {revision.name} in {environment.name}: "
            f"{', '.join(each.field for each in others)} would be others; write its entry by hand"
        )
    catalogue.check([*services, service], environment, names)
    return service, revision


def unknown(services: Iterable[Service], reader: Reader) -> list[str]:
    """The families with an ACTIVE revision that no service of the code registers, in this
    environment or in one that shares its account and region.
    """
    environment = reader.environment
    own = {_family(service, environment) for service in services}
    plain = [environment.without_affixes(family) for family in own]
    others = [
        each.named(family)
        for each in user_files.held("environments", "ENVIRONMENTS")
        if (each.account_id, each.region) == (environment.account_id, environment.region)
        for family in filter(None, plain)
    ]
    return sorted(set(families(reader)) - own - set(others))


def _family(service: Service, environment: Environment) -> str:
    return str(described(service, environment).definition["family"])


def _with_log_group(service: Service, services: Sequence[Service], reader: Reader) -> Service:
    """The service with the log group that it writes to as its own, and with its retention."""
    environment = reader.environment
    definition, _, group = described(service, environment)
    if group is None:
        taken = {described(each, environment).log_group for each in services}
        free = (each for _, each, _ in log_groups(definition) if each not in taken)
        service = _with_own_group(service, next(free, None), environment)
        group = described(service, environment).log_group
    found = log_group(reader, {"name": group}) if group else None
    days = found.values["retention_in_days"] if found else None
    if found and days != in_environment(service, environment).log_retention_days:
        service = Service(**{**service.given, "log_retention_days": days})
    return service


def _with_own_group(service: Service, group: str | None, environment: Environment) -> Service:
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


def _with_role_of_others(service: Service, environment: Environment) -> Service:
    """The service, saying that its role is another's, where it has one that must do more."""
    whole = described(service, environment)
    role = whole.definition.get("executionRoleArn")
    own = environment.role_arn(EXECUTION_ROLE_NAME)
    if role in (None, own) or not list(role_problems(service, environment, whole)):
        return service
    return Service(**{**service.given, "roles_managed_elsewhere": True})
