"""Warnings: what AWS takes and a person hardly means."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.definition_warnings import definition_warnings
from constructs_lib.findings import ABSENT, Definition, Path
from tests.unit.definitions import LEGAL, SETUP, WEB, changed


def sentences(definition: object) -> list[str]:
    return [warning.sentence("shop") for warning in definition_warnings(definition)]


def test_a_definition_without_warnings() -> None:
    assert sentences(LEGAL) == []
    assert sentences(None) == []


def test_a_secret_in_plain_text_names_secrets_and_hides_the_value() -> None:
    definition = changed({(*WEB, "environment", 1): {"name": "API_KEY", "value": "hunter2"}})
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].environment[1].value' looks like a secret in plain text, "
        "as its name says API KEY (got the value of 'API_KEY', hidden); keep it in Secrets Manager "
        "or Parameter Store, and name it in containerDefinitions[0].secrets"
    ]


def test_a_secret_among_the_options_of_a_log_names_secret_options() -> None:
    log = {"logDriver": "splunk", "options": {"splunk-token": "hunter2", "splunk-url": "https://s"}}
    assert sentences(changed({(*WEB, "logConfiguration"): log})) == [
        "shop: 'containerDefinitions[0].logConfiguration.options.splunk-token' looks like a secret "
        "in plain text, as its name says TOKEN (got the value of 'splunk-token', hidden); keep it "
        "in Secrets Manager or Parameter Store, and name it in "
        "containerDefinitions[0].logConfiguration.secretOptions"
    ]


def test_an_empty_variable_is_dropped_by_aws() -> None:
    definition = changed({(*WEB, "environment", 1): {"name": "DEBUG", "value": ""}})
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].environment[1].value' is empty, so AWS drops the variable "
        "(got 'DEBUG'); leave it out, or give it a value"
    ]


@pytest.mark.parametrize("key", ["environment", "secrets"])
def test_a_name_that_the_container_gets_cut(key: str) -> None:
    definition = changed({(*WEB, key, 0, "name"): "DB HOST=x"})
    assert sentences(definition) == [
        f"shop: 'containerDefinitions[0].{key}[0].name' has a '=', so the container gets a "
        "variable 'DB HOST' instead (got 'DB HOST=x'); take it out of the name"
    ]


@pytest.mark.parametrize("value", ["BILLING SECRET!", "my-secret-arn:aws:secretsmanager", "a,b"])
def test_no_parameter_can_have_the_name(value: str) -> None:
    log = {"logDriver": "splunk", "secretOptions": [{"name": "t", "valueFrom": value}]}
    definition = changed(
        {(*WEB, "secrets", 0, "valueFrom"): value, (*WEB, "logConfiguration"): log}
    )
    rest = (
        f"is no name that a parameter can have, so no task would start (got {value!r}); "
        "write a parameter's name or ARN, or a secret's ARN"
    )
    assert sentences(definition) == [
        f"shop: 'containerDefinitions[0].secrets[0].valueFrom' {rest}",
        f"shop: 'containerDefinitions[0].logConfiguration.secretOptions[0].valueFrom' {rest}",
    ]


@pytest.mark.parametrize("value", ["/shop/db", "shop.db_1-a", "/shop/db:3", "shop:live"])
def test_a_parameter_can_have_the_name(value: str) -> None:
    assert sentences(changed({(*WEB, "secrets", 0, "valueFrom"): value})) == []


@pytest.mark.parametrize("value", ["rating-AbCdEf", "movie/db-x1Yz2w", "/shop/db-9A9a9a"])
def test_a_secret_without_its_arn(value: str) -> None:
    assert sentences(changed({(*WEB, "secrets", 0, "valueFrom"): value})) == [
        "shop: 'containerDefinitions[0].secrets[0].valueFrom' looks like the end of a secret's ARN,"
        f" and is taken for a parameter's name (got {value!r}); write the whole ARN"
    ]


@pytest.mark.parametrize(
    "value", ["shop-config", "shop-Config", "shop-param1", "shop-DBPASS", "shop-1234Aa5", "AbCdEf"]
)
def test_a_parameter_that_looks_like_no_secret(value: str) -> None:
    assert sentences(changed({(*WEB, "secrets", 0, "valueFrom"): value})) == []


def test_the_path_of_a_parameter_begins_with_a_slash() -> None:
    assert sentences(changed({(*WEB, "secrets", 0, "valueFrom"): "shop/db"})) == [
        "shop: 'containerDefinitions[0].secrets[0].valueFrom' is no name that a parameter can have,"
        " so no task would start (got 'shop/db'); begin a parameter's path with /, or write a"
        " secret's ARN"
    ]


def test_a_protocol_that_aws_takes_as_tcp() -> None:
    definition = changed({(*WEB, "portMappings", 0, "protocol"): "http"})
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].portMappings[0].protocol' is neither 'tcp' nor 'udp', so "
        "AWS takes it as 'tcp' (got 'http'); write 'tcp'"
    ]


def efs(file_system_id: str, access_point_id: str) -> Definition:
    configuration = {
        "fileSystemId": file_system_id,
        "authorizationConfig": {"accessPointId": access_point_id},
    }
    return changed({("volumes",): [{"name": "data", "efsVolumeConfiguration": configuration}]})


def test_what_is_no_id_of_efs() -> None:
    place = "shop: 'volumes[0].efsVolumeConfiguration"
    rest = "so no task would start (got 'efs-1'); copy it from the EFS console"
    assert sentences(efs("efs-1", "efs-1")) == [
        f"{place}.fileSystemId' is no id of EFS, which is fs- and 8 to 40 hexadecimal digits, "
        f"{rest}",
        f"{place}.authorizationConfig.accessPointId' is no id of EFS, which is fsap- and 8 to 40 "
        f"hexadecimal digits, {rest}",
    ]


@pytest.mark.parametrize(
    "id", ["fs-0123456", "fs-0123456G", "fs-01234567x", f"fs-{'0' * 41}", "fs-"]
)
def test_what_only_begins_as_an_id_of_efs(id: str) -> None:
    [said] = sentences(efs(id, "fsap-01234567"))
    assert said.endswith(f"so no task would start (got '{id}'); copy it from the EFS console")


@pytest.mark.parametrize(
    "ids",
    [
        ("fs-01234567", "fsap-0123456789abcdef0"),
        (f"fs-{'a' * 40}", "${TfToken[TOKEN.1]}"),
        (
            "${TfToken[TOKEN.1]}",
            "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-01234567",
        ),
    ],
)
def test_an_id_of_efs(ids: tuple[str, str]) -> None:
    assert sentences(efs(*ids)) == []


def limited(soft: object, hard: object) -> Definition:
    limits = {"name": "nofile", "softLimit": soft, "hardLimit": hard}
    return changed({(*WEB, "ulimits"): [limits]})


@pytest.mark.parametrize("soft", [11, -1])
def test_a_soft_limit_above_the_hard_one(soft: int) -> None:
    place = "containerDefinitions[0].ulimits[0]"
    assert sentences(limited(soft, 10)) == [
        f"shop: '{place}.softLimit' must not be above {place}.hardLimit=10, or no task would start "
        f"(got {soft}); write 10 or less, or raise {place}.hardLimit"
    ]


@pytest.mark.parametrize(
    ("soft", "hard"), [(10, 10), (9, 10), (0, 0), (9, -1), (-1, -1), (-1.8881545897087626e289, 1)]
)
def test_a_soft_limit_that_is_not_above_the_hard_one(soft: object, hard: object) -> None:
    assert sentences(limited(soft, hard)) == []


def mounted(place: str) -> Definition:
    return changed(
        {
            ("volumes",): [{"name": "data"}],
            (*WEB, "mountPoints"): [{"sourceVolume": "data", "containerPath": place}],
        }
    )


def test_a_path_that_is_not_absolute() -> None:
    assert sentences(mounted("cache")) == [
        "shop: 'containerDefinitions[0].mountPoints[0].containerPath' is no absolute path, so no "
        "task would start (got 'cache'); begin it with /"
    ]


@pytest.mark.parametrize("mount", [{}, {"containerPath": None}, {"containerPath": ""}], ids=str)
def test_no_path_at_all(mount: dict[str, Any]) -> None:
    definition = mounted("/cache")
    definition["containerDefinitions"][0]["mountPoints"] = [{"sourceVolume": "data", **mount}]
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].mountPoints[0].containerPath' is missing, so no task would "
        "start (got nothing); say where it is mounted"
    ]


@pytest.mark.parametrize("place", ["/cache", "C:/cache", r"\\host\cache", "${TfToken[TOKEN.1]}"])
def test_an_absolute_path(place: str) -> None:
    assert sentences(mounted(place)) == []


NO_ROLE = {("executionRoleArn",): ABSENT}


@pytest.mark.parametrize(
    ("changes", "needing"),
    [
        ({}, "containerDefinitions[0].logConfiguration"),
        (
            {(*WEB, "image"): "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1"},
            "containerDefinitions[0].image",
        ),
        (
            {
                (*WEB, "logConfiguration"): ABSENT,
                (*SETUP, "image"): "123456789012.dkr.ecr.us-east-1.amazonaws.com/setup",
            },
            "containerDefinitions[1].image",
        ),
    ],
)
def test_fargate_needs_an_execution_role(changes: dict[Path, Any], needing: str) -> None:
    assert sentences(changed(NO_ROLE | changes)) == [
        f"shop: 'executionRoleArn' is needed on Fargate by {needing}, so AWS will register no "
        "revision (got nothing); name a role"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {(*WEB, "logConfiguration"): ABSENT},
        {(*WEB, "logConfiguration", "logDriver"): "splunk"},
        {("requiresCompatibilities",): ["EC2"]},
        {("requiresCompatibilities",): ABSENT},
        {("executionRoleArn",): "${TfToken[TOKEN.1]}"},
    ],
    ids=str,
)
def test_without_an_execution_role(changes: dict[Path, Any]) -> None:
    assert sentences(changed(NO_ROLE | changes)) == []
