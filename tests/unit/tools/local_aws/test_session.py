"""The context manager."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.unit.tools.local_aws.servers import (
    about,
    listens,
)
from tools.local_aws import LocalAws


def test_the_account_and_the_managed_policies_are_there(aws: LocalAws) -> None:
    arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"

    assert aws.account_id == "127549748682"
    assert aws.client("sts").get_caller_identity()["Account"] == "127549748682"
    assert aws.client("iam").get_policy(PolicyArn=arn)["Policy"]["Arn"] == arn


def test_another_account_and_nothing_left_after_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with LocalAws(account_id="000000000042") as aws:
        account = aws.client("sts", "eu-central-1").get_caller_identity()["Account"]
        endpoint, pid = aws.endpoint, about(aws.endpoint).pid

    assert account == "000000000042"
    assert not listens(endpoint)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert list(tmp_path.iterdir()) == []


def test_it_listens_on_127_0_0_1_only(aws: LocalAws) -> None:
    url = urlsplit(aws.endpoint)

    assert (url.scheme, url.hostname) == ("http", "127.0.0.1")
    assert not listens(f"http://127.0.0.2:{url.port}")


def test_the_environment_cannot_reach_a_real_account(
    aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("NETFLUX_ENV", "prod")
    monkeypatch.setenv("NO_PROXY", "example.com")
    monkeypatch.setenv("AWS_PROFILE", "prod")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://example.com")

    assert aws.environment == {
        "HOME": "/somewhere",
        "NETFLUX_ENV": "local",
        "NETFLUX_LOCAL_ENDPOINT": aws.endpoint,
        "AWS_ACCESS_KEY_ID": "local-aws",
        "AWS_SECRET_ACCESS_KEY": "local-aws",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "example.com,127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


def test_server_and_client_work_whatever_profile_and_proxy_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "a-profile-that-is-not-there")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with LocalAws() as aws:
        assert aws.client("ecs").list_task_definitions()["taskDefinitionArns"] == []


def test_each_service_that_we_use_answers_and_is_empty_at_first() -> None:
    with LocalAws() as aws:
        answers = [
            aws.client("s3").list_buckets()["Buckets"],
            aws.client("iam").list_roles()["Roles"],
            aws.client("ecs").list_task_definitions()["taskDefinitionArns"],
            aws.client("logs").describe_log_groups()["logGroups"],
            aws.client("secretsmanager").list_secrets()["SecretList"],
            aws.client("ssm").describe_parameters()["Parameters"],
            aws.client("resourcegroupstaggingapi").get_resources()["ResourceTagMappingList"],
        ]

    assert answers == [[]] * 7
