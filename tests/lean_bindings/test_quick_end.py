"""A process that ends at once still does all that is to be done at its end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def ended(program: str, code: int = 3) -> subprocess.CompletedProcess[str]:
    program += f"\nfrom lean_bindings.quick_end import end_at_once\nend_at_once({code})"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False
    )


def test_exit_code_and_what_was_printed() -> None:
    done = ended("import sys\nprint('out', end='')\nprint('error', end='', file=sys.stderr)")
    assert (done.returncode, done.stdout, done.stderr) == (3, "out", "error")


def test_what_was_registered_for_the_end_is_done() -> None:
    done = ended("import atexit\natexit.register(print, 'one')\natexit.register(print, 'two')")
    assert (done.returncode, done.stdout) == (3, "two\none\n")


def test_nothing_is_taken_apart() -> None:
    program = "class Loaded:\n    def __del__(self): print('apart')\nloaded = Loaded()"
    assert ended(program).stdout == ""


def test_a_closed_stream_is_no_error() -> None:
    done = ended("import sys\nsys.stdout.close()", code=0)
    assert (done.returncode, done.stderr) == (0, "")
