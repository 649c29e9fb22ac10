"""References, wherever they stand in an expression."""

from __future__ import annotations

from typing import Any

import pytest

from tools.picture.references import references


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("aws_iam_role.role", []),
        ("${aws_iam_role.role.arn}", [("aws_iam_role", "role", "arn")]),
        ("$${aws_iam_role.role.arn}", []),
        ("a-${a_b.c}-${d_e.f}", [("a_b", "c"), ("d_e", "f")]),
        ("%{if a_b.c}x%{endif}", [("if",), ("a_b", "c"), ("endif",)]),
        ("${a_b.c[0].id}", [("a_b", "c", "id")]),
        ("${a_b.c[*].id}", [("a_b", "c", "id")]),
        ("${a_b.c.*.id}", [("a_b", "c", "id")]),
        ("${a_b.c[d_e.f].id}", [("a_b", "c"), ("d_e", "f")]),
        ('${data.x.y.outputs["a-b"].c}', [("data", "x", "y", "outputs", "a-b", "c")]),
        ('${join("a_b.c", [d_e.f])}', [("join",), ("d_e", "f")]),
        ('${lower("a_b.c ${d_e.f} \\" g_h.i")}', [("lower",), ("d_e", "f")]),
        ('{"Resource": "${a_b.c.arn}"}', [("a_b", "c", "arn")]),
        ({"depends_on": ["a_b.c", "${d_e.f}"]}, [("a_b", "c"), ("d_e", "f")]),
        ({"lifecycle": {"replace_triggered_by": ["a_b.c"]}}, [("a_b", "c")]),
        ({"${a_b.c}": [1, None, True, {"x": "${d_e.f}"}]}, [("a_b", "c"), ("d_e", "f")]),
        ({"//": {"metadata": "${a_b.c}"}}, []),
        ({"provider": "aws.us"}, []),
    ],
)
def test_references_in_their_order(value: Any, expected: list[tuple[str, ...]]) -> None:
    assert list(references(value)) == expected
