"""`python -m tools.provider_package`: downloads the pinned provider once, for all stacks.

It goes where NETFLUX_PROVIDER_MIRROR says, unless a mirror of this machine has it already. Without
it each stack's `init` would download its own, and there would be no process to share.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from stacks import provider_mirror
from tools.command_line import Command
from tools.prerequisites import terraform_lacking, terraform_program
from tools.terraform_environment import terraform_environment

_NAMED = "NETFLUX_PROVIDER_MIRROR"


def main() -> int:
    Command(prog="python -m tools.provider_package", description=__doc__).parse_args()
    environment = terraform_environment(os.environ)
    there = provider_mirror.mirror(environment, implied=True)
    if there is not None:
        print(f"provider_package: {there} has {provider_mirror.package_path()}")
        return 0
    folder = os.environ.get(_NAMED)
    unnamed = f"it has no folder to go to; name one in {_NAMED}"
    wrong = terraform_lacking(environment) if folder else unnamed
    if wrong or not folder:
        print(f"provider_package: {wrong}", file=sys.stderr)
        return 1
    return _download(Path(folder).expanduser().resolve(), environment)


def _download(folder: Path, environment: dict[str, str]) -> int:
    """Lets Terraform fill a plugin cache, which has the form of a mirror."""
    folder.mkdir(parents=True, exist_ok=True)
    provider = {"source": "hashicorp/aws", "version": provider_mirror.PROVIDER_VERSION}
    configuration = {"terraform": {"required_providers": {"aws": provider}}}
    program = terraform_program(environment)
    with tempfile.TemporaryDirectory(prefix="netflux-provider-") as empty:
        (Path(empty) / "main.tf.json").write_text(json.dumps(configuration), "utf-8")
        return subprocess.run(
            [program, "init", "-input=false", "-no-color"],
            cwd=empty,
            env=environment | {"TF_PLUGIN_CACHE_DIR": str(folder)},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
