"""The review in one model, which every view shows.

Whatever is in it may be read by anybody: what is hidden was hidden when the plans were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from constructs_lib.findings import ABSENT
from tools.review.actions import kind
from tools.review.changed import changed_fields
from tools.review.differences import FieldChange
from tools.review.drifted import drifted
from tools.review.fingerprint import sum_of
from tools.review.plan_file import Change, Plan
from tools.review.rules import RULES
from tools.review.rules.rule import SEVERITIES, Answer, Rule
from tools.review.settings import NEVER, OFF, Settings

CHANGES, NONE, FAILED, REMOVED = "changes", "none", "failed", "removed"
DRIFT, GONE = "drift", "deleted outside"


class Finding(NamedTuple):
    """What a rule has against a stack. `accepted` is the reason why it may be."""

    rule: str
    severity: str
    answer: str
    stack: str
    address: str
    message: str
    accepted: str | None = None


class Resource(NamedTuple):
    """What happens to one resource. `kind` is one of `actions.KINDS`, or `DRIFT` or `GONE`."""

    address: str
    type: str
    kind: str
    fields: list[FieldChange]
    meaningless: list[str]
    previous_address: str | None = None
    import_id: str | None = None
    deposed: str | None = None


class Stack(NamedTuple):
    """One stack, also one that the code no longer has; `error` says why there is no whole plan."""

    name: str
    status: str
    source: str
    resources: list[Resource]
    drift: list[Resource]
    outputs: list[FieldChange]
    findings: list[Finding]
    answers: dict[str, str]
    problems: list[str]
    error: str | None = None

    @property
    def meaningless(self) -> int:
        return sum(len(each.meaningless) for each in (*self.resources, *self.drift))

    def counts(self) -> Counter[str]:
        return Counter(each.kind for each in self.resources)

    def open_findings(self) -> list[Finding]:
        """Those that are not accepted, the worst first."""
        found = [each for each in self.findings if each.accepted is None]
        return sorted(found, key=lambda each: SEVERITIES.index(each.severity))


class Report(NamedTuple):
    """All stacks, the `meaning` of all changes, and whether checkov was asked."""

    stacks: list[Stack]
    meaning: list[str]
    second_opinion: str
    environment: str | None = None
    """Where they are to go, as the last `plan` noted it; None for plans that were named."""

    @property
    def fingerprint(self) -> str:
        return sum_of(self.meaning)

    def findings(self) -> list[Finding]:
        return [finding for stack in self.stacks for finding in stack.findings]

    def failed(self) -> bool:
        return any(stack.status == FAILED for stack in self.stacks)

    def at_or_above(self, fail_on: str) -> list[Finding]:
        """The findings that are not accepted, of that severity or a worse one."""
        if fail_on == NEVER:
            return []
        bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return [each for each in self.findings() if each.accepted is None and each.severity in bad]


def stack_of(plan: Plan, plans: list[Plan], settings: Settings, rules: Iterable[Rule]) -> Stack:
    """What happens in one plan, and what the rules say of it."""
    resources = [each for each in map(_resource, plan.changes) if each is not None]
    drift = [each for each in map(_drifted, drifted(plan)) if each.kind == GONE or each.fields]
    outputs = [field for each in plan.outputs for field in _output(each)]
    answers, findings = _judged(plan, plans, settings, rules)
    error = "Terraform could not finish this plan; apply would do a part of it only"
    status = CHANGES if resources or outputs else NONE
    return Stack(
        plan.stack,
        FAILED if plan.errored else status,
        plan.source,
        resources,
        drift,
        outputs,
        findings,
        answers,
        plan.problems,
        error if plan.errored else None,
    )


def stack_without_plan(name: str, source: str, status: str, error: str | None) -> Stack:
    """A stack that could not be planned, or of which there is nothing to plan."""
    return Stack(name, status, source, [], [], [], [], {}, [], error)


def _resource(change: Change) -> Resource | None:
    happens = kind(change)
    if happens is None:
        return None
    found = changed_fields(change)
    return Resource(
        change.address,
        change.type,
        happens,
        found.fields,
        found.meaningless,
        change.previous_address,
        change.import_id,
        change.deposed,
    )


def _drifted(change: Change) -> Resource:
    found = changed_fields(change)
    happened = GONE if "delete" in change.actions else DRIFT
    return Resource(change.address, change.type, happened, found.fields, found.meaningless)


def _output(change: Change) -> list[FieldChange]:
    """An output by its name; created and taken away ones too."""
    name = change.address.removeprefix("output.")
    if set(change.actions) <= {"no-op", "read"}:
        return []
    if change.before is None or change.after is None:
        old, new = ((each or {}).get(name, ABSENT) for each in (change.before, change.after))
        return [FieldChange(name, old, new)]
    return changed_fields(change).fields


def _judged(
    plan: Plan, plans: list[Plan], settings: Settings, rules: Iterable[Rule]
) -> tuple[dict[str, str], list[Finding]]:
    """Every rule's answer for the whole plan, the worst of its verdicts, and the findings."""
    answers, findings = {}, []
    for rule in rules:
        severity = settings.severities[rule.id]
        if severity == OFF:
            continue
        verdicts = list(dict.fromkeys(rule.check(plan, plans)))
        given = {verdict.answer for verdict in verdicts}
        worst = (Answer.FAIL, Answer.UNKNOWN, Answer.PASS)
        answers[rule.id] = next((each for each in worst if each in given), Answer.PASS).value
        findings += [
            Finding(
                rule.id,
                severity,
                verdict.answer.value,
                plan.stack,
                verdict.address,
                verdict.message,
                accepted(settings, rule.id, plan.stack, verdict.address),
            )
            for verdict in verdicts
            if verdict.answer is not Answer.PASS
        ]
    return answers, findings


def accepted(settings: Settings, rule: str, stack: str, address: str) -> str | None:
    """The reason why such a finding may be, or None."""
    covering = (each for each in settings.accepted if each.covers(rule, stack, address))
    return next((each.reason for each in covering), None)


ALL_RULES: tuple[Rule, ...] = tuple(RULES.values())
