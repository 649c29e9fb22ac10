"""The catalogue's entry for a task definition that exists and is not in the code yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from constructs_lib import catalogue
from constructs_lib.definition import described, rendered
from constructs_lib.environment import Environment
from constructs_lib.execution_policy import role_problems
from constructs_lib.findings import Definition
from constructs_lib.service import Service
from constructs_lib.service_check import own_log_group
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME
from tools.adopt.asking import Reader
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
    if family in [_family(service) for service in services]:
        raise Refused(f"'{family}' is in services.py already; run: python -m tools.adopt {family}")
    revision = newest_active(reader, family)
    if revision is None:
        nearest = get_close_matches(family, unknown(services, reader), n=1, cutoff=0)
        hint = f"; the nearest that the code does not have is '{nearest[0]}'" if nearest else ""
        raise Refused(f"there is no ACTIVE task definition '{family}'{hint}")
    service = whole_entry(revision.definition, environment, revision.tags)
    service = _with_log_group(service, services, reader)
    service = _with_role_of_others(service, environment)
    catalogue.check([*services, service], environment)
    return service, revision


def unknown(services: Iterable[Service], reader: Reader) -> list[str]:
    """The families with an ACTIVE revision that no service of the code registers."""
    known = {_family(service) for service in services}
    return sorted(set(families(reader)) - known)


def _family(service: Service) -> str:
    return str(service.family or service.name)


def _with_log_group(service: Service, services: Sequence[Service], reader: Reader) -> Service:
    """The service with the log group that it writes to as its own, and with its retention."""
    environment = reader.environment
    definition = described(service, environment).definition
    if own_log_group(service, definition) is None:
        taken = {own_log_group(each, described(each, environment).definition) for each in services}
        free = [group for group in _groups(definition) if group not in taken]
        if free:
            service = _shortened(service, {"log_group_name": free[0]}, environment)
    group = own_log_group(service, described(service, environment).definition)
    found = log_group(reader, {"name": group}) if group else None
    if found and found.values["retention_in_days"] is not None:
        days = found.values["retention_in_days"]
        service = Service(**{**service.given, "log_retention_days": days})
    return service


def _groups(definition: Definition) -> list[str]:
    logs = (each.get("logConfiguration", {}) for each in definition["containerDefinitions"])
    groups = (log.get("options", {}).get("awslogs-group") for log in logs)
    return [group for group in groups if isinstance(group, str)]


def _shortened(service: Service, more: Mapping[str, Any], environment: Environment) -> Service:
    """The service with more arguments, and without the log configuration if they say the same."""
    whole = Service(**{**service.given, **more})
    short = {key: value for key, value in whole.given.items() if key != "log_configuration"}
    same = rendered(Service(**short), environment) == rendered(whole, environment)
    return Service(**short) if same else whole


def _with_role_of_others(service: Service, environment: Environment) -> Service:
    """The service, saying that its role is another's, where it has one that must do more."""
    whole = described(service, environment)
    role = whole.definition.get("executionRoleArn")
    own = environment.role_arn(EXECUTION_ROLE_NAME)
    if role in (None, own) or not list(role_problems(service, environment, whole)):
        return service
    return Service(**{**service.given, "roles_managed_elsewhere": True})
