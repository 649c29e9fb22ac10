"""What the shared execution role must be allowed so that all services of the catalogue start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from constructs_lib.definition import Described, described
from constructs_lib.environment import Environment
from constructs_lib.errors import Problem
from constructs_lib.secret_needs import Place, needs, policy_statements
from constructs_lib.service import Service
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME


def execution_role_statements(
    services: Iterable[Service], environment: Environment
) -> list[dict[str, Any]]:
    """The statements of the policy: exactly the ARNs that the services name, sorted, one a kind."""
    definitions = []
    keys: set[str] = set()
    for service in services:
        definition = described(service, environment).definition
        if definition.get("executionRoleArn") == environment.role_arn(EXECUTION_ROLE_NAME):
            definitions.append(definition)
            keys.update(service.kms_key_arns)
    return policy_statements(needs(definitions, place_of(environment)), keys)


def place_of(environment: Environment) -> Place:
    """Where a name becomes an ARN."""
    return Place(environment.partition.name, environment.region, environment.account_id)


def role_problems(
    service: Service, environment: Environment, whole: Described
) -> Iterator[Problem]:
    """What the service needs of its execution role and the roles of the code do not cover."""
    needed = needs([whole.definition], place_of(environment))
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
