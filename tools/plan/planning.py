"""Plans of stacks, side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from tools.diagnosis.looking import Diagnosis
from tools.plan.index import APPLIED, PLAN_JSON, SAVED_PLAN, Planned
from tools.plan.messages import asks_for_init, explained
from tools.review.task_definition import TYPE as TASK_DEFINITION
from tools.terraform import Answer, Terraform
from tools.whole_file import write_whole

_TO_DO = {"import": "to import", "add": "to add", "change": "to change", "remove": "to destroy"}
_DONE = {"import": "imported", "add": "added", "change": "changed", "remove": "destroyed"}


class Planner(NamedTuple):
    """Plans the stacks of a project."""

    project: Path
    terraform: Terraform
    diagnosis: Diagnosis
    lock_seconds: int

    def plan_all(
        self, stacks: Mapping[str, Path], jobs: int, report: Callable[[Planned], None]
    ) -> list[Planned]:
        """Plans `jobs` stacks at a time; a failure of one does not stop the others.

        `report` is called, in this thread, for each stack as it finishes.
        """
        pool = ThreadPoolExecutor(jobs)
        try:
            futures = [pool.submit(self.plan, stack, folder) for stack, folder in stacks.items()]
            for future in as_completed(futures):
                report(future.result())
            return [future.result() for future in futures]
        except BaseException:
            self.terraform.stop()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def plan(self, stack: str, folder: Path, *options: str) -> Planned:
        """Plans one stack into its folder; `options` are more of Terraform's own."""
        for name in (SAVED_PLAN, PLAN_JSON, APPLIED):
            (folder / name).unlink(missing_ok=True)
        answer = self._planned(folder, options)
        if answer.exit_code not in (0, 2):
            error = explained(answer, folder, lambda: self.diagnosis.after(stack))
            return Planned(stack, "failed", error=error)
        if answer.exit_code == 2:
            # A plan is as good as the state that it comes from.
            against = self.diagnosis.before(stack)
            if against:
                (folder / SAVED_PLAN).unlink()
                return Planned(stack, "failed", error="\n\n".join(against))
        shown = self.terraform.run(folder, "show", "-json", SAVED_PLAN)
        if shown.exit_code != 0:
            return Planned(stack, "failed", error=explained(shown, folder))
        write_whole(folder / PLAN_JSON, shown.output, private=True)
        return Planned(
            stack,
            "changes" if answer.exit_code == 2 else "none",
            plan=str((folder / PLAN_JSON).relative_to(self.project)),
            summary=counted(answer, folder),
        )

    def _planned(self, folder: Path, options: tuple[str, ...]) -> Answer:
        """Plans, after an `init` where Terraform asks for one.

        Whether a folder is initialised for this backend and this provider is Terraform's to say:
        it refuses in 0.05 s, before it has locked or read anything.
        """
        plan = (
            *("plan", "-json", "-input=false", "-detailed-exitcode"),
            *(f"-lock-timeout={self.lock_seconds}s", f"-out={SAVED_PLAN}"),
            *options,
        )
        answer = self.terraform.run(folder, *plan)
        if not asks_for_init(answer):
            return answer
        # The backend of this synth, whatever was noted before; no state is ever moved.
        ready = self.terraform.run(folder, "init", "-json", "-input=false", "-reconfigure")
        return self.terraform.run(folder, *plan) if ready.exit_code == 0 else ready


def counted(answer: Answer, folder: Path) -> str:
    """Terraform's counts of a plan or an apply; empty when nothing changes.

    A new revision of a task definition is one resource added and one destroyed to Terraform, also
    where `skip_destroy` leaves the earlier one alone.
    """
    summaries = [each["changes"] for each in answer.messages if each["type"] == "change_summary"]
    if not summaries:
        return ""
    counts = dict(summaries[-1])
    words = _DONE if counts["operation"] == "apply" else _TO_DO
    revisions = _new_revisions(folder) if counts["remove"] else 0
    counts["add"] -= revisions
    counts["remove"] -= revisions
    told = [f"{counts[key]} {word}" for key, word in words.items() if counts[key]]
    if revisions:
        told.insert(0, f"{revisions} new {'revision' if revisions == 1 else 'revisions'}")
    return ", ".join(told)


def _new_revisions(folder: Path) -> int:
    """How many task definitions the plan there replaces, and leaves their earlier revisions alone.

    The provider goes by the `skip_destroy` of the state, which an import does not have, and which
    is still the former one where the code has just changed it.
    """
    changes = json.loads((folder / PLAN_JSON).read_text("utf-8")).get("resource_changes", [])
    replaced = (
        each["change"]["before"]
        for each in changes
        if each["type"] == TASK_DEFINITION
        and {"create", "delete"} <= set(each["change"]["actions"])
    )
    return sum(before.get("skip_destroy") is True for before in replaced)
