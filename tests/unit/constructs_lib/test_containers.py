"""The arguments of a service and of its containers have words for all of AWS's own model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from constructs_lib import containers, service
from constructs_lib.arguments import REQUIRED, Arguments
from constructs_lib.containers import Container
from constructs_lib.forms import Form, Structure
from constructs_lib.service import Service, Task
from tests.unit.botocore_data import model

SHAPES = model("ecs", "2014-11-13")["shapes"]

# The class, the structure, and what the AWS provider 5.100.0 cannot carry (rules/provider.py) or
# ECS has taken back, and so has no argument.
STRUCTURES = [
    (Container, "ContainerDefinition", set()),
    (containers.PortMapping, "PortMapping", set()),
    (containers.HealthCheck, "HealthCheck", set()),
    (containers.RestartPolicy, "ContainerRestartPolicy", set()),
    (containers.MountPoint, "MountPoint", set()),
    (containers.VolumeFrom, "VolumeFrom", set()),
    (containers.Ulimit, "Ulimit", set()),
    (containers.KernelCapabilities, "KernelCapabilities", set()),
    (containers.Device, "Device", set()),
    (containers.Tmpfs, "Tmpfs", set()),
    (containers.LinuxParameters, "LinuxParameters", set()),
    (containers.LogConfiguration, "LogConfiguration", set()),
    (containers.FirelensConfiguration, "FirelensConfiguration", set()),
    (containers.ResourceRequirement, "ResourceRequirement", {"sharingStrategy"}),
    (service.EfsVolume, "EFSVolumeConfiguration", set()),
    (service.EfsAuthorization, "EFSAuthorizationConfig", set()),
    (service.FsxWindowsVolume, "FSxWindowsFileServerVolumeConfiguration", set()),
    (service.FsxAuthorization, "FSxWindowsFileServerAuthorizationConfig", set()),
    (service.DockerVolume, "DockerVolumeConfiguration", set()),
    (service.Volume, "Volume", {"s3filesVolumeConfiguration"}),
    (service.RuntimePlatform, "RuntimePlatform", set()),
    (service.ProxyConfiguration, "ProxyConfiguration", set()),
    (service.PlacementConstraint, "TaskDefinitionPlacementConstraint", set()),
    (service.InferenceAccelerator, "InferenceAccelerator", set()),
    (
        Task,
        "RegisterTaskDefinitionRequest",
        {"containerDefinitions", "trustedExecutionConfiguration"},
    ),
]


def classes(module: Any) -> Iterator[type[Arguments]]:
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Arguments) and value is not Arguments:
            yield value


@pytest.mark.parametrize(("of", "structure", "without"), STRUCTURES)
def test_every_member_of_the_structure_has_an_argument(
    of: type[Arguments], structure: str, without: set[str]
) -> None:
    declared = [known.aws for known in of.declared.values()]
    assert len(declared) == len(set(declared))
    assert set(declared) | without == set(SHAPES[structure]["members"])
    assert not set(declared) & without


def test_no_class_is_left_out_of_the_comparison() -> None:
    compared = {of for of, _, _ in STRUCTURES}
    known = set(classes(containers)) | set(classes(service))
    assert known - compared == {Service, service.OwnContainer}


@pytest.mark.parametrize(("of", "structure", "without"), STRUCTURES)
def test_required_in_python_only_where_aws_or_the_provider_requires_it(
    of: type[Arguments], structure: str, without: set[str]
) -> None:
    required = {known.aws for known in of.declared.values() if known.default is REQUIRED}
    of_the_provider = {
        "ContainerDefinition": {"name", "image"},
        "Volume": {"name"},
        "TaskDefinitionPlacementConstraint": {"type"},
    }
    of_aws = set(SHAPES[structure].get("required", ())) - without
    if of is Task:  # a service has a default for all of these
        assert required == set()
    else:
        assert required == of_aws | of_the_provider.get(structure, set())


@pytest.mark.parametrize(("of", "structure", "without"), STRUCTURES)
def test_the_form_of_an_argument_is_that_of_the_member(
    of: type[Arguments], structure: str, without: set[str]
) -> None:
    by_shape = {"string": "str", "integer": "int", "boolean": "bool"}
    for known in of.declared.values():
        member = SHAPES[SHAPES[structure]["members"][known.aws]["shape"]]
        assert isinstance(known.form, Form), known.name
        written = known.form.type
        if known.name in ("cpu_units", "memory_mib") and of is Task:
            assert written == "int or str"
        elif member["type"] in by_shape:
            assert written == by_shape[member["type"]], known.name
        elif member["type"] == "structure" and isinstance(known.form, Structure):
            assert (known.form.of, SHAPES[structure]["members"][known.aws]["shape"]) in [
                (part, name) for part, name, _ in STRUCTURES
            ], known.name
        elif member["type"] == "list":
            assert written.startswith(("list of ", "mapping of ")), known.name


def test_a_service_has_all_arguments_of_the_task_and_of_its_own_container() -> None:
    of_its_own = {
        *("name", "image", "image_tag", "image_digest", "port", "sidecars"),
        *("task_definition_file", "log_group_name", "log_retention_days", "skip_destroy"),
        *("kms_key_arns", "roles_managed_elsewhere", "not_secret", "per_environment"),
        *("container_name", "container_cpu_units", "container_memory_mib"),
    }
    assert set(Service.declared) == set(Task.declared) | set(Container.declared) | of_its_own


@pytest.mark.parametrize("of", [Service, *(of for of, _, _ in STRUCTURES)])
def test_every_argument_says_what_it_is(of: type[Arguments]) -> None:
    assert [name for name, known in of.declared.items() if not known.says] == []


@pytest.mark.parametrize("of", [Service, *(of for of, _, _ in STRUCTURES)])
def test_a_numbers_name_ends_with_its_unit(of: type[Arguments]) -> None:
    suffixes = {"s": "_seconds", "MiB": "_mib", "GiB": "_gib", "days": "_days"}
    for name, known in of.declared.items():
        if known.unit in suffixes:
            assert name.endswith(suffixes[known.unit])
        elif known.unit.startswith(("CPU units", "MiB")):
            assert name.endswith(("cpu_units", "memory_mib"))
        else:
            assert known.unit == ""


def test_only_the_name_of_a_service_must_be_given() -> None:
    required = [name for name, known in Service.declared.items() if known.default is REQUIRED]
    assert required == ["name"]
