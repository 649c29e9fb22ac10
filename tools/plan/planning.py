"""Plans of stacks, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from tools.diagnosis import Diagnosis
from tools.plan.index import PLAN_JSON, SAVED_PLAN, Planned
from tools.plan.messages import asks_for_init, explained
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
        for name in (SAVED_PLAN, PLAN_JSON):
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
            summary=counted(answer),
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


def counted(answer: Answer) -> str:
    """Terraform's own counts of a plan or an apply; empty when nothing changes."""
    counts = [each["changes"] for each in answer.messages if each["type"] == "change_summary"]
    if not counts:
        return ""
    done = counts[-1]["operation"] == "apply"
    words = _DONE if done else _TO_DO
    return ", ".join(f"{counts[-1][key]} {word}" for key, word in words.items() if counts[-1][key])
