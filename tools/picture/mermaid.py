"""The picture as Mermaid, which GitHub draws.

https://mermaid.js.org/syntax/flowchart.html (read 2026-11)
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from tools.picture.alike import alike
from tools.picture.stack import Node
from tools.picture.system import Place, System, title

MOST_CHARACTERS, MOST_ARROWS = 50_000, 500
"""What Mermaid draws unless a page allows more: `maxTextSize` and `maxEdges` of its configuration.

https://mermaid.js.org/config/schema-docs/config.html (read 2026-11)
"""

_WIDE_TO_HIGH = 0.7
"""Of the frame around stacks that are alike."""

_PLAIN = re.compile(r"[^\W_]|[ ·/()]|(?<!^)[\-.,]|(?<=[^\W_])_(?=[^\W_])")

_BROKEN = {
    "direction ": "direction#32;",  # found anywhere in a line, in quotes too
    "#36;": "#36;#8288;",  # two dollars begin a formula
    "#92;": "#92;#8288;",  # a backslash and an n are a new line
    "#58;fa-": "#58;#8288;fa-",  # an icon
}
"""What Mermaid finds in a label even where it is escaped, with something invisible in it."""


def mermaid(system: System) -> str:
    """The whole diagram."""
    return "\n".join(["flowchart LR", *_Diagram(system).lines()]) + "\n"


def too_large(diagram: str) -> str | None:
    """Why Mermaid will not draw a diagram, if it will not."""
    for count, most, what in (
        (len(diagram), MOST_CHARACTERS, "characters"),
        (diagram.count("->"), MOST_ARROWS, "arrows"),
    ):
        if count > most:
            return f"it has {count} {what}, and Mermaid draws {most} unless a page allows more"
    return None


class _Diagram:
    def __init__(self, system: System) -> None:
        self.system = system
        self.groups = alike(system)
        self.ids: dict[Place, str] = {}
        self.taken: set[str] = set()
        for group in self.groups:
            own = self._new_id(group[0])
            for stack in group:
                self.ids[Place(stack)] = own
                for number, address in enumerate(system.stacks[stack], 1):
                    self.ids[Place(stack, address)] = own if len(group) > 1 else f"{own}__{number}"

    def _new_id(self, stack: str) -> str:
        """An id that is no word of Mermaid's, and no other's."""
        slug = "stack_" + re.sub(r"[^A-Za-z0-9]+", "_", stack).strip("_")
        id = next(each for each in _numbered(slug) if each not in self.taken)
        self.taken.add(id)
        return id

    def lines(self) -> Iterator[str]:
        for group in self.groups:
            yield from self._alone(group[0]) if len(group) == 1 else self._together(group)
        yield from dict.fromkeys(self._arrows())

    def _alone(self, stack: str) -> Iterator[str]:
        yield f'  subgraph {self.ids[Place(stack)]}["{_text(title(stack))}"]'
        for address, node in self.system.stacks[stack].items():
            start, end = ("[(", ")]") if node.is_state else ("[", "]")
            yield f'    {self.ids[Place(stack, address)]}{start}"{_label(node)}"{end}'
        yield "  end"

    def _together(self, group: Sequence[str]) -> Iterator[str]:
        """A frame with one box a stack, in columns; the arrows that all of them have leave it."""
        frame = self.ids[Place(group[0])]
        yield f'  subgraph {frame}["{len(group)} stacks that are alike"]'
        yield "    direction TB"
        ids = []
        for number, stack in enumerate(group, 1):
            ids.append(f"{frame}__{number}")
            nodes = map(_label, self.system.stacks[stack].values())
            yield f'    {ids[-1]}["{"<br>".join([_text(title(stack)), *nodes])}"]'
        columns = math.ceil(math.sqrt(len(group) * _WIDE_TO_HIGH))
        high = math.ceil(len(group) / columns)
        for at in range(0, len(ids), high):
            if len(ids[at : at + high]) > 1:
                yield f"    {' ~~~ '.join(ids[at : at + high])}"
        yield "  end"

    def _arrows(self) -> Iterator[str]:
        for arrow in self.system.arrows:
            source, target = self.ids[arrow.source], self.ids[arrow.target]
            if source != target:
                line = "-..->" if arrow.crosses else "-->"
                yield f"  {source} {line}{self._said(arrow.source)} {target}"

    def _said(self, source: Place) -> str:
        """What of each stack an arrow from a frame is of."""
        if source.address and self.ids[source] == self.ids[Place(source.stack)]:
            return f'|"each {_text(self.system.stacks[source.stack][source.address].words)}"|'
        return ""


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}_{number}"
        number += 1


def _label(node: Node) -> str:
    return "<br>".join(map(_text, node.lines))


def _text(line: str) -> str:
    """A line in which neither Mermaid, nor Markdown, nor HTML finds a word of its own."""
    escaped = "".join(
        each if _PLAIN.match(line, at) and (at or not each.isdigit()) else f"#{ord(each)};"
        for at, each in enumerate(line)
    )
    for word, broken in _BROKEN.items():
        escaped = escaped.replace(word, broken)
    return escaped
