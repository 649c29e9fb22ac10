"""A task definition as a catalogue entry: the entry's Python yields the same definition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from constructs_lib import containers, service
from constructs_lib.canonical import canonical
from constructs_lib.containers import Container, PortMapping
from constructs_lib.definition import rendered
from constructs_lib.definition_rules import definition_findings
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.same_meaning import same_meaning
from constructs_lib.service import Service
from constructs_lib.service_check import problems
from constructs_lib.service_from_definition import service_from_definition
from tests.unit.strategies import definitions
from tests.unit.test_definition_files import CORPUS, OWN, read
from tools.catalogue_entry import catalogue_entry

GOLDEN = Path(__file__).parents[2] / "golden"
PROD = Environment(
    name="prod", account_id="127549748682", region="us-east-1", state_bucket="netflux-state"
)
CLASSES = {**vars(containers), **vars(service)}


def check_the_entry(definition: dict[str, Any], name: str) -> None:
    entry = service_from_definition(definition, PROD)
    written = eval(catalogue_entry(entry), dict(CLASSES))
    assert written == entry, name
    again = rendered(written, PROD)
    account = PROD.account_id
    assert again == canonical(definition, account=account), name
    assert same_meaning(canonical(definition, account=account), again) == [], name


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_a_definition_of_our_own_comes_back(file: Path) -> None:
    check_the_entry(read(file), file.name)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"there is no folder {CORPUS.name} of real ones")
def test_every_legal_definition_of_the_corpus_comes_back() -> None:
    legal = 0
    for file in sorted(CORPUS.glob("*.json")):
        definition = read(file)
        if not definition_findings(definition):
            check_the_entry(definition, file.name)
            legal += 1
    assert legal > 0


@settings(max_examples=60, deadline=None)
@given(definitions())
def test_a_random_definition_comes_back(definition: dict[str, Any]) -> None:
    check_the_entry(definition, "random")


def test_the_walk_with_its_platform_is_a_name_alone() -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    definition["runtimePlatform"] = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
    assert service_from_definition(definition, PROD) == Service(name="movie-service")


def test_the_walk_without_a_platform_says_so() -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    expected = Service(name="movie-service", runtime_platform=None)
    assert service_from_definition(definition, PROD) == expected


def test_what_differs_is_said_in_the_shortest_words() -> None:
    definition = rendered(
        Service(
            name="rating-service",
            image_tag="1.4.2",
            cpu_units="1 vCPU",
            memory_mib="2 GB",
            port=9090,
            secrets={"DB_PASSWORD": "/rating/db"},
            sidecars=[
                Container(
                    name="otel",
                    image="public.ecr.aws/otel:1",
                    port_mappings=[PortMapping(container_port=4317, name="otlp")],
                )
            ],
        ),
        PROD,
    )
    assert catalogue_entry(service_from_definition(definition, PROD)) == (
        "Service(\n"
        '    name="rating-service",\n'
        '    image_tag="1.4.2",\n'
        "    cpu_units=1024,\n"
        "    memory_mib=2048,\n"
        "    port=9090,\n"
        '    secrets={"DB_PASSWORD": "/rating/db"},\n'
        "    sidecars=[\n"
        "        Container(\n"
        '            name="otel",\n'
        '            image="public.ecr.aws/otel:1",\n'
        '            port_mappings=[PortMapping(container_port=4317, name="otlp")],\n'
        "        ),\n"
        "    ],\n"
        ")"
    )


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("iam", "iam-service"),
        ("constructor", "constructor-service"),
        ("-rating", "rating-service"),
        ("--", "service"),
    ],
)
def test_a_family_that_no_stack_can_be_called_gets_another_name(family: str, name: str) -> None:
    service = Service(name="other", family=family, log_group_name=f"/ecs/{name}")
    definition = rendered(service, PROD)
    entry = service_from_definition(definition, PROD)
    assert (entry.name, entry.family) == (name, family)
    assert problems(entry, PROD) == []
    assert same_meaning(definition, rendered(entry, PROD)) == []


def test_the_prefix_of_the_environment_is_not_in_the_entry() -> None:
    environment = Environment(**PROD.given, name_prefix="staging-", role_path="/n/")
    service = Service(name="movie-service", cpu_units=256, memory_mib=512)
    definition = rendered(service, environment)
    assert definition["family"] == "staging-movie-service"
    found = service_from_definition(definition, environment)
    assert found == service
    assert rendered(found, environment) == definition


def test_a_family_without_the_prefix_is_of_another_environment() -> None:
    environment = Environment(**PROD.given, name_prefix="staging-")
    with pytest.raises(InvalidInput) as raised:
        service_from_definition(rendered(Service(name="a"), PROD), environment)
    assert raised.value.sentences == [
        "definition: 'family' must be staging-NAME, as every family of prod"
        " (got 'a'); choose the definition's own environment with NETFLUX_ENV"
    ]
