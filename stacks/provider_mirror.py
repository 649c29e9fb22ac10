"""Finds the AWS provider on this machine, so that `terraform init` needs no network for it.

Terraform itself looks into its implied mirror directories and asks its registry for everything
else. The directory `terraform.d/plugins` of a stack's folder is one of the implied ones, so a link
there makes any other mirror work without a CLI configuration; a configuration that names its own
`provider_installation` still decides alone.

Source, read 2026-11: https://developer.hashicorp.com/terraform/cli/config/config-file
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

PROVIDER_VERSION = "5.100.0"
"""What cdktf-cdktf-provider-aws 20.1.0 is made from; a test holds the two together."""

_HOST = "registry.terraform.io"
_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def package_path() -> Path:
    """Where the provider's package for this machine lies in any mirror."""
    machine = platform.machine().lower()
    target = f"{sys.platform.rstrip('0123456789')}_{_ARCHITECTURES.get(machine, machine)}"
    return Path(_HOST, "hashicorp", "aws", PROVIDER_VERSION, target)


def mirrors() -> Iterator[Path]:
    """Directories that may be mirrors and are none of Terraform's implied ones, likeliest first."""
    named = os.environ.get("NETFLUX_PROVIDER_MIRROR")
    if named:
        yield Path(named)
    yield from sorted(path.parent for path in Path("/opt").glob(f"*/{_HOST}"))


def package() -> Path | None:
    """The provider's unpacked package in the first mirror that has it; None: Terraform looks."""
    wanted = package_path()
    return next((path for mirror in mirrors() if (path := mirror / wanted).is_dir()), None)


def offer_to_stacks(outdir: Path) -> None:
    """Links the package into every stack's folder below `outdir`, where one was found."""
    found = package()
    for stack in (outdir / "stacks").iterdir():
        link = stack / "terraform.d" / "plugins" / package_path()
        if link.is_symlink() and (found is None or link.readlink() != found):
            link.unlink()
        if found is not None and not link.is_symlink():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(found)
