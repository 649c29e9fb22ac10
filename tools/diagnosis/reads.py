"""What services need to read before a task of theirs starts, and what `iam` lets them read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

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


def roles_of(iam: State | None) -> set[str]:
    """The ARNs of the roles that `iam` has made."""
    return {str(each.get("arn")) for each in _attributes(iam, "aws_iam_role")}


def uses(state: State, roles: Collection[str]) -> bool:
    """Whether a stack was deployed with roles of `iam`.

    Its state says so by what it reads; one that was put together anew, by `tools.state --unlock`,
    only by the roles of its task definition.
    """
    reads_iam = any(
        (each.get("mode"), each.get("type"), each.get("name"))
        == ("data", "terraform_remote_state", IAM_STACK)
        for each in state.content.get("resources") or ()
    )
    return reads_iam or any(
        {each.get("execution_role_arn"), each.get("task_role_arn")} & {*roles}
        for each in _attributes(state, "aws_ecs_task_definition")
    )


def _attributes(state: State | None, kind: str) -> Iterator[Mapping[str, Any]]:
    """Those of each resource of a kind."""
    for resource in state.resources if state else ():
        if resource.get("type") == kind:
            yield from (each.get("attributes") or {} for each in resource.get("instances") or ())
