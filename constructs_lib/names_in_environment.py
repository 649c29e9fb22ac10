"""What a definition names in its environment: family, log group of the stack, shared roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.log_groups import log_groups, with_log_options
from constructs_lib.shared_roles import SHARED_ROLE_NAMES

_ROLE_ARN = re.compile(r"arn:[^:]+:iam::[0-9]{12}:role/(?:.*/)?([^/]+)")


def with_names(
    definition: dict[str, Any], log_group: str | None, environment: Environment, *, from_file: bool
) -> tuple[dict[str, Any], str | None]:
    """The definition with the environment's prefix and suffix on what its stack makes: the family
    and the log group; and the name of the latter, None when no container writes to it.

    `log_group` is the group that the stack makes, without prefix and suffix; None takes the first
    that a container writes to. A file comes from some environment, so its region is set to this.
    """
    definition = dict(definition)
    if isinstance(definition.get("family"), str):
        definition["family"] = environment.named(definition["family"])
    written = [group for _, group, _ in log_groups(definition)]
    if log_group is None and written:
        log_group = written[0]
    if log_group is None or log_group not in written:
        return definition, None
    named = environment.named(log_group)
    options = {"awslogs-group": named} if named != log_group else {}
    if from_file:
        options["awslogs-region"] = environment.region
    if options:
        containers = definition["containerDefinitions"]
        definition["containerDefinitions"] = with_log_options(containers, log_group, options)
    return definition, named


def own_roles(file: Mapping[str, Any], environment: Environment) -> dict[str, str]:
    """The shared roles of this environment, where a file names those of the one it comes from."""
    roles = {}
    for key in ("taskRoleArn", "executionRoleArn"):
        role = _ROLE_ARN.fullmatch(str(file.get(key)))
        if role and role[1] in SHARED_ROLE_NAMES:
            roles[key] = environment.role_arn(role[1])
    return roles
