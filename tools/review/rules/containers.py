"""The containers of the task definitions that a plan registers, for the rules about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tools.review.actions import made
from tools.review.plan_file import Change, Plan
from tools.review.rules.rule import Verdict, failed, passed, unknown
from tools.review.task_definition import TYPE, containers_of

Container = dict[str, Any]

CANNOT_READ = "the containers are not known, or are hidden as a whole"


def registered(plan: Plan) -> Iterator[Change]:
    """The task definitions of which a revision is registered."""
    return (change for change in plan.changes if change.type == TYPE and made(change))


def judged(
    plan: Plan, mistakes: Callable[[Container, Container | None], Iterator[str | Verdict]]
) -> Iterator[Verdict]:
    """The verdict on every revision, by what `mistakes` says of each container.

    It gets the container and the one of the same name before; it says a sentence a mistake, and
    gives a `Verdict` where it does not know.
    """
    for change in registered(plan):
        containers = containers_of(change.after)
        if containers is None:
            yield unknown(change.address, CANNOT_READ)
            continue
        before = {each.get("name"): each for each in containers_of(change.before) or []}
        said = [
            mistake if isinstance(mistake, Verdict) else failed(change.address, mistake)
            for each in containers
            for mistake in mistakes(each, before.get(each.get("name")))
        ]
        yield from (each._replace(address=change.address) for each in said)
        if not said:
            yield passed(change.address)
