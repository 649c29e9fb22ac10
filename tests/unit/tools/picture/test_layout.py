"""Nothing lies on anything else, whatever refers to what."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.picture.boxes import Box, StackBox
from tools.picture.layout import Layout, Line, layout
from tools.picture.stack import Node
from tools.picture.system import Arrow, Place, System


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Any stacks, and any arrows between them and within them, around circles too."""
    names = st.text("aé語 /-", min_size=1, max_size=90)
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=12))
    stacks = {
        str(stack): {
            str(number): Node("words", draw(names), tuple(draw(st.lists(names, max_size=2))))
            for number in range(count)
        }
        for stack, count in enumerate(counts)
    }
    boxes = [Place(stack, box) for stack, nodes in stacks.items() for box in nodes]
    places = st.sampled_from([*boxes, *map(Place, stacks)])
    pairs = draw(st.lists(st.tuples(places, places), max_size=30, unique=True))
    arrows = [Arrow(*pair) for pair in pairs if pair[0] != pair[1]]
    return System(stacks, [each for each in arrows if each.crosses or all(map(_address, each))])


def _address(place: Place) -> str:
    """Empty for a stack, to which nothing in it refers."""
    return place.address


@settings(deadline=None, max_examples=50)
@given(systems())
def test_nothing_lies_on_anything_else(system: System) -> None:
    made = layout(system)
    for stack in made.stacks:
        assert inside(stack, 0, 0, made.width, made.height)
        assert not any(overlap(stack, other) for other in made.stacks if other is not stack)
        for box in stack.boxes.values():
            assert inside(box, stack.x, stack.y, stack.x + stack.width, stack.y + stack.height)
    for line in made.lines:
        assert_clear(line, made)


def inside(box: Box | StackBox, left: float, top: float, right: float, bottom: float) -> bool:
    across = left <= box.x and box.x + box.width <= right
    return across and top <= box.y and box.y + box.height <= bottom


def overlap(one: StackBox, other: StackBox) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def assert_clear(line: Line, made: Layout) -> None:
    """No piece of a line is in a box, or in a stack that it neither leaves nor enters."""
    for (x1, y1), (x2, y2) in line.pieces:
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        assert left == right or top == bottom
        for stack in made.stacks:
            for box in stack.boxes.values():
                assert not (
                    box.x < right
                    and left < box.x + box.width
                    and box.y < bottom + (top == bottom) / 100
                    and top < box.y + box.height
                )
        assert left >= 0
        assert right <= made.width
        assert top >= 0
        assert bottom <= made.height


def test_what_refers_is_left_of_what_it_refers_to() -> None:
    stacks = {name: {"x": Node("words", name)} for name in "abc"}
    arrows = [Arrow(Place("c", "x"), Place("b", "x")), Arrow(Place("b", "x"), Place("a"))]
    found = {stack.name: stack for stack in layout(System(stacks, arrows)).stacks}
    assert found["c"].x < found["b"].x < found["a"].x
    assert found["c"].x + found["c"].width < found["b"].x


def test_a_hundred_stacks_are_about_as_high_as_wide() -> None:
    stacks = {str(number): {"x": Node("words", "name")} for number in range(100)}
    made = layout(
        System(stacks, [Arrow(Place(str(n), "x"), Place("0", "x")) for n in range(1, 100)])
    )
    assert made.height < made.width < 3 * made.height


def test_a_line_ends_at_the_box_it_is_to_and_begins_at_each_that_it_is_from() -> None:
    stacks = {name: {"x": Node("words", name)} for name in "abc"}
    arrows = [Arrow(Place("a", "x"), Place("c", "x")), Arrow(Place("b", "x"), Place("c", "x"))]
    made = layout(System(stacks, arrows))
    boxes = {stack.name: stack.boxes["x"] for stack in made.stacks}
    [line] = made.lines
    ends = {point for piece in line.pieces for point in piece}
    assert line.head in ends
    assert line.head[0] == boxes["c"].x
    assert boxes["c"].y < line.head[1] < boxes["c"].y + boxes["c"].height
    for name in "ab":
        assert (boxes[name].x + boxes[name].width, boxes[name].y_out(line.bus)) in ends


def test_what_comes_in_is_never_as_high_as_what_goes_out() -> None:
    stacks = {name: {"x": Node("words", name)} for name in "abc"}
    arrows = [Arrow(Place("a", "x"), Place("b", "x")), Arrow(Place("b", "x"), Place("c", "x"))]
    made = layout(System(stacks, arrows))
    box = next(stack.boxes["x"] for stack in made.stacks if stack.name == "b")
    into, out = (line.bus for line in made.lines)
    assert box.y_in(into) - box.y_out(out) == 3
