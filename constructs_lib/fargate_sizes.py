"""The sizes that Fargate gives a task, and how CPU and memory may be written.

Source of the table: "Task size" in
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
(read 2026-11); the same 77 pairs are in cfn-lint 1.58.0, rule E3047, which the tests compare.
"""

from __future__ import annotations

import itertools
import re

#: CPU units: the memory in MiB that may go with them.
FARGATE_SIZES: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
    32768: (61440, 122880, 249856),
}

#: Windows containers get these CPU units only (same page, read 2026-11).
FARGATE_WINDOWS_CPU_UNITS = (1024, 2048, 4096)

# RegisterTaskDefinition takes units ("512") or a text with a unit (".5 vCPU", "1GB"), in any case:
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
# (`cpu` and `memory`, read 2026-11).
_WHOLE = re.compile(r"[0-9]{1,40}")
_WITH_UNIT = re.compile(
    r"([0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})\s*(vcpu|gb)", re.ASCII | re.IGNORECASE
)
_IN_A_UNIT = 1024


def cpu_units(value: object) -> int | None:
    """CPU units of 512, "512", ".5 vCPU", "0.5vcpu"; None when it is not an amount of CPU."""
    return _amount(value, "vcpu")


def memory_mib(value: object) -> int | None:
    """MiB of 1024, "1024", "1 GB", "1gb"; None when it is not an amount of memory."""
    return _amount(value, "gb")


def memory_choices(cpu: int) -> tuple[int, ...]:
    """The memory in MiB that Fargate gives with so many CPU units, none when it has no such CPU."""
    return FARGATE_SIZES.get(cpu, ())


def cpu_choices(memory: int) -> tuple[int, ...]:
    """The CPU units that Fargate gives with so much memory in MiB."""
    return tuple(cpu for cpu, memories in FARGATE_SIZES.items() if memory in memories)


def choices(amounts: tuple[int, ...]) -> str:
    """The amounts as a sentence has them: "512, 1024 or 2048", "4096 to 16384 in steps of 1024"."""
    if len(amounts) > 4:
        step = amounts[1] - amounts[0]
        if all(right - left == step for left, right in itertools.pairwise(amounts)):
            return f"{amounts[0]} to {amounts[-1]} in steps of {step}"
    *most, last = (str(amount) for amount in amounts)
    return f"{', '.join(most)} or {last}" if most else last


def _amount(value: object, unit: str) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if not isinstance(value, str):
        return None
    if _WHOLE.fullmatch(value):
        return int(value)
    written = _WITH_UNIT.fullmatch(value)
    if written is None or written[2].lower() != unit:
        return None
    amount = float(written[1]) * _IN_A_UNIT
    return int(amount) if amount.is_integer() else None
