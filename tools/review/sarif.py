"""The findings as SARIF 2.1.0, for code scanning.

The standard, read 2026-11: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and
what GitHub reads of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from tools.review import words
from tools.review.report import Finding, Report
from tools.review.rules import RULES
from tools.review.rules.rule import Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_CHECKOVS_CHECKS = "https://www.checkov.io/5.Policy%20Index/terraform.html"


def sarif(report: Report) -> str:
    """The findings of all stacks as one run; those that are accepted are suppressed with a reason.

    A finding that is not known is a failure too: SARIF's `open` could not have a level.
    """
    sources = {stack.name: _uri(stack.source) for stack in report.stacks}
    others = {each.rule: each.message for each in report.findings() if each.rule not in RULES}
    rules = [*map(_rule, RULES.values()), *(_of_checkov(*each) for each in sorted(others.items()))]
    indices = {rule["id"]: index for index, rule in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "netflux-review", "rules": rules}},
        "invocations": [_invocation(report)],
        "columnKind": "utf16CodeUnits",
        "properties": {"environment": report.environment, "fingerprint": report.fingerprint},
        "results": [
            _result(each, indices[each.rule], sources[each.stack]) for each in report.findings()
        ],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        **_texts(rule.title, rule.why, rule.source),
        "defaultConfiguration": {"level": rule.severity},
    }


def _of_checkov(id: str, title: str) -> dict[str, Any]:
    return {"id": id, **_texts(title, f"The check {id} of checkov: {title}", _CHECKOVS_CHECKS)}


def _texts(title: str, why: str, source: str) -> dict[str, Any]:
    """What GitHub wants of a rule: all of these texts."""
    return {
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\n\n{source}"},
        "helpUri": source,
    }


def _invocation(report: Report) -> dict[str, Any]:
    notifications = [
        {"level": "error", "message": {"text": f"{stack.name}: {stack.error}"}}
        for stack in report.stacks
        if stack.error
    ]
    return {
        "executionSuccessful": not report.failed(),
        "toolExecutionNotifications": notifications,
    }


def _result(finding: Finding, index: int, uri: str) -> dict[str, Any]:
    name = f"{finding.stack}/{finding.address}"
    told = hashlib.sha256(f"{finding.rule} {name} {finding.message}".encode()).hexdigest()
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": f"{name}: {words.finding(finding)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri},
                    "region": {"startLine": 1},
                },
                "logicalLocations": [{"fullyQualifiedName": name, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"finding/v1": told[:32]},
        "properties": {"answer": finding.answer},
    }
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result


def _uri(source: str) -> str:
    """The file, relative to where the review runs, or by its name alone when it lies elsewhere."""
    path = Path(source).absolute()
    here = Path.cwd()
    relative = path.relative_to(here) if path.is_relative_to(here) else PurePath(path.name)
    return quote(bytes(relative))
