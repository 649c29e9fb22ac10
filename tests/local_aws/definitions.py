"""The definitions that real Terraform can apply on the embedded AWS: our own, and the corpus.

Here nothing of CDKTF is imported, so that a test which only hands them on starts at once.
"""

from __future__ import annotations

from constructs_lib.canonical import canonical
from constructs_lib.definition_rules import definition_findings
from constructs_lib.findings import Definition
from tests.unit.test_definition_files import CORPUS, OWN, read

ACCOUNT = "127549748682"
AWKWARD = "${a} $${b} %{c} %%{d} \"quoted\" 'single' back\\slash \\n <>& line\nbreak é 漢 😀"
FORGOTTEN = ("enableFaultInjection",)
"""What moto 5.2.5 does not give back."""


def legal() -> dict[str, Definition]:
    """Each definition under a family of its own, so that no one hides behind another's revision."""
    files = [*OWN, *(sorted(CORPUS.glob("*.json")) if CORPUS.is_dir() else [])]
    read_ones = {file.stem: read(file) for file in files}
    read_ones["awkward"] = {
        "family": "awkward",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [
            {
                "name": "app",
                "image": "app:1",
                "command": ["sh", "-c", AWKWARD],
                "environment": [{"name": "AWKWARD", "value": AWKWARD}],
                "dockerLabels": {"label": AWKWARD},
            }
        ],
    }
    return {
        name: canonical(_remembered(definition) | {"family": f"f-{name}"}, account=ACCOUNT)
        for name, definition in read_ones.items()
        if not definition_findings(definition) and not refused_by_moto(definition)
    }


def _remembered(definition: Definition) -> Definition:
    return {key: value for key, value in definition.items() if key not in FORGOTTEN}


def refused_by_moto(definition: Definition) -> bool:
    """AWS takes memoryReservation alone for EC2; moto 5.2.5 wants memory."""
    return (
        "EC2" in definition.get("requiresCompatibilities", ())
        and "memory" not in definition
        and any("memory" not in each for each in definition["containerDefinitions"])
    )
