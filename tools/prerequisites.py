"""Whether this machine has what the project stands on; a sentence for each thing it lacks.

It runs before anything is installed, so it imports nothing but the standard library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 10)
OLDEST_NODE = 18
OLDEST_TERRAFORM = (1, 11)
TERRAFORM_PAGE = "https://developer.hashicorp.com/terraform/install"


def lacking() -> list[str]:
    """A sentence for each thing that is missing or too old, with how to get it."""
    sentences = []
    if sys.version_info < OLDEST_PYTHON:
        sentences.append(
            f"Python 3.10 or later is needed (this is {sys.version.split()[0]}); "
            "get it from https://www.python.org/downloads/ and call make with PYTHON=python3.12"
        )
    if shutil.which("npm") is None:
        sentences.append(
            f"Node {OLDEST_NODE} or later, with npm, was not found on the PATH; "
            "get it from https://nodejs.org/en/download"
        )
    return sentences


def terraform_lacking() -> str | None:
    """The sentence for Terraform, or None when it is there and new enough."""
    name = os.environ.get("TERRAFORM_BINARY_NAME", "terraform")
    needed = f"Terraform 1.11 or later is needed; get it from {TERRAFORM_PAGE}"
    path = shutil.which(name)
    if path is None:
        return f"'{name}' was not found on the PATH. {needed}"
    said = subprocess.run([path, "version"], capture_output=True, text=True, check=False).stdout
    words = said.split()
    version = words[1].lstrip("v") if len(words) > 1 else "unknown"
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers < OLDEST_TERRAFORM:
        return f"'{name}' is version {version}. {needed}"
    return None


if __name__ == "__main__":
    terraform = terraform_lacking() if "--terraform" in sys.argv else None
    for sentence in (found := [terraform] if terraform else lacking()):
        print(sentence, file=sys.stderr)
    sys.exit(1 if found else 0)
