"""What exists in an account beside what the code wants, on the embedded AWS without Terraform."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import environments
from constructs_lib.definition import rendered
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.service import Service
from tests.unit.synthesis import PROD
from tools.adopt.asking import Reader
from tools.adopt.code import Stack, Wanted
from tools.adopt.from_live import service_from_live, unknown
from tools.adopt.live import KINDS
from tools.adopt.looking import Looked, Status, beside, look
from tools.aws import Aws
from tools.local_aws import LocalAws
from tools.refused import Refused
from tools.review import words

TRUST: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject"}]}
READ["Statement"][0]["Resource"] = "*"  # type: ignore[index]
ACCESS = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
BUCKET = "some-state"
CONTAINER = {"name": "web", "image": "web:1", "essential": True, "memory": 64}


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalAws]:
    with LocalAws() as aws:
        iam = aws.client("iam")
        iam.create_role(
            RoleName="movies",
            AssumeRolePolicyDocument=json.dumps(TRUST),
            Description="of movies",
            Path="/apps/",
            Tags=[{"Key": "team", "Value": "movies"}],
        )
        iam.attach_role_policy(RoleName="movies", PolicyArn=ACCESS)
        iam.put_role_policy(RoleName="movies", PolicyName="reads", PolicyDocument=json.dumps(READ))
        iam.create_open_id_connect_provider(
            Url="https://token.example.com", ClientIDList=["b", "a"], ThumbprintList=["0" * 40]
        )
        logs = aws.client("logs")
        logs.create_log_group(logGroupName="/ecs/movies-too")
        logs.create_log_group(logGroupName="/ecs/movies", tags={"team": "movies"})
        logs.put_retention_policy(logGroupName="/ecs/movies", retentionInDays=30)
        s3 = aws.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
        ecs = aws.client("ecs")
        for _ in range(11):
            ecs.register_task_definition(family="movies", containerDefinitions=[CONTAINER])
        ecs.deregister_task_definition(taskDefinition="movies:11")
        ecs.register_task_definition(family="movies-too", containerDefinitions=[CONTAINER])
        yield aws


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every operation that was asked of AWS."""
    return []


@pytest.fixture(scope="module")
def reader(aws: LocalAws, asked: list[str]) -> Reader:
    # Another region's or account's environment would do: nothing but `endpoint` is read of it.
    environment = type(PROD)(**{**PROD.given, "endpoint": aws.endpoint})
    clients = Aws(environment)
    clients._session.events.register("before-call", lambda model, **_: asked.append(model.name))
    return Reader(clients)


def looked(
    reader: Reader,
    type_: str,
    values: dict[str, Any],
    state: dict[str, Any] | None = None,
    tags: dict[str, str] | None = None,
) -> Looked:
    """One resource of a stack of its own."""
    wanted = Wanted("some", f"{type_}.x", values)
    stack = Stack("some", Path(), {}, [wanted], tags or {})
    [found] = look(stack, {} if state is None else {wanted.address: state}, reader)
    return found


def said(found: Looked) -> list[str]:
    return [words.field(field) for field in found.fields]


ROLE = {
    "name": "movies",
    "path": "/apps/",
    "description": "of movies",
    "assume_role_policy": TRUST,
    "tags": {"team": "movies"},
}
SAME: dict[str, tuple[str, dict[str, Any], str]] = {
    "a role": ("aws_iam_role", ROLE, "movies"),
    "a role whose policy is written otherwise": (
        "aws_iam_role",
        ROLE
        | {
            "assume_role_policy": {
                "Version": "2012-10-17",
                "Statement": {**TRUST["Statement"][0], "Sid": "", "Action": ["sts:AssumeRole"]},
            }
        },
        "movies",
    ),
    "an attachment": (
        "aws_iam_role_policy_attachment",
        {"role": "movies", "policy_arn": ACCESS},
        f"movies/{ACCESS}",
    ),
    "a role's policy": (
        "aws_iam_role_policy",
        {"role": "movies", "name": "reads", "policy": READ},
        "movies:reads",
    ),
    "an identity provider": (
        "aws_iam_openid_connect_provider",
        {"url": "https://token.example.com", "client_id_list": ["a", "b"]},
        "arn:aws:iam::127549748682:oidc-provider/token.example.com",
    ),
    "a log group": (
        "aws_cloudwatch_log_group",
        {"name": "/ecs/movies", "retention_in_days": 30, "tags": {"team": "movies"}},
        "/ecs/movies",
    ),
    "a bucket": ("aws_s3_bucket", {"bucket": BUCKET, "force_destroy": False}, BUCKET),
    "the newest ACTIVE revision, by number": (
        "aws_ecs_task_definition",
        {"family": "movies", "container_definitions": [CONTAINER], "skip_destroy": True},
        "arn:aws:ecs:us-east-1:127549748682:task-definition/movies:10",
    ),
}


@pytest.mark.parametrize(("type_", "values", "id"), SAME.values(), ids=SAME)
def test_what_is_the_same_is_imported(
    reader: Reader, type_: str, values: dict[str, Any], id: str
) -> None:
    found = looked(reader, type_, values)
    assert (found.status, said(found), found.import_id) == (Status.IMPORT, [], id)


DIFFERENT: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a role's description, trust and tags": (
        "aws_iam_role",
        ROLE
        | {
            "description": "else",
            "tags": {},
            "max_session_duration": 7200,
            "assume_role_policy": {
                **TRUST,
                "Statement": [{**TRUST["Statement"][0], "Principal": {"Service": "a.b"}}],
            },
        },
        [
            "- trust: allow sts:AssumeRole by Service ecs-tasks.amazonaws.com",
            "+ trust: allow sts:AssumeRole by Service a.b",
            'description "of movies" -> else',
            "max_session_duration 3600 -> 7200",
            "- tags.team = movies",
        ],
    ),
    "a trust policy in other words": (
        "aws_iam_role",
        ROLE
        | {"assume_role_policy": {**TRUST, "Statement": [{**TRUST["Statement"][0], "Sid": "a"}]}},
        ["assume_role_policy the same permissions -> in other words"],
    ),
    "a permissions boundary": (
        "aws_iam_role",
        ROLE | {"permissions_boundary": "arn:b"},
        ["+ permissions_boundary = arn:b"],
    ),
    "a log group's retention": (
        "aws_cloudwatch_log_group",
        {"name": "/ecs/movies", "tags": {"team": "movies"}},
        ["- retention_in_days = 30"],
    ),
    "an argument that is not looked at": (
        "aws_s3_bucket",
        {"bucket": BUCKET, "object_lock_enabled": True},
        ["object_lock_enabled (not looked at) -> true"],
    ),
    "versioning that is suspended": (
        "aws_s3_bucket_versioning",
        {"bucket": BUCKET, "versioning_configuration": {"status": "Enabled"}},
        ["versioning_configuration.status Suspended -> Enabled"],
    ),
    "a role's policy": (
        "aws_iam_role_policy",
        {"role": "movies", "name": "reads", "policy": {**READ, "Statement": []}},
        ["- policy: allow s3:GetObject on *"],
    ),
    "tags of a task definition": (
        "aws_ecs_task_definition",
        {"family": "movies", "container_definitions": [CONTAINER], "tags": {"a": "b"}},
        ["+ tags.a = b"],
    ),
}


@pytest.mark.parametrize(("type_", "values", "fields"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_is_imported_and_changed(
    reader: Reader, type_: str, values: dict[str, Any], fields: list[str]
) -> None:
    found = looked(reader, type_, values)
    assert (found.status, said(found)) == (Status.DIFFERENT, fields)
    assert found.import_id is not None


def test_an_environments_tags_are_a_difference(reader: Reader) -> None:
    found = looked(reader, "aws_s3_bucket", {"bucket": BUCKET}, tags={"team": "movies"})
    assert said(found) == ["+ tags.team = movies"]


REPLACED: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a role's path": (
        "aws_iam_role",
        {name: value for name, value in ROLE.items() if name != "path"},
        ["path /apps/ -> /"],
    ),
    "a log group's class": (
        "aws_cloudwatch_log_group",
        {
            "name": "/ecs/movies",
            "retention_in_days": 30,
            "tags": {"team": "movies"},
            "log_group_class": "INFREQUENT_ACCESS",
        },
        ["log_group_class STANDARD -> INFREQUENT_ACCESS"],
    ),
    "a container of a task definition": (
        "aws_ecs_task_definition",
        {"family": "movies", "container_definitions": [{**CONTAINER, "image": "web:2"}]},
        ["image 1 -> 2"],
    ),
    "a default that is written": (
        "aws_ecs_task_definition",
        {
            "family": "movies",
            "container_definitions": [CONTAINER],
            "pid_mode": "task",
            "runtime_platform": {"cpu_architecture": "X86_64"},
        },
        ["+ pidMode = task", "+ runtimePlatform.cpuArchitecture = X86_64"],
    ),
}


@pytest.mark.parametrize(("type_", "values", "fields"), REPLACED.values(), ids=REPLACED)
def test_what_an_import_would_destroy_is_not_imported(
    reader: Reader, type_: str, values: dict[str, Any], fields: list[str]
) -> None:
    found = looked(reader, type_, values)
    assert (found.status, said(found), found.import_id) == (Status.DIFFERENT, fields, None)


MISSING: dict[str, tuple[str, dict[str, Any]]] = {
    "a role": ("aws_iam_role", {"name": "nobody"}),
    "an attachment of a role that is there": (
        "aws_iam_role_policy_attachment",
        {"role": "movies", "policy_arn": "arn:aws:iam::aws:policy/SecretsManagerReadWrite"},
    ),
    "an attachment of a role that is not": (
        "aws_iam_role_policy_attachment",
        {"role": "nobody", "policy_arn": ACCESS},
    ),
    "a role's policy": ("aws_iam_role_policy", {"role": "movies", "name": "x"}),
    "an identity provider": ("aws_iam_openid_connect_provider", {"url": "https://x"}),
    "a log group whose name others begin with": (
        "aws_cloudwatch_log_group",
        {"name": "/ecs/movie"},
    ),
    "a family whose name others begin with": ("aws_ecs_task_definition", {"family": "movie"}),
    "a bucket": ("aws_s3_bucket", {"bucket": "nobodys"}),
    "versioning of no bucket": ("aws_s3_bucket_versioning", {"bucket": "nobodys"}),
    "encryption": (
        "aws_s3_bucket_server_side_encryption_configuration",
        {"bucket": BUCKET},
    ),
    "a public access block": ("aws_s3_bucket_public_access_block", {"bucket": BUCKET}),
    "a bucket's policy": ("aws_s3_bucket_policy", {"bucket": BUCKET}),
}


@pytest.mark.parametrize(("type_", "values"), MISSING.values(), ids=MISSING)
def test_what_is_not_there_is_to_create(reader: Reader, type_: str, values: dict[str, Any]) -> None:
    assert looked(reader, type_, values).status is Status.CREATE


def test_what_is_in_the_state_is_managed_or_gone(reader: Reader) -> None:
    role = looked(reader, "aws_iam_role", {"name": "movies"}, state={})
    assert (role.status, role.import_id) == (Status.MANAGED, None)
    assert looked(reader, "aws_iam_role", {"name": "nobody"}, state={}).status is Status.GONE


def test_a_managed_task_definition_is_told_by_its_own_revision(reader: Reader) -> None:
    state = {"arn": "arn:aws:ecs:us-east-1:127549748682:task-definition/movies:3"}
    found = looked(reader, "aws_ecs_task_definition", {"family": "movies"}, state=state)
    assert (found.status, found.name) == (Status.MANAGED, "movies:3")


def test_what_nobody_knows_is_said_to_be_not_known(reader: Reader) -> None:
    assert looked(reader, "aws_x", {}).status is Status.UNKNOWN
    assert looked(reader, "aws_x", {}, state={}).status is Status.MANAGED


def test_what_a_role_has_beside_the_code_is_told(reader: Reader) -> None:
    stack = Stack(
        "some",
        Path(),
        {},
        [
            Wanted("some", "aws_iam_role.x", ROLE),
            Wanted(
                "some",
                "aws_iam_role_policy_attachment.x",
                {"role": "movies", "policy_arn": ACCESS},
            ),
        ],
        {},
    )
    assert beside(look(stack, {}, reader)) == {"movies": ["own policy reads"]}


def test_families_that_the_code_has_not(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    services = [Service(name="x", family="movies")]
    assert unknown(services, reader) == ["movies-too"]
    other = Environment(**{**PROD.given, "name": "other", "name_suffix": "-too"})
    monkeypatch.setattr(environments, "ENVIRONMENTS", [PROD, other])
    assert unknown(services, reader) == []


def test_an_entry_from_live_is_of_the_newest_active_revision(reader: Reader) -> None:
    service, revision = service_from_live("movies", [], reader)
    assert (service.name, revision.name) == ("movies", "movies:10")


def test_an_entry_from_live_has_its_own_tags(aws: LocalAws, reader: Reader) -> None:
    ecs = aws.client("ecs")
    tags = [{"key": "team", "value": "x"}]
    ecs.register_task_definition(family="tagged", containerDefinitions=[CONTAINER], tags=tags)
    try:
        service, _ = service_from_live("tagged", [], reader)
    finally:
        ecs.deregister_task_definition(taskDefinition="tagged:1")
    assert service.tags == {"team": "x"}


class Staging(Reader):
    """What is asked in an environment with a prefix of the same account."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader._aws)
        self.environment = Environment(**reader.environment.given, name_prefix="stg-")


def test_an_entry_from_live_has_its_names_without_the_prefix(aws: LocalAws, reader: Reader) -> None:
    staging = Staging(reader)
    service = Service(name="movies", log_group_name="/apps/movies", user="me")
    definition = rendered(service, staging.environment)
    ecs, logs = aws.client("ecs"), aws.client("logs")
    ecs.register_task_definition(**definition)
    logs.create_log_group(logGroupName="/apps/stg-movies")
    logs.put_retention_policy(logGroupName="/apps/stg-movies", retentionInDays=7)
    try:
        found, revision = service_from_live("stg-movies", [Service(name="mine")], staging)
        assert revision.name == "stg-movies:1"
        assert found == Service(**service.given, log_retention_days=7)
        assert "stg-movies" not in unknown([found], staging)
        cases: list[tuple[int, dict[str, Any]]] = [(7, {}), (30, {"log_retention_days": 7})]
        for days, given in cases:
            defaults = {"log_retention_days": days}
            staging.environment = Environment(
                **reader.environment.given, name_prefix="stg-", service_defaults=defaults
            )
            found, _ = service_from_live("stg-movies", [], staging)
            assert found == Service(**service.given, **given)
    finally:
        ecs.deregister_task_definition(taskDefinition="stg-movies:1")


def test_a_family_of_another_environment_is_a_sentence(reader: Reader) -> None:
    sentence = "definition: 'family' must be stg-NAME, as every family of prod (got 'movies-too')"
    with pytest.raises(InvalidInput, match=f"^{re.escape(sentence)}"):
        service_from_live("movies-too", [], Staging(reader))


@pytest.mark.parametrize(
    ("family", "sentence"),
    [
        (
            "movies-tool",
            "there is no ACTIVE task definition 'movies-tool'; "
            "the nearest that the code does not have is 'movies-too'",
        ),
        ("mine", "'mine' is in services.py already; run: .venv/bin/python -m tools.adopt mine"),
    ],
)
def test_what_cannot_be_taken_from_live(reader: Reader, family: str, sentence: str) -> None:
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        service_from_live(family, [Service(name="mine")], reader)


def test_an_answer_that_is_denied_is_a_sentence(reader: Reader) -> None:
    class Denied:
        """A client whose answer is an error of AWS."""

        meta = SimpleNamespace(method_to_api_mapping={"get_role": "GetRole"})

        def get_role(self, **_: Any) -> Any:
            from botocore.exceptions import ClientError

            error = {"Error": {"Code": "AccessDenied", "Message": "not you"}}
            raise ClientError(error, "GetRole")

    class Clients:
        environment = PROD

        def client(self, _: str) -> Any:
            return Denied()

    sentence = (
        "role movies cannot be read (iam:GetRole: AccessDenied: not you); "
        "let your credentials do that, or choose others with AWS_PROFILE"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        looked(Reader(Clients()), "aws_iam_role", {"name": "movies"})  # type: ignore[arg-type]


def test_every_question_only_reads(reader: Reader, asked: list[str]) -> None:
    """The last test of this file: every kind has been looked for by now."""
    for type_, values in (*MISSING.values(), *((each[0], each[1]) for each in SAME.values())):
        looked(reader, type_, values)
    assert {type_ for type_, _ in MISSING.values()} == set(KINDS)
    assert len(asked) > len(KINDS)
    assert [
        name for name in asked if not name.startswith(("Get", "List", "Describe", "Head"))
    ] == []
