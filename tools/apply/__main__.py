"""`python -m tools.apply`: applies what was reviewed.

Without --fingerprint, the saved plans of the last `python -m tools.plan` are applied. With it, they
are applied when that is their fingerprint; otherwise everything is planned anew, and applied only
when the new plans have it, or nothing would change any more; else it says in fields what is
different. Stacks go in order: state-bucket, ci-roles, iam, then the services; the first failure
stops it. Exit codes: 0 when all of it is applied, 1 when not, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from constructs_lib.commands import tool_command
from constructs_lib.stack_ids import IAM_STACK
from tools.apply.reviewed_meaning import differing, not_there, planned_meaning, reviewed_meaning
from tools.command_line import Parser
from tools.diagnosis.looking import STACKS_AT_ONCE
from tools.ending import FAILED, ended
from tools.plan.__main__ import add_choosing_options, made
from tools.plan.index import APPLIED, SAVED_PLAN, Index, Planned, newer_than_plans, read
from tools.plan.messages import explained, is_of_other_provider, is_stale
from tools.plan.outdated import moved_on, outdated_by_iam, plan_anew, why_outdated
from tools.plan.planning import counted
from tools.plan.session import Session, add_running_options
from tools.refused import Refused
from tools.review.fingerprint import LENGTH, sum_of
from tools.stack_names import stacks_of_code, surely_none
from tools.stack_order import in_order
from tools.terraform import Answer, one_interrupt

DONE = 0

_NOTHING = "nothing is applied; do that first, then apply again"


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = _parsed(arguments)
    return ended(
        "apply", lambda: _run(wanted), stopped="stopped; no lock and no process of it is left"
    )


def _run(wanted: argparse.Namespace) -> int:
    with one_interrupt(), Session(wanted) as session:
        index = _reviewed(wanted, session) if wanted.fingerprint else last_plan(session.project)
        _check(index, wanted.stacks, session.environment_name, session.project)
        plans = _to_apply(index, wanted)
        against = session.diagnosis.all_before(plans)
        if not wanted.fingerprint:  # with it, the plans have been looked at, or are new
            against = against or _outdated(plans.values(), session)
        if against:
            raise Refused("\n".join([*against, _NOTHING]))
        if not _that_change(index) and not wanted.fingerprint:
            print("no plan changes anything")
        return _apply(plans, session, outdated_by_iam(index, session.project))


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(
        prog="python -m tools.apply",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_choosing_options(parser)
    parser.add_argument("--fingerprint", metavar="F", type=_sixteen, help="what the review printed")
    parser.add_argument(
        "--reviewed",
        metavar="FILE",
        type=Path,
        help="the review of that fingerprint, as `python -m tools.review --json FILE` wrote it, "
        "to say what is different when the plans now are others",
    )
    add_running_options(parser)
    wanted = parser.parse_args(arguments)
    for option in ("changed_since", "reviewed"):
        if getattr(wanted, option) is not None and wanted.fingerprint is None:
            parser.error(
                f"--{option.replace('_', '-')} needs --fingerprint; give what the review printed"
            )
    return wanted


def _sixteen(text: str) -> str:
    """A fingerprint as argparse wants it; an empty one must not pass for none."""
    if not re.fullmatch(rf"[0-9a-f]{{{LENGTH}}}", text):
        raise argparse.ArgumentTypeError(
            f"must be {LENGTH} characters of 0-9 and a-f (got {text!r}); copy it from the review"
        )
    return text


def last_plan(project: Path) -> Index:
    """The plans of the last `plan`; says which of the person's files are newer."""
    index = read(project)
    _say_what_is_newer(project)
    return index


def _say_what_is_newer(project: Path) -> None:
    newer = newer_than_plans(project)
    if newer:
        told = f"{newer} changed after these plans were made, and they lack that"
        print(f"apply: {told}; to have it, plan and review anew", file=sys.stderr)


def _reviewed(wanted: argparse.Namespace, session: Session) -> Index:
    """The plans that have the fingerprint: the saved ones, else new ones.

    Raises:
        Refused: neither have it.
    """
    reviewed: list[str] | None = None
    anew = [f"no saved plans have the fingerprint {wanted.fingerprint}"]
    if wanted.reviewed:
        reviewed = reviewed_meaning(wanted.reviewed, wanted.fingerprint)
    try:
        index = read(session.project)
        saved = planned_meaning(_files(index, session))
    except Refused:
        pass  # nothing saved, or not all of it: planned anew below
    else:
        if sum_of(saved) == wanted.fingerprint:
            reviewed = saved
            outdated = _outdated(_that_change(index), session)
            if not outdated:
                print(f"the saved plans have the fingerprint {wanted.fingerprint}", flush=True)
                _say_what_is_newer(session.project)
                return index
            anew = [each.partition(";")[0] for each in outdated]
            wanted.stacks = wanted.stacks or [each.stack for each in index.stacks]
    print("\n".join(anew) + ": planning anew", flush=True)
    index = made(wanted, session)
    if any(each.status == "failed" for each in index.stacks):
        return index  # a failed plan is refused with its own sentence
    now = planned_meaning(_files(index, session))
    if sum_of(now) == wanted.fingerprint:
        return index
    if not now:
        gone = not_there(reviewed or [], _files(index, session))
        if gone:
            told = "nothing changes, and what was reviewed is not there, as the code or AWS is"
            raise Refused("\n".join([f"{told} another now; review what it says now", *gone]))
        print("nothing changes any more: what was reviewed is there already")
        return index
    told = (
        f"the plans now have the fingerprint {sum_of(now)}, and {wanted.fingerprint} was reviewed; "
        "nothing is applied: review these plans, and give their fingerprint"
    )
    raise Refused("\n".join([told, *differing(reviewed, now)]))


def _files(index: Index, session: Session) -> dict[str, Path]:
    return {each.stack: session.project / each.plan for each in index.stacks if each.plan}


def _that_change(index: Index) -> list[Planned]:
    return [each for each in index.stacks if each.status == "changes"]


def _outdated(plans: Iterable[Planned], session: Session) -> list[str]:
    """A sentence on each saved plan that cannot be applied any more."""
    with ThreadPoolExecutor(STACKS_AT_ONCE) as pool:
        found = pool.map(
            lambda each: why_outdated(each.stack, _folder(each, session), session.diagnosis), plans
        )
        return [sentence for sentence in found if sentence]


def _folder(planned: Planned, session: Session) -> Path:
    assert planned.plan
    return (session.project / planned.plan).parent


def _check(index: Index, named: Sequence[str], environment: str, project: Path) -> None:
    """The plans must be for this environment, and none of those to apply may have failed."""
    if index.environment != environment:
        raise Refused(
            f"the saved plans are for the environment '{index.environment}', and this is "
            f"'{environment}'; plan anew, with: {tool_command('plan')}"
        )
    known = {each.stack: each for each in index.stacks}
    sentences = [_not_planned(name, known, project) for name in named if name not in known]
    sentences += [
        f"{each.stack} could not be planned; see to this, and plan it anew: {each.error}"
        for each in index.stacks
        if each.status == "failed" and (not named or each.stack in named)
    ]
    if sentences:
        raise Refused("\n".join([*sentences, _NOTHING]))


def _not_planned(name: str, known: Iterable[str], project: Path) -> str:
    none = surely_none(name, stacks_of_code(), project)
    if none:
        return none
    cure = f"plan it, with: {tool_command(f'plan {name}')}"
    return f"{name} was not planned, only {', '.join(known)}; {cure}"


def _to_apply(index: Index, wanted: argparse.Namespace) -> dict[str, Planned]:
    found = {
        each.stack: each
        for each in _that_change(index)
        if (not wanted.stacks or each.stack in wanted.stacks) and each.stack not in wanted.without
    }
    return {name: found[name] for name in in_order(found)}


def _apply(plans: Mapping[str, Planned], session: Session, outdated: Sequence[str]) -> int:
    """Applies one after another up to the first failure; says what is and what is not applied.

    `outdated` are the stacks whose plans are, once `iam` is applied.
    """
    applied: list[str] = []
    failed, began = None, True
    at_once = {
        stack: planned
        for stack, planned in plans.items()
        if IAM_STACK not in plans or stack not in outdated
    }
    try:
        for stack, planned in at_once.items():
            print(f"{stack} ...", flush=True)
            failed, began = stack, True
            folder = _folder(planned, session)
            answer = _applied(session, planned, folder)
            began = answer is not None and not _refused(answer)
            if answer is None or answer.exit_code != 0:
                break
            print(f"{stack}: {counted(answer, folder) or 'nothing to do'}", flush=True)
            applied.append(stack)
            failed = None
    finally:
        waiting = [name for name in plans if name not in applied and name != failed]
        print(f"applied: {', '.join(applied) or 'nothing'}")
        if failed:
            print(f"failed{', perhaps half applied' if began else ''}: {failed}")
        if failed or waiting:
            print(f"not applied: {', '.join(waiting) or 'nothing else'}", flush=True)
        if IAM_STACK in applied and outdated:
            told = f"{IAM_STACK} has other roles now than {', '.join(outdated)}"
            again = tool_command(f"plan {' '.join(outdated)}")
            print(f"apply: {told}; plan, review and apply these, with: {again}", file=sys.stderr)
    return FAILED if failed or waiting else DONE


def _refused(answer: Answer) -> bool:
    """Whether Terraform turned the plan down before it did anything."""
    return is_stale(answer) or is_of_other_provider(answer)


def _applied(session: Session, planned: Planned, folder: Path) -> Answer | None:
    """Applies one saved plan and says why where it fails; None when it is outdated by now."""
    outdated = why_outdated(planned.stack, folder, session.diagnosis)
    if outdated:
        _complain(outdated)
        return None
    answer = session.terraform.run_to_end(
        folder,
        *("apply", "-json", "-input=false", f"-lock-timeout={session.lock_seconds}s", SAVED_PLAN),
    )
    if answer.exit_code == 0:
        (folder / SAVED_PLAN).unlink()
        (folder / APPLIED).touch()
    elif is_stale(answer):
        _complain(moved_on(planned.stack))
    elif is_of_other_provider(answer):
        _complain(
            f"{planned.stack}: the plan was made with another provider process "
            f"(--no-shared-provider for one of both); {plan_anew(planned.stack)}"
        )
    else:
        _complain(explained(answer, folder, lambda: session.diagnosis.after(planned.stack)))
    return answer


def _complain(text: str) -> None:
    print(*(f"    {line}".rstrip() for line in text.splitlines()), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
