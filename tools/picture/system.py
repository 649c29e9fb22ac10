"""The system as a picture shows it: stacks, what is in them, and what refers to what.

Only types, names, references and the keys of states are taken; no other value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from constructs_lib.errors import one_line
from tools.picture import names, states
from tools.picture.references import Reference, references
from tools.picture.states import State
from tools.picture.synthesized import Synthesized
from tools.refused import Refused
from tools.terraform_json import labelled

STATE = "state"
ELSEWHERE = ""
"""The name of the stack for states that are read, and are of no stack in the picture."""

_READS_STATE = "data.terraform_remote_state."
_LABELS = {"resource": 2, "data": 2, "module": 1, "locals": 0, "output": 1, "provider": 1}


class Place(NamedTuple):
    """Where an arrow begins or ends: an address in a stack; the stack itself when it is empty."""

    stack: str
    address: str = ""


class Node(NamedTuple):
    """A box: a resource with its parts, a data source, a module, or a state."""

    words: str
    name: str
    parts: tuple[str, ...] = ()
    is_state: bool = False

    @property
    def lines(self) -> list[str]:
        """What stands in the box: its words, its name, and a line for each part."""
        return [self.words, *filter(None, [self.name]), *(f"· {part}" for part in self.parts)]


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
        stacks[ELSEWHERE] = {key: _state_node(state) for key, state in elsewhere.items()}
    return System(stacks, arrows)


def _state_node(state: State) -> Node:
    return Node(state.words, one_line(state.key), is_state=True)


class _Stack:
    """One stack's blocks by their addresses, as references have them."""

    def __init__(self, name: str, synthesized: Synthesized) -> None:
        self.name = name
        self.folder = synthesized.folder
        self.dependencies = synthesized.dependencies
        self.blocks: dict[str, Mapping[str, Any]] = {}
        self.locals: dict[str, Any] = {}
        self.outputs: dict[str, Any] = {}
        try:
            self.state = states.of_stack(synthesized.content, self.folder)
            for kind, count in _LABELS.items():
                for labels, body in labelled(synthesized.content.get(kind), count):
                    self._add(kind, labels, body)
        except Refused as refused:
            sentence = f"the stack '{name}' is no Terraform JSON; see to this in it: {refused}"
            raise Refused(sentence) from None
        self.references = {
            address: list(self.through_locals(references(body)))
            for address, body in self.blocks.items()
        }

    def _add(self, kind: str, labels: list[str], body: Mapping[str, Any]) -> None:
        if kind == "locals":
            self.locals |= body
        elif kind == "output":
            self.outputs[labels[0]] = body.get("value")
        elif kind == "provider":
            self.blocks[f"provider.{labels[0]}.{len(self.blocks)}"] = body
        else:
            self.blocks[".".join(labels if kind == "resource" else [kind, *labels])] = body

    def through_locals(
        self, found: Iterable[Reference], within: frozenset[str] = frozenset()
    ) -> Iterator[Reference]:
        """The references, with those of a local in place of the reference to it."""
        for reference in found:
            name = reference[1] if reference[0] == "local" and len(reference) > 1 else None
            if name is None:
                yield reference
            elif name not in within:
                inner = references(self.locals.get(name))
                yield from self.through_locals(inner, within | {name})

    @cached_property
    def drawn(self) -> dict[str, str]:
        """The address of the box in which each block is drawn."""
        return {
            address: self._owner(address)
            for address in self.blocks
            if not address.startswith(("provider.", _READS_STATE)) and address not in self._hidden
        }

    @cached_property
    def _hidden(self) -> set[str]:
        """Data sources that are there for the reading of a state alone."""
        users: dict[str, set[str]] = {}
        for address, found in self.references.items():
            for reference in found:
                users.setdefault(address_of(reference), set()).add(address)
        for reference in self.through_locals(references(self.outputs)):
            users.setdefault(address_of(reference), set()).add("")
        return {
            address
            for address, by in users.items()
            if address.startswith("data.") and all(each.startswith(_READS_STATE) for each in by)
        }

    def _owner(self, address: str) -> str:
        """The resource that this one is a part of, as a bucket's policy is of the bucket."""
        seen = {address}
        while (owner := self._next_owner(address)) and owner not in seen:
            seen.add(owner)
            address = owner
        return address

    def _next_owner(self, address: str) -> str | None:
        kind = _type(address)
        found = {
            other
            for reference in self.references[address]
            if (other := address_of(reference)) in self.blocks
            and not other.startswith(("data.", "module."))
            and kind.startswith(f"{_type(other)}_")
        }
        longest = max((len(_type(other)) for other in found), default=0)
        owners = [other for other in found if len(_type(other)) == longest]
        return owners[0] if len(owners) == 1 else None

    @cached_property
    def nodes(self) -> dict[str, Node]:
        boxes = {
            address: self._node(address)
            for address, owner in self.drawn.items()
            if owner == address
        }
        return {STATE: _state_node(self.state), **boxes}

    def _node(self, address: str) -> Node:
        *kinds, id = address.split(".", 2 if address.startswith("data.") else 1)
        if address.startswith("module."):
            return Node("module", one_line(id))
        words = names.words(kinds[-1])
        name = names.given_name(kinds[-1], self.blocks[address]) or one_line(id)
        if address.startswith("data."):
            return Node(f"data {words}", name)
        return Node(words, name, self._parts(address))

    def _parts(self, owner: str) -> tuple[str, ...]:
        parts = [each for each, of in self.drawn.items() if of == owner and each != owner]
        words = [names.part_words(_type(part), _type(owner)) for part in parts]
        pairs = zip(parts, words, strict=True)
        return tuple(self._part(part, word, words.count(word)) for part, word in pairs)

    def _part(self, address: str, words: str, alike: int) -> str:
        name = names.given_name(_type(address), self.blocks[address])
        if not name and alike > 1:
            name = one_line(address.partition(".")[2])
        return f"{words} {name}".strip()


class _Project:
    """All stacks, and the arrows between what is in them."""

    def __init__(self, synthesized: Mapping[str, Synthesized]) -> None:
        self.stacks = {name: _Stack(name, each) for name, each in synthesized.items()}
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

    def _kept(self, stack: _Stack) -> Iterator[Arrow]:
        """From a stack's state to the bucket that holds it, if that is in the picture."""
        kind, argument = states.MADE_AS.get(stack.state.backend, ("", ""))
        for other in self.stacks.values():
            for address, body in other.blocks.items():
                if kind and _type(address) == kind and body.get(argument) == stack.state.place[0]:
                    yield Arrow(Place(stack.name, STATE), Place(other.name, other.drawn[address]))

    def _needed(self, stack: _Stack) -> Iterator[Place]:
        """What a stack comes after as a whole: states that it reads, and CDKTF's dependencies."""
        for address in stack.blocks:
            if address.startswith(_READS_STATE):
                place = self._of_state(stack, address)
                yield place if place.stack == ELSEWHERE else Place(place.stack)
        yield from (Place(name) for name in stack.dependencies if name in self.stacks)

    def _targets(
        self, stack: _Stack, found: Iterable[Reference], within: frozenset[Place]
    ) -> Iterator[Place]:
        """The boxes that references lead to, through states to other stacks too."""
        for reference in found:
            address = address_of(reference)
            here = Place(stack.name, address)
            if here in within:
                continue
            if address.startswith(_READS_STATE) and address in stack.blocks:
                yield from self._read(stack, reference, within | {here})
            elif address in stack.drawn:
                yield Place(stack.name, stack.drawn[address])

    def _read(
        self, stack: _Stack, reference: Reference, within: frozenset[Place]
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

    def _of_state(self, stack: _Stack, address: str) -> Place:
        """The stack whose state a `terraform_remote_state` reads; else a box elsewhere."""
        state = states.of_remote_state(stack.blocks[address], stack.folder)
        if state in self._by_state:
            return Place(self._by_state[state])
        key = "/".join([state.backend, *state.place])
        self.foreign[key] = state
        return Place(ELSEWHERE, key)


def address_of(reference: Reference) -> str:
    """The address of the block that a reference is to."""
    return ".".join(reference[: 3 if reference[0] == "data" else 2])


def _type(address: str) -> str:
    """The type of a resource; that of any other block is its kind."""
    return address.partition(".")[0]
