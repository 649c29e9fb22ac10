"""How the JSON comes into cdktf.out, and what Terraform needs beside it to run there as it is."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stacks import provider_mirror

_ASIDE = ".new-"
_SECONDS_UNTIL_ABANDONED = 3600


@contextlib.contextmanager
def written_aside(output: Path) -> Iterator[Path]:
    """A folder to synthesize to; at the end of the block its files replace those of `output`.

    Each file is moved, the manifest last, so that whoever reads at the same time, another synth or
    a Terraform, has it whole. When the block fails, `output` stays as it was.
    """
    output.mkdir(exist_ok=True)
    _remove_abandoned(output)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=output))
    try:
        yield aside
        made = sorted(path for path in aside.rglob("*") if path.is_file())
        for path in sorted(made, key=lambda path: path.parent == aside):
            place = output / path.relative_to(aside)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _remove_abandoned(output: Path) -> None:
    """Removes what a killed synth has left; one that is still at work is younger."""
    for path in output.glob(f"{_ASIDE}*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _SECONDS_UNTIL_ABANDONED:
                shutil.rmtree(path, ignore_errors=True)


def prepare(outdir: Path) -> None:
    """Links the provider into every stack's folder, and forgets another environment's backend."""
    mirror = provider_mirror.mirror(os.environ, implied=False)
    package = mirror / provider_mirror.package_path() if mirror else None
    for folder in (outdir / "stacks").iterdir():
        link_provider(folder, package)
        _forget_other_backend(folder)


def link_provider(folder: Path, package: Path | None) -> None:
    """Makes a mirror's package one of those that Terraform finds by itself in `folder`."""
    link = folder / "terraform.d" / "plugins" / provider_mirror.package_path()
    if link.is_symlink() and link.readlink() != package:
        link.unlink(missing_ok=True)
    if package is not None and not (link.is_symlink() or link.exists()):
        link.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # another synth was quicker
            link.symlink_to(package)


def _forget_other_backend(folder: Path) -> None:
    """Lets `terraform init` take the backend of this synth without asking.

    Terraform notes in `.terraform` where a stack's state is. After a synth for another environment
    it would offer to migrate that state: from one account into another. The note is dropped; the
    states stay where they are.
    """
    note = folder / ".terraform" / "terraform.tfstate"
    try:
        noted = json.loads(note.read_text("utf-8"))["backend"]["config"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    backends = json.loads((folder / "cdk.tf.json").read_text("utf-8"))["terraform"]["backend"]
    ours = next(iter(backends.values()))
    if not _agrees(ours, noted):
        note.unlink(missing_ok=True)


def _agrees(ours: Any, noted: Any) -> bool:
    """Whether all that we say stands in Terraform's note, which has nulls for all the rest."""
    if isinstance(ours, dict):
        return isinstance(noted, dict) and all(
            _agrees(value, noted.get(key)) for key, value in ours.items()
        )
    return bool(ours == noted)
