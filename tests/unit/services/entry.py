"""What the entry of a service in services.py makes, and what its file here says that it makes."""

from __future__ import annotations

import sys
from pathlib import Path

from services import SERVICES
from stacks.service import ServiceStack
from tests.golden.write import text, write_golden
from tests.unit.synthesis import PROD, synthesized
from tools.service_test import code_file

FOLDER = Path(__file__).parent


def golden(name: str) -> str:
    """The JSON file of a service, which `make golden` writes; empty before it has."""
    file = FOLDER / f"{name}.json"
    return file.read_text("utf-8") if file.exists() else ""


def made(name: str) -> str:
    """All resources of a service's stack in the tests' own `prod`, with the texts in them decoded.

    So it is the same whatever environments.py and images.txt say.
    """
    found = [each for each in SERVICES if each.name == name]
    assert found, f"services.py has no {name} any more; delete its two files here"
    [service] = found
    stack = synthesized(lambda app: ServiceStack(app, service=service, environment=PROD))
    return text(stack["resource"])


def write() -> None:
    """Writes the files of all services that have a test here; names those of services that went."""
    names = [str(service.name) for service in SERVICES]
    for name in names:
        if (FOLDER / code_file(name).name).exists():
            write_golden(FOLDER / f"{name}.json", made(name))
    for file in sorted(FOLDER.glob("*.json")):
        if file.stem not in names:
            test = code_file(file.stem).name
            print(
                f"tests/unit/services: services.py has no {file.stem} any more; delete {file.name} "
                f"and {test}",
                file=sys.stderr,
            )
