"""What is planned: a configuration that is applied, and one that is planned after it.

Beside it, what somebody does outside Terraform in between. Every secret in here is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.plans.configurations import (
    ACCOUNT,
    REPOSITORY,
    SECRET,
    Config,
    allow,
    container,
    pairs,
    policy,
    resources,
    role,
    service,
    tagged,
    trust,
    with_,
)
from tests.plans.foreign import FOREIGN_AFTER, FOREIGN_BEFORE
from tests.plans.planted import configuration, planted

#: Gets a function that gives boto3 clients by the name of their service.
Outside = Callable[[Callable[[str], Any]], None]


class Case(NamedTuple):
    """`before` None: nothing is there yet. `outside` happens after it is applied."""

    after: Config | str
    before: Config | str | None = None
    outside: Outside | None = None


BUCKET = "arn:aws:s3:::movies"
READ = allow("s3:GetObject", f"{BUCKET}/*")
LIST = allow("s3:ListBucket", BUCKET)
ONLY_OURS = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
DIGEST = f"{REPOSITORY}@sha256:{'ab' * 32}"
XRAY = {"name": "xray", "image": "public.ecr.aws/xray/aws-xray-daemon:3.3.7", "essential": False}


def _make_log_group_and_role(client: Callable[[str], Any]) -> None:
    client("logs").create_log_group(logGroupName="/ecs/movie-service")
    client("iam").create_role(RoleName="movie-task-role", AssumeRolePolicyDocument=trust())


def _change_the_role(client: Callable[[str], Any]) -> None:
    client("iam").update_role(RoleName="movie-task-role", Description="by hand")
    wide = policy(allow("s3:*", "*"))
    client("iam").put_role_policy(RoleName="movie-task-role", PolicyName="own", PolicyDocument=wide)


def _delete_the_log_group(client: Callable[[str], Any]) -> None:
    client("logs").delete_log_group(logGroupName="/ecs/movie-service")


_IMPORTED = with_(
    role(),
    resource={"aws_cloudwatch_log_group": {"log_group": {"name": "/ecs/movie-service"}}},
)
_IMPORTS = [
    {"to": "aws_iam_role.role", "id": "movie-task-role"},
    {"to": "aws_cloudwatch_log_group.log_group", "id": "/ecs/movie-service"},
]
_LOG_GROUP = resources(aws_cloudwatch_log_group={"log_group": {"name": "/ecs/movie-service"}})
_ROLE_ARN = "${aws_iam_role.role.arn}"
_ROLE_AND_TASK = with_(
    service(task_role_arn=_ROLE_ARN, execution_role_arn=_ROLE_ARN), resource=role()["resource"]
)

CASES: dict[str, Case] = {
    # A service's life
    "first-deploy": Case(service(container(image=DIGEST))),
    "nothing-changes": Case(service(), service()),
    "nothing-at-all": Case({}),
    "image-only": Case(service(container(image=f"{REPOSITORY}:1.5.0")), service()),
    "image-by-a-mutable-tag": Case(
        service(container(image=f"{REPOSITORY}:latest")), service(container(image=DIGEST))
    ),
    "environment-reordered": Case(
        service(container(environment=pairs(SPRING_PROFILES_ACTIVE="prod", JAVA_OPTS="-Xmx512m"))),
        service(),
    ),
    "environment-reordered-with-a-new-image": Case(
        service(
            container(
                image=f"{REPOSITORY}:1.5.0",
                environment=pairs(SPRING_PROFILES_ACTIVE="prod", JAVA_OPTS="-Xmx512m"),
            )
        ),
        service(),
    ),
    "defaults-only": Case(
        service(
            container(
                cpu=0,
                essential=True,
                privileged=False,
                readonlyRootFilesystem=False,
                stopTimeout=30,
                versionConsistency="enabled",
            )
        ),
        service(),
    ),
    "environment-and-size": Case(
        service(
            container(
                environment=pairs(JAVA_OPTS="-Xmx1g -Dx=1", SPRING_PROFILES_ACTIVE="staging"),
                secrets=[{"name": "DB_PASSWORD", "valueFrom": SECRET}],
                portMappings=[{"containerPort": 9090, "hostPort": 9090, "protocol": "tcp"}],
            ),
            cpu="1024",
            memory="2048",
        ),
        service(),
    ),
    "secret-added": Case(
        service(container(secrets=[{"name": "DB_PASSWORD", "valueFrom": SECRET}])), service()
    ),
    "container-added": Case(service(container(), XRAY), service()),
    "container-removed": Case(service(), service(container(), XRAY)),
    "tags-only": Case(
        service(tags={"team": "catalogue", "cost": "42"}), service(tags={"team": "movies"})
    ),
    "default-tags-only": Case(
        tagged(service(), environment="prod", cost="42"), tagged(service(), environment="staging")
    ),
    "default-tags-and-own": Case(
        tagged(service(tags={"team": "catalogue"}), environment="prod", cost="42"),
        tagged(service(tags={"team": "movies"}), environment="staging"),
    ),
    "stack-destroyed": Case({}, service()),
    # What the rules are for
    "log-group-destroyed": Case(
        resources(aws_ecs_task_definition=service()["resource"]["aws_ecs_task_definition"]),
        service(),
    ),
    "log-group-replaced": Case(service(log_group={"name": "/ecs/movies"}), service()),
    "state-bucket-destroyed": Case(
        {}, resources(aws_s3_bucket={"state": {"bucket": "netflux-terraform-state"}})
    ),
    "revision-deregistered": Case(
        service(container(image=f"{REPOSITORY}:1.5.0"), skip_destroy=False),
        service(skip_destroy=False),
    ),
    "secret-in-plain-text": Case(
        service(container(environment=pairs(DB_PASSWORD=planted("variable")))), service()
    ),
    "privileged-and-root": Case(
        service(
            container(user="root"),
            XRAY | {"privileged": True},
            requires_compatibilities=["EC2"],
        ),
        service(container(user="1000"), XRAY, requires_compatibilities=["EC2"]),
    ),
    "user-left-to-the-image": Case(service(), service(container(user="1000"))),
    "logging-taken-away": Case(service(container(logConfiguration=None)), service()),
    "size-jump": Case(service(cpu="4096", memory="8192"), service()),
    "role-renamed": Case(
        with_(_ROLE_AND_TASK, resource=role(name="movie-role")["resource"]), _ROLE_AND_TASK
    ),
    "role-replaced-alone": Case(role(name="movie-role"), role()),
    # Permissions
    "iam-action-added-in-another-order": Case(
        role(allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], [f"{BUCKET}/*"]), LIST),
        role(LIST, allow(["s3:GetObject", "s3:PutObject"], f"{BUCKET}/*")),
    ),
    "iam-statement-split": Case(
        role(READ, allow(["s3:PutObject"], f"{BUCKET}/*")),
        role(allow(["s3:PutObject", "s3:GetObject"], f"{BUCKET}/*")),
    ),
    "iam-narrowed": Case(role(READ), role(allow("s3:*", "*"))),
    "iam-wildcards-gained": Case(role(READ, allow("sqs:*", "*")), role(READ)),
    "iam-condition-changed": Case(
        role({**READ, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
        role({**READ, "Condition": {"Bool": {"aws:SecureTransport": ["true"]}}}),
    ),
    "trust-condition-lost": Case(role(), role(trusts=trust(Condition=ONLY_OURS))),
    "trust-condition-gained": Case(role(trusts=trust(Condition=ONLY_OURS)), role()),
    "trust-widened": Case(
        role(trusts=trust({"Service": ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com"]})),
        role(),
    ),
    "broad-policy-attached": Case(
        with_(
            role(),
            resource={
                "aws_iam_role_policy_attachment": {
                    "admin": {
                        "role": "${aws_iam_role.role.name}",
                        "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
                    }
                }
            },
        ),
        role(),
    ),
    # What Terraform does beside changing
    "import-only": Case(with_(_IMPORTED, **{"import": _IMPORTS}), outside=_make_log_group_and_role),
    "import-with-a-change": Case(
        with_(
            _IMPORTED,
            resource={
                "aws_cloudwatch_log_group": {
                    "log_group": {"name": "/ecs/movie-service", "retention_in_days": 30}
                }
            },
            **{"import": _IMPORTS},
        ),
        outside=_make_log_group_and_role,
    ),
    "drift": Case(role(READ), role(READ), outside=_change_the_role),
    "drift-with-a-change": Case(
        role(READ, description="of movies"), role(READ), outside=_change_the_role
    ),
    "deleted-outside": Case(_LOG_GROUP, _LOG_GROUP, outside=_delete_the_log_group),
    "moved": Case(
        with_(
            resources(aws_cloudwatch_log_group={"logs": {"name": "/ecs/movie-service"}}),
            moved=[
                {
                    "from": "aws_cloudwatch_log_group.log_group",
                    "to": "aws_cloudwatch_log_group.logs",
                }
            ],
        ),
        _LOG_GROUP,
    ),
    "forgotten": Case(
        {
            "removed": [
                {
                    "from": "aws_cloudwatch_log_group.log_group",
                    "lifecycle": {"destroy": False},
                }
            ]
        },
        _LOG_GROUP,
    ),
    "outputs-only": Case(
        with_(_LOG_GROUP, output={"name": {"value": "two"}, "new": {"value": [1, 2]}}),
        with_(_LOG_GROUP, output={"name": {"value": "one"}, "old": {"value": "x"}}),
    ),
    # What is not known
    "unknown-inside-json": Case(
        service(
            container(
                environment=pairs(
                    LOG_GROUP="${aws_cloudwatch_log_group.log_group.arn}",
                    SPRING_PROFILES_ACTIVE="prod",
                )
            ),
            log_group={"name": "/ecs/movies"},
        ),
        service(),
    ),
    "unknown-role": Case(_ROLE_AND_TASK),
    "unknown-policy": Case(
        with_(
            role(allow("sqs:SendMessage", "${aws_sqs_queue.queue.arn}")),
            resource={"aws_sqs_queue": {"queue": {"name": "movies"}}},
        )
    ),
    # What must not be read
    "sensitive-values": Case(configuration("two"), configuration("one")),
    "sensitive-values-created": Case(configuration("one")),
    # What goes wrong
    "error-plan": Case(
        with_(
            service(container(image=f"{REPOSITORY}:1.5.0")),
            data={
                "aws_iam_role": {
                    "absent": {
                        "name": "no-such-role",
                        "depends_on": ["aws_cloudwatch_log_group.log_group"],
                    }
                }
            },
        ),
        service(),
    ),
    "failed-check": Case(
        with_(
            _LOG_GROUP,
            check={
                "retention": {
                    "assert": {
                        "condition": "${aws_cloudwatch_log_group.log_group.retention_in_days > 0}",
                        "error_message": "The log group keeps everything for ever.",
                    }
                }
            },
        ),
        _LOG_GROUP,
    ),
    # Other people's projects
    "foreign-project": Case(FOREIGN_BEFORE),
    "foreign-project-changed": Case(FOREIGN_AFTER, FOREIGN_BEFORE),
}
