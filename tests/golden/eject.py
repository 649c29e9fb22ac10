"""Writes the golden HCL of the golden stacks: `make golden` runs it after tests.golden.write.

Terraform formats it, as `python -m tools.eject` has it do; the schemas are those that the stacks
need, so that a unit test needs no provider.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.golden.write import write_golden
from tools.eject import stack
from tools.eject.configuration import files
from tools.eject.shapes import Shapes
from tools.prerequisites import terraform_program
from tools.terraform_environment import terraform_environment

FOLDER = Path(__file__).parent
STACKS = ("state-bucket", "iam", "movie-service")


def _block(**inside: Any) -> dict[str, Any]:
    types = {name: {"nesting_mode": "list", "block": block} for name, block in inside.items()}
    return {"block_types": types, "attributes": {}}


SHAPES = Shapes(
    {
        "registry.terraform.io/hashicorp/aws": {
            "provider": {"block": _block(default_tags=_block(), endpoints=_block())},
            "resource_schemas": {
                "aws_ecs_task_definition": {"block": _block(runtime_platform=_block())},
                "aws_iam_role": {"block": _block()},
                "aws_s3_bucket_policy": {"block": _block()},
                "aws_s3_bucket_versioning": {"block": _block(versioning_configuration=_block())},
                "aws_s3_bucket_server_side_encryption_configuration": {
                    "block": _block(rule=_block(apply_server_side_encryption_by_default=_block()))
                },
            },
        }
    }
)


def hcl(name: str) -> str:
    """The files of a golden stack below one another, before `terraform fmt`."""
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        folder = project / "cdktf.out" / "stacks" / name
        folder.mkdir(parents=True)
        shutil.copy(FOLDER / f"{name}.prod.tf.json", folder / "cdk.tf.json")
        content = stack.read(folder, becomes=project / "terraform" / name, project=project)
    written = sorted(files(content, SHAPES).items())
    return "\n".join(f"# {file}\n\n{text}" for file, text in written)


def write() -> int:
    command = [terraform_program(os.environ), "fmt", "-"]
    environment = terraform_environment(os.environ)
    for name in STACKS:
        done = subprocess.run(
            command,
            input=hcl(name),
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            check=True,
        )
        write_golden(FOLDER / f"{name}.prod.tf", done.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(write())
