"""The providers of the stacks, asked by Terraform itself: their schemas, and their lock file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from stacks import provider_mirror, stack_folders
from tools.eject.shapes import Shapes
from tools.keeper import Keeper
from tools.refused import Refused
from tools.terraform import Answer, Terraform

LOCK = ".terraform.lock.hcl"
_INSTALLED = ".terraform"


class Providers(NamedTuple):
    """Providers that are installed in a folder of their own."""

    folder: Path
    shapes: Shapes

    @property
    def lock(self) -> str:
        """The text of the lock file."""
        return (self.folder / LOCK).read_text("utf-8")

    @contextmanager
    def lent(self, folder: Path) -> Iterator[None]:
        """Lets Terraform use them in another folder, for the length of the block."""
        link = folder / _INSTALLED
        link.symlink_to(self.folder / _INSTALLED)
        try:
            yield
        finally:
            link.unlink()


def installed(
    required: Mapping[str, Any], folder: Path, environment: Mapping[str, str], terraform: Terraform
) -> Providers:
    """Installs what a `required_providers` names into `folder`, which is new.

    `terraform` may have a provider that runs already, which `init` would not note in its lock file;
    so that has one of its own.

    Raises:
        Refused: Terraform does not find them.
    """
    folder.mkdir()
    link_provider(folder)
    content = {"terraform": {"required_providers": required}}
    (folder / "terraform.tf.json").write_text(json.dumps(content), "utf-8")
    with Keeper(environment) as keeper:
        own = Terraform(environment, keeper)
        _output(own.run_to_end(folder, "init", "-backend=false", "-input=false", "-no-color"))
    said = _output(terraform.run_to_end(folder, "providers", "schema", "-json"))
    return Providers(folder, Shapes(json.loads(said).get("provider_schemas", {})))


def link_provider(folder: Path) -> None:
    """Makes the provider of a mirror known in `folder`, where Terraform would not look into it."""
    mirror = provider_mirror.mirror(os.environ, implied=False)
    if mirror:
        stack_folders.link_provider(folder, mirror / provider_mirror.package_path())


def _output(answer: Answer) -> str:
    if answer.exit_code != 0:
        raise Refused(answer.complaint.strip() or answer.output.strip())
    return answer.output
