"""The ids of the stacks that are no service's; a service's stack has its name."""

from __future__ import annotations

STATE_BUCKET_STACK = "state-bucket"
"""Its state is a file on this machine; it holds the states of all others."""

CI_ROLES_STACK = "ci-roles"
IAM_STACK = "iam"

FIRST_STACKS = (STATE_BUCKET_STACK, CI_ROLES_STACK, IAM_STACK)
"""All of them, in the order in which they are applied: the others build on them."""
