"""Installing the peers, each in a folder of its own in `.peers`, from the locks."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Failed
from benchmarks.peers import APPS, INSTALLED, LOCKS, NODE, PROJECT

TYPESCRIPT = APPS / "typescript"


def install(name: str) -> None:
    """Brings the folder `name` of `.peers` to what its lock says, if it is not.

    Raises:
        Failed: it cannot be installed.
    """
    sources = sorted(TYPESCRIPT.glob("*.*")) if name == "typescript" else [LOCKS / f"{name}.txt"]
    digest = hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()
    folder = INSTALLED / name
    done = folder / ".done"
    if done.is_file() and done.read_text("utf-8") == digest:
        return
    print(f"installing {name} ...", file=sys.stderr, flush=True)
    if name == "typescript":
        _install_typescript(folder, sources)
    else:
        _install_python(folder, sources[0])
    done.write_text(digest, "utf-8")


def _install_python(folder: Path, lock: Path) -> None:
    _call([sys.executable, "-m", "venv", "--clear", folder])
    python = folder / "bin" / "python"
    _call([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock])


def _install_typescript(folder: Path, sources: Sequence[Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for source in (*sources, PROJECT / ".npmrc"):
        shutil.copy(source, folder)
    _call(["npm", "ci", "--ignore-scripts", "--loglevel=error"], cwd=folder)
    _call([NODE, folder / "node_modules" / "typescript" / "bin" / "tsc", "-p", folder])


def lock() -> None:
    """Writes the locks anew: `locks/*.txt` from `locks/*.in`, and package-lock.json."""
    for source in sorted(LOCKS.glob("*.in")):
        uv = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"]
        _call(
            [
                *(*uv, "--generate-hashes", "--no-emit-index-url", "--python-version", "3.10"),
                *("--custom-compile-command", "python -m benchmarks --lock"),
                *("--output-file", source.with_suffix(".txt").name, source.name),
            ],
            cwd=LOCKS,
        )
    npm = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error"]
    _call([*npm, "--userconfig", PROJECT / ".npmrc"], cwd=TYPESCRIPT)


def _call(command: Sequence[str | Path], cwd: Path | None = None) -> None:
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=1_200,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(str(error)) from error
    if done.returncode != 0:
        lines = done.stdout.strip().splitlines()
        raise Failed(lines[-1] if lines else f"exit code {done.returncode}")
