"""`python -m tools.leave.lock`: writes the locks of every way; `make lock` calls it.

Each begins as requirements.txt, so that a copy has today's version of everything but the framework.
It needs uv, which `make lock` installs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.leave.ways import LOCKS, WAYS, Way
from tools.leave.words import renamed

_COMPILE = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
_NPM = ["npm", "install", "--ignore-scripts", "--package-lock-only", "--loglevel=error"]


def main() -> int:
    """0 when all locks are written, else what the tool that failed ended with."""
    try:
        for way in WAYS.values():
            _lock_python(way)
        _lock_npm()
    except subprocess.CalledProcessError as error:
        print(f"lock: {error}", file=sys.stderr)
        return error.returncode
    return 0


def _lock_python(way: Way) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, lock = Path(folder, "requirements.in"), Path(folder, "requirements.txt")
        source.write_text(renamed(Path("requirements.in").read_text("utf-8"), way), "utf-8")
        shutil.copy("requirements.txt", lock)
        options = ["--no-emit-index-url", "--python-version", "3.10"]
        options += ["--custom-compile-command", "make lock", "--output-file", lock.name]
        subprocess.run([sys.executable, *_COMPILE, *options, source.name], cwd=folder, check=True)
        shutil.copy(lock, way.lock)


def _lock_npm() -> None:
    subprocess.run([*_NPM, "--userconfig", Path(".npmrc").resolve()], cwd=LOCKS, check=True)


if __name__ == "__main__":
    sys.exit(main())
