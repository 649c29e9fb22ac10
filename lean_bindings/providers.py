"""Where the installed provider packages are, and which version."""

# Plain `os` calls, no pathlib and no importlib.metadata: this module is read at every start.

from __future__ import annotations

import os
import sys

PREFIXES = ("cdktf_cdktf_provider_", "cdktn_provider_")


class Provider:
    """An installed prebuilt provider package, as this interpreter would import it."""

    def __init__(self, module: str, folder: str, tarball: str, size: int) -> None:
        self.module = module
        self.folder = folder
        self.tarball = tarball
        # "provider-aws@20.1.0.jsii.tgz" is how jsii names the assembly in every Python package.
        self.version = tarball.rpartition("@")[2].removesuffix(".jsii.tgz")
        self.identity = f"{tarball} {size}"

    @property
    def distribution(self) -> str:
        """The package's name as pip knows it."""
        return self.module.replace("_", "-")


def find_provider(module: str, store: str) -> Provider | None:
    """The installed package `module` on sys.path, lean copies under `store` aside."""
    for entry in sys.path:
        if entry.startswith(store):
            continue
        folder = os.path.join(entry, module)
        try:
            with os.scandir(os.path.join(folder, "_jsii")) as scan:
                for file in scan:
                    if file.name.endswith(".jsii.tgz"):
                        return Provider(module, folder, file.name, file.stat().st_size)
        except (FileNotFoundError, NotADirectoryError):
            continue
    return None
