"""Finds the AWS provider on this machine, so that `terraform init` needs no network for it.

Terraform itself looks into its implied mirror directories and asks its registry for everything
else. The directory `terraform.d/plugins` of a stack's folder is one of the implied ones, so a link
there (`stack_folders.py`) makes any other mirror work without a CLI configuration; a configuration
that names its own `provider_installation` still decides alone.

Source, read 2026-11: https://developer.hashicorp.com/terraform/cli/config/config-file
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from constructs_lib.provider_version import PROVIDER_VERSION as PROVIDER_VERSION

MIRROR_FOLDERS = Path("/opt")
"""Where machines with a mirror often have it, one folder below."""

_HOST = "registry.terraform.io"
_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def package_path() -> Path:
    """Where the provider's unpacked package for this machine lies in any mirror."""
    machine = platform.machine().lower()
    target = f"{sys.platform}_{_ARCHITECTURES.get(machine, machine)}"
    return Path(_HOST, "hashicorp", "aws", PROVIDER_VERSION, target)


def mirror(environment: Mapping[str, str], *, implied: bool) -> Path | None:
    """The first mirror that has the provider; `implied` ones are those that Terraform looks into.

    `environment` may name one of the user's own in NETFLUX_PROVIDER_MIRROR.
    """
    candidates = [*_named(environment), *(_implied() if implied else ())]
    wanted = package_path()
    return next((each for each in candidates if (each / wanted).is_dir()), None)


def _named(environment: Mapping[str, str]) -> Iterator[Path]:
    named = environment.get("NETFLUX_PROVIDER_MIRROR")
    if named:
        yield Path(named).expanduser().resolve()
    yield from sorted(path.parent for path in MIRROR_FOLDERS.glob(f"*/{_HOST}"))


def _implied() -> Iterator[Path]:
    home = Path.home()
    yield home / ".terraform.d" / "plugins"
    if sys.platform == "darwin":
        yield home / "Library" / "Application Support" / "io.terraform" / "plugins"
        yield Path("/Library/Application Support/io.terraform/plugins")
    else:
        yield home / ".local" / "share" / "terraform" / "plugins"
        yield Path("/usr/local/share/terraform/plugins")
        yield Path("/usr/share/terraform/plugins")
