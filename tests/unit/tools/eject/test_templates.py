from __future__ import annotations

import pytest

from tools.eject.templates import Part, TemplateSequence, parts, quoted

X = TemplateSequence("${x}")


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("", []),
        ("a", ["a"]),
        ("${x}", [X]),
        ("a${x}b${x}", ["a", X, "b", X]),
        ("$${x}", ["${x}"]),
        ("$$${x}", ["$${x}"]),
        ("%%{x}", ["%{x}"]),
        ("%${x}", ["%", X]),
        ("$%%{x}", ["$%{x}"]),
        ("$", ["$"]),
        ("a $ {", ["a $ {"]),
        ('${f("}")}', [TemplateSequence('${f("}")}')]),
        ('${f("${g("}")}")}b', [TemplateSequence('${f("${g("}")}")}'), "b"]),
        ('${f("$${")}b', [TemplateSequence('${f("$${")}'), "b"]),
        ('${f("\\"}")}b', [TemplateSequence('${f("\\"}")}'), "b"]),
        ("${{a = {}}}b", [TemplateSequence("${{a = {}}}"), "b"]),
        ("%{if x}b%{endif}", [TemplateSequence("%{if x}"), "b", TemplateSequence("%{endif}")]),
        ("${never closed", [TemplateSequence("${never closed")]),
    ],
)
def test_what_is_text_and_what_is_a_sequence(template: str, found: list[Part]) -> None:
    assert parts(template) == found


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ([], '""'),
        (['say "hi"\\\n\r\t'], r'"say \"hi\"\\\n\r\t"'),
        (["${x} $${x} %{x} $ {"], '"$${x} $$${x} %%{x} $ {"'),
        (["é 漢 😀"], '"é 漢 😀"'),
        (["\x00\x7f\u2028\u200b\U000e0001"], r'"\u0000\u007f\u2028\u200b\U000e0001"'),
        (["\ud800"], '"\\ufffd"'.replace("\\ufffd", "\ufffd")),
        (['"', X, '"'], '"\\"${x}\\""'),
        (["$", X], '"\\u0024${x}"'),
        (["50%", TemplateSequence("%{if x}")], '"50\\u0025%{if x}"'),
        ([TemplateSequence('${f("a")}')], '"${f("a")}"'),
    ],
)
def test_a_template_in_quotes(template: list[Part], written: str) -> None:
    assert quoted(template) == written


def test_the_expression_of_an_interpolation_is_without_its_strip_markers() -> None:
    assert TemplateSequence("${~ a.b ~}").expression == "a.b"
