"""The services and environments of the console's walk, which the tests of the product run on.

So services.py and environments.py can say anything else, and no test of the product fails by it.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from constructs_lib.environment import Environment
from constructs_lib.service import Service
from tools.catalogue_entry import nested_entry

PROJECT = Path(__file__).parents[1]
WALK = ["SecretsManagerReadWrite", "AmazonEC2ContainerServiceRole", "confused_deputy_conditions"]
PROD = Environment(
    name="prod",
    account_id="127549748682",
    region="us-east-1",
    state_bucket="netflux-terraform-state-127549748682",
    acknowledged=WALK,
)
ENDPOINT = "http://127.0.0.1:4599"
LOCAL = Environment(
    name="local",
    account_id="127549748682",
    region="us-east-1",
    state_bucket="netflux-terraform-state-local",
    endpoint=ENDPOINT,
    tags={"environment": "local", "managed-by": "cdktf"},
    acknowledged=WALK,
)
TRUST: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "",
            "Effect": "Allow",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
"""The trust policy that the console gives both roles."""

SERVICES = [Service(name="movie-service"), Service(name="customer-service")]


def write(folder: Path, environments: Sequence[Environment] = (PROD, LOCAL)) -> None:
    """Writes the walk's services.py, and this project's environments.py with other environments.

    Their embedded AWS is where environments.py says that it listens.
    """
    entries = "\n".join(nested_entry(service, 4) for service in SERVICES)
    text = f"from constructs_lib.service import Service\n\nSERVICES = [\n{entries}\n]\n"
    (folder / "services.py").write_text(text, "utf-8")
    entries = "\n".join(nested_entry(environment, 4) for environment in environments)
    entries = entries.replace(f'"{ENDPOINT}"', "local_endpoint()")
    text = (PROJECT / "environments.py").read_text("utf-8")
    [own] = [each for each in ast.parse(text).body if "ENVIRONMENTS" in _assigned(each)]
    written = ast.get_source_segment(text, own)
    assert written is not None
    text = text.replace(written, f"ENVIRONMENTS = [\n{entries}\n]", 1)
    (folder / "environments.py").write_text(text, "utf-8")


def _assigned(statement: ast.stmt) -> list[str]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]
