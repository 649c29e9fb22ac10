"""checkov's opinion on the same plans, where it is installed.

Its command line, read 2026-11: https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.review.hidden import Cleaner
from tools.review.plan_file import Plan
from tools.review.report import Finding, accepted
from tools.review.settings import CHECKOV, OFF, Settings

_SECONDS = 300


class SecondOpinion(NamedTuple):
    """One line about it, and its findings by stack."""

    said: str
    findings: Mapping[str, list[Finding]]


def second_opinion(plans: list[Plan], settings: Settings) -> SecondOpinion:
    """Asks checkov about every plan; that it is absent, or fails, is said and is no error."""
    severity = settings.severities[CHECKOV]
    if severity == OFF:
        return SecondOpinion("checkov is turned off.", {})
    command = shutil.which("checkov")
    if command is None:
        return SecondOpinion("checkov is not installed, so there is no second opinion.", {})
    if not plans:
        return SecondOpinion("checkov had nothing to look at.", {})
    files = [part for plan in plans for part in ("--file", plan.source)]
    options = ["--framework", "terraform_plan", "--output", "json", "--compact", "--quiet"]
    try:
        done = subprocess.run(
            [command, *files, *options, "--skip-download", "--soft-fail"],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
        found = list(_failed_checks(json.loads(done.stdout)))
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return SecondOpinion(f"checkov gave no answer ({type(error).__name__}).", {})
    by_file = {Path(plan.source).absolute(): plan.stack for plan in plans}
    findings: dict[str, list[Finding]] = {plan.stack: [] for plan in plans}
    for check in found:
        stack = by_file.get(Path(str(check.get("file_abs_path"))).absolute())
        if stack is None and len(plans) == 1:
            stack = plans[0].stack
        if stack is not None:
            findings[stack].append(_finding(check, stack, severity, settings))
    count = sum(map(len, findings.values()))
    return SecondOpinion(f"checkov, asked as well, has {count} findings.", findings)


def _finding(check: dict[str, Any], stack: str, severity: str, settings: Settings) -> Finding:
    rule, address = str(check.get("check_id")), str(check.get("resource"))
    message = Cleaner().text(str(check.get("check_name")))
    reason = accepted(settings, rule, stack, address)
    return Finding(rule, severity, "fail", stack, address, message, reason)


def _failed_checks(document: Any) -> Iterator[dict[str, Any]]:
    """The failed checks of one report, or of a list of them."""
    for report in document if isinstance(document, list) else [document]:
        results = report.get("results") if isinstance(report, dict) else None
        failed = results.get("failed_checks") if isinstance(results, dict) else None
        yield from (each for each in failed or () if isinstance(each, dict))
