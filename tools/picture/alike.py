"""Stacks that differ in names alone, as a catalogue of many services has them."""

from __future__ import annotations

from tools.picture.system import ELSEWHERE, Arrow, Place, System

FEWEST = 4
"""Of fewer, each is easily seen alone."""


def alike(system: System) -> list[list[str]]:
    """The stacks in groups: those of one have the same kinds of boxes, and the same arrows.

    A stack that another refers to is alone, and so is one of a kind of which there are few.
    """
    alone = {arrow.target.stack for arrow in system.arrows if arrow.crosses} | {ELSEWHERE}
    arrows: dict[str, list[object]] = {stack: [] for stack in system.stacks}
    for arrow in system.arrows:
        arrows[arrow.source.stack].append(_shape(system, arrow))
    groups: dict[object, list[str]] = {}
    for stack, nodes in system.stacks.items():
        boxes = tuple((node.words, len(node.parts)) for node in nodes.values())
        shape = stack if stack in alone else (boxes, tuple(arrows[stack]))
        groups.setdefault(shape, []).append(stack)
    return [
        part
        for group in groups.values()
        for part in ([group] if len(group) >= FEWEST else [[stack] for stack in group])
    ]


def _shape(system: System, arrow: Arrow) -> tuple[int, int | Place]:
    """An arrow, with what is in its own stack told by its number there."""
    order = ["", *system.stacks[arrow.source.stack]]
    source = order.index(arrow.source.address)
    return source, arrow.target if arrow.crosses else order.index(arrow.target.address)
