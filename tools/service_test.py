"""A service's test, the file beside it, and how both come into the project with its entry."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from constructs_lib.errors import WRITABLE
from constructs_lib.service import Service
from tools.catalogue_file import add_entry
from tools.refused import Refused
from tools.whole_file import write_whole

_FOLDER = Path("tests", "unit", "services")
_TEST = '''\
"""What the entry of this service in services.py makes, whole, is in the JSON file beside this.

After a change that is meant, `make golden` writes that file anew; its difference is to be reviewed.
"""

from __future__ import annotations

from tests.unit.services.entry import golden, made


def test_what_it_makes() -> None:
    name = "{name}"
    assert made(name) == golden(name), "if that is meant: make golden"
'''


def service_test(name: str) -> dict[Path, str]:
    """The text of both for a service that has its name alone, by the path in the project."""
    golden = json.dumps(_resources(name), indent=2, sort_keys=True)
    return code_of(name) | {_FOLDER / f"{name}.json": golden + "\n"}


def code_of(name: str) -> dict[Path, str]:
    """The test alone, of any service; `make golden` then writes the file beside it."""
    return {code_file(name): _TEST.replace("{name}", name)}


def code_file(name: str) -> Path:
    """Where the test of a service is, in the project."""
    return _FOLDER / f"test_{name.replace('-', '_')}.py"


def add_with_test(project: Path, service: Service, test: Mapping[Path, str]) -> None:
    """Writes the files of a test and the entry in services.py, or none, whatever Ctrl-C does.

    The entry comes last, so that what a killed command left is written over.

    Raises:
        Refused: there is another test, or one of the files cannot be written.
    """
    written: list[Path] = []
    with _not_interrupted():
        try:
            for path, text in test.items():
                _write_new(project, path, text)
                written.append(project / path)
            add_entry(project / "services.py", service)
        except BaseException:
            for file in written:
                file.unlink()
            raise


def _resources(name: str) -> dict[str, object]:
    log_group = f"/ecs/{name}"
    container = {
        "name": name,
        "image": f"127549748682.dkr.ecr.us-east-1.amazonaws.com/{name}:latest",
        "essential": True,
        "cpu": 0,
        "environment": [{"name": "SPRING_PROFILES_ACTIVE", "value": "prod"}],
        "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": log_group,
                "awslogs-create-group": "true",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "ecs",
            },
        },
        "mountPoints": [],
        "systemControls": [],
        "volumesFrom": [],
    }
    task_definition = {
        "family": name,
        "requires_compatibilities": ["FARGATE"],
        "network_mode": "awsvpc",
        "runtime_platform": {"operating_system_family": "LINUX", "cpu_architecture": "X86_64"},
        "cpu": "512",
        "memory": "1024",
        "task_role_arn": "${data.terraform_remote_state.iam.outputs.task_role_arn}",
        "execution_role_arn": "${data.terraform_remote_state.iam.outputs.execution_role_arn}",
        "skip_destroy": True,
        "depends_on": ["aws_cloudwatch_log_group.log_group"],
        "container_definitions": [container],
    }
    return {
        "aws_cloudwatch_log_group": {"log_group": {"name": log_group}},
        "aws_ecs_task_definition": {"task_definition": task_definition},
    }


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Lets Ctrl-C come too late."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _write_new(project: Path, path: Path, text: str) -> None:
    file = project / path
    try:
        if file.exists() and file.read_text("utf-8") != text:
            raise Refused(f"{path}: is there already, and is another; move it, or delete it")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"{path}: cannot be written: {why}; {WRITABLE}") from None
