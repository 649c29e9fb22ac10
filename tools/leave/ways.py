"""Where the project can go: for each way the packages that take the place of today's.

The versions are those that `make test-cdktn` proved; `locks/` holds all that they install.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOCKS = Path(__file__).parent / "locks"


@dataclass(frozen=True)
class Way:
    """A framework, and bindings of the AWS provider, each as a requirement of pip."""

    name: str
    framework: str
    provider: str
    aws: str
    """The version of the AWS provider that the bindings are made from."""

    @property
    def lock(self) -> Path:
        return LOCKS / f"{self.name}.txt"

    @property
    def changes_framework(self) -> bool:
        return distribution(self.framework) == "cdktn"

    @property
    def changes_provider(self) -> bool:
        return distribution(self.provider) == "cdktn-provider-aws"


def distribution(requirement: str) -> str:
    """The package's name of a requirement such as `cdktf==0.21.0`."""
    return requirement.partition("==")[0]


TODAY = Way("today", "cdktf==0.21.0", "cdktf-cdktf-provider-aws==20.1.0", "5.100.0")

WAYS = {
    way.name: way
    for way in (
        Way("cdktn", "cdktn==0.23.4", "cdktf-cdktf-provider-aws==20.1.0", "5.100.0"),
        Way("cdktn-aws-6", "cdktn==0.24.0", "cdktn-provider-aws==25.8.1", "6.69.1"),
        Way("aws-6", "cdktf==0.21.0", "cdktf-cdktf-provider-aws==21.22.1", "6.25.0"),
    )
}
