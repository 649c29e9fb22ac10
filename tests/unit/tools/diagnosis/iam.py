"""A state of `iam`, what reads it, and what is said of a service that needs more than it allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.tools.aws_in_process import ACCOUNT, BUCKET, state

KEY = "iam/terraform.tfstate"

SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:movies/db-AbCdEf"
TOKEN = f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/movies/token"
UNREADABLE = (
    "movies: its tasks could not start, as the stack iam that is deployed does not let "
    "ecs-task-execution-role read {}; deploy it first, with: npx cdktf deploy iam"
)


def iam_state(*arns: str, role: str = "ecs-task-execution-role") -> bytes:
    """A state of iam in which a role may read these, one of them without a list around it."""
    statements = [{"Resource": [*arns[1:]]}, *({"Resource": arn} for arn in arns[:1])]
    instance = {"attributes": {"role": role, "policy": json.dumps({"Statement": statements})}}
    content = json.loads(state(1, "execution_role_reads"))
    content["resources"][0] |= {"type": "aws_iam_role_policy", "instances": [instance]}
    content["resources"].append({"type": "aws_iam_role", "instances": []})
    return json.dumps(content).encode()


def put(s3: Any, body: bytes, key: str = KEY) -> None:
    s3.put_object(Bucket=BUCKET, Key=key, Body=body)


def reads_iam(project: Path, **blocks: Any) -> None:
    """Synthesizes a movie-service that reads the state of iam, with other blocks beside it."""
    folder = project / "cdktf.out" / "stacks" / "movie-service"
    folder.mkdir(parents=True)
    content = {"data": {"terraform_remote_state": {"iam": {"config": {"key": KEY}}}}, **blocks}
    (folder / "cdk.tf.json").write_text(json.dumps(content))
