"""The review for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tools.review import words
from tools.review.report import REMOVED, Finding, Report, Resource, Stack
from tools.tables import table

_COLOURS = {"error": "31", "warning": "33", "note": "36", "title": "1"}


def terminal(report: Report, *, colours: bool = False) -> str:
    """The table of stacks, then each stack in which something happens."""

    def paint(kind: str, text: str) -> str:
        return f"\033[{_COLOURS[kind]}m{text}\033[0m" if colours and kind in _COLOURS else text

    rows = [
        (
            words.text(stack.name),
            words.what_happens(stack),
            words.counts(stack),
            words.worst(stack),
        )
        for stack in report.stacks
    ]
    of = f"Stacks of {words.text(report.environment)}" if report.environment else "Stacks"
    lines = [table(of, ("stack", "what happens", "counts", "worst finding"), rows)]
    for stack in report.stacks:
        if not words.nothing_happens(stack):
            lines += ["", *_section(stack, paint)]
    lines += ["", f"Fingerprint {report.fingerprint}", report.second_opinion]
    return "\n".join(lines) + "\n"


def _section(stack: Stack, paint: Callable[[str, str], str]) -> Iterator[str]:
    yield paint("title", words.text(stack.name))
    if stack.error:
        yield paint("error", "  failed:")
        yield from (f"    {words.text(line)}" for line in stack.error.splitlines())
    if stack.status == REMOVED:
        yield f"  {words.NO_LONGER}"
    for finding in words.grouped(stack.open_findings()):
        yield f"  {paint(finding.severity, finding.severity)} {finding.rule}: {_finding(finding)}"
    for finding in stack.findings:
        if finding.accepted is not None:
            reason = words.text(finding.accepted)
            yield f"  accepted ({finding.rule}): {_finding(finding)}; {reason}"
    for problem in stack.problems:
        yield f"  {words.FAILS}: {words.text(problem)}"
    for resource in stack.resources:
        yield from _resource(resource)
    if stack.outputs:
        yield "  outputs"
        yield from (f"    {words.field(field)}" for field in stack.outputs)
    if stack.drift:
        yield f"  {words.DRIFTED}:"
        for resource in stack.drift:
            yield from _resource(resource)
    if stack.meaningless:
        yield f"  {words.not_shown(stack)}"


def _resource(resource: Resource) -> Iterator[str]:
    said = "".join(f", {remark}" for remark in words.remarks(resource))
    yield f"  {words.title(resource)} {words.text(resource.address)}{said}"
    yield from (f"    {words.field(field)}" for field in resource.fields)


def _finding(finding: Finding) -> str:
    return f"{words.text(words.finding(finding))} ({words.text(finding.address)})"
