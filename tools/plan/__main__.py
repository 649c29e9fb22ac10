"""`python -m tools.plan`: plans all stacks, those named, or those that a revision has otherwise.

Each stack's saved plan and its JSON lie beside its output, in cdktf.out/stacks/STACK, and what
became of each stack in cdktf.out/plans.json. All of these are readable for this user only, as plans
hold secrets. Exit codes are those of `terraform plan -detailed-exitcode`: 0 when nothing changes, 2
when something does, 1 when a stack could not be planned; 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from constructs_lib.stack_ids import IAM_STACK
from tools.command_line import Parser
from tools.ending import FAILED, ended
from tools.plan.index import Index, Planned, index_path
from tools.plan.outdated import outdated_by_iam
from tools.plan.planning import Planner
from tools.plan.session import Session, add_running_options
from tools.plan.synthesis import OUTPUT, changed_since, chosen, synthesize, written
from tools.terraform import one_interrupt

NOTHING_CHANGES, CHANGES = 0, 2
_WORDS = {"changes": "changes", "none": "nothing changes", "failed": "FAILED"}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Parser(
        prog="python -m tools.plan",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_choosing_options(parser)
    add_running_options(parser)
    wanted = parser.parse_args(arguments)
    return ended(
        "plan", lambda: _plan(wanted), stopped="stopped; no lock and no process of it is left"
    )


def _plan(wanted: argparse.Namespace) -> int:
    with one_interrupt(), Session(wanted) as session:
        index = made(wanted, session)
        if not wanted.stacks and wanted.changed_since is None:
            for sentence in session.diagnosis.forgotten(written(session.project / OUTPUT)):
                print(f"plan: {sentence}", file=sys.stderr)
        return _exit_code(index)


def add_choosing_options(parser: argparse.ArgumentParser) -> None:
    """The options on what is planned."""
    parser.add_argument("stacks", nargs="*", metavar="STACK", help="all when none is named")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="STACK",
        help="leave a stack out, if there is one of that name",
    )
    parser.add_argument(
        "--changed-since",
        metavar="REV",
        help="only the stacks whose output differs from what this git revision synthesizes",
    )


def made(wanted: argparse.Namespace, session: Session) -> Index:
    """Synthesizes and plans what is wanted; shows each stack as it finishes.

    Raises:
        Refused: it cannot be begun.
    """
    project, environment = session.project, session.environment
    with ThreadPoolExecutor(1) as pool:
        account = pool.submit(lambda: session.diagnosis.check_account())
        every = synthesize(project, environment)
        names = chosen(wanted.stacks, every)
        account.result()
    removed: list[str] = []
    if wanted.changed_since is not None:
        difference = changed_since(wanted.changed_since, project, environment, every)
        names = [name for name in names if name in difference.changed]
        removed = difference.removed
    for name in removed:
        print(
            f"{name}: a stack of {wanted.changed_since} that is no more; "
            "what it made stays until it is destroyed from there"
        )
    stacks = {name: every[name] for name in names if name not in wanted.without}
    began = time.monotonic()
    planned: list[Planned] = []
    if stacks:
        if sys.stderr.isatty():  # the first of them takes seconds
            print(f"planning {len(stacks)} ...", file=sys.stderr, flush=True)
        planner = Planner(project, session.terraform, session.diagnosis, session.lock_seconds)
        planned = planner.plan_all(stacks, wanted.jobs, _Progress(stacks, began))
    index = Index(session.environment_name, planned, removed)
    index.write(project)
    counts = [sum(each.status == status for each in planned) for status in _WORDS]
    print(
        f"{len(planned)} planned in {time.monotonic() - began:.1f} s: "
        "{} with changes, {} without, {} failed; ".format(*counts)
        + f"see {index_path(project).relative_to(project)}",
        flush=True,
    )
    outdated = outdated_by_iam(index, project)
    if outdated:
        print(
            f"plan: {IAM_STACK} makes other roles, and the plans of {', '.join(outdated)} have the "
            f"former ones; apply {IAM_STACK}, then plan these anew",
            file=sys.stderr,
        )
    return index


class _Progress:
    """A line for each stack as it finishes, and below it why it failed."""

    def __init__(self, stacks: Mapping[str, Path], began: float) -> None:
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


def _exit_code(index: Index) -> int:
    statuses = {each.status for each in index.stacks}
    if "failed" in statuses:
        return FAILED
    return CHANGES if "changes" in statuses or index.removed else NOTHING_CHANGES


if __name__ == "__main__":
    sys.exit(main())
