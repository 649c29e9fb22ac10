"""The page for a browser: whole, safe to open, and read in any light."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from constructs_lib.findings import ABSENT
from tests.plans.recorded import NAMES, reviewed
from tools.review import words
from tools.review.actions import CREATE, IMPORT, MOVE, UPDATE
from tools.review.differences import FieldChange, Words
from tools.review.report import (
    CHANGES,
    DRIFT,
    FAILED,
    NONE,
    REMOVED,
    Finding,
    Report,
    Resource,
    Stack,
)
from tools.review.rules import RULES
from tools.review.web_page import web_page
from tools.review.web_style import STYLE

_VOID = {"meta", "input", "wbr"}
_HARMLESS = "harmless"
_HOSTILE = "</li></style><script>alert('1')</script>\"' onload=\"x\u202e\x07\n&lt;\udcff"


class Read(HTMLParser):
    """A page as a browser reads it; refuses what is not balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, int]] = []
        self._text = ""
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self._open.append((tag, len(self._text)))

    def handle_endtag(self, tag: str) -> None:
        opened, begin = self._open.pop()
        assert opened == tag
        self.texts.append((tag, self._text[begin:]))

    def handle_data(self, data: str) -> None:
        self._text += data

    def of(self, *tags: str) -> list[str]:
        """What is in every element of these tags."""
        return [text for tag, text in self.texts if tag in tags]

    def values(self, name: str) -> list[str]:
        return [value for _, given, value in self.attributes if given == name]


def full_of(text: str) -> Report:
    """A report with `text` wherever a plan, or somebody's settings, may put some."""
    fields = [
        FieldChange(text, text, Words(text)),
        FieldChange(f"{text}.image", ABSENT, {text: [text]}),
        FieldChange(text, Words(text), ABSENT),
    ]
    resources = [
        Resource(f'a["{text}"]', f"aws_{text}", UPDATE, fields, []),
        Resource(text, text, MOVE, [], [], previous_address=text),
        Resource(text, "aws_iam_role", IMPORT, [], [text], import_id=text, deposed=text),
    ]
    findings = [
        Finding("mutable-tag", "warning", "fail", text, text, text),
        Finding(text, "note", "unknown", text, text, text),
        Finding("drift", "warning", "fail", text, text, text, accepted=text),
    ]
    drift = [Resource(text, text, DRIFT, fields, [])]
    stack = Stack(text, FAILED, text, resources, drift, fields, findings, {}, [text], text)
    return Report([stack, removed("old"), idle("b")], [], text, text)


def idle(name: str) -> Stack:
    return Stack(name, NONE, name, [], [], [], [], {}, [])


def removed(name: str) -> Stack:
    return idle(name)._replace(status=REMOVED)


def changed(name: str, *findings: Finding) -> Stack:
    made = Resource("acme_thing.a", "acme_thing", CREATE, [FieldChange("a", ABSENT, "b")], [])
    return Stack(name, CHANGES, name, [made], [], [], [*findings], {}, [])


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_balanced_and_its_links_lead_somewhere(name: str) -> None:
    read = Read(web_page(reviewed(name)))
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    inside = {link[1:] for link in read.values("href") if link.startswith("#")}
    assert inside <= set(ids)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_every_field_and_resource_in_the_words_of_the_other_views(name: str) -> None:
    report = reviewed(name)
    read = Read(web_page(report))
    every = [
        field
        for stack in report.stacks
        for fields in (
            *(each.fields for each in stack.resources),
            stack.outputs,
            *(each.fields for each in stack.drift),
        )
        for field in fields
    ]
    findings = [
        f"{each.severity} {each.rule}: {words.finding(each)} ({each.address})"
        for stack in report.stacks
        for each in words.grouped(stack.open_findings())
    ]
    problems = [f"{words.FAILS}: {each}" for stack in report.stacks for each in stack.problems]
    assert read.of("li") == [*findings, *problems, *map(words.field, every)]
    addresses = [
        each.address for stack in report.stacks for each in (*stack.resources, *stack.drift)
    ]
    titles = [text for text in read.of("h3", "h4") if not text.startswith(("outputs", "Drift"))]
    assert len(titles) == len(addresses)
    assert all(address in title for address, title in zip(addresses, titles, strict=True))


def test_no_text_changes_the_page_that_it_stands_in() -> None:
    harmless, hostile = (Read(web_page(full_of(text))) for text in (_HARMLESS, _HOSTILE))
    assert hostile.tags == harmless.tags
    assert [each[:2] for each in hostile.attributes] == [each[:2] for each in harmless.attributes]
    shown = words.text(_HOSTILE)
    assert f"{words.FAILS}: {shown}" in hostile.of("li")
    assert f"accepted (drift): {shown} ({shown}) — {shown}" in hostile.of("li")
    assert shown in hostile.of("h2")
    assert hostile.of("h1") == [f"Plan review of {shown}: 2 of 3 stacks to look at"]
    assert web_page(full_of(_HOSTILE)).replace("\n", "").isprintable()


def test_an_error_stays_in_its_lines() -> None:
    failed = idle("a")._replace(status=FAILED, error="Error: <no>\n\n  on line 1\x1b[2J")
    read = Read(web_page(Report([failed], [], "")))
    assert read.of("pre") == ["Error: <no>\n\n  on line 1\\x1b[2J"]
    assert "1 plan failed" in read.of("strong")


def test_a_browser_may_load_nothing_and_run_nothing_but_the_styles() -> None:
    page = web_page(full_of(_HARMLESS))
    read = Read(page)
    [policy] = [value for value in read.values("content") if "default-src" in value]
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    match = re.fullmatch(
        r"default-src 'none'; style-src 'sha256-(\S+)'; base-uri 'none'; form-action 'none'", policy
    )
    assert match
    assert b64decode(match[1]) == hashlib.sha256(style.encode()).digest()
    assert re.findall(r"url\(|@import|//|image-set|src", style) == []
    allowed = {"class", "content", "data-label", "dir", "href", "id", "lang", "name", "open"}
    allowed |= {"charset", "http-equiv", "scope", "tabindex"}
    assert {name for _, name, _ in read.attributes} == allowed
    assert {tag for tag, name, _ in read.attributes if name == "href"} == {"a"}
    outside = [link for link in read.values("href") if not link.startswith("#")]
    assert outside == [RULES[id].source for id in ("mutable-tag", "drift")]
    assert not {"script", "link", "img", "iframe", "form", "base", "object"} & set(read.tags)


def test_an_accepted_finding_has_its_reason_and_is_not_counted_as_open() -> None:
    stack = changed("a", Finding("drift", "warning", "fail", "a", "b.c", "was changed", "by us"))
    read = Read(web_page(Report([stack], [], "")))
    assert "accepted (drift): was changed (b.c) — by us" in read.of("li")
    assert read.of("strong") == ["1 accepted", "accepted", "drift"]


def test_an_address_goes_on_in_the_next_line_behind_a_dot() -> None:
    stack = changed("a", Finding("x", "note", "fail", "a", 'm.aws_x["<"].b-c', "is bad"))
    page = web_page(Report([stack], [], ""))
    assert "x: is bad (<code>m.<wbr>aws_x[&quot;&lt;&quot;].<wbr>b-c</code>)</li>" in page
    assert "<code>acme_thing.<wbr>a</code></h3>" in page


def test_the_head_counts_what_was_found_the_worst_first() -> None:
    found = [
        Finding(rule, severity, "fail", "a", "b.c", rule)
        for rule, severity in (("drift", "warning"), ("x", "note"), ("y", "error"), ("z", "note"))
    ]
    read = Read(web_page(Report([changed("a", *found)], [], "Nobody was asked.")))
    assert read.of("h1") == read.of("title") == ["Plan review: 1 of 1 stack to look at"]
    assert read.of("p")[0] == "1 error 1 warning 2 notes"
    assert read.of("p")[1] == "Fingerprint e3b0c44298fc1c14. Nobody was asked."


def test_without_stacks_there_is_no_table() -> None:
    read = Read(web_page(Report([], [], "")))
    assert read.of("h1") == ["Plan review: no stack differs"]
    assert read.of("p")[0] == "No findings."
    assert "table" not in read.tags


def test_the_table_has_a_row_a_stack_and_links_to_those_in_which_something_happens() -> None:
    found = Finding("mutable-tag", "warning", "fail", "a b", "b.c", "moves")
    read = Read(web_page(Report([changed("a b", found), idle("b"), removed("c")], [], "")))
    assert read.of("td") == [
        *("a b", "thing created", "1 to create", "warning: mutable-tag"),
        *("b", "nothing", "", ""),
        *("c", "no longer in the code", "", ""),
    ]
    links = [link for link in read.values("href") if link.startswith("#stack-")]
    assert links == ["#stack-a%20b", "#stack-c"]
    assert read.of("h2") == ["a b", "c", "The rules that found something"]


def test_a_long_report_can_be_narrowed_and_leaves_nothing_out() -> None:
    found = Finding("drift", "warning", "fail", "a", "b.c", "was changed")
    problem = idle("f")._replace(problems=["too small"])
    failed = idle("e")._replace(status=FAILED, error="no")
    some = [changed("a", found), changed("b"), idle("c"), removed("d"), failed, problem]
    many = [changed(f"s{number}") for number in range(200)]
    read = Read(web_page(Report([*some, *many], [], "")))
    assert len(read.of("details")) == 205
    rows = [value for tag, name, value in read.attributes if (tag, name) == ("tr", "class")]
    assert rows[:6] == ["busy", "busy quiet", "idle quiet", "busy quiet", "busy", "busy"]
    assert read.of("label") == [
        " all 206 stacks",
        " those to look at",
        " those that failed or have findings",
    ]
    assert [value for value in read.values("id") if value.startswith("show-")] == [
        *("show-all", "show-changed", "show-found"),
    ]
    assert "fieldset" not in Read(web_page(Report(many[:10], [], ""))).tags


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def _luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("light", ["light", "dark", "print"])
def test_text_is_told_apart_from_its_ground(light: str) -> None:
    blocks = [_colours(block) for block in re.findall(r":root \{(.*?)\n *\}", STYLE, re.DOTALL)]
    on_paper = {**blocks[0], **blocks[2]}
    colours = {"light": blocks[0], "dark": blocks[1], "print": on_paper}[light]
    assert set(colours) == set(blocks[0])
    marks = ("error", "warning", "note", "accepted", "comes", "goes")
    pairs = [(mark, f"{mark}-ground") for mark in marks]
    pairs += [(text, ground) for text in ("ink", "quiet", "link") for ground in ("ground", "card")]
    pairs += [("comes", "card"), ("goes", "card")]
    for text, ground in pairs:
        bright, dim = sorted((_luminance(colours[each]) for each in (text, ground)), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, (light, text, ground)
