"""The words that every view shares."""

from __future__ import annotations

import json
from collections import Counter
from enum import Enum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from constructs_lib.findings import ABSENT
from constructs_lib.images import repository_of
from tools.review import actions
from tools.review.differences import FieldChange, Words
from tools.review.hidden import Hidden, Unknown
from tools.review.report import DRIFT, FAILED, GONE, NONE, REMOVED, Finding, Report, Resource, Stack

_LONGEST_VALUE = 200
_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@+*=,%")
_NOUNS = {
    "aws_cloudwatch_log_group": "log group",
    "aws_ecs_task_definition": "task definition",
    "aws_iam_role": "role",
    "aws_iam_role_policy": "role's policy",
    "aws_iam_role_policy_attachment": "policy attachment",
    "aws_s3_bucket": "bucket",
}
_PAST = {
    actions.CREATE: "created",
    actions.UPDATE: "changed",
    actions.REPLACE: "replaced",
    actions.DESTROY: "destroyed",
    actions.IMPORT: "imported",
    actions.MOVE: "moved",
    actions.FORGET: "forgotten, and kept in AWS",
}
_SHOULD_CHANGE_SOMETHING = (actions.NEW_REVISION, actions.UPDATE, actions.REPLACE)
_MOST_PHRASES = 6
NO_LONGER = (
    "No longer in the code. What it made stays in AWS, and in its state; to destroy it, run "
    "`cdktf destroy` at a revision that has it."
)
DRIFTED = "drift, which this change did not make"
FAILS = "a check of the configuration fails"


class Part(Enum):
    """What a part of a field's line is, for a view that shows it by more than its words."""

    COMES, GOES, NAME, BEFORE, AFTER, BETWEEN = range(6)


class Said(NamedTuple):
    part: Part
    text: str


def heading(report: Report) -> str:
    """`Plan review of prod: 2 of 3 stacks to look at`."""
    review = f"Plan review of {text(report.environment)}" if report.environment else "Plan review"
    if not report.stacks:
        return f"{review}: no stack differs"
    changed = sum(not nothing_happens(stack) for stack in report.stacks)
    head = f"{review}: {changed} of {plural(len(report.stacks), 'stack', 'stacks')}"
    return f"{head} to look at" if changed else f"{head}: nothing changes"


def what_happens(stack: Stack) -> str:
    """A stack in a few words: `new revision, role changed`."""
    if stack.status == FAILED and not stack.resources:
        return "the plan failed"
    if stack.status == REMOVED:
        return "no longer in the code"
    kinds = Counter((each.kind, each.type) for each in stack.resources)
    order = sorted(kinds.items(), key=lambda item: actions.KINDS.index(item[0][0]))
    phrases = [_phrase(kind, type, count) for (kind, type), count in order]
    if len(phrases) > _MOST_PHRASES:
        rest = sum(kinds[key] for key, _ in order[_MOST_PHRASES:])
        phrases = [*phrases[:_MOST_PHRASES], f"{rest} more"]
    if stack.outputs:
        phrases.append(_counted(len(stack.outputs), "output", "changed"))
    if stack.drift:
        phrases.append("drift")
    if stack.status == FAILED:
        phrases.insert(0, "the plan is not whole")
    return ", ".join(phrases) or "nothing"


def counts(stack: Stack) -> str:
    """`1 new revision, 2 to create`; empty when nothing happens."""
    found = stack.counts()
    return ", ".join(_count(found[kind], kind) for kind in actions.KINDS if found[kind])


def _count(count: int, kind: str) -> str:
    if kind == actions.NEW_REVISION:
        return plural(count, "new revision", "new revisions")
    return f"{count} to {kind}"


def worst(stack: Stack) -> str:
    """The worst finding: `error: log-group-destroyed`."""
    found = stack.open_findings()
    if not found:
        return ""
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0].severity}: {found[0].rule}{more}"


def grouped(findings: list[Finding]) -> list[Finding]:
    """Findings, those of several rules that say the same of the same resource as one."""
    rules: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        rules.setdefault((finding.answer, finding.address, finding.message), []).append(finding)
    return [same[0]._replace(rule=", ".join(each.rule for each in same)) for same in rules.values()]


def finding(finding: Finding) -> str:
    """What a rule has against a resource, or that it cannot tell."""
    cannot = "cannot be judged: " if finding.answer == "unknown" else ""
    return cannot + finding.message


def not_shown(stack: Stack) -> str:
    """`2 differences without a meaning not shown: cpu, volume of ADDRESS`; empty without any."""
    named = [
        (each.address, name)
        for each in (*stack.resources, *stack.drift)
        for name in each.meaningless
    ]
    if not named:
        return ""
    shown = groupby(named[:_MOST_PHRASES], key=itemgetter(0))
    phrases = [f"{', '.join(name for _, name in group)} of {address}" for address, group in shown]
    if named[_MOST_PHRASES:]:
        phrases.append(f"{len(named) - _MOST_PHRASES} more")
    many = plural(len(named), "difference", "differences")
    return f"{many} without a meaning not shown: {text('; '.join(phrases))}"


def title(resource: Resource) -> str:
    """What happens to a resource, to be followed by its address."""
    words = {
        actions.NEW_REVISION: "new revision of",
        DRIFT: "changed outside Terraform:",
        GONE: "deleted outside Terraform:",
    }
    parts = [words.get(resource.kind) or f"{resource.kind}"]
    if resource.deposed:
        parts.append("what is left of")
    return " ".join(parts)


def remarks(resource: Resource) -> list[str]:
    """What a reader must know beside the fields."""
    said = []
    if resource.import_id is not None:
        imported = "from" if resource.kind == actions.IMPORT else "imported from"
        said.append(f"{imported} {text(resource.import_id)}")
        if resource.kind == actions.IMPORT and resource.fields:
            said.append("and changed")
    if resource.previous_address:
        said.append(f"moved from {text(resource.previous_address)}")
    if not resource.fields and resource.kind in _SHOULD_CHANGE_SOMETHING:
        said.append("without any change of meaning")
    return said


def field(change: FieldChange) -> str:
    """`image 1.4.2 -> 1.5.0`, `+ secret DB_PASSWORD = ...`, `- environment DEBUG = on`."""
    return "".join(said.text for said in field_parts(change))


def field_parts(change: FieldChange) -> list[Said]:
    """The line of a field, in its parts."""
    name, before, after = Said(Part.NAME, text(change.field)), change.before, change.after
    if before is ABSENT:
        return [Said(Part.COMES, "+ "), name, *_one_sided(after, Part.AFTER)]
    if after is ABSENT:
        return [Said(Part.GOES, "- "), name, *_one_sided(before, Part.BEFORE)]
    if name.text.endswith("image") and _known_text(before) and _known_text(after):
        before, after = _without_repository(before, after)
    old, new = shown(before), shown(after)
    if old == new and old != "(known after apply)":
        new = "(hidden, another)" if new == "(hidden)" else f"{new}, with another secret"
    return [
        name,
        Said(Part.BETWEEN, " "),
        Said(Part.BEFORE, old),
        Said(Part.BETWEEN, " -> "),
        Said(Part.AFTER, new),
    ]


def _one_sided(value: Any, part: Part) -> list[Said]:
    """What follows the name of a field that came or went; a sentence may be empty."""
    if isinstance(value, Words):
        return [Said(Part.BETWEEN, ": "), Said(part, shown(value))] if value else []
    return [Said(Part.BETWEEN, " = "), Said(part, shown(value))]


def shown(value: Any) -> str:
    """A value on one line, cut where a reader has seen enough."""
    if isinstance(value, Hidden):
        return shown(value.shown) if value.shown != "(hidden)" else value.shown
    if isinstance(value, Unknown):
        return "(known after apply)"
    if isinstance(value, Words):
        return text(value)
    if value is ABSENT:
        return "nothing"
    if isinstance(value, str) and value and set(value) <= _PLAIN:
        written = value
    else:
        written = text(json.dumps(_readable(value), ensure_ascii=False, sort_keys=True))
    if len(written) > _LONGEST_VALUE:
        return f"{written[:_LONGEST_VALUE]}... ({len(written):,} characters)"
    return written


def text(value: str) -> str:
    """`value` without anything that would move a cursor or turn the direction of reading."""
    if value.isprintable():
        return value
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in value
    )


def plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_readable(item) for item in value]
    if isinstance(value, Hidden):
        return value.shown
    if isinstance(value, Unknown):
        return shown(value)
    return value


def _known_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Hidden | Unknown)


def _without_repository(before: str, after: str) -> tuple[str, str]:
    """Tags or digests alone where the repository stays."""
    repository = repository_of(before)
    if repository != repository_of(after):
        return before, after
    old, new = (each[len(repository) :].lstrip(":@") or "(no tag)" for each in (before, after))
    return Words(old), Words(new)


def _phrase(kind: str, type: str, count: int) -> str:
    if kind == actions.NEW_REVISION:
        return "new revision" if count == 1 else f"{count} new revisions"
    return _counted(count, _noun(type), _PAST[kind])


def _counted(count: int, noun: str, past: str) -> str:
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{noun} {past}" if count == 1 else f"{count} {many} {past}"


def _noun(type: str) -> str:
    return _NOUNS.get(type) or text(" ".join(type.split("_")[1:]) or type)


def nothing_happens(stack: Stack) -> bool:
    """Whether a view may leave the stack out but for its row."""
    return stack.status == NONE and not stack.drift and not stack.findings and not stack.problems
