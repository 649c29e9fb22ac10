"""From a service and an environment to its task definition."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.containers import (
    Container,
    LogConfiguration,
    MountPoint,
    PortMapping,
)
from constructs_lib.definition import default_log_group, rendered
from constructs_lib.service import RuntimePlatform, Service, Volume
from constructs_lib.service_check import problems
from tests.unit.synthesis import CHINA, PROD

GOLDEN = Path(__file__).parents[2] / "golden"
DIGEST = f"sha256:{'0123456789abcdef' * 4}"
REGISTRY = "127549748682.dkr.ecr.us-east-1.amazonaws.com"
AWSLOGS = {
    "logDriver": "awslogs",
    "options": {
        "awslogs-group": "/ecs/movie-service",
        "awslogs-create-group": "true",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "ecs",
    },
}


def definition(**arguments: Any) -> dict[str, Any]:
    return rendered(Service(**{"name": "movie-service", **arguments}), PROD)


def own_container(**arguments: Any) -> Any:
    return definition(**arguments)["containerDefinitions"][0]


def golden(service: str) -> dict[str, Any]:
    walk: dict[str, Any] = json.loads((GOLDEN / f"{service}.json").read_text("utf-8"))
    platform = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
    return walk | {"runtimePlatform": platform}


def changed(**container: Any) -> dict[str, Any]:
    """The walk's definition of movie-service with another container."""
    walk = golden("movie-service")
    walk["containerDefinitions"] = [walk["containerDefinitions"][0] | container]
    return walk


def mistakes(**arguments: Any) -> list[str]:
    service = Service(**{"name": "movie-service", **arguments})
    return [problem.sentence("movie-service") for problem in problems(service, PROD)]


@pytest.mark.parametrize("name", ["movie-service", "customer-service"])
def test_a_name_alone_makes_what_the_walk_made_with_the_platform_added(name: str) -> None:
    assert rendered(Service(name=name), PROD) == golden(name)


def test_another_environment_has_its_own_registry_region_and_roles() -> None:
    walk = json.dumps(golden("movie-service"))
    for of_prod, of_china in [
        (REGISTRY, "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn"),
        ("arn:aws:iam::127549748682:", "arn:aws-cn:iam::210987654321:"),
        ("us-east-1", "cn-north-1"),
    ]:
        walk = walk.replace(of_prod, of_china)
    assert rendered(Service(name="movie-service"), CHINA) == json.loads(walk)


@pytest.mark.parametrize(
    ("cpu", "memory"),
    [
        (512, 1024),
        ("512", "1024"),
        (".5 vCPU", "1 GB"),
        ("0.5 vCPU", "1GB"),
        ("0.5vcpu", "1.0 gb"),
    ],
)
def test_sizes_as_the_console_writes_them_or_in_units(cpu: Any, memory: Any) -> None:
    assert definition(cpu_units=cpu, memory_mib=memory) == golden("movie-service")


def test_the_tag() -> None:
    assert definition(image_tag="1.2.3") == changed(image=f"{REGISTRY}/movie-service:1.2.3")


def test_no_tag_leaves_the_repository_alone() -> None:
    assert mistakes(image_tag=None) == []
    assert definition(image_tag=None) == changed(image=f"{REGISTRY}/movie-service")


def test_the_digest() -> None:
    assert definition(image_digest=DIGEST) == changed(image=f"{REGISTRY}/movie-service@{DIGEST}")


@pytest.mark.parametrize(
    ("arguments", "image"),
    [
        ({"image": "h.io:5000/a/b"}, "h.io:5000/a/b:latest"),
        ({"image": "h.io:5000/a/b:3"}, "h.io:5000/a/b:3"),
        ({"image": f"b@{DIGEST}"}, f"b@{DIGEST}"),
        ({"image": f"b:3@{DIGEST}"}, f"b:3@{DIGEST}"),
        ({"image": "b", "image_tag": "4"}, "b:4"),
        ({"image": "b", "image_digest": DIGEST}, f"b@{DIGEST}"),
        ({"image": "${TfToken[TOKEN.1]}"}, "${TfToken[TOKEN.1]}"),
    ],
)
def test_the_image_of_another_registry(arguments: dict[str, Any], image: str) -> None:
    assert mistakes(**arguments) == []
    assert definition(**arguments) == changed(image=image)


@pytest.mark.parametrize(
    ("arguments", "mappings"),
    [
        ({"port": 80}, [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]),
        ({"port": None}, []),
        ({"port_mappings": None}, []),
        ({"port_mappings": []}, []),
        (
            {
                "port": 1,
                "port_mappings": [
                    PortMapping(container_port=53, protocol="udp"),
                    PortMapping(container_port_range="100-102"),
                    {"containerPort": 80, "name": "web", "appProtocol": "http"},
                ],
            },
            [
                {"containerPort": 53, "hostPort": 53, "protocol": "udp"},
                {"containerPortRange": "100-102", "protocol": "tcp"},
                {
                    "appProtocol": "http",
                    "containerPort": 80,
                    "hostPort": 80,
                    "name": "web",
                    "protocol": "tcp",
                },
            ],
        ),
    ],
)
def test_ports(arguments: dict[str, Any], mappings: Any) -> None:
    assert mistakes(**arguments) == []
    assert definition(**arguments) == changed(portMappings=mappings)


@pytest.mark.parametrize(
    ("environment", "variables"),
    [
        ({"B": "2", "A": "1"}, [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]),
        ([("B", "2"), ("A", "1")], [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]),
        ({}, []),
        (None, []),
    ],
)
def test_the_environment_given_replaces_the_walks(environment: Any, variables: Any) -> None:
    assert mistakes(environment=environment) == []
    assert definition(environment=environment) == changed(environment=variables)


def test_logs_of_another_driver() -> None:
    splunk = LogConfiguration(log_driver="splunk", options={"splunk-url": "https://s"})
    assert definition(log_configuration=splunk) == changed(
        logConfiguration={"logDriver": "splunk", "options": {"splunk-url": "https://s"}}
    )


def test_no_logs() -> None:
    container = own_container(log_configuration=None)
    assert container == {
        key: value
        for key, value in golden("movie-service")["containerDefinitions"][0].items()
        if key != "logConfiguration"
    }


def test_other_names_for_the_family_and_the_container() -> None:
    given = definition(family="movies", container_name="web")
    assert given == changed(name="web") | {"family": "movies"}


def test_the_containers_own_size_stands_beside_the_tasks() -> None:
    given = definition(
        cpu_units=1024, memory_mib=2048, container_cpu_units=512, container_memory_mib=1024
    )
    assert given == changed(cpu=512, memory=1024) | {"cpu": "1024", "memory": "2048"}


@pytest.mark.parametrize(
    ("role", "arn"),
    [
        ("other", "arn:aws:iam::127549748682:role/other"),
        ("arn:aws:iam::210987654321:role/other", "arn:aws:iam::210987654321:role/other"),
        ("${TfToken[TOKEN.1]}", "${TfToken[TOKEN.1]}"),
    ],
)
def test_roles_by_name_or_arn(role: str, arn: str) -> None:
    given = {"task_role_arn": role, "execution_role_arn": role}
    assert mistakes(**given) == []
    roles = {"taskRoleArn": arn, "executionRoleArn": arn}
    assert definition(**given) == golden("movie-service") | roles


def test_no_roles() -> None:
    given = definition(task_role_arn=None, execution_role_arn=None)
    assert given == {
        key: value for key, value in golden("movie-service").items() if not key.endswith("RoleArn")
    }


def test_the_rest_of_the_task() -> None:
    given = definition(
        runtime_platform=RuntimePlatform(cpu_architecture="ARM64", operating_system_family="LINUX"),
        ephemeral_storage_gib=21,
        volumes=[Volume(name="scratch")],
        mount_points=[MountPoint(source_volume="scratch", container_path="/tmp")],
        tags={"team": "films", "cost": "1"},
        pid_mode="task",
    )
    mount_points = [{"containerPath": "/tmp", "sourceVolume": "scratch"}]
    assert given == changed(mountPoints=mount_points) | {
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        "ephemeralStorage": {"sizeInGiB": 21},
        "volumes": [{"host": {}, "name": "scratch"}],
        "tags": [{"key": "cost", "value": "1"}, {"key": "team", "value": "films"}],
        "pidMode": "task",
    }


def test_sidecars_come_behind_with_the_services_logs_and_none_of_its_defaults() -> None:
    proxy = Container(name="proxy", image="envoy:1", essential=False, port_mappings=[])
    silent = Container(name="silent", image="b", log_configuration=None)
    assert mistakes(sidecars=(proxy, silent)) == []
    walk = golden("movie-service")
    written_out = {
        "cpu": 0,
        "environment": [],
        "mountPoints": [],
        "portMappings": [],
        "systemControls": [],
        "volumesFrom": [],
    }
    walk["containerDefinitions"] += [
        written_out
        | {"name": "proxy", "image": "envoy:1", "essential": False, "logConfiguration": AWSLOGS},
        written_out | {"name": "silent", "image": "b", "essential": True},
    ]
    assert definition(sidecars=(proxy, silent)) == walk


def test_a_sidecar_in_awss_own_json_is_taken_as_it_is() -> None:
    own_json = {"name": "proxy", "image": "envoy:1"}
    assert mistakes(sidecars=[own_json]) == []
    assert "logConfiguration" not in definition(sidecars=[own_json])["containerDefinitions"][1]


def test_a_service_is_not_changed_by_being_rendered_or_checked() -> None:
    given = {"name": "a", "environment": {"B": "1", "A": "2"}, "sidecars": [{"name": "b"}]}
    service = Service(**copy.deepcopy(given))  # type: ignore[arg-type]
    rendered(service, PROD)
    list(problems(service, PROD))
    assert service.given == given


def test_the_defaults_are_not_shared_between_definitions() -> None:
    own_container()["environment"].append("spoilt")
    definition()["requiresCompatibilities"].append("spoilt")
    assert definition() == golden("movie-service")


def test_the_log_group_is_named_after_the_service_or_as_it_says() -> None:
    assert default_log_group(Service(name="movie-service")) == "/ecs/movie-service"
    assert default_log_group(Service(name="a", log_group_name="b")) == "b"
