"""A size that is more than four times what it was, or less than a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constructs_lib.fargate_sizes import cpu_units, memory_mib
from tools.review.hidden import Unknown
from tools.review.plan_file import Plan
from tools.review.rules.containers import CANNOT_READ, registered
from tools.review.rules.rule import WARNING, Rule, Verdict, failed, passed, unknown
from tools.review.task_definition import containers_of

_MOST_TIMES = 4


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for change in registered(plan):
        sizes = dict(_sizes(change.before)), dict(_sizes(change.after))
        said = []
        for name in sorted(sizes[0].keys() & sizes[1].keys()):
            old, new = sizes[0][name], sizes[1][name]
            if isinstance(new, Unknown):
                said.append(unknown(change.address, f"{name} is known after apply"))
            elif old and new and max(old, new) > _MOST_TIMES * min(old, new):
                said.append(failed(change.address, f"{name} goes from {old} to {new}"))
        if containers_of(change.after) is None:
            said.append(unknown(change.address, CANNOT_READ))
        yield from said or [passed(change.address)]


def _sizes(values: Any) -> Iterator[tuple[str, Any]]:
    for name, number in (("cpu", cpu_units), ("memory", memory_mib)):
        value = (values or {}).get(name)
        yield name, value if isinstance(value, Unknown) else number(value)
    for container in containers_of(values) or ():
        for name in ("cpu", "memory", "memoryReservation"):
            value = container.get(name)
            if isinstance(value, int):
                yield f"{name} of {container.get('name')}", value


RULE = Rule(
    id="size-jump",
    title="A size changes by more than four times",
    why="That is rarely meant: MiB for GB, or CPU units for vCPU. It multiplies the bill, or "
    "starves the service.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
    "task_definition_parameters.html",
    severity=WARNING,
    check=_check,
)
