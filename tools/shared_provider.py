"""One provider process for many runs of Terraform.

Terraform starts the provider anew for every command, which takes seconds; a provider that runs
already is used through TF_REATTACH_PROVIDERS, Terraform's door for debugging providers. It is the
pinned provider of a mirror, and it ends with the block, or with this process however that dies
(`keeper.py`). What every plan asks it anew is answered from memory (`provider_front.mjs`).

Several Terraforms may use it at once. Each of them configures it, and it keeps one configuration;
that is safe where every stack has the same, as those of `stacks/base.py` have in an environment.

Source, read 2026-11: https://developer.hashicorp.com/terraform/plugin/debugging
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from stacks import provider_mirror
from tools.keeper import AUTHORITIES, Keeper


@contextlib.contextmanager
def shared_provider(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The variables that make Terraform use the running provider; none where no mirror has it."""
    binary = provider_binary(environment)
    if binary is None:
        yield {}
        return
    with Keeper(environment, provider=binary) as keeper:
        yield keeper.variables


def configured_alike(stacks: Iterable[Path]) -> bool:
    """Whether one configuration serves all stacks of these folders, so that one process can."""
    configurations = set()
    for folder in stacks:
        content = json.loads((folder / "cdk.tf.json").read_text("utf-8"))
        found = content.get("provider", {}).get("aws", [])
        configurations |= {json.dumps(each, sort_keys=True) for each in found}
    return len(configurations) <= 1


def provider_binary(environment: Mapping[str, str]) -> Path | None:
    """The pinned provider's program, in the first mirror that has it.

    None where it could not be configured twice: see `keeper.provider_variables`.
    """
    if sys.platform == "darwin" and environment.get(AUTHORITIES):
        return None
    mirror = provider_mirror.mirror(environment, implied=True)
    if mirror is None:
        return None
    package = mirror / provider_mirror.package_path()
    named = f"terraform-provider-aws_v{provider_mirror.PROVIDER_VERSION}*"
    return next(iter(sorted(package.glob(named))), None)
