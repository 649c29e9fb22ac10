"""The stacks that a CDKTF project has synthesized, of any project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.refused import Refused

_MANIFEST = "manifest.json"


class Synthesized(NamedTuple):
    """A stack's Terraform JSON, the folder where Terraform runs, and the stacks it comes after."""

    content: Mapping[str, Any]
    folder: Path
    dependencies: list[str]


def read(output: Path, called: str) -> dict[str, Synthesized]:
    """The stacks of a folder that `cdktf synth` wrote, by their names; `called` is its name.

    Raises:
        Refused: it is no such folder, it has no stack, or a file in it is not whole.
    """
    if not (output / _MANIFEST).is_file():
        raise Refused(
            f"{called} has no {_MANIFEST}; name the folder that `cdktf synth` wrote: cdktf.out"
        )
    stacks = _object(output / _MANIFEST).get("stacks")
    if not isinstance(stacks, dict):
        raise Refused(f"{output / _MANIFEST} names no stacks; synthesize anew")
    if not stacks:
        raise Refused(f"{called} has no stack; add one, and synthesize anew")
    return {name: _stack(output, name, stacks[name]) for name in sorted(stacks)}


def _stack(output: Path, name: str, stack: Any) -> Synthesized:
    stack = stack if isinstance(stack, dict) else {}
    path, folder = stack.get("synthesizedStackPath"), stack.get("workingDirectory")
    if not (isinstance(path, str) and isinstance(folder, str)):
        raise Refused(f"{output / _MANIFEST} does not say where '{name}' is; synthesize anew")
    if path.endswith(".tf"):
        raise Refused(f"the stack '{name}' is HCL; synthesize without --hcl")
    dependencies = stack.get("dependencies")
    names = [str(each) for each in dependencies] if isinstance(dependencies, list) else []
    return Synthesized(_object(output / path), (output / folder).resolve(), names)


def _object(file: Path) -> dict[str, Any]:
    cure = "synthesize anew"
    try:
        value = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}; {cure}") from None
    except (ValueError, RecursionError):
        raise Refused(f"{file} is no whole JSON; {cure}") from None
    if not isinstance(value, dict):
        raise Refused(f"{file} is JSON, but no object; {cure}")
    return value
