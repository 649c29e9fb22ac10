"""One provider process for many runs of Terraform.

Terraform starts the provider anew for every command, which takes seconds; a provider that runs
already is used through TF_REATTACH_PROVIDERS, Terraform's door for debugging providers. It is the
pinned provider of a mirror, and it ends with the block, or with this process however that dies.

Source, read 2026-11: https://developer.hashicorp.com/terraform/plugin/debugging
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from stacks import provider_mirror

_VARIABLE = "TF_REATTACH_PROVIDERS"
_PROJECT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def shared_provider(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The variables that make Terraform use the running provider; none where no mirror has it."""
    mirror = provider_mirror.mirror(environment, implied=True)
    binary = _binary(mirror / provider_mirror.package_path()) if mirror else None
    if binary is None:
        yield {}
        return
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tools.shared_provider", str(binary)],
        cwd=_PROJECT,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    try:
        attached = keeper.stdout.readline().decode().strip()
        yield {_VARIABLE: attached} if attached else {}
    finally:
        keeper.stdin.close()
        keeper.wait()
        keeper.stdout.close()


def _binary(package: Path) -> Path | None:
    return next(iter(sorted(package.glob("terraform-provider-aws_v*"))), None)


def _keep(binary: str) -> int:
    """In a process between: starts the provider, says how to attach, ends it with its parent."""
    provider = subprocess.Popen(
        [binary, "-debug"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        for line in provider.stdout or ():
            name, found, value = line.strip().partition("=")
            if found and name == _VARIABLE:
                print(value.strip("'"), flush=True)
                break
        sys.stdin.read()
    finally:
        provider.kill()
        provider.wait()
    return 0


if __name__ == "__main__":
    sys.exit(_keep(sys.argv[1]))
