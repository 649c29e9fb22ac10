"""The copies that `make test-cdktn` makes, and what they synthesize."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.leave.ways import Way

PROJECT = Path(__file__).parents[2]


def copy_of(way: Way) -> Path:
    """The copy's folder; without it, or without what its lock names, the test is skipped."""
    folder = PROJECT / ".cdktn" / way.name
    if not (folder / ".venv" / ".done").is_file():
        pytest.skip(f"there is no copy for {way.name}; make test-cdktn makes it")
    return folder


def synthesized(folder: Path, environment: str) -> dict[str, Any]:
    """Every stack of the project in `folder`, by name, with the JSON texts in it read.

    The output lies in the project's own cdktf.out, so that paths in it are the same everywhere.
    """
    outdir = folder / "cdktf.out" / f"every-stack-{os.getpid()}"
    outdir.parent.mkdir(exist_ok=True)
    subprocess.run(
        [folder / ".venv" / "bin" / "python", "-m", "tests.leaving.every_stack"],
        cwd=folder,
        env={**os.environ, "NETFLUX_ENV": environment, "CDKTF_OUTDIR": str(outdir)},
        check=True,
        capture_output=True,
    )
    stacks = {
        path.parent.name: _read(json.loads(path.read_text("utf-8")))
        for path in (outdir / "stacks").glob("*/cdk.tf.json")
    }
    shutil.rmtree(outdir)
    return stacks


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_read(item) for item in value]
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def leaves(value: Any, place: str = "") -> dict[str, Any]:
    """Each value that holds no other, by its place; an empty list or map is one too."""
    if isinstance(value, dict) and value:
        inner = [leaves(item, f"{place}.{key}".lstrip(".")) for key, item in value.items()]
    elif isinstance(value, list) and value:
        inner = [leaves(item, f"{place}[{index}]") for index, item in enumerate(value)]
    else:
        return {place: value}
    return {place: leaf for each in inner for place, leaf in each.items()}
