"""What the execution role may read: exactly what the services of the catalogue name."""

from __future__ import annotations

from constructs_lib.containers import Container
from constructs_lib.environment import Environment
from constructs_lib.execution_policy import execution_role_statements, task_role_statements
from constructs_lib.service import Service
from constructs_lib.service_check import problems

PROD = Environment(
    name="prod", account_id="127549748682", region="us-east-1", state_bucket="netflux-state"
)
SECRET = "arn:aws:secretsmanager:us-east-1:127549748682:secret:db-AbCdEf"
KEY = "arn:aws:kms:us-east-1:127549748682:key/1234"


def sentences(service: Service) -> list[str]:
    return [problem.sentence(str(service.name)) for problem in problems(service, PROD)]


def test_services_without_secrets_need_no_policy() -> None:
    assert execution_role_statements([Service(name="a"), Service(name="b")], PROD) == []


def test_one_statement_a_kind_sorted_and_without_repetition() -> None:
    services = [
        Service(
            name="b",
            secrets={"USER": f"{SECRET}:user::", "PASSWORD": f"{SECRET}:password::"},
            environment_files=["arn:aws:s3:::config/b.env"],
            kms_key_arns=[KEY],
        ),
        Service(name="a", secrets={"Z": "/z", "A": "/a"}, repository_credentials=SECRET),
    ]
    parameter = "arn:aws:ssm:us-east-1:127549748682:parameter"
    assert execution_role_statements(services, PROD) == [
        {
            "Sid": "ReadSecrets",
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [SECRET],
        },
        {
            "Sid": "ReadParameters",
            "Effect": "Allow",
            "Action": "ssm:GetParameters",
            "Resource": [f"{parameter}/a", f"{parameter}/z"],
        },
        {
            "Sid": "ReadEnvironmentFiles",
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": ["arn:aws:s3:::config/b.env"],
        },
        {
            "Sid": "LocateEnvironmentFiles",
            "Effect": "Allow",
            "Action": "s3:GetBucketLocation",
            "Resource": ["arn:aws:s3:::config"],
        },
        {"Sid": "DecryptSecrets", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": [KEY]},
    ]


def test_a_role_of_somebody_else_is_not_ours_to_allow() -> None:
    role = "arn:aws:iam::127549748682:role/theirs"
    service = Service(name="a", execution_role_arn=role, secrets={"A": SECRET})
    assert execution_role_statements([service], PROD) == []
    assert sentences(service) == [
        f"a: 'execution_role_arn' must be a role that may read {SECRET}, and the code has no such"
        f" role (got {role!r}); leave it out, so that the IAM stack lets ecs-task-execution-role"
        " read it, or say roles_managed_elsewhere=True"
    ]
    sure = Service(
        name="a", execution_role_arn=role, secrets={"A": SECRET}, roles_managed_elsewhere=True
    )
    assert sentences(sure) == []


def test_a_group_that_ecs_would_have_to_make_is_refused() -> None:
    service = Service(
        name="a",
        log_configuration={
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": "/elsewhere",
                "awslogs-create-group": "true",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "a",
            },
        },
    )
    assert sentences(service) == [
        "a: 'log_configuration.options.awslogs-group' must be the log group that the stack makes,"
        " as with 'awslogs-create-group' ECS makes it and the execution role lacks"
        " logs:CreateLogGroup (got '/elsewhere'); give log_group_name='/elsewhere', or take"
        " 'awslogs-create-group' away and make the group elsewhere"
    ]
    assert sentences(Service(**service.given, log_group_name="/elsewhere")) == []


def test_the_code_may_read_the_secrets_of_containers_and_not_what_ecs_reads_for_it() -> None:
    other = SECRET.replace(":db", ":other")
    services = [
        Service(
            name="a",
            secrets={"USER": f"{SECRET}:user::", "P": "/p"},
            environment_files=["arn:aws:s3:::config/b.env"],
            repository_credentials=other,
            kms_key_arns=[KEY],
            sidecars=[
                Container(
                    name="log",
                    image="x",
                    secrets={"S": f"{SECRET[:-7]}-side-AbCdE1"},
                    log_configuration={"logDriver": "splunk", "secretOptions": []},
                )
            ],
        ),
        Service(name="b", repository_credentials=other, kms_key_arns=[f"{KEY}5"]),
        Service(name="c", task_role_arn="theirs", secrets={"A": other}),
    ]
    assert task_role_statements(services, PROD) == [
        {
            "Sid": "ReadSecrets",
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [SECRET, f"{SECRET[:-7]}-side-AbCdE1"],
        },
        {
            "Sid": "ReadParameters",
            "Effect": "Allow",
            "Action": "ssm:GetParameters",
            "Resource": ["arn:aws:ssm:us-east-1:127549748682:parameter/p"],
        },
        {"Sid": "DecryptSecrets", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": [KEY]},
    ]


def test_what_is_said_for_the_environment_counts() -> None:
    service = Service(name="a", per_environment={"prod": {"secrets": {"A": SECRET}}})
    defaults = Environment(**PROD.given, service_defaults={"kms_key_arns": [KEY]})
    for statements in (execution_role_statements, task_role_statements):
        found = statements([service], defaults)
        assert [each["Resource"] for each in found] == [[SECRET], [KEY]]
