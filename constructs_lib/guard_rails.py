"""The broad choices of an environment: what the walk has, and a careful person would narrow.

Each is warned of at synth until it is narrowed, or acknowledged in `environments.py`.

Sources, read 2026-11:
- https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecretsManagerReadWrite.html
- https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerServiceRole.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from constructs_lib.errors import Problem

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

BROAD_CHOICES = {
    "SecretsManagerReadWrite": (
        "least_privilege",
        "is off, so every task may read, change and delete all secrets of the account",
    ),
    "AmazonEC2ContainerServiceRole": (
        "least_privilege",
        "is off, so every task may open security groups and change load balancers' targets",
    ),
    "confused_deputy_conditions": (
        "confused_deputy_conditions",
        "is off, so ECS may take the roles on for whom another account asks",
    ),
}
"""What can be acknowledged: the switch that narrows it, and what it allows while that is off."""


def broad_choices(environment: Environment) -> Iterator[Problem]:
    """A warning for each broad choice that nobody has narrowed or acknowledged."""
    for choice, (switch, consequence) in BROAD_CHOICES.items():
        if not getattr(environment, switch) and choice not in environment.acknowledged:
            cure = f"write {switch}=True, or name {choice!r} in 'acknowledged'"
            yield Problem(switch, consequence, False, cure)
