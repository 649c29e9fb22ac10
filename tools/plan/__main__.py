"""`python -m tools.plan`: plans all stacks, those named, or those that a revision has otherwise.

Each stack's saved plan and its JSON lie beside its output, in cdktf.out/stacks/STACK, and what
became of each stack in cdktf.out/plans.json. All of these are readable for this user only, as plans
hold secrets. Exit codes are those of `terraform plan -detailed-exitcode`: 0 when nothing changes, 2
when something does, 1 when a stack could not be planned; 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tools.keeper import Keeper
from tools.plan.failure import Refused
from tools.plan.index import Index, Planned, index_path
from tools.plan.planning import Planner
from tools.plan.synthesis import changed_since, chosen, synthesize
from tools.prerequisites import terraform_lacking
from tools.shared_provider import provider_binary
from tools.terraform import Terraform, one_interrupt
from tools.terraform_environment import terraform_environment

NOTHING_CHANGES, FAILED, CHANGES, INTERRUPTED = 0, 1, 2, 130
_WORDS = {"changes": "changes", "none": "nothing changes", "failed": "FAILED"}


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = parser().parse_args(arguments)
    try:
        with one_interrupt():
            return _exit_code(made(wanted))
    except Refused as refused:
        print(*(f"plan: {line}" for line in str(refused).splitlines()), sep="\n", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nplan: stopped; no lock and no process of it is left", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.plan",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stacks", nargs="*", metavar="STACK", help="all when none is named")
    parser.add_argument(
        "--without", action="append", default=[], metavar="STACK", help="leave a stack out"
    )
    parser.add_argument(
        "--changed-since",
        metavar="REV",
        help="only the stacks whose output differs from what this git revision synthesizes",
    )
    add_running_options(parser)
    return parser


def add_running_options(parser: argparse.ArgumentParser) -> None:
    """The options on how Terraform is run."""
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="stacks planned side by side; as many as there are cores when left out",
    )
    parser.add_argument(
        "--lock-timeout",
        type=int,
        default=20,
        metavar="SECONDS",
        help="how long to wait for a state that is locked (default: 20)",
    )
    parser.add_argument(
        "--no-shared-provider",
        action="store_true",
        help="let each Terraform start its own provider process",
    )


def made(wanted: argparse.Namespace) -> Index:
    """Synthesizes and plans what is wanted; shows each stack as it finishes.

    Raises:
        Refused: it cannot be begun.
    """
    project = Path.cwd()
    environment = ready_environment(project)
    every = synthesize(project, environment)
    names = chosen(wanted.stacks, every)
    left_out = chosen(wanted.without, every) if wanted.without else []
    removed: list[str] = []
    if wanted.changed_since:
        difference = changed_since(wanted.changed_since, project, environment, every)
        names = [name for name in names if name in difference.changed]
        removed = difference.removed
    stacks = {name: every[name] for name in names if name not in left_out}
    for name in removed:
        print(
            f"{name}: a stack of {wanted.changed_since} that is no more; "
            "what it made stays until it is destroyed from there"
        )
    began = time.monotonic()
    with ExitStack() as block:
        planned: list[Planned] = []
        if stacks:
            terraform = started(block, environment, shared=not wanted.no_shared_provider)
            planner = Planner(project, terraform, wanted.lock_timeout)
            planned = planner.plan_all(stacks, wanted.jobs, _Progress(stacks, began))
    index = Index(_environment_name(), planned, removed)
    index.write(project)
    counts = [sum(each.status == status for each in planned) for status in _WORDS]
    print(
        f"{len(planned)} planned in {time.monotonic() - began:.1f} s: "
        "{} with changes, {} without, {} failed; ".format(*counts)
        + f"see {index_path(project).relative_to(project)}"
    )
    return index


def ready_environment(project: Path) -> dict[str, str]:
    """The environment for main.py and for Terraform.

    Raises:
        Refused: this is not the project's folder, or Terraform is missing or too old.
    """
    if not (project / "main.py").is_file():
        raise Refused(f"there is no main.py in {project}; run it in the project's folder")
    environment = terraform_environment(os.environ)
    lacking = terraform_lacking(environment)
    if lacking:
        raise Refused(lacking)
    # The provider validates its 1,500 schemas at every start of a plan; collecting garbage less
    # often makes that a third faster, for 0.7 GB instead of 0.3 (measured with 5.100.0).
    environment.setdefault("GOGC", "400")
    return environment


def started(block: ExitStack, environment: dict[str, str], *, shared: bool) -> Terraform:
    """Terraform for the length of `block`, with one provider process for all of it if `shared`."""
    provider = provider_binary(environment) if shared else None
    return Terraform(environment, block.enter_context(Keeper(environment, provider=provider)))


class _Progress:
    """A line for each stack as it finishes, and below it why it failed."""

    def __init__(self, stacks: Sequence[str] | dict[str, Path], began: float) -> None:
        self._total = len(stacks)
        self._width = max(map(len, stacks))
        self._began = began
        self._done = 0

    def __call__(self, planned: Planned) -> None:
        self._done += 1
        place = f"[{self._done:>{len(str(self._total))}}/{self._total}]"
        what = planned.summary or _WORDS[planned.status]
        seconds = time.monotonic() - self._began
        print(f"{place} {planned.stack:<{self._width}}  {what}  ({seconds:.1f} s)", flush=True)
        for line in (planned.error or "").splitlines():
            print(f"    {line}".rstrip(), flush=True)


def _environment_name() -> str:
    import environments

    return str(environments.selected().name)


def _exit_code(index: Index) -> int:
    statuses = {each.status for each in index.stacks}
    if "failed" in statuses:
        return FAILED
    return CHANGES if "changes" in statuses or index.removed else NOTHING_CHANGES


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
