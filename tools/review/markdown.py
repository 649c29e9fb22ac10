"""The review for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tools.review import words
from tools.review.report import REMOVED, Finding, Report, Resource, Stack
from tools.review.rules.rule import SEVERITIES

#: A comment on GitHub has at most this many characters.
LONGEST = 65_536

_ROOM_FOR_LAST_LINES = 2_000
_MOST_LINES = 60
_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~@&!]|\b_|_\b|(?<=_)_)")


def markdown(report: Report, longest: int = LONGEST) -> str:
    """The whole report, or as many whole stacks as fit, the worst first, and which are left out."""
    head = f"## {_escaped(words.heading(report))}"
    last = f"Fingerprint `{report.fingerprint}`. {_escaped(report.second_opinion)}"
    room = longest - len(head) - len(last) - _ROOM_FOR_LAST_LINES
    table, room = _table(report.stacks, room)
    sections = {
        stack.name: "\n".join(_section(stack))
        for stack in report.stacks
        if not words.nothing_happens(stack)
    }
    kept = set()
    for stack in sorted(report.stacks, key=_worst_first):
        if stack.name in sections and _length(sections[stack.name]) + 2 <= room:
            room -= _length(sections[stack.name]) + 2
            kept.add(stack.name)
    left_out = [name for name in sections if name not in kept]
    parts = [
        head,
        *([table] if report.stacks else []),
        *(text for name, text in sections.items() if name in kept),
    ]
    if left_out:
        parts.append(_left_out(left_out, longest))
    return "\n\n".join([*parts, last]) + "\n"


def _length(text: str) -> int:
    """Characters as JavaScript and so GitHub may count them."""
    return len(text.encode("utf-16-le")) // 2


def _worst_first(stack: Stack) -> tuple[int, int]:
    found = stack.open_findings()
    worst = SEVERITIES.index(found[0].severity) if found else len(SEVERITIES)
    return (stack.status != "failed", worst)


def _left_out(names: Sequence[str], longest: int) -> str:
    shown = ", ".join(_escaped(name) for name in names[:20])
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return (
        f"**Left out, as the review would be longer than {longest:,} characters: "
        f"{words.plural(len(names), 'stack', 'stacks')}**: {shown[:1000]}{more}. "
        "The review in the terminal, in HTML and in JSON has them."
    )


def _table(stacks: Sequence[Stack], room: int) -> tuple[str, int]:
    lines = ["| Stack | What happens | Counts | Worst finding |", "|---|---|---|---|"]
    room -= sum(_length(line) + 1 for line in lines)
    for index, stack in enumerate(stacks):
        cells = (stack.name, words.what_happens(stack), words.counts(stack), words.worst(stack))
        line = f"| {' | '.join(_escaped(cell) for cell in cells)} |"
        if _length(line) + 1 > room:
            rest = words.plural(len(stacks) - index, "more stack", "more stacks")
            lines.append(f"| {rest}, left out | | | |")
            break
        lines.append(line)
        room -= _length(line) + 1
    return "\n".join(lines), room


def _section(stack: Stack) -> Iterator[str]:
    yield f"### {_escaped(stack.name)}"
    if stack.error:
        yield ""
        yield f"**Failed**\n\n{_block(stack.error)}"
    if stack.status == REMOVED:
        yield f"\n{words.NO_LONGER}"
    if stack.findings or stack.problems:
        yield ""
    for finding in words.grouped(stack.open_findings()):
        yield f"- **{finding.severity}** {finding.rule}: {_finding(finding)}"
    for finding in stack.findings:
        if finding.accepted is not None:
            reason = _escaped(finding.accepted)
            yield f"- accepted ({finding.rule}): {_finding(finding)} — {reason}"
    for problem in stack.problems:
        yield f"- {words.FAILS}: {_escaped(problem)}"
    for resource in stack.resources:
        yield from _resource(resource)
    if stack.outputs:
        yield ""
        yield "**outputs**"
        yield from (f"- {_code(words.field(field))}" for field in stack.outputs)
    if stack.drift:
        yield ""
        yield f"{words.DRIFTED.capitalize()}:"
        for resource in stack.drift:
            yield from _resource(resource)
    if stack.meaningless:
        yield ""
        yield f"{_escaped(words.not_shown(stack))}."


def _resource(resource: Resource) -> Iterator[str]:
    said = "".join(f", {_escaped(remark)}" for remark in words.remarks(resource))
    yield ""
    yield f"**{words.title(resource)}** {_code(resource.address)}{said}"
    for field in resource.fields:
        yield f"- {_code(words.field(field))}"


def _finding(finding: Finding) -> str:
    where = f" ({_code(finding.address)})" if finding.address else ""
    return f"{_escaped(words.finding(finding))}{where}"


def _code(text: str) -> str:
    """`text` in a code span, with a fence that is longer than any run of backticks in it."""
    text = words.text(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _block(text: str) -> str:
    """Lines of text as they are, the last of them where there are too many."""
    lines = [words.text(line) for line in text.splitlines()][-_MOST_LINES:]
    fence = "`" * max(3, max((len(run) + 1 for run in re.findall("`+", text)), default=0))
    return "\n".join([f"{fence}text", *lines, fence])


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", words.text(text))
    # GitHub looks for people to notify in what is shown, so a backslash does not keep it from that.
    return escaped.replace("@", "@\N{ZERO WIDTH SPACE}")
