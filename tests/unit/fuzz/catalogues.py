"""Random catalogues: good ones, nearly good ones, and wild ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from constructs_lib.containers import Container, HealthCheck, LogConfiguration, MountPoint
from constructs_lib.fargate_sizes import FARGATE_SIZES
from constructs_lib.service import EfsVolume, Service, Volume
from tests.unit.fuzz.values import ODD, TEXTS, argument, arguments

NAMES = st.from_regex(r"[a-z0-9]{1,4}((_|__|-|--)[a-z0-9]{1,4}){0,2}", fullmatch=True)
SECRET = "arn:aws:secretsmanager:us-east-1:127549748682:secret:db-AbCdEf"
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["${HOME}", "%{x}", "$${x}", "%%{x}", '"', "\\", "a\nb", "Grüße", "<&>", "\0", "e\u0301", "{0}"]
)
VARIABLES = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)
SIZES = [
    {"cpu_units": cpu, "memory_mib": memory}
    for cpu in FARGATE_SIZES
    for memory in FARGATE_SIZES[cpu]
]
ALIKE = [
    {"cpu_units": ".25 vCPU", "memory_mib": "1 GB"},
    {"cpu_units": "1 vCPU", "memory_mib": 2048},
]

#: Arguments that are right together with all others here.
GOOD: list[st.SearchStrategy[dict[str, Any]]] = [
    st.sampled_from([*SIZES, *ALIKE]),
    st.fixed_dictionaries({"port": st.none() | st.integers(1, 65535)}),
    st.fixed_dictionaries({"environment": st.dictionaries(VARIABLES, PLAIN, max_size=4)}),
    st.fixed_dictionaries(
        {
            "secrets": st.dictionaries(
                VARIABLES.map("S_".__add__),
                st.sampled_from([SECRET, f"{SECRET}:user::", "/shop/db", "DB"]),
                max_size=3,
            )
        }
    ),
    st.fixed_dictionaries({"image_tag": st.sampled_from(["1.4.2", "_", None])}),
    st.fixed_dictionaries({"log_retention_days": st.sampled_from([1, 30, 3653, None])}),
    st.fixed_dictionaries({"skip_destroy": st.booleans()}),
    st.fixed_dictionaries({"command": st.lists(PLAIN, max_size=3)}),
    st.fixed_dictionaries({"docker_labels": st.dictionaries(PLAIN, PLAIN, max_size=3)}),
    st.fixed_dictionaries(
        {"tags": st.dictionaries(VARIABLES, PLAIN, max_size=3) | st.just({"constructor": "x"})}
    ),
    st.fixed_dictionaries(
        {
            "health_check": st.builds(
                HealthCheck,
                command=st.just(["CMD-SHELL", "curl -f localhost || exit 1"]),
                interval_seconds=st.integers(5, 300),
                retries=st.integers(1, 10) | st.none(),
            )
        }
    ),
    st.fixed_dictionaries(
        {
            "sidecars": st.just(
                [
                    Container(name="otel-1", image="otel:1", essential=False),
                    Container(
                        name="router-1",
                        image="router:1",
                        log_configuration=LogConfiguration(log_driver="awsfirelens"),
                    ),
                ]
            )
        }
    ),
    st.just(
        {
            "volumes": [
                Volume(name="cache", efs=EfsVolume(file_system_id="fs-0123456789abcdef0")),
                Volume(name="scratch"),
            ],
            "mount_points": [MountPoint(source_volume="cache", container_path="/cache")],
        }
    ),
    st.fixed_dictionaries({"ephemeral_storage_gib": st.integers(21, 200)}),
]


@st.composite
def good_arguments(draw: st.DrawFn, name: str) -> dict[str, Any]:
    given: dict[str, Any] = {"name": name}
    for part in draw(st.lists(st.sampled_from(GOOD), max_size=4)):
        given |= draw(part)
    return given


@st.composite
def good(draw: st.DrawFn) -> list[Any]:
    names = draw(st.lists(NAMES, max_size=2, unique=True))
    return [Service(**draw(good_arguments(name))) for name in names]


@st.composite
def nearly_good(draw: st.DrawFn) -> list[Any]:
    """One argument of one service is anything at all."""
    given = draw(good_arguments(draw(NAMES)))
    changed = draw(st.sampled_from(sorted(Service.declared)))
    given[changed] = draw(argument(Service.declared[changed]))
    return [*draw(good()), Service(**given)]


@st.composite
def wild(draw: st.DrawFn) -> Any:
    """Services with many odd arguments, entries that are none, and catalogues that are none."""
    if draw(st.integers(0, 19)) == 0:
        return draw(ODD)
    catalogue: list[Any] = draw(st.lists(arguments(Service, most=8) | ODD, max_size=3))
    for entry in catalogue:
        if type(entry) is Service and draw(st.integers(0, 3)):
            entry.name = draw(NAMES | TEXTS)
            if draw(st.integers(0, 9)) == 0:
                setattr(entry, draw(st.sampled_from(sorted(Service.declared))), draw(ODD))
    return catalogue
