"""Rules about CPU, memory, storage, and the size of the definition itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from constructs_lib.definition_reading import containers, known, on_fargate, on_windows
from constructs_lib.fargate_sizes import (
    FARGATE_SIZES,
    FARGATE_WINDOWS_CPU_UNITS,
    choices,
    cpu_choices,
    cpu_units,
    memory_choices,
    memory_mib,
)
from constructs_lib.findings import ABSENT, Definition, Finding, Path
from constructs_lib.rules.rule import PARAMETERS, QUOTAS, api, outside, rule
from constructs_lib.unknown import known_part

_TASK_SIZE = f"{PARAMETERS}#task_size"
_CPU: Path = ("cpu",)
_MEMORY: Path = ("memory",)

# ContainerDefinition$memory in botocore 1.44.5: what Docker 20.10.0 and later reserve at least.
_LEAST_MEMORY_MIB = 6

_MOST_BYTES = 65536


@rule("task-cpu-text", "The task's CPU is units or vCPU", api("RegisterTaskDefinition"))
def task_cpu_text(task: Definition) -> Iterator[Finding]:
    value = known(task, "cpu")
    if value is not None and cpu_units(value) is None:
        rule = "must be CPU units, or vCPU that make a whole number, like '512' or '.5 vCPU'"
        yield Finding(_CPU, rule, value, "write the CPU units, 1024 a vCPU")


@rule("task-memory-text", "The task's memory is MiB or GB", api("RegisterTaskDefinition"))
def task_memory_text(task: Definition) -> Iterator[Finding]:
    value = known(task, "memory")
    if value is not None and memory_mib(value) is None:
        rule = "must be MiB or GB, like '1024' or '1 GB'"
        yield Finding(_MEMORY, rule, value, "write the MiB, 1024 a GB")


@rule("fargate-cpu", "Fargate has eight amounts of CPU", _TASK_SIZE, fargate_only=True)
def fargate_cpu(task: Definition) -> Iterator[Finding]:
    allowed = choices(tuple(FARGATE_SIZES))
    if "cpu" not in task:
        yield Finding(_CPU, "is required on Fargate", ABSENT, f"give {allowed}")
        return
    units = cpu_units(known(task, "cpu"))
    if units is not None and units not in FARGATE_SIZES:
        nearest = min(FARGATE_SIZES, key=lambda choice: abs(choice - units))
        rule = f"must be {allowed} on Fargate"
        yield Finding(_CPU, rule, _as_written(task["cpu"]), f"write {nearest}")


@rule("fargate-memory", "CPU and memory make one of 77 pairs", _TASK_SIZE, fargate_only=True)
def fargate_memory(task: Definition) -> Iterator[Finding]:
    units = cpu_units(known(task, "cpu"))
    allowed = memory_choices(units or 0)
    if "memory" not in task:
        cure = f"give {choices(allowed)} MiB" if allowed else "give the MiB"
        yield Finding(_MEMORY, "is required on Fargate", ABSENT, cure)
        return
    mib = memory_mib(known(task, "memory"))
    if mib is None or not allowed or mib in allowed:
        return
    rule = f"must be {choices(allowed)} MiB at {{0}}={units}"
    if mib > allowed[-1] and cpu_choices(mib):
        cure = "raise {0} or lower {1}"
    elif mib < allowed[0] and cpu_choices(mib):
        cure = "lower {0} or raise {1}"
    else:
        nearest = min(allowed, key=lambda choice: abs(choice - mib))
        cure = f"write {nearest}"
    yield Finding(_MEMORY, rule, _as_written(task["memory"]), cure, (_CPU, _MEMORY))


@rule("fargate-windows-cpu", "Windows has 1, 2 or 4 vCPU", _TASK_SIZE, fargate_only=True)
def fargate_windows_cpu(task: Definition) -> Iterator[Finding]:
    units = cpu_units(known(task, "cpu"))
    if on_windows(task) and units in FARGATE_SIZES and units not in FARGATE_WINDOWS_CPU_UNITS:
        family = task["runtimePlatform"]["operatingSystemFamily"]
        rule = f"must be {choices(FARGATE_WINDOWS_CPU_UNITS)} at {{0}}={family} on Fargate"
        yield Finding(
            _CPU,
            rule,
            _as_written(task["cpu"]),
            "write one of these, or take Linux",
            (("runtimePlatform", "operatingSystemFamily"),),
        )


@rule("containers-cpu", "The containers' CPU fits in the task's", api("ContainerDefinition"))
def containers_cpu(task: Definition) -> Iterator[Finding]:
    yield from _fit(task, "cpu", cpu_units, ("cpu",), " CPU units")


@rule("containers-memory", "The containers' memory fits in the task's", api("ContainerDefinition"))
def containers_memory(task: Definition) -> Iterator[Finding]:
    yield from _fit(task, "memory", memory_mib, ("memoryReservation", "memory"), " MiB")


@rule("memory-reservation", "The soft limit is not above the hard", api("ContainerDefinition"))
def memory_reservation(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        limit, reserved = known(container, "memory"), known(container, "memoryReservation")
        if limit is not None and reserved is not None and reserved > limit:
            rule = f"must not be above {{0}}={limit}"
            yield Finding(
                (*path, "memoryReservation"),
                rule,
                reserved,
                f"write {limit} or less, or raise {{0}}",
                ((*path, "memory"),),
            )


@rule("memory-minimum", "A container has at least 6 MiB", api("ContainerDefinition"))
def memory_minimum(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        for key in ("memory", "memoryReservation"):
            mib = known(container, key)
            if mib is not None and mib < _LEAST_MEMORY_MIB:
                rule = f"must be at least {_LEAST_MEMORY_MIB} MiB"
                cure = f"write {_LEAST_MEMORY_MIB} or more, or leave it out"
                yield Finding((*path, key), rule, mib, cure)


@rule("container-cpu", "A container's CPU is not negative", api("ContainerDefinition"))
def container_cpu(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        cpu = known(container, "cpu")
        if cpu is not None and cpu < 0:
            yield Finding((*path, "cpu"), "must not be negative", cpu, "write 0 or leave it out")


@rule("ephemeral-storage", "Ephemeral storage is 21 to 200 GiB", api("EphemeralStorage"))
def ephemeral_storage(task: Definition) -> Iterator[Finding]:
    storage, path = known(task, "ephemeralStorage", {}), ("ephemeralStorage",)
    if known(storage, "sizeInGiB") == 20:
        rule = "must be 21 to 200 GiB"
        yield Finding((*path, "sizeInGiB"), rule, 20, "leave it out: 20 GiB is what it then is")
    else:
        yield from outside(storage, path, "sizeInGiB", 21, 200, " GiB")


@rule("memory-somewhere", "Without a task's memory, containers have it", api("ContainerDefinition"))
def memory_somewhere(task: Definition) -> Iterator[Finding]:
    if "memory" in task or on_fargate(task):
        return
    for path, container in containers(task):
        if not {"memory", "memoryReservation"} & set(container):
            rule = "is required where the task has no {0}"
            cure = "give it, or memoryReservation, or {0} for all containers together"
            yield Finding((*path, "memory"), rule, ABSENT, cure, (_MEMORY,))


@rule("definition-size", "A definition has at most 64 KiB", QUOTAS)
def definition_size(task: Definition) -> Iterator[Finding]:
    whole = {key: value for key, value in task.items() if key != "tags"}
    size = _bytes(whole)
    if size > _MOST_BYTES:
        parts: list[tuple[Path, Definition]] = [((), whole), *containers(whole)]
        members = [
            (_bytes(value), (*path, key))
            for path, part in parts
            for key, value in part.items()
            if key != "containerDefinitions"
        ]
        longest, where = max(members, default=(size, ("containerDefinitions",)))
        rule = f"must have at most {_MOST_BYTES} bytes as JSON"
        yield Finding((), rule, size, f"shorten {{0}}, which has {longest} of them", (where,))


def _bytes(part: object) -> int:
    """The least that it takes as JSON: AWS does not say how it counts."""
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return len(known_part(text).encode("utf-8", "replace"))


def _fit(
    task: Definition,
    key: str,
    amount: Callable[[object], int | None],
    members: tuple[str, ...],
    unit: str,
) -> Iterator[Finding]:
    """What the containers take, each alone and all together, against what the task has.

    Of `members`, the first that a container has is what it takes of the sum.
    """
    whole = amount(known(task, key))
    if whole is None or (on_windows(task) and not on_fargate(task)):
        return  # a Windows task on EC2 ignores the task's size: RegisterTaskDefinition$cpu
    takes: list[tuple[Path, int]] = []
    alone_too_much = False
    for path, container in containers(task):
        present = [member for member in members if known(container, member) is not None]
        if present:
            takes.append(((*path, present[0]), container[present[0]]))
        for member in present:
            if container[member] > whole:
                alone_too_much = True
                rule = f"must fit in the task's {{0}}={whole}"
                cure = f"write {whole} or less, or raise {{0}}"
                yield Finding((*path, member), rule, container[member], cure, ((key,),))
    total = sum(taken for _, taken in takes)
    if total > whole and not alone_too_much:
        rule = f"must hold the {total}{unit} that the containers take together"
        others = tuple(path for path, taken in takes if taken)
        names = " and ".join(f"{{{index}}}" for index in range(1, len(others) + 1))
        cure = f"raise {{0}}, or lower {names}"
        yield Finding((key,), rule, _as_written(task[key]), cure, ((key,), *others))


def _as_written(value: object) -> object:
    """A number rather than a text of digits: so a person writes it in Python."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value
