"""The policies that a plan changes, for the rules about permissions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tools.review.actions import destroyed, made
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Change, Plan
from tools.review.policy import Grant, is_policy, sentences, widened
from tools.review.rules.rule import Verdict, failed, passed, unknown

TRUST = "assume_role_policy"
# Attributes that hold a policy, by which one is known that cannot be read.
_POLICIES = {"policy", "policy_document", "inline_policy", "access_policy", TRUST}


def policies(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Every policy of a resource that is made, changed or taken away: where, before, after."""
    if not made(change) and not destroyed(change):
        return
    before, after = change.before or {}, change.after or {}
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        ours = change.configured is None or name in change.configured
        unreadable = name in _POLICIES and ours and isinstance(new, Hidden | Unknown)
        if is_policy(old) or is_policy(new) or unreadable:
            yield name, old, new
        if name == "inline_policy":  # blocks of a role: a list of objects
            for old_one, new_one in _paired(old, new):
                yield name, old_one, new_one


def _paired(old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    olds, news = (
        {str(each.get("name")): each.get("policy") for each in blocks if isinstance(each, dict)}
        if isinstance(blocks, list)
        else {}
        for blocks in (old, new)
    )
    for name in {**olds, **news}:
        yield olds.get(name), news.get(name)


def judged(
    plan: Plan, wrong: Callable[[Grant], bool], says: str, *, trust: bool = False
) -> Iterator[Verdict]:
    """The verdict on every policy, by the gained grants that are `wrong`.

    `says` is a sentence's begin, with {} for "gains", or for "loses" where a prohibition goes.
    """
    for change in plan.changes:
        for name, old, new in policies(change):
            if (name == TRUST) != trust:
                continue
            if isinstance(old, Hidden | Unknown) or isinstance(new, Hidden | Unknown):
                if old != new:
                    yield unknown(change.address, f"{name} is not known, or is hidden")
                continue
            found = [grant for grant in widened(old, new) if wrong(grant)]
            for effect, verb in (("Allow", "gains"), ("Deny", "loses")):
                for sentence in sentences(each for each in found if each.effect == effect):
                    yield failed(change.address, f"{says.format(verb)} {sentence}")
            if not found:
                yield passed(change.address)
