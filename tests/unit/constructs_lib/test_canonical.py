"""A definition as AWS returns it."""

from __future__ import annotations

import json
from pathlib import Path as File
from typing import Any

import pytest

from constructs_lib.canonical import canonical
from constructs_lib.findings import ABSENT, Path
from tests.unit.definitions import LEGAL, SETUP, WEB, changed

GOLDEN = File(__file__).parents[2] / "golden"

PORTS: Path = (*WEB, "portMappings")
LOG: Path = (*WEB, "logConfiguration")


def value_at(definition: Any, path: Path) -> Any:
    for step in path:
        definition = definition[step] if isinstance(step, int) else definition.get(step, ABSENT)
        if definition is ABSENT:
            return ABSENT
    return definition


@pytest.mark.parametrize("service", ["movie-service", "customer-service"])
def test_the_least_that_one_can_write_becomes_what_aws_returned(service: str) -> None:
    golden = json.loads((GOLDEN / f"{service}.json").read_text(encoding="utf-8"))
    [container] = golden["containerDefinitions"]
    least = {
        "family": service,
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": ".5 vCPU",
        "memory": "1GB",
        "taskRoleArn": "netflux-task-role",
        "executionRoleArn": "ecs-task-execution-role",
        "containerDefinitions": [
            {
                "name": service,
                "image": container["image"],
                "portMappings": [{"containerPort": 8080}],
                "environment": container["environment"],
                "logConfiguration": container["logConfiguration"],
            }
        ],
    }
    assert canonical(least, account="127549748682") == golden
    assert canonical(golden) == golden


def test_an_empty_container_has_what_aws_fills_in() -> None:
    definition = canonical({"family": "a", "containerDefinitions": [{"name": "a", "image": "b"}]})
    assert definition == {
        "family": "a",
        "containerDefinitions": [
            {
                "cpu": 0,
                "environment": [],
                "essential": True,
                "image": "b",
                "mountPoints": [],
                "name": "a",
                "portMappings": [],
                "systemControls": [],
                "volumesFrom": [],
            }
        ],
        "placementConstraints": [],
        "volumes": [],
    }


BECOMES: dict[str, tuple[dict[Path, Any], Path, Any]] = {
    "an absent host port, under awsvpc": (
        {PORTS: [{"containerPort": 80}]},
        PORTS,
        [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}],
    ),
    "a host port of 0, under awsvpc": (
        {PORTS: [{"containerPort": 80, "hostPort": 0, "protocol": "udp"}]},
        PORTS,
        [{"containerPort": 80, "hostPort": 80, "protocol": "udp"}],
    ),
    "an absent host port, under bridge": (
        {("networkMode",): "bridge", PORTS: [{"containerPort": 80}]},
        PORTS,
        [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}],
    ),
    "an absent host port, without a network mode": (
        {("networkMode",): ABSENT, PORTS: [{"containerPort": 80}]},
        PORTS,
        [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}],
    ),
    "an absent host port, under a mode that is known at apply": (
        {("networkMode",): "${TfToken[TOKEN.0]}", PORTS: [{"containerPort": 80}]},
        PORTS,
        [{"containerPort": 80, "protocol": "tcp"}],
    ),
    "a range": (
        {PORTS: [{"containerPortRange": "80-90", "hostPort": 0}]},
        PORTS,
        [{"containerPortRange": "80-90", "protocol": "tcp"}],
    ),
    "a protocol that AWS takes as tcp": (
        {PORTS: [{"containerPort": 80, "protocol": "http"}]},
        (*PORTS, 0, "protocol"),
        "tcp",
    ),
    "a protocol that is known at apply": (
        {PORTS: [{"containerPort": 80, "protocol": "${TfToken[TOKEN.0]}"}]},
        (*PORTS, 0, "protocol"),
        "${TfToken[TOKEN.0]}",
    ),
    "variables in any order": (
        {
            (*WEB, "environment"): [
                {"name": "b", "value": "2"},
                {"name": "a", "value": "1"},
                {"name": "B", "value": "3"},
            ]
        },
        (*WEB, "environment"),
        [
            {"name": "B", "value": "3"},
            {"name": "a", "value": "1"},
            {"name": "b", "value": "2"},
        ],
    ),
    "variables that AWS drops": (
        {(*WEB, "environment"): [{"name": "a", "value": ""}, {"name": "b"}, {}]},
        (*WEB, "environment"),
        [],
    ),
    "secrets in any order": (
        {(*WEB, "secrets"): [{"name": "b", "valueFrom": "b"}, {"name": "a", "valueFrom": "a"}]},
        (*WEB, "secrets"),
        [{"name": "a", "valueFrom": "a"}, {"name": "b", "valueFrom": "b"}],
    ),
    "environment files, whose order means something": (
        {
            (*WEB, "environmentFiles"): [
                {"value": "arn:aws:s3:::b/b.env", "type": "s3"},
                {"value": "arn:aws:s3:::b/a.env", "type": "s3"},
            ]
        },
        (*WEB, "environmentFiles"),
        [
            {"type": "s3", "value": "arn:aws:s3:::b/b.env"},
            {"type": "s3", "value": "arn:aws:s3:::b/a.env"},
        ],
    ),
    "the defaults of a health check": (
        {(*WEB, "healthCheck"): {"command": ["CMD", "true"]}},
        (*WEB, "healthCheck"),
        {"command": ["CMD", "true"], "interval": 30, "retries": 3, "timeout": 5},
    ),
    "a log without options": (
        {LOG: {"logDriver": "awsfirelens", "options": {}}},
        LOG,
        {"logDriver": "awsfirelens"},
    ),
    "a log with no secret options, as the console writes it": (
        {LOG: {"logDriver": "awsfirelens", "secretOptions": []}},
        LOG,
        {"logDriver": "awsfirelens", "secretOptions": []},
    ),
    "capabilities that ask for nothing": (
        {(*WEB, "linuxParameters"): {"capabilities": {"add": [], "drop": []}, "devices": []}},
        (*WEB, "linuxParameters"),
        ABSENT,
    ),
    "capabilities that ask for something": (
        {(*WEB, "linuxParameters"): {"capabilities": {"add": [], "drop": ["ALL"]}}},
        (*WEB, "linuxParameters"),
        {"capabilities": {"drop": ["ALL"]}},
    ),
    "False that is written": (
        {(*WEB, "readonlyRootFilesystem"): False},
        (*WEB, "readonlyRootFilesystem"),
        False,
    ),
    "0 that is written": ({(*WEB, "stopTimeout"): 0}, (*WEB, "stopTimeout"), 0),
    "the consistency of versions as it is written": (
        {(*WEB, "versionConsistency"): "enabled"},
        (*WEB, "versionConsistency"),
        "enabled",
    ),
    "an empty text that is no enumeration": ({(*WEB, "user"): ""}, (*WEB, "user"), ""),
    "an empty label": (
        {(*WEB, "dockerLabels"): {"b": "", "a": "1"}},
        (*WEB, "dockerLabels"),
        {"a": "1", "b": ""},
    ),
    "an empty enumeration": ({("pidMode",): ""}, ("pidMode",), ABSENT),
    "a null": ({("ipcMode",): None}, ("ipcMode",), ABSENT),
    "an empty platform": ({("runtimePlatform",): {}}, ("runtimePlatform",), ABSENT),
    "a volume without a kind": (
        {("volumes",): [{"name": "data"}]},
        ("volumes",),
        [{"host": {}, "name": "data"}],
    ),
    "a volume that is not configured at launch": (
        {("volumes",): [{"name": "data", "configuredAtLaunch": False}]},
        ("volumes",),
        [{"host": {}, "name": "data"}],
    ),
    "a Docker volume of which nothing is said": (
        {("volumes",): [{"name": "data", "dockerVolumeConfiguration": {}}]},
        ("volumes",),
        [{"dockerVolumeConfiguration": {}, "name": "data"}],
    ),
    "the root of EFS": (
        {("volumes",): [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]},
        ("volumes", 0, "efsVolumeConfiguration"),
        {"fileSystemId": "fs-1", "rootDirectory": "/"},
    ),
    "tags in any order": (
        {("tags",): [{"key": "b", "value": "1"}, {"key": "a"}]},
        ("tags",),
        [{"key": "a"}, {"key": "b", "value": "1"}],
    ),
    "properties of a proxy in any order": (
        {
            ("proxyConfiguration",): {
                "containerName": "web",
                "properties": [{"name": "B", "value": "1"}, {"name": "A", "value": ""}],
            }
        },
        ("proxyConfiguration",),
        {
            "containerName": "web",
            "properties": [{"name": "A", "value": ""}, {"name": "B", "value": "1"}],
        },
    ),
    "a size with a unit": ({("memory",): "0.5 gb"}, ("memory",), "512"),
    "a size that is known at apply": (
        {("cpu",): "${TfToken[TOKEN.0]}"},
        ("cpu",),
        "${TfToken[TOKEN.0]}",
    ),
    "a role's name, without an account": (
        {("taskRoleArn",): "ecsTaskRole"},
        ("taskRoleArn",),
        "ecsTaskRole",
    ),
    "a role of which nothing is said": ({("taskRoleArn",): ""}, ("taskRoleArn",), ABSENT),
    "options that are known at apply": (
        {(*LOG, "options"): {"&{TfToken[TOKEN.0]}": "x"}},
        (*LOG, "options"),
        {"&{TfToken[TOKEN.0]}": "x"},
    ),
    "containers that are known at apply": (
        {("containerDefinitions",): ["#{TfToken[TOKEN.0]}"]},
        ("containerDefinitions",),
        ["#{TfToken[TOKEN.0]}"],
    ),
}


@pytest.mark.parametrize(("changes", "path", "value"), BECOMES.values(), ids=BECOMES)
def test_what_a_value_becomes(changes: dict[Path, Any], path: Path, value: Any) -> None:
    assert value_at(canonical(changed(changes)), path) == value


@pytest.mark.parametrize("changes", [row[0] for row in BECOMES.values()], ids=BECOMES)
def test_what_is_canonical_stays_as_it_is(changes: dict[Path, Any]) -> None:
    once = canonical(changed(changes))
    assert json.dumps(canonical(once)) == json.dumps(once)


def test_a_roles_name_becomes_its_arn_in_the_partition() -> None:
    definition = changed({("taskRoleArn",): "ecsTaskRole"})
    whole = canonical(definition, account="123456789012", partition="aws-cn")
    assert whole["taskRoleArn"] == "arn:aws-cn:iam::123456789012:role/ecsTaskRole"


def test_containers_keep_their_order() -> None:
    names = [container["name"] for container in canonical(LEGAL)["containerDefinitions"]]
    assert names == ["web", "setup"]


def test_the_order_of_keys_is_always_the_same() -> None:
    backwards = {name: LEGAL[name] for name in reversed(LEGAL)}
    backwards["containerDefinitions"] = [
        {name: container[name] for name in reversed(container)}
        for container in LEGAL["containerDefinitions"]
    ]
    assert json.dumps(canonical(backwards)) == json.dumps(canonical(LEGAL))


def test_the_definition_itself_is_left_alone() -> None:
    before = changed({(*SETUP, "portMappings"): [{"containerPort": 1}]})
    canonical(before)
    assert before == changed({(*SETUP, "portMappings"): [{"containerPort": 1}]})
