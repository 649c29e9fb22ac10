"""checkov as a second opinion: asked where it is installed, and never an error.

checkov.json is what checkov 3.3.30 printed of three recorded plans, cut to four of its findings and
to some of their members; PROJECT stands for this project's folder.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.plans.planted import MARK
from tests.plans.recorded import plan_file
from tools.review.checkov import second_opinion
from tools.review.machine import machine
from tools.review.markdown import markdown
from tools.review.plan_file import read_plan
from tools.review.review import entry_of, review
from tools.review.sarif import sarif
from tools.review.settings import Acceptance, Settings
from tools.review.terminal import terminal
from tools.review.web_page import web_page

PROJECT = Path(__file__).resolve().parents[4]
REVIEWED = ("first-deploy", "foreign-project-changed", "sensitive-values-created")


def real() -> str:
    return Path(__file__).with_name("checkov.json").read_text().replace("PROJECT", str(PROJECT))


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, prints: str, then: str = "") -> None:
    """A checkov that prints this, and then does something else."""
    (folder / "answer").write_text(prints)
    program = folder / "checkov"
    program.write_text(
        f"#!/bin/sh\necho \"$@\" > '{folder}/asked'\n/bin/cat '{folder}/answer'\n{then}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def said(file: Path, **settings: Any) -> str:
    return review([entry_of(file)], Settings(**settings)).second_opinion


def test_absent_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    report = review([entry_of(plan_file("image-only"))], Settings())
    assert report.second_opinion == "checkov is not installed, so there is no second opinion."
    assert report.findings() == []


def test_its_findings_are_in_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, real())
    accepted = Acceptance("CKV_AWS_158", "AWS's own key does", "first-deploy")
    entries = [entry_of(plan_file(name)) for name in REVIEWED]
    report = review(entries, Settings(accepted=(accepted,)))
    assert report.second_opinion == "checkov, asked as well, has 4 findings."
    found = [each for each in report.findings() if each.rule.startswith("CKV")]
    assert [(each.stack, each.rule, each.address, each.accepted) for each in found] == [
        (
            "first-deploy",
            "CKV_AWS_158",
            "aws_cloudwatch_log_group.log_group",
            "AWS's own key does",
        ),
        ("foreign-project-changed", "CKV_AWS_260", "aws_security_group.web", None),
        ("foreign-project-changed", "CKV_AWS_27", 'aws_sqs_queue.queue["letters"]', None),
        ("sensitive-values-created", "CKV2_AWS_34", "aws_ssm_parameter.plain", None),
    ]
    assert {each.severity for each in found} == {"note"}
    assert found[0].message == "Ensure that CloudWatch Log Group is encrypted by KMS"
    asked = (tmp_path / "asked").read_text()
    assert " ".join(f"--file {plan_file(name)}" for name in REVIEWED) in asked
    assert "--framework terraform_plan" in asked


def test_no_secret_that_it_quotes_is_in_any_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = json.loads(real())
    leaking = {**answer["results"]["failed_checks"][-1]}
    leaking["check_name"] = f"password={MARK}-title of https://u:{MARK}-url@example.com"
    leaking["resource"] = f'aws_sqs_queue.queue["token={MARK}-address"]'
    answer["results"]["failed_checks"].append(leaking)
    install(tmp_path, monkeypatch, json.dumps(answer))
    assert MARK in (tmp_path / "answer").read_text()
    report = review([entry_of(plan_file(name)) for name in REVIEWED], Settings())
    for view in (markdown, machine, sarif, terminal, web_page):
        assert "CKV2_AWS_34" in view(report)
        assert MARK not in view(report)


def test_a_plan_is_known_by_whatever_path_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, real())
    (tmp_path / "shop.json").symlink_to(plan_file("first-deploy"))
    roundabout = plan_file("image-only").parent / ".." / "foreign-project-changed" / "plan.json"
    report = review([entry_of(tmp_path / "shop.json"), entry_of(roundabout)], Settings())
    found = {each.stack: each.rule for each in report.findings() if each.rule == "CKV_AWS_158"}
    assert found == {"shop": "CKV_AWS_158"}
    assert report.second_opinion == "checkov, asked as well, has 3 findings."


def test_the_reports_of_several_kinds_of_checks_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = json.loads(real())
    install(tmp_path, monkeypatch, json.dumps([answer, {**answer, "check_type": "secrets"}]))
    assert said(plan_file("first-deploy")) == "checkov, asked as well, has 1 finding."


def test_of_plans_without_resources_it_prints_a_sum_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, '{"passed": 0, "failed": 0, "resource_count": 0}')
    assert said(plan_file("nothing-at-all")) == "checkov, asked as well, has 0 findings."


def test_what_it_could_not_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json.loads(real())
    answer["summary"]["parsing_errors"] = 1
    install(tmp_path, monkeypatch, json.dumps(answer))
    other = tmp_path / "shop.txt"
    other.write_bytes(plan_file("image-only").read_bytes())
    plans = [read_plan(plan_file("first-deploy")), read_plan(other)]
    opinion = second_opinion(plans, Settings())
    assert opinion.said == "checkov, asked as well, has 1 finding, and could not read 2 plans."
    assert str(other) not in (tmp_path / "asked").read_text()
    assert said(other) == "checkov was not asked: it reads only files named .json."


NO_ANSWER = {
    "nothing": ("", "exit 2", "what it printed is no JSON (exit code 2)"),
    "cut off": ("[1", "", "what it printed is no JSON (exit code 0)"),
    "a sentence": ("oh no", "", "what it printed is no JSON (exit code 0)"),
    "too deep": ("[" * 100_000, "", "what it printed is no JSON (exit code 0)"),
    "a number": ("1", "", "what it printed is no report"),
    "a list of numbers": ("[1]", "", "what it printed is no report"),
}


@pytest.mark.parametrize(("prints", "then", "why"), NO_ANSWER.values(), ids=NO_ANSWER)
def test_what_is_no_answer_is_said_and_no_error(
    prints: str, then: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, prints, then)
    assert said(plan_file("image-only")) == f"checkov gave no answer: {why}."


@pytest.mark.parametrize(
    "results", [[], None, {"failed_checks": None}, {"failed_checks": [1, {"check_id": None}]}]
)
def test_what_is_no_finding_is_passed_over(
    results: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, json.dumps({"results": results}))
    assert said(plan_file("image-only")) == "checkov, asked as well, has 0 findings."


def test_halves_of_characters_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, real().replace("encrypted by KMS", "\\ud800"))
    report = review([entry_of(plan_file("first-deploy"))], Settings())
    assert "CKV_AWS_158: Ensure that CloudWatch Log Group is ?" in markdown(report)


def test_one_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker"
    install(tmp_path, monkeypatch, "", f"/bin/sleep 600 & echo $! > '{worker}'; wait")
    opinion = second_opinion([read_plan(plan_file("image-only"))], Settings(), seconds=1)
    assert opinion.said == "checkov gave no answer: it did not end in 1 s."
    deadline = time.monotonic() + 20
    while _runs(int(worker.read_text())) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(int(worker.read_text()))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_one_that_cannot_be_started_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, "")
    (tmp_path / "checkov").write_text("#!/no/such/program\n")
    (tmp_path / "checkov").chmod(0o755)
    expected = "checkov gave no answer: it cannot be started (No such file or directory)."
    assert said(plan_file("image-only")) == expected


def test_turned_off_it_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, real())
    severities = {**Settings().severities, "checkov": "off"}
    assert said(plan_file("image-only"), severities=severities) == "checkov is turned off."
    assert not (tmp_path / "asked").exists()
