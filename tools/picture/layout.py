"""Where the stacks of the SVG stand, and where the arrows run.

Stacks stand in columns: what refers to others is left of them. Between columns is a channel; every
bus that passes it has a vertical lane there, and passes a column between two of its stacks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tools.picture.boxes import LANE, Box, Bus, StackBox, bus, off_grid, stack_boxes
from tools.picture.system import Arrow, System

_GAP, _SIDE, _MARGIN = 24, 16, 16
_WIDE_TO_HIGH = 1.5

Point = tuple[float, float]


class Line(NamedTuple):
    """A bus: the pieces of its line, and where its head is; a head points to the right or left."""

    bus: Bus
    pieces: list[tuple[Point, Point]]
    head: Point
    to_right: bool


class Layout(NamedTuple):
    stacks: list[StackBox]
    lines: list[Line]
    width: float
    height: float


def layout(system: System) -> Layout:
    """Everything in its place."""
    return _Layout(system).made()


class _Layout:
    def __init__(self, system: System) -> None:
        self.arrows = system.arrows
        self.stacks = {each.name: each for each in stack_boxes(system.stacks, system.arrows)}
        self.columns = list(self._columns())
        self.column = {
            stack.name: number for number, column in enumerate(self.columns) for stack in column
        }
        self.sources: dict[Bus, list[tuple[int, Box]]] = {}
        for arrow in self.arrows:
            source = self.stacks[arrow.source.stack].boxes[arrow.source.address]
            self.sources.setdefault(bus(arrow), []).append(
                (self.column[arrow.source.stack], source)
            )
        self.gaps: dict[tuple[int, int], list[Bus]] = {}
        self.gap_of: dict[tuple[Bus, int], int] = {}
        self.channels: dict[int, list[Bus]] = {}

    def made(self) -> Layout:
        self._place_vertically()
        for line in self.sources:
            if line.inside:
                continue
            for column in self._crossed(line):
                gap = self.gap_of[line, column] = self._nearest_gap(line, column)
                self.gaps.setdefault((column, gap), []).append(line)
            for channel in self._passed(line):
                self.channels.setdefault(channel, []).append(line)
        self._place_vertically()
        self._place_horizontally()
        lines = [
            self._inside(each) if each.inside else self._outside(each) for each in self.sources
        ]
        last = len(self.columns)
        width = self._left(last) + self._channel_width(last) + _MARGIN
        bottoms = [
            self._gap_y(number, len(column)) + self._gap_height(number, len(column))
            for number, column in enumerate(self.columns)
        ]
        return Layout(list(self.stacks.values()), lines, width, max(bottoms))

    def _columns(self) -> Iterator[list[StackBox]]:
        """The stacks by how far each is from what refers to nothing; a high column is many."""
        ranks = _ranks(self.stacks, self.arrows)
        area = sum((each.width + 60) * (each.height + _GAP) for each in self.stacks.values())
        tallest = max(each.height for each in self.stacks.values())
        highest = max(tallest, math.sqrt(area / _WIDE_TO_HIGH))
        for rank in sorted(set(ranks.values()), reverse=True):
            column = [each for each in self.stacks.values() if ranks[each.name] == rank]
            total = sum(each.height + _GAP for each in column)
            part = total / math.ceil(total / (highest + _GAP))
            parts: dict[int, list[StackBox]] = {}
            done = 0.0
            for each in column:
                parts.setdefault(int((done + each.height / 2) / part), []).append(each)
                done += each.height + _GAP
            yield from parts.values()

    def _place_vertically(self) -> None:
        heights = [
            sum(stack.height for stack in column)
            + sum(self._gap_height(number, gap) for gap in range(len(column) + 1))
            for number, column in enumerate(self.columns)
        ]
        for number, column in enumerate(self.columns):
            y = _MARGIN + (max(heights) - heights[number]) / 2
            for gap, stack in enumerate(column):
                y += self._gap_height(number, gap)
                stack.move(stack.x, y)
                y += stack.height

    def _gap_height(self, column: int, gap: int) -> float:
        return _GAP + LANE * len(self.gaps.get((column, gap), []))

    def _gap_y(self, column: int, gap: int) -> float:
        """Where a gap begins, below the stack that is above it."""
        stacks = self.columns[column]
        if gap:
            return stacks[gap - 1].y + stacks[gap - 1].height
        return stacks[0].y - self._gap_height(column, 0)

    def _nearest_gap(self, line: Bus, column: int) -> int:
        box = self._target(line)
        gaps = range(len(self.columns[column]) + 1)
        return min(gaps, key=lambda gap: abs(self._gap_y(column, gap) - box.y))

    def _target(self, line: Bus) -> Box:
        return self.stacks[line.target.stack].boxes[line.target.address]

    def _passed(self, line: Bus) -> range:
        """The channels that a bus is in; channel 0 is left of column 0."""
        ends = {self.column[line.target.stack], *(column + 1 for column, _ in self.sources[line])}
        return range(min(ends), max(ends) + 1)

    def _crossed(self, line: Bus) -> range:
        """The columns that a bus crosses: those between its channels."""
        return range(self._passed(line)[0], self._passed(line)[-1])

    def _place_horizontally(self) -> None:
        for number, column in enumerate(self.columns):
            for stack in column:
                stack.move(self._left(number) + self._channel_width(number), stack.y)

    def _left(self, channel: int) -> float:
        """Where a channel begins."""
        columns = [max(each.width for each in column) for column in self.columns[:channel]]
        return _MARGIN + sum(columns) + sum(map(self._channel_width, range(channel)))

    def _channel_width(self, channel: int) -> float:
        lanes = len(self.channels.get(channel, []))
        if not lanes and channel in (0, len(self.columns)):
            return 0
        return _SIDE * 2 + LANE * lanes

    def _lane(self, line: Bus, channel: int) -> float:
        return self._left(channel) + _SIDE + LANE * (self.channels[channel].index(line) + 0.5)

    def _outside(self, line: Bus) -> Line:
        target = self._target(line)
        stack = self.stacks[line.target.stack]
        end = (target.x if line.target.address else stack.x, target.y_in(line))
        joined: dict[int, list[Point]] = {channel: [] for channel in self._passed(line)}
        joined[self.column[stack.name]].append(end)
        for column, box in self.sources[line]:
            joined[column + 1].append((box.right, box.y_out(line)))
        for column in self._crossed(line):
            y = self._crossing(line, column)
            joined[column].append((self._lane(line, column), y))
            joined[column].append((self._lane(line, column + 1), y))
            joined[column + 1].append((self._lane(line, column + 1), y))
        pieces = [
            piece
            for channel, points in joined.items()
            for piece in _joined(self._lane(line, channel), points)
        ]
        return Line(line, pieces, end, to_right=True)

    def _crossing(self, line: Bus, column: int) -> float:
        gap = self.gap_of[line, column]
        lanes = self.gaps[column, gap]
        return off_grid(self._gap_y(column, gap) + _GAP / 2 + LANE * (lanes.index(line) + 0.5))

    def _inside(self, line: Bus) -> Line:
        stack, target = self.stacks[line.target.stack], self._target(line)
        x, end = stack.lane(line), (target.right, target.y_in(line))
        points = [end, *((box.right, box.y_out(line)) for _, box in self.sources[line])]
        return Line(line, list(_joined(x, points)), end, to_right=False)


def _joined(x: float, points: list[Point]) -> Iterator[tuple[Point, Point]]:
    """The points joined by a vertical lane at x."""
    for point in points:
        yield (x, point[1]), point
    ys = [y for _, y in points]
    yield (x, min(ys)), (x, max(ys))


def _ranks(stacks: Iterable[str], arrows: Iterable[Arrow]) -> dict[str, int]:
    """How many arrows lead on from each stack, one after another; none goes around a circle."""
    targets: dict[str, list[str]] = {stack: [] for stack in stacks}
    for arrow in arrows:
        if arrow.crosses and arrow.target.stack not in targets[arrow.source.stack]:
            targets[arrow.source.stack].append(arrow.target.stack)
    ranks: dict[str, int] = {}
    begun: list[str] = []

    def rank(stack: str) -> int:
        if stack not in ranks:
            begun.append(stack)
            ranks[stack] = max(
                (rank(each) + 1 for each in targets[stack] if each not in begun), default=0
            )
            begun.pop()
        return ranks[stack]

    for stack in targets:
        rank(stack)
    return ranks
