"""One provider process for many runs of Terraform.

Terraform starts the provider anew for every command, which takes seconds; a provider that runs
already is used through TF_REATTACH_PROVIDERS, Terraform's door for debugging providers. It is the
pinned provider of a mirror, and it ends with the block, or with this process however that dies
(`keeper.py`). What every plan asks it anew is answered from memory (`provider_front.mjs`).

Several Terraforms may use it at once. Each of them configures it, and it keeps one configuration;
that is safe as every stack of an environment has the same (`stacks/base.py` alone makes it).

Source, read 2026-11: https://developer.hashicorp.com/terraform/plugin/debugging
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from stacks import provider_mirror
from tools.keeper import Keeper


@contextlib.contextmanager
def shared_provider(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The variables that make Terraform use the running provider; none where no mirror has it."""
    binary = provider_binary(environment)
    if binary is None:
        yield {}
        return
    with Keeper(environment, provider=binary) as keeper:
        yield keeper.variables


def provider_binary(environment: Mapping[str, str]) -> Path | None:
    """The pinned provider's program, in the first mirror that has it."""
    mirror = provider_mirror.mirror(environment, implied=True)
    if mirror is None:
        return None
    package = mirror / provider_mirror.package_path()
    named = f"terraform-provider-aws_v{provider_mirror.PROVIDER_VERSION}*"
    return next(iter(sorted(package.glob(named))), None)
