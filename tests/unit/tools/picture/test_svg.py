"""The picture as SVG: valid, complete, and no text wider than its box."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tools.picture.lettering import cells, wrapped
from tools.picture.stack import Node
from tools.picture.svg import svg
from tools.picture.system import Arrow, Place, System

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ['<script>alert("1")</script>', "a & b", "]]>", "日本語" * 30, "x" * 300, "é\u0301"]
SYSTEM = System(
    {
        "movie": {str(n): Node("queue", name, ("policy",)) for n, name in enumerate(NAMES)},
        "iam": {"state": Node("S3 state", "key", is_state=True)},
    },
    [
        Arrow(Place("movie", "1"), Place("movie", "0")),
        Arrow(Place("movie", "1"), Place("iam")),
        Arrow(Place("iam", "state"), Place("movie", "0")),
    ],
)


def elements(kind: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg(SYSTEM)).iter(f"{SVG}{kind}"))


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name])


def test_every_text_is_there_as_it_is() -> None:
    joined = "".join(each.text or "" for each in elements("text")).replace("  ", "")
    for name in NAMES:
        assert name in joined
    assert [each.text for each in elements("text")][:4] == [
        "stack movie",
        "queue",
        '<script>alert("1")</script>',
        "· policy",
    ]


def test_every_text_is_as_wide_as_reckoned_and_in_its_box() -> None:
    boxes = [each for each in elements("rect") if each.attrib["class"] in ("box", "state")]
    assert len(boxes) == len(NAMES) + 1
    for text in elements("text"):
        if text.attrib["class"] in ("title", "legend"):
            continue
        x, y, width = (number(text, name) for name in ("x", "y", "textLength"))
        assert any(
            number(box, "x") < x
            and x + width < number(box, "x") + number(box, "width")
            and number(box, "y") < y < number(box, "y") + number(box, "height")
            for box in boxes
        )


def test_nothing_is_loaded_and_nothing_runs() -> None:
    kinds = {each.tag.removeprefix(SVG) for each in ElementTree.fromstring(svg(SYSTEM)).iter()}
    assert kinds == {"svg", "title", "style", "rect", "g", "path", "polygon", "text"}
    assert "url(" not in svg(SYSTEM)
    assert "@import" not in svg(SYSTEM)


def test_it_has_colours_for_light_and_dark() -> None:
    [style] = [each.text or "" for each in elements("style")]
    light, dark = style.split("@media(prefers-color-scheme:dark)")
    assert ".ground{fill:#ffffff}" in light
    assert ".ground{fill:#0d1117}" in dark


def test_arrows_of_a_state_are_told_apart() -> None:
    assert [each.attrib["class"] for each in elements("g")] == ["c0", "c0", "kept"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("movie-service/terraform.tfstate", ["movie-", "service/", "terraform.", "tfstate"]),
        ("aaaaaaaaaaaaa", ["aaaaaaaaaa", "aaa"]),
        ("a b c", ["a b c"]),
        ("日本語日本語", ["日本語日本", "語"]),
    ],
)
def test_text_is_broken_where_it_can_be(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10) == lines


def test_cells_are_those_of_a_terminal() -> None:
    assert [cells(text) for text in ("ab", "日本", "e\u0301", "🎬")] == [2, 4, 1, 2]
