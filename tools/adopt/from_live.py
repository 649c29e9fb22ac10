"""The catalogue's entry for a task definition that exists and is not in the code yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from constructs_lib import catalogue, user_files
from constructs_lib.commands import tool_command
from constructs_lib.definition import described
from constructs_lib.definition_warnings import dropped_variables
from constructs_lib.environment import Environment
from constructs_lib.execution_policy import role_problems
from constructs_lib.log_groups import log_groups
from constructs_lib.service import Service
from constructs_lib.service_from_definition import with_own_group
from constructs_lib.service_in_environment import in_environment
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME
from tools.adopt.asking import Reader
from tools.adopt.definitions import emptied_fields
from tools.adopt.entry import environments_tags, not_yielded, whole_entry
from tools.adopt.live.ecs import Revision, families, newest_active
from tools.adopt.live.logs import log_group
from tools.refused import Refused
from tools.review import words


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
    others = not_yielded(service, revision.definition, environment, revision.tags)
    if others:
        raise Refused(
            f"no entry of services.py yields {revision.name} in {environment.name}: "
            f"{', '.join(each.field for each in others)} would be others; write its entry by hand"
        )
    catalogue.check([*services, service], environment, names)
    return service, revision


def beyond_an_entry(revision: Revision, environment: Environment) -> Iterator[str]:
    """What a person must know of a revision that no entry can say."""
    emptied = emptied_fields(revision.definition, environment)
    if emptied:
        fields = ", ".join(words.text(each.field) for each in emptied)
        yield (
            f"{revision.name}: no entry keeps what is empty ({fields}), so the next deploy "
            "registers a new revision beside it; give it a value, or deploy as it is"
        )
    yield from (each.sentence(revision.name) for each in dropped_variables(revision.definition))
    added = [key for key in environment.tags if key not in revision.tags]
    if added:
        yield f"{revision.name}: the next deploy adds tags {environments_tags(added, environment)}"


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
        service = with_own_group(service, next(free, None), environment)
        group = described(service, environment).log_group
    found = log_group(reader, {"name": group}) if group else None
    days = found.values["retention_in_days"] if found else None
    if found and days != in_environment(service, environment).log_retention_days:
        service = Service(**{**service.given, "log_retention_days": days})
    return service


def _with_role_of_others(service: Service, environment: Environment) -> Service:
    """The service, saying that its role is another's, where it has one that must do more."""
    whole = described(service, environment)
    role = whole.definition.get("executionRoleArn")
    own = environment.role_arn(EXECUTION_ROLE_NAME)
    if role in (None, own) or not list(role_problems(service, environment, whole)):
        return service
    return Service(**{**service.given, "roles_managed_elsewhere": True})
