"""Properties: every legal definition passes, every single mistake is found, nothing raises."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constructs_lib.canonical import canonical
from constructs_lib.definition_json import read_definition
from constructs_lib.definition_rules import definition_findings
from constructs_lib.definition_warnings import definition_warnings
from constructs_lib.findings import Definition, aws_name
from constructs_lib.same_meaning import same_meaning
from constructs_lib.secret_needs import Place, needs
from tests.unit.strategies import definitions

botocore_session = pytest.importorskip("botocore.session")
validate = pytest.importorskip("botocore.validate")

REQUEST = (
    botocore_session.get_session()
    .get_service_model("ecs")
    .shape_for("RegisterTaskDefinitionRequest")
)
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def botocore_refuses(definition: Definition) -> str:
    return str(validate.ParamValidator().validate(definition, REQUEST).generate_report())


@SETTINGS
@given(definitions())
def test_a_legal_definition_has_no_findings(definition: Definition) -> None:
    assert definition_findings(definition) == []


@SETTINGS
@given(definitions())
def test_a_canonical_definition_is_legal_canonical_and_means_the_same(
    definition: Definition,
) -> None:
    once = canonical(definition)
    assert definition_findings(once) == []
    assert botocore_refuses(once) == ""
    assert json.dumps(canonical(once)) == json.dumps(once)
    assert same_meaning(definition, once) == []


@SETTINGS
@given(definitions())
def test_json_gives_back_what_was_written(definition: Definition) -> None:
    text = json.dumps({"taskDefinition": {**definition, "status": "ACTIVE", "revision": 1}})
    read = read_definition(text)
    assert same_meaning(definition, read) == []
    assert canonical(read) == canonical(definition)
    assert botocore_refuses(read) == ""


def first(definition: Definition) -> Any:
    return definition["containerDefinitions"][0]


def put(key: str, value: Any) -> Callable[[Definition], str]:
    def mutate(definition: Definition) -> str:
        definition[key] = value
        return key

    return mutate


def put_in_container(key: str, value: Any) -> Callable[[Definition], str]:
    def mutate(definition: Definition) -> str:
        first(definition)[key] = value
        return f"containerDefinitions[0].{key}"

    return mutate


#: One value out of bounds, and the beginning of the argument that the finding must name.
MUTATIONS: dict[str, Callable[[Definition], str]] = {
    "family": put("family", "my shop"),
    "cpu": put("cpu", "1 GHz"),
    "memory": put("memory", "1 vCPU"),
    "networkMode": put("networkMode", "bridged"),
    "ephemeralStorage": put("ephemeralStorage", {"sizeInGiB": 20}),
    "ephemeralStorage too large": put("ephemeralStorage", {"sizeInGiB": 201}),
    "tags": put("tags", [{"key": "x"}, {"key": "x"}]),
    "taskRoleArn": put("taskRoleArn", "arn:aws:iam::1:role/x"),
    "a key of a container": put("image", "shop:1"),
    "a misspelt key": put("netwrkMode", "awsvpc"),
    "name": put_in_container("name", "a b"),
    "image": put_in_container("image", "x" * 256),
    "digest": put_in_container("image", "shop@sha256:0f"),
    "container cpu": put_in_container("cpu", -1),
    "container memory": put_in_container("memory", 5),
    "reservation": put_in_container("memoryReservation", 5),
    "port": put_in_container("portMappings", [{"containerPort": 70000}]),
    "port 0": put_in_container("portMappings", [{"containerPort": 0}]),
    "port as text": put_in_container("portMappings", [{"containerPort": "80"}]),
    "range": put_in_container("portMappings", [{"containerPortRange": "90-80"}]),
    "port name": put_in_container("portMappings", [{"containerPort": 80, "name": "-web"}]),
    "variable twice": put_in_container("environment", [{"name": "A", "value": "1"}] * 2),
    "number for a variable": put_in_container("environment", [{"name": "A", "value": 1}]),
    "secret": put_in_container("secrets", [{"name": "A", "valueFrom": "arn:aws:x"}]),
    "file": put_in_container("environmentFiles", [{"type": "s3", "value": "arn:aws:s3:::b/a"}]),
    "interval": put_in_container("healthCheck", {"command": ["CMD", "x"], "interval": 301}),
    "retries": put_in_container("healthCheck", {"command": ["CMD", "x"], "retries": 11}),
    "restart": put_in_container("restartPolicy", {"enabled": True, "restartAttemptPeriod": 10}),
    "dependsOn": put_in_container("dependsOn", [{"containerName": "?", "condition": "START"}]),
    "ulimit": put_in_container("ulimits", [{"name": "files", "softLimit": 1, "hardLimit": 1}]),
    "mount": put_in_container("mountPoints", [{"sourceVolume": "?", "containerPath": "/x"}]),
    "nothing for a key": put_in_container("logConfiguration", {}),
}


@pytest.mark.parametrize("mutate", MUTATIONS.values(), ids=MUTATIONS)
@settings(SETTINGS, max_examples=5)
@given(definition=definitions())
def test_one_value_out_of_bounds_is_named(
    mutate: Callable[[Definition], str], definition: Definition
) -> None:
    argument = mutate(definition)
    named = [aws_name(finding.path) for finding in definition_findings(definition)]
    assert any(name.startswith(argument) for name in named), named


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=8,
)


def check_everything(value: Any) -> None:
    definition_findings(value)
    definition_warnings(value)
    if isinstance(value, dict):
        needs([value], Place("aws", "us-east-1", "123456789012"))


@SETTINGS
@given(JSON)
def test_nothing_raises_whatever_it_is_given(value: Any) -> None:
    check_everything(value)


@SETTINGS
@given(definitions(), JSON, st.data())
def test_nothing_raises_when_anything_stands_anywhere(
    definition: Definition, value: Any, data: st.DataObject
) -> None:
    parent: Any = definition
    while True:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
        key = data.draw(st.sampled_from(keys))
        inner = parent[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            parent[key] = value
            break
        parent = inner
    check_everything(definition)
