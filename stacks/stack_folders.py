"""What the folders of cdktf.out need beside the JSON, so that Terraform runs there as it is."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from stacks import provider_mirror


def prepare(outdir: Path) -> None:
    """Links the provider into every stack's folder, and forgets another environment's backend."""
    mirror = provider_mirror.mirror(os.environ, implied=False)
    package = mirror / provider_mirror.package_path() if mirror else None
    for file in (outdir / "stacks").glob("*/cdk.tf.json"):
        folder = file.parent
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
