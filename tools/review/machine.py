"""The review as JSON, of the form that docs/review.schema.json describes."""

from __future__ import annotations

import json
from typing import Any

from constructs_lib.findings import ABSENT
from tools.review import words
from tools.review.differences import FieldChange
from tools.review.hidden import Hidden, Unknown
from tools.review.report import Finding, Report, Resource, Stack

SCHEMA_VERSION = 1


def machine(report: Report) -> str:
    """The report as JSON text."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "environment": report.environment,
        "fingerprint": report.fingerprint,
        "meaning": report.meaning,
        "second_opinion": report.second_opinion,
        "stacks": [_stack(stack) for stack in report.stacks],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _stack(stack: Stack) -> dict[str, Any]:
    return {
        "stack": stack.name,
        "status": stack.status,
        "error": stack.error,
        "what_happens": words.what_happens(stack),
        "counts": dict(stack.counts()),
        "resources": [_resource(each) for each in stack.resources],
        "outputs": [_field(each) for each in stack.outputs],
        "drift": [_resource(each) for each in stack.drift],
        "without_meaning": stack.meaningless,
        "failed_checks": stack.problems,
        "rules": stack.answers,
        "findings": [_finding(each) for each in stack.findings],
    }


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "address": resource.address,
        "type": resource.type,
        "kind": resource.kind,
        "previous_address": resource.previous_address,
        "import_id": resource.import_id,
        "deposed": resource.deposed,
        "fields": [_field(each) for each in resource.fields],
        "without_meaning": resource.meaningless,
    }


def _field(field: FieldChange) -> dict[str, Any]:
    return {
        "field": field.field,
        "before": _value(field.before),
        "after": _value(field.after),
        "text": words.field(field),
    }


def _value(value: Any) -> dict[str, Any]:
    """`{"is": "value", "value": ...}`, or what it is instead."""
    for kind, what in ((Hidden, "hidden"), (Unknown, "unknown")):
        if isinstance(value, kind):
            return {"is": what}
    if value is ABSENT:
        return {"is": "absent"}
    return {"is": "value", "value": _plain(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return words.shown(value) if isinstance(value, Hidden | Unknown) else value


def _finding(finding: Finding) -> dict[str, Any]:
    return finding._asdict()
