"""From files to a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.review.checkov import SecondOpinion, second_opinion
from tools.review.fingerprint import meaning
from tools.review.hidden import Cleaner
from tools.review.index import Entry
from tools.review.plan_file import Plan, Unusable, read_plan, stack_name
from tools.review.report import (
    ALL_RULES,
    FAILED,
    NONE,
    REMOVED,
    Report,
    Stack,
    stack_of,
    stack_without_plan,
)
from tools.review.rules.rule import Rule
from tools.review.settings import Settings

Ask = Callable[[list[Plan], Settings], SecondOpinion]


def review(
    entries: Iterable[Entry],
    settings: Settings,
    *,
    environment: str | None = None,
    rules: Iterable[Rule] = ALL_RULES,
    ask: Ask = second_opinion,
) -> Report:
    """The review of all stacks.

    Raises:
        Unusable: a plan cannot be read, or two are of one stack.
    """
    entries, rules = list(entries), list(rules)
    twice = [name for name, count in Counter(each.stack for each in entries).items() if count > 1]
    if twice:
        raise Unusable(f"two plans are of one stack, {twice[0]}; name their files by their stacks")
    plans = {
        each.stack: read_plan(each.plan, each.stack)
        for each in entries
        if each.plan is not None and each.status != FAILED
    }
    everything = list(plans.values())
    opinion = ask(everything, settings)
    stacks = []
    for entry in entries:
        if entry.stack in plans:
            stack = stack_of(plans[entry.stack], everything, settings, rules)
        else:
            stack = _without_plan(entry)
        stacks.append(
            stack._replace(findings=[*stack.findings, *opinion.findings.get(entry.stack, [])])
        )
    return Report(stacks, meaning(everything), opinion.said, environment)


def entry_of(file: Path) -> Entry:
    """A file that was named, as an entry."""
    return Entry(stack_name(file), "changes", file, None)


def _without_plan(entry: Entry) -> Stack:
    status = entry.status if entry.status in (NONE, REMOVED) else FAILED
    error = Cleaner().text(entry.error or "there is no plan") if status == FAILED else None
    return stack_without_plan(entry.stack, str(entry.plan or entry.stack), status, error)
