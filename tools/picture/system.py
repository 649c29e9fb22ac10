"""The system as a picture shows it: all stacks, and what refers to what across them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from constructs_lib.errors import one_line
from tools.picture import states
from tools.picture.references import Reference, references
from tools.picture.stack import READS_STATE, STATE, Node, Stack, address_of, state_node, type_of
from tools.picture.states import State
from tools.picture.synthesized import Synthesized

ELSEWHERE = ""
"""The name of the stack for states that are read, and are of no stack in the picture."""


class Place(NamedTuple):
    """Where an arrow begins or ends: an address in a stack; the stack itself when it is empty."""

    stack: str
    address: str = ""


class Arrow(NamedTuple):
    """A reference; or, from a state, the bucket in which it lies."""

    source: Place
    target: Place

    @property
    def crosses(self) -> bool:
        """Whether it leads to another stack."""
        return self.source.stack != self.target.stack

    @property
    def is_of_state(self) -> bool:
        return self.source.address == STATE


class System(NamedTuple):
    """All stacks, each with its boxes by their addresses, and all arrows."""

    stacks: dict[str, dict[str, Node]]
    arrows: list[Arrow]


def title(stack: str) -> str:
    """What stands over a stack."""
    return f"stack {one_line(stack)}" if stack != ELSEWHERE else "elsewhere"


def system(synthesized: Mapping[str, Synthesized]) -> System:
    """The system that the stacks of a project are.

    Raises:
        Refused: a stack is no Terraform JSON.
    """
    project = _Project(synthesized)
    stacks = {name: stack.nodes for name, stack in project.stacks.items()}
    arrows = list(dict.fromkeys(project.arrows()))
    elsewhere = {
        arrow.target.address: project.foreign[arrow.target.address]
        for arrow in arrows
        if arrow.target.stack == ELSEWHERE
    }
    if elsewhere:
        stacks[ELSEWHERE] = {key: state_node(state) for key, state in elsewhere.items()}
    return System(stacks, arrows)


class _Project:
    """All stacks, and the arrows between what is in them."""

    def __init__(self, synthesized: Mapping[str, Synthesized]) -> None:
        self.stacks = {name: Stack(name, each) for name, each in synthesized.items()}
        self.foreign: dict[str, State] = {}
        self._by_state = {
            stack.state: name for name, stack in self.stacks.items() if any(stack.state.place)
        }

    def arrows(self) -> Iterator[Arrow]:
        for stack in self.stacks.values():
            yield from self._kept(stack)
            across: set[Place | str] = set()
            for address, owner in stack.drawn.items():
                source = Place(stack.name, owner)
                for target in self._targets(stack, stack.references[address], frozenset()):
                    if target != source:
                        across.add(target.stack or target)
                        yield Arrow(source, target)
            for target in self._needed(stack):
                if (target.stack or target) not in across:
                    yield Arrow(Place(stack.name), target)

    def _kept(self, stack: Stack) -> Iterator[Arrow]:
        """From a stack's state to the bucket that holds it, if that is in the picture."""
        kind, argument = states.MADE_AS.get(stack.state.backend, ("", ""))
        for other in self.stacks.values():
            for address, body in other.blocks.items():
                if kind and type_of(address) == kind and body.get(argument) == stack.state.place[0]:
                    yield Arrow(Place(stack.name, STATE), Place(other.name, other.drawn[address]))

    def _needed(self, stack: Stack) -> Iterator[Place]:
        """What a stack comes after as a whole: states that it reads, and CDKTF's dependencies."""
        for address in stack.blocks:
            if address.startswith(READS_STATE):
                place = self._of_state(stack, address)
                yield place if place.stack == ELSEWHERE else Place(place.stack)
        yield from (Place(name) for name in stack.dependencies if name in self.stacks)

    def _targets(
        self, stack: Stack, found: Iterable[Reference], within: frozenset[Place]
    ) -> Iterator[Place]:
        """The boxes that references lead to, through states to other stacks too."""
        for reference in found:
            address = address_of(reference)
            here = Place(stack.name, address)
            if here in within:
                continue
            if address.startswith(READS_STATE) and address in stack.blocks:
                yield from self._read(stack, reference, within | {here})
            elif address in stack.drawn:
                yield Place(stack.name, stack.drawn[address])

    def _read(
        self, stack: Stack, reference: Reference, within: frozenset[Place]
    ) -> Iterator[Place]:
        """What another stack's output refers to; else that stack."""
        place = self._of_state(stack, address_of(reference))
        if place.stack == ELSEWHERE:
            yield place
            return
        other = self.stacks[place.stack]
        value = other.outputs.get(reference[4]) if len(reference) > 4 else None
        behind = self._targets(other, other.through_locals(references(value)), within)
        yield from [each for each in behind if each.stack != stack.name] or [Place(place.stack)]

    def _of_state(self, stack: Stack, address: str) -> Place:
        """The stack whose state a `terraform_remote_state` reads; else a box elsewhere."""
        state = states.of_remote_state(stack.blocks[address], stack.folder)
        if state in self._by_state:
            return Place(self._by_state[state])
        key = "/".join([state.backend, *state.place])
        self.foreign[key] = state
        return Place(ELSEWHERE, key)
