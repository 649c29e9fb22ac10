"""What a picture shows of one stack: its boxes, and what the blocks in them refer to.

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
"""The address of a stack's state."""

READS_STATE = "data.terraform_remote_state."
"""How the address of what reads another stack's state begins."""

_LABELS = {"resource": 2, "data": 2, "module": 1, "locals": 0, "output": 1, "provider": 1}


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


def state_node(state: State) -> Node:
    """The box of a state."""
    return Node(state.words, one_line(state.key), is_state=True)


class Stack:
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
            raise Refused(f"the stack '{name}' is no Terraform JSON: {refused}") from None
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
            if not address.startswith(("provider.", READS_STATE)) and address not in self._hidden
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
            if address.startswith("data.") and all(each.startswith(READS_STATE) for each in by)
        }

    def _owner(self, address: str) -> str:
        """The resource that this one is a part of, as a bucket's policy is of the bucket."""
        seen = {address}
        while (owner := self._next_owner(address)) and owner not in seen:
            seen.add(owner)
            address = owner
        return address

    def _next_owner(self, address: str) -> str | None:
        kind = type_of(address)
        found = {
            other
            for reference in self.references[address]
            if (other := address_of(reference)) in self.blocks
            and not other.startswith(("data.", "module."))
            and kind.startswith(f"{type_of(other)}_")
        }
        longest = max((len(type_of(other)) for other in found), default=0)
        owners = [other for other in found if len(type_of(other)) == longest]
        return owners[0] if len(owners) == 1 else None

    @cached_property
    def nodes(self) -> dict[str, Node]:
        boxes = {
            address: self._node(address)
            for address, owner in self.drawn.items()
            if owner == address
        }
        return {STATE: state_node(self.state), **boxes}

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
        words = [names.part_words(type_of(part), type_of(owner)) for part in parts]
        pairs = zip(parts, words, strict=True)
        return tuple(self._part(part, word, words.count(word)) for part, word in pairs)

    def _part(self, address: str, words: str, alike: int) -> str:
        name = names.given_name(type_of(address), self.blocks[address])
        if not name and alike > 1:
            name = one_line(address.partition(".")[2])
        return f"{words} {name}".strip()


def address_of(reference: Reference) -> str:
    """The address of the block that a reference is to."""
    return ".".join(reference[: 3 if reference[0] == "data" else 2])


def type_of(address: str) -> str:
    """The type of a resource; that of any other block is its kind."""
    return address.partition(".")[0]
