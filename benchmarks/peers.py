"""The peers: how each is started, where it is installed, and what it is compared in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent
PROJECT = BENCHMARKS.parent
APPS = BENCHMARKS / "apps"
LOCKS = BENCHMARKS / "locks"
INSTALLED = BENCHMARKS / ".peers"
NODE = PROJECT / ".venv" / "bin" / "node"
PYTHON = PROJECT / ".venv" / "bin" / "python"

_SETTINGS = ("NETFLUX_", "JSII_", "NODE_OPTIONS", "NODE_COMPILE_CACHE", "PYTHON")
"""Variables that would change what is measured; without bytecode, all that Python loads."""


def plain_variables() -> dict[str, str]:
    """This process's environment without them."""
    return {key: value for key, value in os.environ.items() if not key.startswith(_SETTINGS)}


OURS = "ours"
FLOOR = "import-cdktf"
SUBMODULES = "typescript-submodules"


@dataclass(frozen=True)
class Peer:
    """A way to write the stacks. `installed` is its folder in `.peers`, empty if it is in .venv."""

    name: str
    title: str
    command: tuple[str | Path, ...]
    installed: str = ""
    writes_terraform: bool = True
    most_services: int = 1_000
    variables: Mapping[str, str] = field(default_factory=dict)

    def environment(self, services: int, output: Path) -> dict[str, str]:
        """The same Node for all, so that what is compared is the peers."""
        path = os.environ.get("PATH", os.defpath)
        return {
            **plain_variables(),
            "PATH": f"{NODE.parent}{os.pathsep}{path}",
            "JSII_NODE": str(NODE),
            "CHECKPOINT_DISABLE": "1",
            "SERVICES": str(services),
            "CDKTF_OUTDIR": str(output),
            "CDK_OUTDIR": str(output),
            **self.variables,
        }


def _python_of(folder: str) -> Path:
    return INSTALLED / folder / "bin" / "python"


PEERS = (
    Peer(OURS, "ours", (PYTHON, APPS / "ours.py")),
    Peer(
        FLOOR,
        '`python -c "import cdktf"`: the floor',
        (PYTHON, "-c", "import cdktf"),
        writes_terraform=False,
        most_services=2,
    ),
    Peer(
        "stock",
        "CDKTF in Python, `cdktf-cdktf-provider-aws`",
        (PYTHON, APPS / "stock.py"),
    ),
    Peer(
        "ours-full",
        "ours, on the full bindings",
        (PYTHON, APPS / "ours.py"),
        variables={"NETFLUX_FULL_BINDINGS": "1"},
    ),
    Peer(
        "cdktn-provider-aws",
        "CDKTN in Python, `cdktn-provider-aws`",
        (_python_of("cdktn-provider-aws"), APPS / "cdktn_provider.py"),
        installed="cdktn-provider-aws",
    ),
    Peer(
        "cdktn-aws",
        "CDKTN in Python, `cdktn-aws`",
        (_python_of("cdktn-aws"), APPS / "cdktn_services.py"),
        installed="cdktn-aws",
    ),
    Peer(
        "aws-cdk",
        "AWS CDK in Python",
        (_python_of("aws-cdk"), APPS / "aws_cdk_app.py"),
        installed="aws-cdk",
        writes_terraform=False,
    ),
    Peer(
        "typescript-root",
        "CDKTF in compiled TypeScript, root import",
        (NODE, INSTALLED / "typescript" / "built" / "root.js"),
        installed="typescript",
    ),
    Peer(
        SUBMODULES,
        "CDKTF in compiled TypeScript, submodule imports",
        (NODE, INSTALLED / "typescript" / "built" / "submodules.js"),
        installed="typescript",
    ),
)
