"""Writes the golden files of synthesized stacks, and those of services: `make golden`.

A person runs it after a wanted change and reads the difference before committing it; the test run
only compares. The copies of AWS's own JSON beside them (`<service>.json`) are never written.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import main
from constructs_lib import catalogue
from constructs_lib.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from cdktf import App, TerraformStack

FOLDER = Path(__file__).parent
STATE_PATH = "../../../state-bucket.prod.tfstate"


def stacks() -> dict[str, dict[str, Any]]:
    """One stack of each kind in the walk's `prod`, by the name of its file."""
    from cdktf import Testing

    from stacks.iam import IamStack
    from stacks.service import ServiceStack
    from stacks.state_bucket import StateBucketStack
    from tests.unit.synthesis import an_app
    from tests.walk import PROD, SERVICES

    makers: dict[str, Callable[[App], TerraformStack]] = {
        "state-bucket": lambda app: StateBucketStack(app, environment=PROD, state_path=STATE_PATH),
        "iam": lambda app: IamStack(app, environment=PROD),
        "movie-service": lambda app: ServiceStack(app, service=SERVICES[0], environment=PROD),
    }
    return {
        f"{name}.prod.tf.json": json.loads(Testing.synth(make(an_app()), True))
        for name, make in makers.items()
    }


def text(stack: dict[str, Any]) -> str:
    return json.dumps(stack, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write() -> int:
    environment, services = catalogue.of_project()
    for _, sentence in catalogue.warned(services, environment):
        main.print_warning(sentence)
    from tests.unit.services import entry  # which imports services.py

    for name, stack in stacks().items():
        write_golden(FOLDER / name, text(stack))
    entry.write()
    return 0


def write_golden(file: Path, content: str) -> None:
    """Writes a file that is another than before, and says so."""
    if not file.exists() or file.read_text("utf-8") != content:
        file.write_text(content, "utf-8")
        print(os.path.relpath(file))


if __name__ == "__main__":
    main.start_node()
    main.lighten_imports()
    try:
        sys.exit(write())
    except InvalidInput as wrong:
        sys.exit("\n".join(wrong.sentences))
