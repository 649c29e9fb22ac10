"""The synthesized stacks of the project, and of the same project at another revision."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tools.refused import Refused
from tools.stack_names import no_stack

OUTPUT = "cdktf.out"
_LINKED = (".venv", ".local_aws")
"""What another revision takes from this one: what is installed, and where the embedded AWS is."""

_BINDINGS = ".gen"
"""Copied, not linked: another revision may import other parts of the provider."""


class Difference(NamedTuple):
    """The stacks that a revision has otherwise, and those that only it has."""

    changed: list[str]
    removed: list[str]


def synthesize(
    project: Path, environment: Mapping[str, str], *, of: str = "", output: Path | None = None
) -> dict[str, Path]:
    """Runs main.py with the Python that runs this; the folder of each stack that it wrote.

    `output` is where it writes; the project's cdktf.out when left out.

    Raises:
        Refused: main.py ended with an error, which it has said itself.
    """
    output = output or project / OUTPUT
    done = subprocess.run(
        [sys.executable, "main.py"],
        cwd=project,
        env=dict(environment) | {"CDKTF_OUTDIR": str(output)},
        check=False,
    )
    if done.returncode != 0:
        raise Refused(
            f"main.py{of} ended with exit code {done.returncode}, so nothing was done; "
            "see to what it says above"
        )
    return written(output)


def written(output: Path) -> dict[str, Path]:
    """The folder of each stack that an output folder has of its last synth."""
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    return {
        name: output / stack["workingDirectory"]
        for name, stack in sorted(manifest["stacks"].items())
    }


def chosen(named: Sequence[str], stacks: Iterable[str]) -> list[str]:
    """The stacks that are named, each once; all when none is.

    Raises:
        Refused: there is no stack of a name.
    """
    known = list(stacks)
    sentences = [no_stack(name, known) for name in named if name not in known]
    if sentences:
        raise Refused("\n".join(sentences))
    return [name for name in known if name in named] if named else known


def changed_since(
    revision: str, project: Path, environment: Mapping[str, str], stacks: Mapping[str, Path]
) -> Difference:
    """Compares what is synthesized now with what the revision synthesizes.

    Raises:
        Refused: git does not know the revision, or main.py of it does not work.
    """
    with tempfile.TemporaryDirectory(prefix="netflux-plan-") as folder:
        other = Path(folder)
        _export(revision, project, other)
        for name in _LINKED:
            if (project / name).exists() and not (other / name).is_symlink():
                (other / name).symlink_to((project / name).resolve())
        if (project / _BINDINGS).is_dir() and not (other / _BINDINGS).is_symlink():
            shutil.copytree(project / _BINDINGS, other / _BINDINGS, dirs_exist_ok=True)
        before = synthesize(other, environment, of=f" of {revision}")
        return compared(_contents(before), _contents(stacks))


def compared(before: Mapping[str, Any], now: Mapping[str, Any]) -> Difference:
    """The difference between two sets of stacks."""
    changed = [name for name, content in now.items() if before.get(name) != content]
    return Difference(changed, [name for name in before if name not in now])


def _contents(stacks: Mapping[str, Path]) -> dict[str, Any]:
    return {
        name: json.loads((folder / "cdk.tf.json").read_text("utf-8"))
        for name, folder in stacks.items()
    }


def _export(revision: str, project: Path, folder: Path) -> None:
    archive = folder / "revision.tar"
    for command in (
        ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"],
        ["git", "archive", "--format=tar", f"--output={archive}", "--end-of-options", revision],
        ["tar", "-xf", str(archive), "-C", str(folder)],
    ):
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            said = done.stderr.strip() or "git knows no such revision here"
            raise Refused(
                f"the revision '{revision}' cannot be compared with: {said}; name a commit, tag or "
                "branch that is here, or get it, with: git fetch"
            )
    archive.unlink()
