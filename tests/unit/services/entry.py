"""What the entry of a service in services.py makes, and what its file here says that it makes."""

from __future__ import annotations

from pathlib import Path

from services import SERVICES
from stacks.service import ServiceStack
from tests.golden.write import text, write_golden
from tests.unit.synthesis import PROD, synthesized

FOLDER = Path(__file__).parent


def golden(name: str) -> str:
    """The JSON file of a service, which `make golden` writes."""
    return (FOLDER / f"{name}.json").read_text("utf-8")


def made(name: str) -> str:
    """All resources of a service's stack in the tests' own `prod`, with the texts in them decoded.

    So it is the same whatever environments.py and images.txt say.
    """
    [service] = [each for each in SERVICES if each.name == name]
    stack = synthesized(lambda app: ServiceStack(app, service=service, environment=PROD))
    return text(stack["resource"])


def write() -> None:
    """Writes the files of all services that have one."""
    for service in SERVICES:
        file = FOLDER / f"{service.name}.json"
        if file.exists():
            write_golden(file, made(str(service.name)))
