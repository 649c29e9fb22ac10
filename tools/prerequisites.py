"""Whether this machine has what the project stands on; a sentence for each thing it lacks.

It runs before anything is installed, so it imports nothing but the standard library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

OLDEST_PYTHON = (3, 10)
OLDEST_TERRAFORM = (1, 11)
_TERRAFORM_NEEDED = (
    "Terraform 1.11 or later is needed; "
    "get it from https://developer.hashicorp.com/terraform/install"
)


def lacking() -> list[str]:
    """A sentence for each thing that set-up itself needs and does not find."""
    sentences = []
    if sys.version_info < OLDEST_PYTHON:
        sentences.append(
            f"Python 3.10 or later is needed, and this is {sys.version.split()[0]}; "
            "get it from https://www.python.org/downloads/ and call make with PYTHON=python3.12"
        )
    if shutil.which("npm") is None:
        sentences.append(
            "npm was not found on the PATH; get Node, which brings it, "
            "from https://nodejs.org/en/download"
        )
    return sentences


def terraform_program(environment: Mapping[str, str]) -> str:
    """What to start as Terraform: TERRAFORM_BINARY_NAME, as for the CLI, such as `tofu`."""
    return environment.get("TERRAFORM_BINARY_NAME") or "terraform"


def terraform_lacking(environment: Mapping[str, str]) -> str | None:
    """The sentence for Terraform, or None when it is there and new enough."""
    name = terraform_program(environment)
    path = shutil.which(name, path=environment.get("PATH", os.defpath))
    if path is None:
        return f"'{name}' was not found on the PATH; {_TERRAFORM_NEEDED}"
    command = [path, "version"]
    said = subprocess.run(
        command, capture_output=True, text=True, check=False, env=dict(environment)
    ).stdout.split()
    version = said[1].lstrip("v") if len(said) > 1 else "unknown"
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return (
        f"'{name}' is version {version}; {_TERRAFORM_NEEDED}"
        if numbers < OLDEST_TERRAFORM
        else None
    )


if __name__ == "__main__":
    found = lacking()
    for sentence in found:
        print(sentence, file=sys.stderr)
    later = terraform_lacking(os.environ)
    if later:  # set-up, synth and the unit tests do without it
        print(f"warning: {later}", file=sys.stderr)
    sys.exit(1 if found else 0)
