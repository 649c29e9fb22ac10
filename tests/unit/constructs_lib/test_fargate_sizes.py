"""Our table of sizes, against cfn-lint's, and the ways to write a size."""

from __future__ import annotations

import pytest

from constructs_lib.fargate_sizes import (
    FARGATE_SIZES,
    choices,
    cpu_choices,
    cpu_units,
    memory_choices,
    memory_mib,
)

# Every amount of CPU with a neighbour on either side, and a grid of memory through every step.
CPU_GRID = (128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
MEMORY_GRID = sorted(
    {512, 1536, 249856, *range(1024, 32769, 1024), *range(32768, 131073, 4096), 61440}
)


def test_the_table_is_cfn_lints_on_every_pair_of_a_grid() -> None:
    schema = pytest.importorskip("cfnlint.rules.resources.ecs.FargateCpuMemory")
    validator = pytest.importorskip("cfnlint.jsonschema").StandardValidator(
        schema.FargateCpuMemory().schema
    )
    theirs = {
        (cpu, memory)
        for cpu in CPU_GRID
        for memory in MEMORY_GRID
        if validator.is_valid(
            {"RequiresCompatibilities": ["FARGATE"], "Cpu": str(cpu), "Memory": str(memory)}
        )
    }
    ours = {(cpu, memory) for cpu, memories in FARGATE_SIZES.items() for memory in memories}
    assert ours == theirs
    assert len(ours) == 77


@pytest.mark.parametrize(
    ("written", "units"),
    [
        (512, 512),
        ("512", 512),
        ("1 vCPU", 1024),
        (".5 vCPU", 512),
        ("0.25 vCPU", 256),
        ("1vcpu", 1024),
        (".25 vcpu", 256),
        ("2.0 VCPU", 2048),
        ("1. vCPU", 1024),
    ],
)
def test_cpu_in_every_way_of_writing_it(written: object, units: int) -> None:
    assert cpu_units(written) == units


@pytest.mark.parametrize(
    ("written", "mib"),
    [
        (1024, 1024),
        ("1024", 1024),
        ("1 GB", 1024),
        ("2gb", 2048),
        ("0.5 GB", 512),
        (".5 gb", 512),
        ("30 Gb", 30720),
    ],
)
def test_memory_in_every_way_of_writing_it(written: object, mib: int) -> None:
    assert memory_mib(written) == mib


@pytest.mark.parametrize(
    "written",
    ["", "half", "1 GB", "1 vCPUs", ".1 vCPU", "-1", "1,5 vCPU", "\u0661", True, None, 0.5, []],
)
def test_what_is_no_amount_of_cpu(written: object) -> None:
    assert cpu_units(written) is None


@pytest.mark.parametrize("written", ["", "1 vCPU", "1 MB", "1 GiB", "0.3 GB", True, None, 1.0])
def test_what_is_no_amount_of_memory(written: object) -> None:
    assert memory_mib(written) is None


def test_choices_of_memory_and_of_cpu() -> None:
    assert memory_choices(256) == (512, 1024, 2048)
    assert memory_choices(300) == ()
    assert cpu_choices(8192) == (1024, 2048, 4096)
    assert cpu_choices(513) == ()


@pytest.mark.parametrize(
    ("amounts", "text"),
    [
        ((512,), "512"),
        ((512, 1024, 2048), "512, 1024 or 2048"),
        (memory_choices(8192), "16384 to 61440 in steps of 4096"),
        (tuple(FARGATE_SIZES), "256, 512, 1024, 2048, 4096, 8192, 16384 or 32768"),
    ],
)
def test_choices_as_a_sentence_has_them(amounts: tuple[int, ...], text: str) -> None:
    assert choices(amounts) == text
