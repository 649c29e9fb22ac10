"""checkov's opinion on the same plans, where it is installed.

Its command line and its answer are those of checkov 3.3 (tried with 3.3.30, 2026-11):
https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html
Of its answer only the id and title of a check and the address of a resource are taken: the rest of
it quotes the plan, with the secrets in it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tools.review.hidden import Cleaner, scrubbed
from tools.review.json_text import read_json
from tools.review.plan_file import Plan
from tools.review.report import Finding, accepted
from tools.review.settings import CHECKOV, OFF, Settings
from tools.review.words import plural

_OPTIONS = ("--framework", "terraform_plan", "--output", "json", "--compact", "--quiet")
_NO_NETWORK = ("--skip-download",)
_NO_GATE = ("--soft-fail",)  # exit code 0 with findings: anything else is a failure of its own


class SecondOpinion(NamedTuple):
    """One line about it, and its findings by stack."""

    said: str
    findings: Mapping[str, list[Finding]]


class _NoAnswer(Exception):
    """Why checkov said nothing that can be read."""


def second_opinion(plans: list[Plan], settings: Settings, *, seconds: float = 300) -> SecondOpinion:
    """Asks checkov about every plan; that it is absent, or fails, is said and is no error.

    It is ended after `seconds`.
    """
    severity = settings.severities[CHECKOV]
    if severity == OFF:
        return SecondOpinion("checkov is turned off.", {})
    command = shutil.which("checkov")
    if command is None:
        return SecondOpinion("checkov is not installed, so there is no second opinion.", {})
    # It names the files of its findings by their real paths, and passes over those of other names.
    stacks = {os.path.realpath(plan.source): plan.stack for plan in plans}
    files = [file for file in stacks if file.endswith(".json")]
    if not plans:
        return SecondOpinion("checkov had nothing to look at.", {})
    if not files:
        return SecondOpinion("checkov was not asked: it reads only files named .json.", {})
    asked = [part for file in files for part in ("--file", file)]
    try:
        reports = _reports([command, *asked, *_OPTIONS, *_NO_NETWORK, *_NO_GATE], seconds)
    except _NoAnswer as why:
        return SecondOpinion(f"checkov gave no answer: {why}.", {})
    findings: dict[str, list[Finding]] = {}
    for check in dict.fromkeys(check for report in reports for check in _failed_checks(report)):
        if check.file in stacks:
            stack = stacks[check.file]
            findings.setdefault(stack, []).append(_finding(check, stack, severity, settings))
    said = plural(sum(map(len, findings.values())), "finding", "findings")
    unread = len(stacks) - len(files) + sum(map(_unread, reports))
    but = f", and could not read {plural(unread, 'plan', 'plans')}" if unread else ""
    return SecondOpinion(f"checkov, asked as well, has {said}{but}.", findings)


class _Check(NamedTuple):
    """A check that failed, on one resource of one file."""

    id: str
    title: str
    file: str
    address: str


def _reports(command: list[str], seconds: float) -> list[dict[str, Any]]:
    """What it prints: a report, a list of them by kind of check, or only a sum when it saw nothing.

    Raises:
        _NoAnswer: it cannot be started, does not end, or prints something else.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # so that its workers end with it
        )
    except OSError as error:
        raise _NoAnswer(f"it cannot be started ({error.strerror})") from None
    try:
        printed, _ = process.communicate(timeout=seconds)
    except BaseException as ending:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(ending, subprocess.TimeoutExpired):
            raise _NoAnswer(f"it did not end in {seconds:g} s") from None
        raise
    try:
        document = read_json(printed.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise _NoAnswer(f"what it printed is no JSON (exit code {process.returncode})") from None
    reports = document if isinstance(document, list) else [document]
    if not all(isinstance(each, dict) for each in reports):
        raise _NoAnswer("what it printed is no report")
    return reports


def _failed_checks(report: dict[str, Any]) -> Iterator[_Check]:
    results = report.get("results")
    failed = results.get("failed_checks") if isinstance(results, dict) else None
    for check in failed if isinstance(failed, list) else ():
        given = check if isinstance(check, dict) else {}
        names = ("check_id", "check_name", "file_abs_path", "resource")
        texts = [text for name in names if isinstance(text := given.get(name), str)]
        if len(texts) == len(names):
            id, title, file, address = texts
            yield _Check(id, title, os.path.realpath(file), address)


def _unread(report: dict[str, Any]) -> int:
    summary = report.get("summary")
    count = summary.get("parsing_errors") if isinstance(summary, dict) else None
    return count if isinstance(count, int) else 0


def _finding(check: _Check, stack: str, severity: str, settings: Settings) -> Finding:
    address = scrubbed(check.address)
    reason = accepted(settings, check.id, stack, address)
    title = Cleaner().text(check.title)
    return Finding(check.id, severity, "fail", stack, address, title, reason)
