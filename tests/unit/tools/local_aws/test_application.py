"""What is served: moto, for many clients at once, with what it lacks."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tools.local_aws import LocalAws
from tools.local_aws.application import Application
from tools.local_aws.protocol import ABOUT_PATH, About


def test_a_bucket_for_tls_only_can_be_used_and_keeps_its_policy(aws: LocalAws) -> None:
    policy = bucket_policy("tls-only", {"Bool": {"aws:SecureTransport": "false"}})
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="tls-only")
    s3.put_bucket_policy(Bucket="tls-only", Policy=json.dumps(policy))
    s3.put_object(Bucket="tls-only", Key="key", Body=b"value")

    assert s3.get_object(Bucket="tls-only", Key="key")["Body"].read() == b"value"
    assert json.loads(s3.get_bucket_policy(Bucket="tls-only")["Policy"]) == policy


def test_a_bucket_that_denies_without_a_condition_denies(aws: LocalAws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="closed")
    s3.put_bucket_policy(Bucket="closed", Policy=json.dumps(bucket_policy("closed", {})))

    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket="closed", Key="key", Body=b"value")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def bucket_policy(bucket: str, condition: dict[str, object]) -> dict[str, object]:
    statement: dict[str, object] = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
    }
    if condition:
        statement["Condition"] = condition
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_families_are_listed_by_their_status(aws: LocalAws) -> None:
    ecs = aws.client("ecs")
    containers = [{"name": "web", "image": "web:1", "memory": 64}]
    for family in ("status-live", "status-live", "status-gone"):
        ecs.register_task_definition(family=family, containerDefinitions=containers)
    for revision in ("status-live:1", "status-gone:1"):
        ecs.deregister_task_definition(taskDefinition=revision)

    def listed(**status: str) -> list[str]:
        answer = ecs.list_task_definition_families(familyPrefix="status-", **status)
        return sorted(answer["families"])

    assert listed(status="ACTIVE") == ["status-live"]
    assert listed(status="INACTIVE") == ["status-gone"]
    assert listed(status="ALL") == listed() == ["status-gone", "status-live"]


def test_one_of_ten_conditional_puts_at_once_wins(aws: LocalAws) -> None:
    clients = [aws.client("s3") for _ in range(10)]
    clients[0].create_bucket(Bucket="conditional-put")

    def put(client: Any, key: str) -> str:
        try:
            client.put_object(Bucket="conditional-put", Key=key, Body=b"{}", IfNoneMatch="*")
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "won"

    with ThreadPoolExecutor(10) as pool:
        for key in ("a", "b", "c", "d", "e"):
            outcomes = sorted(pool.map(put, clients, [key] * 10))
            assert outcomes == ["PreconditionFailed"] * 9 + ["won"]


def test_requests_to_moto_take_turns() -> None:
    inside = threading.Semaphore(1)

    def moto(_: object, __: object) -> list[bytes]:
        assert inside.acquire(blocking=False), "two requests at once"
        time.sleep(0.01)
        inside.release()
        return [b"done"]

    application = Application(moto, any_about())

    with ThreadPoolExecutor(10) as pool:
        answers = pool.map(lambda _: application({"PATH_INFO": "/"}, start_nothing), range(10))
    assert list(answers) == [[b"done"]] * 10


def test_only_requests_to_moto_count_against_idleness() -> None:
    application = Application(lambda _, __: [], any_about())
    time.sleep(0.05)
    application({"PATH_INFO": ABOUT_PATH}, start_nothing)
    after_a_look = application.idle_seconds()
    application({"PATH_INFO": "/"}, start_nothing)
    after_a_request = application.idle_seconds()

    assert after_a_look >= 0.05 > after_a_request


def any_about() -> About:
    return About("http://127.0.0.1:1", "endpoint", "1", 1, 1, 1, "now")


def start_nothing(*_: object) -> Any:
    return None
