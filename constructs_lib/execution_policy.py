"""What the shared roles must be allowed: exactly what the services of the catalogue name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.definition import Described, described
from constructs_lib.definition_reading import containers
from constructs_lib.environment import Environment
from constructs_lib.errors import Problem
from constructs_lib.secret_needs import Place, needs, policy_statements
from constructs_lib.service import Service
from constructs_lib.service_in_environment import in_environment
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME, TASK_ROLE_NAME

_SHARED = {"taskRoleArn": TASK_ROLE_NAME, "executionRoleArn": EXECUTION_ROLE_NAME}


def execution_role_statements(
    services: Iterable[Service], environment: Environment
) -> list[dict[str, Any]]:
    """What ECS needs so that all services start: the ARNs, sorted, one statement a kind."""
    definitions, keys = [], set[str]()
    for service, definition in _with_role("executionRoleArn", services, environment):
        definitions.append(definition)
        keys.update(service.kms_key_arns)
    return policy_statements(needs(definitions, _place(environment)), keys)


def task_role_statements(
    services: Iterable[Service], environment: Environment
) -> list[dict[str, Any]]:
    """What the code of the services may read under `least_privilege`: the secrets of containers.

    What only ECS itself reads is not among them: registry credentials, environment files, the
    secrets of log drivers.
    """
    definitions, keys = [], set[str]()
    for service, definition in _with_role("taskRoleArn", services, environment):
        secrets = _secrets_only(definition)
        if needs([secrets], _place(environment)):
            definitions.append(secrets)
            keys.update(service.kms_key_arns)
    return policy_statements(needs(definitions, _place(environment)), keys)


def _with_role(
    key: str, services: Iterable[Service], environment: Environment
) -> Iterator[tuple[Service, dict[str, Any]]]:
    """The services that run with one of the shared roles, each with its definition."""
    shared = environment.role_arn(_SHARED[key])
    for service in services:
        settled = in_environment(service, environment)
        definition = described(settled, environment).definition
        if definition.get(key) == shared:
            yield settled, definition


def _secrets_only(definition: dict[str, Any]) -> dict[str, Any]:
    return {
        "containerDefinitions": [
            {"secrets": container.get("secrets")} for _, container in containers(definition)
        ]
    }


def _place(environment: Environment) -> Place:
    """Where a name becomes an ARN."""
    return Place(environment.partition.name, environment.region, environment.account_id)


def role_problems(
    service: Service, environment: Environment, whole: Described
) -> Iterator[Problem]:
    """What the service needs of its execution role and the roles of the code do not cover."""
    needed = needs([whole.definition], _place(environment))
    role = whole.definition.get("executionRoleArn")
    if role == environment.role_arn(EXECUTION_ROLE_NAME):
        for path in needed.unknown:
            yield Problem(
                whole.name(path),
                "must be known at synth, so that the IAM stack can allow exactly that",
                "a reference",
                "write the ARN",
            )
    elif needed and not service.roles_managed_elsewhere:
        arns = [arn for kind in needed[:4] for arn in kind]
        yield Problem(
            whole.name(("executionRoleArn",)),
            f"must be a role that may read {_list(arns)}, and the code has no such role",
            role,
            f"leave it out, so that the IAM stack lets {EXECUTION_ROLE_NAME} read it, "
            "or say roles_managed_elsewhere=True",
        )


def _list(arns: Iterable[object]) -> str:
    return ", ".join(str(arn) for arn in arns) or "what it names"
