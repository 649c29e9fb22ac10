"""The picture as Mermaid. That Mermaid draws each of these names as it is was seen in a browser."""

from __future__ import annotations

import pytest

from tools.picture.mermaid import mermaid, too_large
from tools.picture.stack import Node
from tools.picture.system import Arrow, Place, System

STATE = Node("S3 state", "iam/terraform.tfstate", is_state=True)


def test_a_whole_diagram() -> None:
    role = Node("IAM role", "task-role", ("policy attachment SecretsManagerReadWrite",))
    stacks = {"movie": {"x": Node("task definition", "movie")}, "iam": {"state": STATE, "y": role}}
    arrows = [
        Arrow(Place("movie", "x"), Place("iam", "y")),
        Arrow(Place("iam", "y"), Place("iam", "state")),
        Arrow(Place("movie"), Place("iam")),
    ]
    assert mermaid(System(stacks, arrows)) == (
        "flowchart LR\n"
        '  subgraph stack_movie["stack movie"]\n'
        '    stack_movie__1["task definition<br>movie"]\n'
        "  end\n"
        '  subgraph stack_iam["stack iam"]\n'
        '    stack_iam__1[("S3 state<br>iam/terraform.tfstate")]\n'
        '    stack_iam__2["IAM role<br>task-role'
        '<br>· policy attachment SecretsManagerReadWrite"]\n'
        "  end\n"
        "  stack_movie__1 -..-> stack_iam__2\n"
        "  stack_iam__2 --> stack_iam__1\n"
        "  stack_movie -..-> stack_iam\n"
    )


def test_many_that_are_alike_are_in_one_frame_and_have_their_arrows_together() -> None:
    stacks = {name: {"x": Node("queue", name), "y": Node("topic", name)} for name in "abcd"}
    stacks |= {"iam": {"state": STATE}, "e": {"x": Node("queue", "e"), "y": Node("topic", "e")}}
    arrows = [
        arrow
        for name in "abcd"
        for arrow in (
            Arrow(Place(name, "x"), Place(name, "y")),
            Arrow(Place(name, "x"), Place("iam", "state")),
        )
    ]
    assert mermaid(System(stacks, arrows)) == (
        "flowchart LR\n"
        '  subgraph stack_a["4 stacks that are alike"]\n'
        "    direction TB\n"
        '    stack_a__1["stack a<br>queue<br>a<br>topic<br>a"]\n'
        '    stack_a__2["stack b<br>queue<br>b<br>topic<br>b"]\n'
        '    stack_a__3["stack c<br>queue<br>c<br>topic<br>c"]\n'
        '    stack_a__4["stack d<br>queue<br>d<br>topic<br>d"]\n'
        "    stack_a__1 ~~~ stack_a__2\n"
        "    stack_a__3 ~~~ stack_a__4\n"
        "  end\n"
        '  subgraph stack_iam["stack iam"]\n'
        '    stack_iam__1[("S3 state<br>iam/terraform.tfstate")]\n'
        "  end\n"
        '  subgraph stack_e["stack e"]\n'
        '    stack_e__1["queue<br>e"]\n'
        '    stack_e__2["topic<br>e"]\n'
        "  end\n"
        '  stack_a -..->|"each queue"| stack_iam__1\n'
    )


def test_a_stack_that_another_refers_to_is_alone() -> None:
    stacks = {name: {"x": Node("queue", name)} for name in "abcde"}
    diagram = mermaid(System(stacks, [Arrow(Place("e", "x"), Place("a", "x"))]))
    assert "alike" not in diagram
    assert "  stack_e__1 -..-> stack_a__1\n" in diagram


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("end", "end"),
        ("/ecs/movie_service", "/ecs/movie_service"),
        ('a "b" [c]', "a #34;b#34; #91;c#93;"),
        ("<b>&amp;#35;", "#60;b#62;#38;amp#59;#35;35#59;"),
        ("_a_ *b* `c`", "#95;a#95; #42;b#42; #96;c#96;"),
        ("1. a", "#49;. a"),
        ("- a", "#45; a"),
        ("日本 é", "日本 é"),
        ("direction TB", "direction#32;TB"),
        ("$$x$$", "#36;#8288;#36;#8288;x#36;#8288;#36;#8288;"),
        (r"a\nb", "a#92;#8288;nb"),
        ("fa:fa-x", "fa#58;#8288;fa-x"),
    ],
)
def test_a_name_is_text_whatever_it_is(name: str, label: str) -> None:
    assert mermaid(System({"s": {"x": Node("queue", name)}}, [])) == (
        f'flowchart LR\n  subgraph stack_s["stack s"]\n    stack_s__1["queue<br>{label}"]\n  end\n'
    )


def test_no_two_stacks_have_one_id() -> None:
    stacks = {name: {"x": Node("queue", "q")} for name in ("a-b", "a_b", "日")}
    lines = mermaid(System(stacks, [])).splitlines()
    assert [line for line in lines if "subgraph" in line] == [
        '  subgraph stack_a_b["stack a-b"]',
        '  subgraph stack_a_b_2["stack a_b"]',
        '  subgraph stack_["stack 日"]',
    ]


def test_what_mermaid_will_not_draw_is_said() -> None:
    limit = "and Mermaid draws {} unless a page allows more"
    assert too_large("x" * 50_000 + "x") == f"it has 50001 characters, {limit.format(50000)}"
    assert too_large("a-->b\n" * 501) == f"it has 501 arrows, {limit.format(500)}"
    assert too_large("a-->b\n" * 500) is None
