"""A state of `iam`, and what is said of a service that needs more than it allows."""

from __future__ import annotations

import json

from tests.unit.tools.aws_in_process import ACCOUNT, state

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
