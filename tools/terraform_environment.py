"""The environment variables with which Terraform is started: quiet, offline where it can be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from stacks import provider_mirror


def terraform_environment(given: Mapping[str, str]) -> dict[str, str]:
    """`given`, without what would clutter or break Terraform, and with the provider's mirror.

    - A CLI configuration that does not exist is not named: every command would complain of it.
    - A plugin cache that holds the provider serves as a mirror instead: as a cache, Terraform would
      link the package onto itself.
    - Beside a mirror, the cdktf CLI sets up no cache in the home folder: deploys at once would race
      for one link there, and it would point into this project after the project is gone.
    - `terraform providers lock`, which the cdktf CLI runs, looks into a mirror only when told.
    """
    environment = dict(given)
    configuration = environment.get("TF_CLI_CONFIG_FILE")
    if configuration and not Path(configuration).is_file():
        del environment["TF_CLI_CONFIG_FILE"]
    cache = environment.get("TF_PLUGIN_CACHE_DIR")
    if cache and (Path(cache) / provider_mirror.package_path()).is_dir():
        environment.setdefault("NETFLUX_PROVIDER_MIRROR", cache)
        del environment["TF_PLUGIN_CACHE_DIR"]
    mirror = provider_mirror.mirror(environment, implied=True)
    if mirror is not None:
        environment.setdefault("TF_CLI_ARGS_providers_lock", f'-fs-mirror="{mirror}"')
        environment["CDKTF_DISABLE_PLUGIN_CACHE_ENV"] = "1"
    environment["CHECKPOINT_DISABLE"] = "1"
    return environment


def with_pinned_node(environment: Mapping[str, str], project: Path) -> dict[str, str]:
    """`environment` with the Node of the lock file first on the PATH, for the CLI and for jsii."""
    path = environment.get("PATH", os.defpath)
    return dict(environment) | {"PATH": f"{project / '.venv' / 'bin'}{os.pathsep}{path}"}
