"""What planning and applying have in common: the project, its environment, and Terraform."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from constructs_lib import user_files
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from tools.command_line import at_least
from tools.diagnosis.looking import Diagnosis
from tools.keeper import Keeper
from tools.plan.synthesis import OUTPUT, written
from tools.prerequisites import terraform_lacking
from tools.refused import Refused
from tools.shared_provider import configured_alike, provider_binary
from tools.terraform import Terraform
from tools.terraform_environment import terraform_environment


class Session:
    """One command in the project's folder, for the length of a `with` block.

    Raises, on entering:
        Refused: this is not the project's folder, or Terraform is missing or too old.
    """

    def __init__(self, wanted: argparse.Namespace) -> None:
        self.project = Path.cwd()
        self.lock_seconds: int = wanted.lock_timeout
        self._shared = not wanted.no_shared_provider
        self._block = ExitStack()

    def __enter__(self) -> Session:
        if not (self.project / "main.py").is_file():
            raise Refused(f"there is no main.py in {self.project}; run it in the project's folder")
        self.environment = terraform_environment(os.environ)
        lacking = terraform_lacking(self.environment)
        if lacking:
            raise Refused(lacking)
        # Terraform reads the provider's 1,500 schemas at every start, and a provider of its own
        # checks them all; collecting garbage less often makes that a third faster.
        self.environment.setdefault("GOGC", "400")
        return self

    def __exit__(self, *_: object) -> None:
        self._block.close()

    @cached_property
    def terraform(self) -> Terraform:
        """Terraform, with one provider process from its first use to the end of the session."""
        shared = self._shared and configured_alike(written(self.project / OUTPUT).values())
        provider = provider_binary(self.environment) if shared else None
        keeper = self._block.enter_context(Keeper(self.environment, provider=provider))
        return Terraform(self.environment, keeper)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Looks at the account and the state bucket, from the first question on."""
        return Diagnosis(self._selected, self.project)

    @cached_property
    def environment_name(self) -> str:
        """The name of the environment that NETFLUX_ENV names."""
        return str(self._selected.name)

    @cached_property
    def _selected(self) -> Environment:
        try:
            environment: Environment = user_files.held("environments", "selected")()
        except InvalidInput as wrong:
            raise Refused("\n".join(wrong.sentences)) from None
        return environment


def add_running_options(parser: argparse.ArgumentParser) -> None:
    """The options on how Terraform is run."""
    parser.add_argument(
        "--jobs",
        type=at_least(1),
        default=os.cpu_count() or 1,
        metavar="N",
        help="stacks planned side by side; as many as there are cores when left out",
    )
    parser.add_argument(
        "--lock-timeout",
        type=at_least(0),
        default=20,
        metavar="SECONDS",
        help="how long to wait for a state that is locked (default: 20)",
    )
    parser.add_argument(
        "--no-shared-provider",
        action="store_true",
        help="let each Terraform start its own provider process",
    )
