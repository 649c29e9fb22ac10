"""What users start: the cdktf CLI, as it comes and as this project starts it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from benchmarks.measure import Cost, run
from benchmarks.peers import APPS, PROJECT, PYTHON, plain_variables

_CLI = PROJECT / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
_OURS = PROJECT / "node_modules" / ".bin" / "cdktf"


def stock_synth(folder: Path) -> Cost:
    """The plain CLI on the machine's own Node, with the stock app of two services."""
    (folder / "cdktf.json").write_text(
        json.dumps(
            {
                "language": "python",
                "app": f"{PYTHON} {APPS / 'stock.py'}",
                "projectId": "benchmark",
                "sendCrashReports": "false",
            }
        )
    )
    node = shutil.which("node") or "node"
    return run([node, _CLI, "synth"], cwd=folder, environment=_environment())


def our_synth(folder: Path) -> Cost:
    """What `npx cdktf synth` starts here, with the catalogue of this project: two services."""
    command: list[str | Path] = [_OURS, "synth", "--output", folder / "cdktf.out"]
    return run(command, cwd=PROJECT, environment=_environment())


def check_ms() -> float:
    """Milliseconds of `lean_bindings.activate` in a process of its own, all being current."""
    program = (
        "import sys, time; sys.path.insert(0, ''); import main, lean_bindings;"
        "begin = time.perf_counter();"
        "lean_bindings.activate(main.__file__, sources=main.SOURCES);"
        "print((time.perf_counter() - begin) * 1000)"
    )
    done = subprocess.run(
        [str(PYTHON), "-c", program],
        cwd=PROJECT,
        env=plain_variables(),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _environment() -> dict[str, str]:
    return plain_variables() | {"CHECKPOINT_DISABLE": "1", "SERVICES": "2"}
