"""A service that comes from a task definition file, with arguments beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_lib import definition as definition_module
from constructs_lib.definition import described, rendered
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.service import Service
from constructs_lib.service_check import problems

PROD = Environment(
    name="prod", account_id="127549748682", region="us-east-1", state_bucket="netflux-state"
)
FILE: dict[str, Any] = {
    "family": "movie-service",
    "networkMode": "awsvpc",
    "requiresCompatibilities": ["FARGATE"],
    "cpu": "256",
    "memory": "512",
    "taskRoleArn": "arn:aws:iam::127549748682:role/netflux-task-role",
    "executionRoleArn": "arn:aws:iam::127549748682:role/ecs-task-execution-role",
    "containerDefinitions": [
        {
            "name": "app",
            "image": "public.ecr.aws/movie:1.0",
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/movies",
                    "awslogs-region": "us-east-1",
                    "awslogs-stream-prefix": "app",
                },
            },
        },
        {"name": "otel", "image": "public.ecr.aws/otel:1", "essential": False},
    ],
}
DESCRIBED = {
    "taskDefinition": {
        **FILE,
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:127549748682:task-definition/movie-service:7",
        "revision": 7,
        "status": "ACTIVE",
        "pidMode": None,
        "registeredAt": "2025-11-20T10:00:00Z",
    },
    "tags": [],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, with the two files in it."""
    monkeypatch.setattr(definition_module, "PROJECT", tmp_path)
    (tmp_path / "movie.json").write_text(json.dumps(FILE))
    (tmp_path / "described.json").write_text(json.dumps(DESCRIBED))
    return tmp_path


def movie(**arguments: Any) -> Service:
    arguments = {"task_definition_file": "movie.json", **arguments}
    return Service(name="movie-service", **arguments)


def changed(**changes: Any) -> dict[str, Any]:
    """The file's definition as AWS returns it, with other values in the first container."""
    plain = rendered(movie(), PROD)
    own, *others = plain["containerDefinitions"]
    return plain | {"containerDefinitions": [own | changes, *others]}


@pytest.mark.usefixtures("folder")
def test_what_is_in_the_file_is_what_is_registered() -> None:
    task = rendered(movie(), PROD)
    assert list(problems(movie(), PROD)) == []
    own, otel = task.pop("containerDefinitions")
    assert task == {
        **{key: value for key, value in FILE.items() if key != "containerDefinitions"},
        "placementConstraints": [],
        "volumes": [],
    }
    returned = {
        "cpu": 0,
        "environment": [],
        "essential": True,
        "mountPoints": [],
        "portMappings": [],
        "systemControls": [],
        "volumesFrom": [],
    }
    assert own == returned | FILE["containerDefinitions"][0]
    assert otel == returned | FILE["containerDefinitions"][1]


@pytest.mark.usefixtures("folder")
def test_what_aws_describes_is_the_same() -> None:
    described = movie(task_definition_file="described.json")
    assert rendered(described, PROD) == rendered(movie(), PROD)


@pytest.mark.usefixtures("folder")
def test_arguments_override_the_file_and_nothing_else() -> None:
    assert rendered(movie(image_tag="1.1"), PROD) == changed(image="public.ecr.aws/movie:1.1")
    assert rendered(movie(environment={"A": "1"}), PROD) == changed(
        environment=[{"name": "A", "value": "1"}]
    )
    assert rendered(movie(port=80), PROD) == changed(
        portMappings=[{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]
    )
    larger = rendered(movie(cpu_units=512, memory_mib="1 GB"), PROD)
    assert larger == rendered(movie(), PROD) | {"cpu": "512", "memory": "1024"}
    alone = rendered(movie(sidecars=[]), PROD)
    assert [each["name"] for each in alone["containerDefinitions"]] == ["app"]
    without_role = rendered(movie(task_role_arn=None), PROD)
    assert set(rendered(movie(), PROD)) - set(without_role) == {"taskRoleArn"}


@pytest.mark.usefixtures("folder")
def test_the_stack_makes_the_group_of_the_file() -> None:
    assert described(movie(), PROD).log_group == "/movies"


@pytest.mark.usefixtures("folder")
def test_a_mistake_in_the_file_is_named_as_aws_names_it(folder: Path) -> None:
    broken = json.loads(json.dumps(FILE))
    broken["containerDefinitions"][1]["portMapping"] = []
    (folder / "movie.json").write_text(json.dumps(broken))
    assert [problem.sentence("movie-service") for problem in problems(movie(port=0), PROD)] == [
        "movie-service: 'containerDefinitions[1].portMapping' is not known"
        " (got []); write 'portMappings'",
        "movie-service: 'port' must be 1 to 65535 (got 0); write 1 or more",
    ]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            "nowhere.json",
            "movie-service: 'task_definition_file' must be a file that can be read, seen from"
            " services.py (got 'nowhere.json'); the system says: No such file or directory",
        ),
        (
            "text.json",
            "movie-service: 'task_definition_file' must name a task definition in JSON"
            " (got 'text.json'); the file: is not JSON at line 1, column 1: Expecting value;"
            " mend it there",
        ),
    ],
)
def test_a_file_that_is_none_is_one_sentence(folder: Path, file: str, sentence: str) -> None:
    (folder / "text.json").write_text("hello")
    wrong = movie(task_definition_file=file, prot=1)
    assert [problem.sentence("movie-service") for problem in problems(wrong, PROD)] == [
        "movie-service: 'prot' is no argument of Service (got 1); write 'port'",
        sentence,
    ]
    with pytest.raises(InvalidInput) as raised:
        rendered(movie(task_definition_file=file), PROD)
    assert raised.value.sentences == [sentence]


def test_an_empty_role_of_a_file_is_none(folder: Path) -> None:
    (folder / "movie.json").write_text(json.dumps(FILE | {"taskRoleArn": ""}))
    assert "taskRoleArn" not in rendered(movie(), PROD)
    assert list(problems(movie(), PROD)) == []
