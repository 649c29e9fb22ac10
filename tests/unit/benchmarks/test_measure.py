"""What a process costs, with all that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import Cost, Failed, run

ROOT = Path(__file__).parents[3]


def cost_of(program: str, limit_s: float = 30) -> Cost:
    command = [sys.executable, "-c", program]
    return run(command, cwd=Path(), environment=os.environ, limit_s=limit_s)


def test_memory_of_a_process_of_a_process() -> None:
    grandchild = "b = b'x' * 150_000_000"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    # Asked by a process of its own: a run of all tests is larger than what is measured here.
    asks = (
        "import sys; from pathlib import Path; from benchmarks.measure import run; "
        "print(run([sys.executable, '-c', sys.argv[1]], cwd=Path(), environment={}).peak_mb)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", asks, program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 150 < float(asked.stdout) < 250


def test_process_that_fails() -> None:
    with pytest.raises(Failed, match=r"^exit code 3: on its way$"):
        cost_of("print('on its way'); raise SystemExit(3)")


def test_process_that_does_not_end() -> None:
    with pytest.raises(Failed, match=r"^exit code -9"):
        cost_of("import time; time.sleep(60)", limit_s=0.2)


def test_program_that_is_not_there() -> None:
    with pytest.raises(Failed, match="nowhere"):
        run(["./nowhere"], cwd=Path(), environment={})
