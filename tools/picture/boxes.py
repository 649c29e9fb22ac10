"""The boxes of the SVG, and their sizes: a stack is a column of boxes, with a gutter beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tools.picture.lettering import cells, wrapped
from tools.picture.stack import Node
from tools.picture.system import Arrow, Place, title

CELL, LINE, FONT = 7.5, 16, 12
"""A cell's width, a line's height and the font's size. Monospaced fonts are 0.6 of it wide."""

LANE = 8
_WIDEST = 50
_PAD, _PADDING, _BETWEEN = 10, 14, 10
_GRID = 6
"""What leaves a box is on this grid, what comes in is half a step off it, so no two lines run on
one another."""


class Bus(NamedTuple):
    """All arrows to one place which are drawn as one line with many beginnings."""

    target: Place
    of_state: bool
    inside: bool


def bus(arrow: Arrow) -> Bus:
    return Bus(arrow.target, arrow.is_of_state, not arrow.crosses)


@dataclass
class Box:
    """A box of text, with what comes in and goes out at its sides."""

    lines: list[tuple[str, str]]
    is_state: bool = False
    going_out: list[Bus] = field(default_factory=list)
    from_inside: list[Bus] = field(default_factory=list)
    from_outside: list[Bus] = field(default_factory=list)
    x: float = 0
    y: float = 0
    width: float = 0

    @property
    def height(self) -> float:
        ports = max(len(self.going_out) + len(self.from_inside), len(self.from_outside))
        return max(len(self.lines) * LINE + _PAD, (ports + 1) * LANE)

    @property
    def right(self) -> float:
        return self.x + self.width

    def y_out(self, bus: Bus) -> float:
        at = self._port(len(self.from_inside) + self.going_out.index(bus), self._at_right)
        return round(at / _GRID) * _GRID

    def y_in(self, bus: Bus) -> float:
        side = self.from_inside if bus.inside else self.from_outside
        count = self._at_right if bus.inside else len(side)
        return off_grid(self._port(side.index(bus), count))

    @property
    def _at_right(self) -> int:
        return len(self.going_out) + len(self.from_inside)

    def _port(self, number: int, of: int) -> float:
        return self.y + self.height * (number + 1) / (of + 1)


def off_grid(y: float) -> float:
    """Where a line runs that leaves no box at this height."""
    return round(y / _GRID) * _GRID + _GRID / 2


@dataclass
class StackBox:
    """A stack: its title, and its boxes below one another."""

    name: str
    boxes: dict[str, Box]
    inside: list[Bus]
    """The buses within the stack, a lane each in the gutter."""

    inner: float
    """The width of the boxes."""

    x: float = 0
    y: float = 0

    @property
    def width(self) -> float:
        return self.inner + _PADDING * 2 + LANE * (len(self.inside) + bool(self.inside))

    @property
    def height(self) -> float:
        between = _BETWEEN * (len(self.boxes) - 1)
        return sum(box.height for box in self.boxes.values()) + between + _PADDING

    def move(self, x: float, y: float) -> None:
        """Moves the stack there, with all that is in it."""
        self.x, self.y = x, y
        for box in self.boxes.values():
            box.x, box.y, box.width = x + _PADDING, y, self.inner
            y += box.height + _BETWEEN
        self.boxes[""].width = self.width - _PADDING  # so that the title's arrows begin at the edge

    def lane(self, bus: Bus) -> float:
        return self.x + _PADDING + self.inner + LANE * (self.inside.index(bus) + 1.5)


def stack_boxes(
    stacks: Mapping[str, Mapping[str, Node]], arrows: Iterable[Arrow]
) -> list[StackBox]:
    """A box for each stack, sized and not yet in its place."""
    found = {name: _stack_box(name, nodes) for name, nodes in stacks.items()}
    for arrow in arrows:
        line = bus(arrow)
        source, target = found[arrow.source.stack], found[arrow.target.stack]
        _add(source.boxes[arrow.source.address].going_out, line)
        box = target.boxes[arrow.target.address]
        _add(box.from_inside if line.inside else box.from_outside, line)
        if line.inside:
            _add(source.inside, line)
    return list(found.values())


def _add(lines: list[Bus], line: Bus) -> None:
    if line not in lines:
        lines.append(line)


def _stack_box(name: str, nodes: Mapping[str, Node]) -> StackBox:
    boxes = {"": _box([("title", title(name))])}
    for address, node in nodes.items():
        kinds = ["words", *["name"] * bool(node.name)]
        kinds += ["part"] * (len(node.lines) - len(kinds))
        boxes[address] = _box(list(zip(kinds, node.lines, strict=True)), is_state=node.is_state)
    return StackBox(name, boxes, [], inner=max(box.width for box in boxes.values()))


def _box(texts: list[tuple[str, str]], *, is_state: bool = False) -> Box:
    lines = [
        (kind, f"  {line}" if number and kind == "part" else line)
        for kind, text in texts
        for number, line in enumerate(wrapped(text, _WIDEST))
    ]
    width = max(cells(line) for _, line in lines) * CELL + _PAD * 2
    return Box(lines, is_state, width=width)
