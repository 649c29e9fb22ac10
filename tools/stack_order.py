"""The order in which stacks are applied, and how one is."""

from __future__ import annotations

import os
from collections.abc import Iterable

from constructs_lib.stack_ids import FIRST_STACKS


def in_order(stacks: Iterable[str]) -> list[str]:
    """The order in which stacks are applied."""
    names = sorted(stacks)
    return [name for name in FIRST_STACKS if name in names] + [
        n for n in names if n not in FIRST_STACKS
    ]


def cdktf_command(verb: str, stack: str) -> str:
    """What to type to deploy or destroy a stack in the environment in which this runs."""
    environment = os.environ.get("NETFLUX_ENV")
    before = f"NETFLUX_ENV={environment} " if environment else ""
    return f"{before}npx cdktf {verb} {stack}"
