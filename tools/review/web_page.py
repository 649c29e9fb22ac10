"""The review as one page for a browser: a single file that asks nobody for anything.

It has no script. Its policy, by which a browser refuses whatever else might get into it, allows the
page's own styles alone: https://www.w3.org/TR/CSP3/ (read 2026-11).
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from tools.review import words
from tools.review.actions import CREATE, DESTROY, REPLACE
from tools.review.differences import FieldChange
from tools.review.elements import NEW_LINE, Html, element, joined, lines, void_element
from tools.review.report import FAILED, GONE, REMOVED, Finding, Report, Resource, Stack
from tools.review.rules import RULES
from tools.review.rules.rule import SEVERITIES
from tools.review.web_style import STYLE
from tools.review.words import Part

_STYLE_SUM = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_SUM}'; base-uri 'none'; form-action 'none'"
)
_COLUMNS = ("Stack", "What happens", "Counts", "Worst finding")
_FEW_STACKS = 10
_COLOURS = {CREATE: "comes", DESTROY: "goes", REPLACE: "goes", GONE: "goes"}
_LEGEND = (
    "+ comes, - goes. (hidden): secret, so no view has it. (known after apply): Terraform cannot "
    "tell before. A value that is cut says how long it is; the review in JSON has it whole."
)


def web_page(report: Report) -> str:
    """The whole report, nothing left out."""
    heading = words.heading(report)
    head = element(
        "head",
        lines(
            void_element("meta", charset="utf-8"),
            void_element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            void_element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void_element("meta", name="color-scheme", content="light dark"),
            void_element("meta", name="referrer", content="no-referrer"),
            element("title", heading),
            element("style", Html(STYLE)),
        ),
    )
    body = element(
        "body",
        lines(
            element("header", lines(element("h1", heading), *_in_short(report))),
            element("main", lines(*_main(report))),
            element("footer", element("p", _LEGEND)),
        ),
    )
    page = element("html", lines(head, body), lang="en", dir="ltr")
    return f"<!DOCTYPE html>\n{page}\n"


def _in_short(report: Report) -> Iterator[Html]:
    found = report.findings()
    counts = Counter(each.severity for each in found if each.accepted is None)
    failed = sum(stack.status == FAILED for stack in report.stacks)
    accepted = sum(each.accepted is not None for each in found)
    totals = [
        ("error", failed, "plan failed", "plans failed"),
        *((each, counts[each], each, f"{each}s") for each in SEVERITIES),
        ("accepted", accepted, "accepted", "accepted"),
    ]
    marks = [
        _mark(kind, words.plural(count, one, many)) for kind, count, one, many in totals if count
    ]
    yield element("p", joined(marks, " ") or "No findings.")
    yield element(
        "p", "Fingerprint ", element("code", report.fingerprint), ". ", report.second_opinion
    )


def _main(report: Report) -> Iterator[Html]:
    if len(report.stacks) > _FEW_STACKS:
        yield _choice(len(report.stacks))
    if report.stacks:
        yield _table(report.stacks)
    yield from (_section(each) for each in report.stacks if not words.nothing_happens(each))
    found = {each.rule for each in report.findings()}
    rules = [rule for rule in RULES.values() if rule.id in found]
    if rules:
        yield element("h2", "The rules that found something")
    for rule in rules:
        yield element(
            "p",
            element("strong", rule.id),
            ": ",
            _prose(f"{rule.title}. {rule.why} "),
            element("a", "Source", href=rule.source),
            id=_id_of_rule(rule.id),
        )


def _choice(stacks: int) -> Html:
    """What of a long report is shown; the styles act on it."""
    choices = (
        ("all", f"all {stacks} stacks"),
        ("changed", "those to look at"),
        ("found", "those that failed or have findings"),
    )
    return element(
        "fieldset",
        element("legend", "Show"),
        *(
            element(
                "label",
                void_element("input", type="radio", name="show", id=f"show-{id}", **checked),
                f" {label}",
            )
            for (id, label), checked in zip(choices, ({"checked": ""}, {}, {}), strict=True)
        ),
    )


def _table(stacks: Iterable[Stack]) -> Html:
    head = element("tr", *(element("th", each, scope="col") for each in _COLUMNS))
    return element(
        "table",
        lines(element("thead", head), element("tbody", lines(*map(_row, stacks)))),
        id="stacks",
    )


def _row(stack: Stack) -> Html:
    found = stack.open_findings()
    name: str = stack.name
    if not words.nothing_happens(stack):
        name = element("a", stack.name, href=f"#{_id_of_stack(stack.name)}")
    happens: str = words.what_happens(stack)
    if stack.status == FAILED:
        happens = element("span", happens, class_="error")
    worst = element("span", words.worst(stack), class_=found[0].severity) if found else ""
    cells = (name, happens, words.counts(stack), worst)
    return element(
        "tr",
        *(
            element("td", cell, data_label=label)
            for label, cell in zip(_COLUMNS, cells, strict=True)
        ),
        class_=_classes(stack),
    )


def _classes(stack: Stack) -> str:
    """By which `_choice` finds what it leaves out."""
    idle = "idle" if words.nothing_happens(stack) else "busy"
    loud = stack.open_findings() or stack.problems or stack.status == FAILED
    return idle if loud else f"{idle} quiet"


def _section(stack: Stack) -> Html:
    summary = element(
        "summary", element("h2", stack.name), " ", element("span", words.what_happens(stack))
    )
    return element(
        "details",
        lines(
            summary,
            *_contents(stack),
            element("p", element("a", "All stacks", href="#stacks"), class_="back"),
        ),
        id=_id_of_stack(stack.name),
        class_=_classes(stack),
        open="",
    )


def _contents(stack: Stack) -> Iterator[Html]:
    if stack.error:
        shown = joined((words.text(line) for line in stack.error.splitlines()), NEW_LINE)
        yield element("p", _mark("error", "failed"))
        yield element("pre", shown, tabindex="0")
    if stack.status == REMOVED:
        yield element("p", _prose(words.NO_LONGER))
    findings = [*map(_open, words.grouped(stack.open_findings()))]
    findings += [_accepted(each) for each in stack.findings if each.accepted is not None]
    findings += [element("li", f"{words.FAILS}: {each}") for each in stack.problems]
    yield _list(findings, "findings")
    yield from (_resource(each, "h3") for each in stack.resources)
    if stack.outputs:
        yield element("section", lines(element("h3", "outputs"), _fields(stack.outputs)))
    if stack.drift:
        title = element("h3", f"{words.DRIFTED.capitalize()}:")
        drift = lines(title, *(_resource(each, "h4") for each in stack.drift))
        yield element("section", drift, class_="drift")
    if stack.meaningless:
        yield element("p", f"{words.not_shown(stack)}.")


def _open(finding: Finding) -> Html:
    rules = joined(map(_rule, finding.rule.split(", ")), ", ")
    return element(
        "li", _mark(finding.severity, finding.severity), " ", rules, ": ", _said(finding)
    )


def _accepted(finding: Finding) -> Html:
    mark = _mark("accepted", "accepted")
    reason = f" — {finding.accepted}"
    return element("li", mark, " (", _rule(finding.rule), "): ", _said(finding), reason)


def _rule(id: str) -> str:
    return element("a", id, href=f"#{_id_of_rule(id)}") if id in RULES else id


def _said(finding: Finding) -> Html:
    where = (" (", _address(finding.address), ")") if finding.address else ()
    return joined((words.finding(finding), *where))


def _resource(resource: Resource, level: str) -> Html:
    said = "".join(f", {remark}" for remark in words.remarks(resource))
    title = element("span", words.title(resource), class_=_COLOURS.get(resource.kind, "changes"))
    heading = element(level, title, " ", _address(resource.address), said)
    return element("section", lines(heading, _fields(resource.fields)))


def _address(address: str) -> Html:
    """In a narrow place it goes on in the next line behind a dot.

    Otherwise it is cut where the line ends, and a bracket behind it may stand alone in the next.
    """
    return element("code", joined(re.split(r"(?<=\.)", address), void_element("wbr")))


def _fields(fields: Iterable[FieldChange]) -> Html:
    return _list([element("li", *_field(each)) for each in fields], "fields")


def _field(field: FieldChange) -> Iterator[Html | str]:
    names = {Part.NAME: "b", Part.BEFORE: "del", Part.AFTER: "ins"}
    signs = {Part.COMES: "comes", Part.GOES: "goes"}
    for part, text in words.field_parts(field):
        if part in names:
            yield element(names[part], text)
        else:
            yield element("span", text, class_=signs[part]) if part in signs else text


def _prose(text: str) -> Html:
    """A text of ours, in which backticks enclose what one types."""
    pieces = enumerate(text.split("`"))
    return joined(element("code", piece) if index % 2 else piece for index, piece in pieces)


def _list(items: list[Html], kind: str) -> Html:
    return element("ul", lines(*items), class_=kind) if items else Html("")


def _mark(kind: str, text: str) -> Html:
    return element("strong", text, class_=kind)


def _id_of_stack(name: str) -> str:
    return f"stack-{quote(name, errors='surrogatepass')}"


def _id_of_rule(id: str) -> str:
    return f"rule-{id}"
