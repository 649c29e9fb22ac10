"""checkov as a second opinion: asked where it is installed, and never an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.plans.recorded import plan_file
from tools.review.review import entry_of, review
from tools.review.settings import Acceptance, Settings


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, prints: str) -> None:
    """A checkov that prints this, in the form of checkov 3."""
    (folder / "answer").write_text(prints)
    program = folder / "checkov"
    program.write_text(f"#!/bin/sh\necho \"$@\" > '{folder}/asked'\n/bin/cat '{folder}/answer'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def answer(*names: str) -> list[dict[str, Any]]:
    failed = [
        {
            "check_id": "CKV_AWS_338",
            "check_name": "Ensure CloudWatch log groups retains logs for at least 1 year",
            "resource": "aws_cloudwatch_log_group.log_group",
            "file_abs_path": str(plan_file(name)),
            "severity": None,
        }
        for name in names
    ]
    return [{"check_type": "terraform_plan", "results": {"failed_checks": failed}}]


def test_absent_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    report = review([entry_of(plan_file("image-only"))], Settings())
    assert report.second_opinion == "checkov is not installed, so there is no second opinion."
    assert report.findings() == []


def test_its_findings_are_in_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, json.dumps(answer("first-deploy", "image-only")))
    entries = [entry_of(plan_file(name)) for name in ("first-deploy", "image-only")]
    accepted = Acceptance("CKV_AWS_338", "kept for ever", "image-only")
    report = review(entries, Settings(accepted=(accepted,)))
    assert report.second_opinion == "checkov, asked as well, has 2 findings."
    assert [
        (each.stack, each.rule, each.severity, each.accepted) for each in report.findings()
    ] == [
        ("first-deploy", "CKV_AWS_338", "note", None),
        ("image-only", "CKV_AWS_338", "note", "kept for ever"),
    ]
    asked = (tmp_path / "asked").read_text()
    assert f"--file {plan_file('first-deploy')} --file {plan_file('image-only')}" in asked
    assert "--framework terraform_plan" in asked


@pytest.mark.parametrize("prints", ["", "[1", "oh no", "1", '{"results": []}'])
def test_what_it_cannot_say_is_no_error(
    prints: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, prints)
    report = review([entry_of(plan_file("image-only"))], Settings())
    assert report.findings() == []
    assert report.second_opinion.startswith("checkov")


def test_turned_off_it_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, json.dumps(answer("image-only")))
    severities = {**Settings().severities, "checkov": "off"}
    report = review([entry_of(plan_file("image-only"))], Settings(severities=severities))
    assert report.second_opinion == "checkov is turned off."
    assert not (tmp_path / "asked").exists()
