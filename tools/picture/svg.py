"""The picture as one SVG file, for light and dark, with no script and no font of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from xml.sax.saxutils import escape

from tools.picture.boxes import CELL, FONT, LINE, Box, StackBox
from tools.picture.layout import Layout, Line, Point, layout
from tools.picture.lettering import cells, wrapped
from tools.picture.system import System

_LIGHT = ("#0969da", "#bf3989", "#1a7f37", "#bc4c00", "#8250df", "#0f766e", "#9a6700", "#cf222e")
_DARK = ("#58a6ff", "#f778ba", "#3fb950", "#f0883e", "#bc8cff", "#2dd4bf", "#d29922", "#ff7b72")

_LEGEND = (
    "An arrow leads from what refers to what it refers to; a dotted one leads from a state to its"
    " bucket."
)
_HEAD = 6


def svg(system: System) -> str:
    """The whole file."""
    return "\n".join(_lines(layout(system))) + "\n"


def _lines(layout: Layout) -> Iterator[str]:
    legend = wrapped(_LEGEND, int((layout.width - 32) / CELL))
    width, height = layout.width, layout.height + LINE * (len(legend) + 0.5)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}">'
    )
    yield "<title>Stacks, their resources, references and state keys</title>"
    yield f"<style>{_style()}</style>"
    yield f'<rect class="ground" width="{width:g}" height="{height:g}"/>'
    for stack in layout.stacks:
        yield _rectangle("stack", stack, round=8)
    outside = count()
    inside = {bus: number for stack in layout.stacks for number, bus in enumerate(stack.inside)}
    for line in layout.lines:
        number = inside[line.bus] if line.bus.inside else next(outside)
        yield _bus(line, "kept" if line.bus.of_state else f"c{number % len(_LIGHT)}")
    for stack in layout.stacks:
        for address, box in stack.boxes.items():
            yield from _box(box, framed=bool(address))
    for number, text in enumerate(legend):
        yield _text("legend", 16, layout.height + LINE * (number + 0.5), text)
    yield "</svg>"


def _style() -> str:
    return (
        f"text{{font:{FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}}"
        "text{white-space:pre}"
        ".title,.name{font-weight:600}path{fill:none;stroke-width:1.5}"
        ".kept path{stroke-dasharray:2 3}"
        + _colours("#ffffff", "#f6f8fa", "#ffffff", "#d0d7de", "#1f2328", "#59636e", _LIGHT)
        + "@media(prefers-color-scheme:dark){"
        + _colours("#0d1117", "#161b22", "#0d1117", "#3d444d", "#f0f6fc", "#9198a1", _DARK)
        + "}"
    )


def _colours(
    ground: str, stack: str, box: str, edge: str, text: str, quiet: str, lines: tuple[str, ...]
) -> str:
    buses = {f"c{number}": colour for number, colour in enumerate(lines)} | {"kept": quiet}
    return (
        f".ground{{fill:{ground}}}.stack{{fill:{stack};stroke:{edge}}}"
        f".box,.state{{fill:{box};stroke:{edge}}}"
        f".title,.name{{fill:{text}}}.words,.part,.legend{{fill:{quiet}}}"
        + "".join(
            f".{name} path{{stroke:{colour}}}.{name} polygon{{fill:{colour}}}"
            for name, colour in buses.items()
        )
    )


def _rectangle(kind: str, box: Box | StackBox, *, round: float) -> str:
    return (
        f'<rect class="{kind}" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}"'
        f' height="{box.height:g}" rx="{round:g}"/>'
    )


def _box(box: Box, *, framed: bool) -> Iterator[str]:
    if framed:
        yield _rectangle("state" if box.is_state else "box", box, round=14 if box.is_state else 3)
    top = box.y + (box.height - LINE * len(box.lines)) / 2 + FONT
    for number, (kind, text) in enumerate(box.lines):
        yield _text(kind, box.x + (10 if framed else 0), top + LINE * number, text)


def _text(kind: str, x: float, y: float, text: str) -> str:
    """A line of exactly the width that was reckoned with, whatever font there is."""
    return (
        f'<text class="{kind}" x="{x:g}" y="{y:g}" textLength="{cells(text) * CELL:g}"'
        f' lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def _bus(line: Line, colour: str) -> str:
    drawn = "".join(f"M{_at(start)}L{_at(end)}" for start, end in line.pieces if start != end)
    x, y = line.head
    back = x - _HEAD if line.to_right else x + _HEAD
    head = f"{_at(line.head)} {_at((back, y - _HEAD / 2))} {_at((back, y + _HEAD / 2))}"
    return f'<g class="{colour}"><path d="{drawn}"/><polygon points="{head}"/></g>'


def _at(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"
