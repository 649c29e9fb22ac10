"""The results as a picture: a row of bars a peer, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

from benchmarks.peers import OURS, PEERS
from benchmarks.results import Results
from benchmarks.tables import services

_LEFT, _WIDTH, _RIGHT = 330, 520, 80
_BAR, _GAP, _TOP = 13, 12, 64
_COLOURS = ("#9ecae1", "#4292c6", "#08519c", "#08204a")
_OUR_COLOURS = ("#a1d99b", "#41ab5d", "#006d2c", "#00441b")


def svg(results: Results) -> str:
    """Wall seconds of every peer for every size. No font or size is left to a program of ours."""
    sizes = results.sizes()
    peers = [peer for peer in PEERS if peer.name in results.runs or peer.name in results.missing]
    walls = {
        (peer.name, size): cost.wall_s
        for peer in peers
        for size in sizes
        if (cost := results.typical(peer.name, size))
    }
    if not walls:
        raise ValueError("nothing was measured")
    low = 10 ** math.floor(math.log10(min(walls.values())))
    high = max(walls.values()) * 1.1

    def x(seconds: float) -> float:
        return _LEFT + _WIDTH * math.log(seconds / low) / math.log(high / low)

    row = _BAR * len(sizes) + _GAP
    height = _TOP + row * len(peers) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + _RIGHT}"'
        f' height="{height}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        '<text x="12" y="22" font-size="15" font-weight="bold">'
        "Synth, whole process: wall seconds (logarithmic)</text>",
        *_legend(sizes),
        *_grid(low, high, x, height),
    ]
    for place, peer in enumerate(peers):
        top = _TOP + row * place
        middle = top + _BAR * len(sizes) / 2 + 4
        weight = ' font-weight="bold"' if peer.name == OURS else ""
        title = escape(peer.title.replace("`", ""))
        parts.append(
            f'<text x="{_LEFT - 10}" y="{middle}" text-anchor="end"{weight}>{title}</text>'
        )
        if peer.name in results.missing:
            parts.append(f'<text x="{_LEFT + 6}" y="{middle}">missing</text>')
        for index, size in enumerate(sizes):
            wall = walls.get((peer.name, size))
            if wall is None:
                continue
            y = top + _BAR * index
            colours = _OUR_COLOURS if peer.name == OURS else _COLOURS
            end = x(wall)
            parts += [
                f'<rect x="{_LEFT}" y="{y}" width="{end - _LEFT:.1f}" height="{_BAR - 2}"'
                f' fill="{colours[index % len(colours)]}"/>',
                f'<text x="{end + 4:.1f}" y="{y + 10}" font-size="11">{wall:.2f}</text>',
            ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend(sizes: list[int]) -> Iterator[str]:
    for index, size in enumerate(sizes):
        x = _LEFT + 120 * index
        yield f'<rect x="{x}" y="34" width="11" height="11" fill="{_COLOURS[index % 4]}"/>'
        yield f'<text x="{x + 16}" y="44">{services(size)}</text>'


def _grid(low: float, high: float, x: Callable[[float], float], height: int) -> Iterator[str]:
    seconds = low
    while seconds <= high:
        at = f"{x(seconds):.1f}"
        yield f'<line x1="{at}" y1="{_TOP - 8}" x2="{at}" y2="{height - 18}" stroke="#ddd"/>'
        yield f'<text x="{at}" y="{height - 4}" text-anchor="middle">{seconds:g} s</text>'
        seconds *= 10
