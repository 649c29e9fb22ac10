"""The stacks that are no service's, the order in which stacks are applied, and how one is."""

from __future__ import annotations

import os
from collections.abc import Iterable

STATE_BUCKET = "state-bucket"
"""The stack whose state is a file on this machine."""

FIRST = (STATE_BUCKET, "ci-roles", "iam")
"""The stacks that others build on, in their order; every other one is a service's."""


def in_order(stacks: Iterable[str]) -> list[str]:
    """The order in which stacks are applied."""
    names = sorted(stacks)
    return [name for name in FIRST if name in names] + [n for n in names if n not in FIRST]


def deploy_command(stack: str) -> str:
    """What to type to deploy a stack into the environment in which this runs."""
    environment = os.environ.get("NETFLUX_ENV")
    before = f"NETFLUX_ENV={environment} " if environment else ""
    return f"{before}npx cdktf deploy {stack}"
