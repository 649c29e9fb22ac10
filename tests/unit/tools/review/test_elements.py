"""Elements, and what becomes of text in them."""

from __future__ import annotations

from tools.review.elements import Html, element, joined, lines, void_element


def test_an_element_has_its_attributes_and_what_is_in_it() -> None:
    made = element("p", "a ", element("b", "c"), class_="d", data_label="e")
    assert made == '<p class="d" data-label="e">a <b>c</b></p>'
    assert void_element("meta", http_equiv="x") == '<meta http-equiv="x">'


def test_no_text_becomes_html() -> None:
    made = element("p", "<b>&amp;'\"", title="\"><script>'")
    assert made == ('<p title="&quot;&gt;&lt;script&gt;&#x27;">&lt;b&gt;&amp;amp;&#x27;&quot;</p>')
    assert joined(["<i>", Html("<b>")], "&") == "&lt;i&gt;&amp;<b>"


def test_no_text_moves_a_cursor_or_turns_the_direction_of_reading() -> None:
    assert element("p", "a\n\x1b[2J\u202eb\x00") == "<p>a\\n\\x1b[2J\\u202eb\\x00</p>"


def test_what_is_empty_has_no_line() -> None:
    assert lines(element("p", "a"), "", element("p", "b")) == "\n<p>a</p>\n<p>b</p>\n"
