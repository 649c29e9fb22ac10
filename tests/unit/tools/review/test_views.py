"""Markdown, terminal, JSON and SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.plans.recorded import NAMES, nobody, plan_file, reviewed
from tests.unit.tools.review.plans import change, plan
from tests.unit.tools.review.schema import errors
from tools.review.fingerprint import meaning
from tools.review.index import Entry
from tools.review.machine import machine
from tools.review.markdown import LONGEST, markdown
from tools.review.report import ALL_RULES, Finding, Report, stack_of
from tools.review.review import review
from tools.review.rules import RULES
from tools.review.sarif import sarif
from tools.review.settings import Acceptance, Settings
from tools.review.terminal import terminal

SCHEMA = json.loads((Path(__file__).resolve().parents[4] / "docs/review.schema.json").read_text())


def report_of(
    *changes: dict[str, Any], stacks: int = 1, settings: Settings | None = None
) -> Report:
    plans = [plan(*changes, stack=f"stack-{number}") for number in range(stacks)]
    settings = settings or Settings()
    found = [stack_of(each, plans, settings, ALL_RULES) for each in plans]
    return Report(found, meaning(plans), "Nobody was asked.")


def long(count: int) -> dict[str, Any]:
    after = {f"a{number}": "x" * 90 for number in range(count)}
    return change("acme_thing.a", "create", after=after)


@pytest.mark.parametrize("name", NAMES)
def test_the_json_has_the_form_of_its_schema(name: str) -> None:
    document = json.loads(machine(reviewed(name)))
    assert list(errors(document, SCHEMA, SCHEMA)) == []


@pytest.mark.parametrize("environment", ["prod", None])
def test_what_a_machine_reads_says_of_which_environment_it_is(environment: str | None) -> None:
    report = Report([], [], "", environment)
    document = json.loads(machine(report))
    assert (document["environment"], [*errors(document, SCHEMA, SCHEMA)]) == (environment, [])
    assert json.loads(sarif(report))["runs"][0]["properties"]["environment"] == environment


def test_the_schema_refuses_another_form() -> None:
    document = json.loads(machine(reviewed("image-only")))
    document["stacks"][0]["resources"][0]["fields"][0]["before"]["is"] = "known"
    del document["stacks"][0]["error"]
    assert list(errors(document | {"more": 1}, SCHEMA, SCHEMA)) == [
        ".stacks[0]: lacks error",
        ".stacks[0].resources[0].fields[0].before.is: is 'known'",
        ": has more",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_sarif_names_a_rule_a_level_and_a_place_for_every_finding(name: str) -> None:
    report = reviewed(name)
    document = json.loads(sarif(report))
    [run] = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert document["version"] == "2.1.0"
    assert len(run["results"]) == len(report.findings())
    for result, finding in zip(run["results"], report.findings(), strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert result["level"] == finding.severity
        [location] = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith("/")
        assert finding.message in result["message"]["text"]


def test_sarif_gives_every_rule_the_texts_that_github_needs() -> None:
    report = reviewed("first-deploy")
    stack = report.stacks[0]
    opinion = Finding("CKV_AWS_158", "note", "fail", stack.name, "a.b", "Ensure it is encrypted")
    report = report._replace(stacks=[stack._replace(findings=[*stack.findings, opinion])])
    rules = json.loads(sarif(report))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*RULES, "CKV_AWS_158"]
    for rule in rules:
        for text in ("shortDescription", "fullDescription", "help"):
            assert rule[text]["text"]
        assert rule["helpUri"] in rule["help"]["text"]
    assert rules[-1]["shortDescription"]["text"] == "Ensure it is encrypted"


def test_an_accepted_finding_is_shown_with_its_reason_and_suppressed() -> None:
    accepted = Acceptance("log-group-destroyed", "it is <empty>", "stack-0")
    report = report_of(
        change("aws_cloudwatch_log_group.a", "delete", before={"name": "a"}),
        settings=Settings(accepted=(accepted,)),
    )
    assert report.at_or_above("note") == []
    assert "accepted (log-group-destroyed)" in markdown(report)
    assert r"it is \<empty\>" in markdown(report)
    assert "it is <empty>" in terminal(report)
    [result] = json.loads(sarif(report))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "it is <empty>"}]


def test_an_acceptance_covers_its_stack_and_address_alone() -> None:
    gone = change("aws_cloudwatch_log_group.a", "delete", before={"name": "a"})
    for wrong in (
        Acceptance("log-group-destroyed", "why", stack="other"),
        Acceptance("log-group-destroyed", "why", address="aws_cloudwatch_log_group.b"),
        Acceptance("mutable-tag", "why"),
    ):
        report = report_of(gone, settings=Settings(accepted=(wrong,)))
        assert len(report.at_or_above("error")) == 1


def test_a_rule_that_is_off_is_not_asked() -> None:
    off = {**Settings().severities, "log-group-destroyed": "off"}
    gone = change("aws_cloudwatch_log_group.a", "delete", before={"name": "a"})
    report = report_of(gone, settings=Settings(severities=off))
    assert report.findings() == []
    assert set(report.stacks[0].answers) == set(RULES) - {"log-group-destroyed"}


def test_long_markdown_is_cut_at_whole_stacks_and_says_which() -> None:
    text = markdown(report_of(long(40), stacks=30))
    assert len(text) < LONGEST
    kept = [number for number in range(30) if f"### stack-{number}\n" in text]
    left_out = [number for number in range(30) if number not in kept]
    assert kept
    assert left_out
    assert (
        f"**Left out, as the review would be longer than 65,536 characters: {len(left_out)}" in text
    )
    assert all(f"stack-{number}" in text.split("**Left out")[1] for number in left_out[:20])
    assert text.count("- `+ a0 =") == len(kept)
    assert text.count("- `+ a39 =") == len(kept)
    assert "Fingerprint" in text


def test_one_stack_that_is_too_long_is_left_out_whole() -> None:
    text = markdown(report_of(long(2000)))
    assert len(text) < LONGEST
    assert "1 stack**: stack-0." in text
    assert "### stack-0" not in text


def test_a_stack_with_an_error_stays_when_others_are_left_out() -> None:
    plans = [plan(long(40), stack=f"stack-{number}") for number in range(30)]
    plans.append(
        plan(change("aws_cloudwatch_log_group.a", "delete", before={"name": "a"}), stack="last")
    )
    found = [stack_of(each, plans, Settings(), ALL_RULES) for each in plans]
    assert "### last\n" in markdown(Report(found, [], ""))


def test_a_table_of_thousands_of_stacks_is_cut_too() -> None:
    text = markdown(report_of(long(1), stacks=3000))
    assert len(text) < LONGEST
    assert "more stacks, left out" in text


def test_markdown_lets_no_value_out_of_its_place() -> None:
    text = markdown(
        report_of(
            change("acme_thing.a", "update", before={"a": "`x`"}, after={"a": "``</code>\n# @all"}),
            change('aws_cloudwatch_log_group.a["|"]', "delete", before={"name": "<b>|@x"}),
        )
    )
    assert '- ```a "`x`" -> "``</code>\\n# @all"```' in text
    assert "the log group \\<b\\>\\|\\@\N{ZERO WIDTH SPACE}x is destroyed" in text


def test_the_name_of_an_environment_is_text_in_markdown_too() -> None:
    report = Report([], [], "", "<b>_@all_")
    at = "@\N{ZERO WIDTH SPACE}"
    [head, *_] = markdown(report).splitlines()
    assert head == f"## Plan review of \\<b\\>\\_\\{at}all\\_: no stack differs"


def test_the_terminal_has_colours_only_when_asked() -> None:
    report = reviewed("log-group-destroyed")
    assert "\033" not in terminal(report)
    assert "\033[31merror\033[0m log-group-destroyed" in terminal(report, colours=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_terminal_says_every_field_that_markdown_says(name: str) -> None:
    report = reviewed(name)
    lines = [line.strip() for line in terminal(report).splitlines()]
    for stack in report.stacks:
        for resource in stack.resources:
            for field in json.loads(machine(report))["stacks"][0]["outputs"]:
                assert field["text"] in lines
            assert any(resource.address in line for line in lines)


def test_a_stack_that_could_not_be_planned_shows_terraforms_own_words() -> None:
    entries = [
        Entry("bad", "failed", None, "Error: no\n\n  on main.tf line 1"),
        Entry("idle", "none", None, None),
        Entry("image-only", "changes", plan_file("image-only"), None),
    ]
    report = review(entries, Settings(), ask=nobody)
    assert [stack.status for stack in report.stacks] == ["failed", "none", "changes"]
    assert "```text\nError: no\n\n  on main.tf line 1\n```" in markdown(report)
    assert "| bad | the plan failed |" in markdown(report)
    assert "| idle | nothing |" in markdown(report)
    assert "    Error: no\n" in terminal(report)
