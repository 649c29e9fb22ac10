"""What services need to read before a task of theirs starts, and what `iam` lets them read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from constructs_lib.stack_ids import IAM_STACK

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.service import Service
    from tools.state.stored import State


def needed(
    services: Iterable[Service], environment: Environment, stacks: Collection[str]
) -> dict[str, set[str]]:
    """What the execution role of `iam` must let the services of these stacks read, if anything."""
    from constructs_lib.execution_policy import execution_role_statements

    found: dict[str, set[str]] = {}
    for service in services:
        if service.name in stacks:
            statements = execution_role_statements([service], environment)
            arns = {arn for statement in statements for arn in statement["Resource"]}
            found |= {str(service.name): arns} if arns else {}
    return found


def allowed(iam: State, role: str) -> Iterator[str]:
    """The ARNs that a role's own policies allow something on, as the state of `iam` has them."""
    for resource in iam.resources:
        for instance in resource["instances"] if resource["type"] == "aws_iam_role_policy" else ():
            if instance["attributes"]["role"] == role:
                for statement in json.loads(instance["attributes"]["policy"])["Statement"]:
                    arns = statement["Resource"]  # Terraform has a single one without its list
                    yield from [arns] if isinstance(arns, str) else arns


def reads_iam(state: State) -> bool:
    """Whether a stack was deployed with roles of `iam`."""
    return any(
        (each.get("mode"), each.get("type"), each.get("name"))
        == ("data", "terraform_remote_state", IAM_STACK)
        for each in state.content.get("resources") or ()
    )
