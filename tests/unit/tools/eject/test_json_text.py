from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tools.eject.json_text import read
from tools.eject.templates import TemplateSequence, parts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[]", []),
        ('{"a":[1,-2,0.5,true,null,"x"]}', {"a": [1, -2, Decimal("0.5"), True, None, "x"]}),
        ('{"a":"\\u003cb\\u003e\\u0026\\u2028 \\"q\\" \\n é"}', {"a": '<b>&\u2028 "q" \n é'}),
    ],
)
def test_json_that_jsonencode_writes_the_same(text: str, value: Any) -> None:
    found = read([text], by_meaning=False)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        *('{"b":1,"a":2}', '{"a": 1}', '{"a":1.0}', '{"a":1e5}', '["<"]', '["\\u00e9"]', "[-0]"),
        *('{"e\u0301~":1,"é":2}'.replace("~", ""), ' {"a":1}'),
    ],
)
def test_json_of_another_text_is_left_unless_the_provider_compares_by_meaning(text: str) -> None:
    assert read([text], by_meaning=False) is None
    if "e\u0301" not in text:
        found = read([text], by_meaning=True)
        assert found is not None
        assert found.value == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "1", '"a"', "true", "null", "no JSON", "[1,]", "{", '{"a":1,"a":2}', "[NaN]"),
        *('["a\nb"]', "[" * 100_000, '["e\\u0301"]', '["\ue000"]', '{"a":%s}' % ("1" * 5000)),
        *("[%{if x}1%{endif}]", '["\\${x}"]'),
    ],
)
def test_what_is_no_json_object_or_list_that_hcl_can_hold(text: str) -> None:
    assert read(parts(text), by_meaning=True) is None


def test_sequences_in_strings_keys_and_values() -> None:
    template = parts(
        '{"${k}":"a${x}\\"b","n":${jsonencode(n)},"m":${jsonencode(a)+f(b)},"t":"${x}"}'
    )
    found = read(template, by_meaning=True)
    assert found is not None
    key = next(iter(found.value))
    a, n, m, t = found.value.values()
    assert found.parts(key) == [TemplateSequence("${k}")]
    assert found.parts(a) == ["a", TemplateSequence("${x}"), '"b']
    assert (found.bare(a), found.bare(n)) == (None, "n")
    assert found.bare(m) == "jsondecode(jsonencode(a)+f(b))"
    assert found.bare(t) is None


def test_json_with_sequences_is_left_where_the_text_counts() -> None:
    assert read(parts('["${x}"]'), by_meaning=False) is None
