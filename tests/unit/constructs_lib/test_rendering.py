"""Strings on their way into Terraform."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constructs_lib.rendering import json_literal, literal

TOKEN = "${TfToken[TOKEN.12]}"

# The right-hand sides were put through Terraform 1.11.4, which gave back the left-hand sides.
ESCAPED = {
    "${x}": "$${x}",
    "$${x}": "$$${x}",
    "$$${x}": "$$$${x}",
    "%{if x}": "%%{if x}",
    "%%{if x}": "%%%{if x}",
    "$%{x}": "$%%{x}",
    "%${x}": "%$${x}",
    "${": "$${",
    "${TfX": "$${TfX",
    "${TfToken[": "$${TfToken[",
    "${TfToken[x] ]}": "$${TfToken[x] ]}",
    "${TfToken[é]}": "$${TfToken[é]}",
    "a ${b} %{c} ${d}": "a $${b} %%{c} $${d}",
}
AS_THEY_ARE = [
    *("", "a", "$", "%", "$$", "%%", "{x}", "$ {x}", "100%", "$x", "%d", "}${"[:2]),
    *('"', "\\", "\\n", "<>&", "\n\t", "é 漢 😀", "\x00", "'"),
    *(TOKEN, f"a {TOKEN} b"),
]


@pytest.mark.parametrize(("written", "escaped"), ESCAPED.items())
def test_templates_are_escaped(written: str, escaped: str) -> None:
    assert literal(written) == escaped


@pytest.mark.parametrize("written", AS_THEY_ARE)
def test_everything_else_stays(written: str) -> None:
    assert literal(written) == written


def test_a_reference_stays_among_templates() -> None:
    assert literal(f"${{a}}{TOKEN}%{{b}}") == f"$${{a}}{TOKEN}%%{{b}}"


def test_all_the_way_down_keys_too() -> None:
    written = {"${k}": ["%{a}", {"b": "${c}"}, 1, None, True, 1.5]}
    assert literal(written) == {"$${k}": ["%%{a}", {"b": "$${c}"}, 1, None, True, 1.5]}


def test_json_is_compact_and_in_the_order_given() -> None:
    assert json_literal([{"b": 1, "a": [True, None, "x"]}]) == '[{"b":1,"a":[true,null,"x"]}]'


def test_json_keeps_characters_and_escapes_only_what_json_must() -> None:
    assert json_literal('é 漢 😀 <>& "\\\n\x00') == '"é 漢 😀 <>& \\"\\\\\\n\\u0000"'


@pytest.mark.parametrize("value", [*ESCAPED, *AS_THEY_ARE])
def test_json_decodes_to_what_was_written_but_for_the_escapes(value: Any) -> None:
    assert json.loads(json_literal({value: [value, 1]})) == {literal(value): [literal(value), 1]}


def test_templates_inside_of_json_are_escaped_and_references_stay() -> None:
    assert json_literal([f"${{a}} {TOKEN}"]) == f'["$${{a}} {TOKEN}"]'


def test_half_a_marker_does_not_end_with_the_json_around_it() -> None:
    assert json_literal({"a": ["${TfToken["]}) == '{"a":["$${TfToken["]}'


def test_a_list_and_a_number_not_known_at_synth_stand_without_quotes() -> None:
    """As Terraform must see them: `jsonencode` of what they refer to."""
    from cdktf import TerraformVariable

    from tests.unit.synthesis import empty_stack

    stack = empty_stack()
    names = TerraformVariable(stack, "names", type="list(string)")
    port = TerraformVariable(stack, "port", type="number")
    value = {"command": names.list_value, "ports": [port.number_value], "name": "${x}"}
    text = json_literal(value)
    assert text.count("${TfToken[") == 2
    assert text.endswith(',"name":"$${x}"}')
