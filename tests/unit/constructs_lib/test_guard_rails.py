"""The broad choices, warned of until they are narrowed or acknowledged."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib import catalogue
from constructs_lib.environment import Environment
from constructs_lib.guard_rails import BROAD_CHOICES
from constructs_lib.service import Service
from tests.unit.synthesis import PROD

SECRETS = (
    "environments.py, prod: 'least_privilege' is off, so every task may read, change and delete all"
    " secrets of the account (got False); write least_privilege=True, or name"
    " 'SecretsManagerReadWrite' in 'acknowledged'"
)
LOAD_BALANCERS = (
    "environments.py, prod: 'least_privilege' is off, so every task may open security groups and"
    " change load balancers' targets (got False); write least_privilege=True, or name"
    " 'AmazonEC2ContainerServiceRole' in 'acknowledged'"
)
DEPUTY = (
    "environments.py, prod: 'confused_deputy_conditions' is off, so ECS may take the roles on for"
    " whom another account asks (got False); write confused_deputy_conditions=True, or name"
    " 'confused_deputy_conditions' in 'acknowledged'"
)


def warned(**changed: Any) -> list[tuple[str, str]]:
    environment = Environment(**{**PROD.given, "acknowledged": [], **changed})
    return catalogue.warned([Service(name="movie-service")], environment)


def test_what_the_walk_has_is_warned_of_at_the_stack_of_the_roles() -> None:
    assert warned() == [("iam", SECRETS), ("iam", LOAD_BALANCERS), ("iam", DEPUTY)]


@pytest.mark.parametrize(
    ("switches", "left"),
    [
        ({"least_privilege": True}, [DEPUTY]),
        ({"confused_deputy_conditions": True}, [SECRETS, LOAD_BALANCERS]),
        ({"least_privilege": True, "confused_deputy_conditions": True}, []),
        ({"acknowledged": ["SecretsManagerReadWrite"]}, [LOAD_BALANCERS, DEPUTY]),
        ({"acknowledged": list(BROAD_CHOICES)}, []),
    ],
    ids=str,
)
def test_what_is_narrowed_or_acknowledged_is_silent(switches: Any, left: list[str]) -> None:
    assert [sentence for _, sentence in warned(**switches)] == left
