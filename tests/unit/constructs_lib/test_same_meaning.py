"""What means the same under AWS's defaults, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.findings import ABSENT, Path
from constructs_lib.same_meaning import Difference, same_meaning, same_to_terraform
from tests.unit.definitions import LEGAL, SETUP, WEB, changed

EC2: dict[Path, Any] = {("requiresCompatibilities",): ["EC2"], ("networkMode",): "bridge"}

SAME: dict[str, dict[Path, Any]] = {
    "nothing changed": {},
    "sizes with units": {("cpu",): ".5 vCPU", ("memory",): "1 GB"},
    "explicit nulls": {("ipcMode",): None, (*WEB, "links"): None},
    "empty lists": {(*WEB, "links"): [], ("tags",): [], (*WEB, "ulimits"): []},
    "no secret options of a log": {(*WEB, "logConfiguration", "secretOptions"): []},
    "defaults that are written": {
        (*WEB, "essential"): True,
        (*WEB, "cpu"): 0,
        (*WEB, "privileged"): False,
        (*WEB, "versionConsistency"): "enabled",
        (*WEB, "portMappings", 0, "hostPort"): 8080,
        (*WEB, "portMappings", 0, "protocol"): "tcp",
        ("enableFaultInjection",): False,
    },
    "defaults of Fargate that are written": {
        (*WEB, "stopTimeout"): 30,
        ("runtimePlatform",): {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"},
    },
    "containers in another order": {
        ("containerDefinitions",): list(reversed(LEGAL["containerDefinitions"]))
    },
    "a variable that AWS drops": {(*WEB, "environment", 1): {"name": "EMPTY", "value": ""}},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_the_same(changes: dict[Path, Any]) -> None:
    assert same_meaning(LEGAL, changed(changes)) == []
    assert same_meaning(changed(changes), LEGAL) == []


OTHER: dict[str, tuple[dict[Path, Any], list[Difference]]] = {
    "an image": (
        {(*WEB, "image"): "shop:2"},
        [Difference("containerDefinitions[web].image", "shop:1", "shop:2")],
    ),
    "a variable more, one less": (
        {(*WEB, "environment"): [{"name": "LEVEL", "value": "info"}]},
        [
            Difference(
                "containerDefinitions[web].environment[PROFILE]",
                {"name": "PROFILE", "value": "prod"},
                ABSENT,
            ),
            Difference(
                "containerDefinitions[web].environment[LEVEL]",
                ABSENT,
                {"name": "LEVEL", "value": "info"},
            ),
        ],
    ),
    "the first variables": (
        {(*SETUP, "environment"): [{"name": "A", "value": "1"}]},
        [
            Difference(
                "containerDefinitions[setup].environment[A]", ABSENT, {"name": "A", "value": "1"}
            )
        ],
    ),
    "a port": (
        {(*WEB, "portMappings", 0, "containerPort"): 80},
        [
            Difference(
                "containerDefinitions[web].portMappings[8080/tcp]",
                {"containerPort": 8080, "hostPort": 8080, "name": "http", "protocol": "tcp"},
                ABSENT,
            ),
            Difference(
                "containerDefinitions[web].portMappings[80/tcp]",
                ABSENT,
                {"containerPort": 80, "hostPort": 80, "name": "http", "protocol": "tcp"},
            ),
        ],
    ),
    "the order of a command": (
        {(*WEB, "command"): ["b", "a"]},
        [Difference("containerDefinitions[web].command", ["a", "b"], ["b", "a"])],
    ),
    "an architecture": (
        {("runtimePlatform",): {"cpuArchitecture": "ARM64"}},
        [Difference("runtimePlatform", ABSENT, {"cpuArchitecture": "ARM64"})],
    ),
    "a volume of another kind": (
        {("volumes",): [{"name": "data", "dockerVolumeConfiguration": {}}]},
        [
            Difference("volumes[data].host", {}, ABSENT),
            Difference("volumes[data].dockerVolumeConfiguration", ABSENT, {}),
        ],
    ),
    "True, and not 1": (
        {(*WEB, "essential"): False},
        [Difference("containerDefinitions[web].essential", ABSENT, False)],
    ),
}


@pytest.mark.parametrize(("changes", "differences"), OTHER.values(), ids=OTHER)
def test_not_the_same(changes: dict[Path, Any], differences: list[Difference]) -> None:
    before = changed({(*WEB, "command"): ["a", "b"], ("volumes",): [{"name": "data"}]})
    assert same_meaning(before, changed(changes, before)) == differences


def test_lists_that_are_sets() -> None:
    def with_capabilities(*names: str) -> Any:
        linux = {"capabilities": {"drop": list(names)}}
        return changed({(*WEB, "linuxParameters"): linux})

    assert same_meaning(with_capabilities("A", "B"), with_capabilities("B", "A")) == []
    assert same_meaning(with_capabilities("A", "B"), with_capabilities("A")) == [
        Difference("containerDefinitions[web].linuxParameters.capabilities.drop", ["A", "B"], ["A"])
    ]


def test_a_role_and_its_short_name() -> None:
    arn = changed({("taskRoleArn",): "arn:aws:iam::123456789012:role/shop"})
    assert same_meaning(changed({("taskRoleArn",): "shop"}), arn) == []
    assert same_meaning(arn, changed({("taskRoleArn",): "shop"})) == []
    assert same_meaning(changed({("taskRoleArn",): "hop"}), arn) == [
        Difference("taskRoleArn", "hop", "arn:aws:iam::123456789012:role/shop")
    ]


def test_a_default_of_fargate_is_none_of_ec2() -> None:
    before = changed(EC2)
    assert same_meaning(before, changed({(*WEB, "stopTimeout"): 30}, before)) == [
        Difference("containerDefinitions[web].stopTimeout", ABSENT, 30)
    ]


def test_a_host_port_of_0_and_none_under_bridge() -> None:
    before = changed(EC2)
    after = changed({(*WEB, "portMappings", 0, "hostPort"): 0}, before)
    assert same_meaning(before, after) == []


def test_a_port_for_tcp_is_none_for_udp() -> None:
    after = changed({(*WEB, "portMappings", 0, "protocol"): "udp"})
    assert [difference.path for difference in same_meaning(LEGAL, after)] == [
        "containerDefinitions[web].portMappings[8080/tcp]",
        "containerDefinitions[web].portMappings[8080/udp]",
    ]


RETURNED_ANYWAY = ("sizes with units", "explicit nulls", "empty lists", "nothing changed")


@pytest.mark.parametrize("name", [*RETURNED_ANYWAY, "containers in another order"])
def test_what_aws_returns_alike_is_the_same_to_terraform(name: str) -> None:
    assert same_to_terraform(LEGAL, changed(SAME[name])) == []


def test_a_default_that_is_written_is_none_to_terraform() -> None:
    platform = {("runtimePlatform",): {"cpuArchitecture": "X86_64"}, (*WEB, "stopTimeout"): 30}
    assert same_to_terraform(LEGAL, changed(platform)) == [
        Difference("containerDefinitions[web].stopTimeout", ABSENT, 30),
        Difference("runtimePlatform", ABSENT, {"cpuArchitecture": "X86_64"}),
    ]


def test_lists_in_another_order_are_others_to_terraform_and_variables_are_not() -> None:
    limits = [
        {"name": "core", "softLimit": 1, "hardLimit": 1},
        {"name": "nofile", "softLimit": 1, "hardLimit": 1},
    ]
    variables = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    one = changed({(*WEB, "ulimits"): limits, (*WEB, "environment"): variables})
    other = changed({(*WEB, "ulimits"): limits[::-1], (*WEB, "environment"): variables[::-1]})
    assert same_to_terraform(one, other) == [
        Difference("containerDefinitions[web].ulimits", limits, limits[::-1])
    ]
