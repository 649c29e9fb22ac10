"""Every rule: a recorded plan that it alone finds, one it passes, and one it cannot judge."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from tests.plans.recorded import nobody, plan_file
from tests.unit.tools.review.plans import change, plan
from tools.review.plan_file import read_plan
from tools.review.review import entry_of, review
from tools.review.rules import RULES
from tools.review.rules.rule import Answer, Verdict
from tools.review.settings import Settings


class Mistake(NamedTuple):
    """A recorded plan, the rule that fails, and what it says."""

    rule: str
    plan: str
    message: str


TASK = "aws_ecs_task_definition.task_definition"
MISTAKES = [
    Mistake(
        "log-group-destroyed",
        "log-group-destroyed",
        "the log group /ecs/movie-service is destroyed with all its logs",
    ),
    Mistake(
        "log-group-destroyed",
        "log-group-replaced",
        "the log group /ecs/movie-service is destroyed with all its logs",
    ),
    Mistake(
        "state-bucket-destroyed",
        "state-bucket-destroyed",
        "the bucket netflux-terraform-state is destroyed",
    ),
    Mistake(
        "revision-deregistered",
        "revision-deregistered",
        "the revision movie-service:1 is deregistered",
    ),
    Mistake(
        "role-renamed",
        "role-renamed",
        "the role movie-task-role is replaced, by movie-role; task definitions refer to it: "
        f"role-renamed/{TASK}",
    ),
    Mistake(
        "trust-widened",
        "trust-condition-lost",
        "the role's trust gains: allow sts:AssumeRole by Service ecs-tasks.amazonaws.com",
    ),
    Mistake(
        "trust-widened",
        "trust-widened",
        "the role's trust gains: allow sts:AssumeRole by Service lambda.amazonaws.com",
    ),
    Mistake(
        "permissions-gained",
        "iam-action-added-in-another-order",
        "gains: allow s3:DeleteObject on arn:aws:s3:::movies/*",
    ),
    Mistake("permissions-gained", "iam-wildcards-gained", "gains: allow sqs:* on *"),
    Mistake(
        "wildcard-action",
        "iam-wildcards-gained",
        "gains a wildcard of actions: allow sqs:* on *",
    ),
    Mistake(
        "wildcard-resource",
        "iam-wildcards-gained",
        "gains a wildcard of resources: allow sqs:* on *",
    ),
    Mistake(
        "broad-managed-policy",
        "broad-policy-attached",
        "attaches AdministratorAccess, which is broad",
    ),
    Mistake(
        "mutable-tag",
        "image-by-a-mutable-tag",
        "movie-service takes its image by the tag latest, which may be another image tomorrow",
    ),
    Mistake(
        "plain-secret",
        "secret-in-plain-text",
        "the variable DB_PASSWORD of movie-service looks like a secret in plain text: "
        "its name says PASSWORD",
    ),
    Mistake(
        "container-privileged",
        "privileged-and-root",
        "movie-service runs as root, by user root",
    ),
    Mistake(
        "container-privileged",
        "privileged-and-root",
        "xray becomes privileged: root on its host",
    ),
    Mistake("logging-lost", "logging-taken-away", "movie-service writes no log any more"),
    Mistake("size-jump", "size-jump", "cpu goes from 512 to 4096"),
    Mistake("size-jump", "size-jump", "memory goes from 1024 to 8192"),
    Mistake("drift", "drift", "was changed outside Terraform"),
    Mistake("drift", "deleted-outside", "was deleted outside Terraform"),
]

#: A recorded plan that a rule binds, and in which there is nothing wrong.
FINE = {
    "log-group-destroyed": "image-only",
    "state-bucket-destroyed": "",
    "revision-deregistered": "image-only",
    "role-renamed": "trust-widened",
    "trust-widened": "trust-condition-gained",
    "permissions-gained": "iam-narrowed",
    "wildcard-action": "iam-action-added-in-another-order",
    "wildcard-resource": "iam-action-added-in-another-order",
    "broad-managed-policy": "",
    "mutable-tag": "image-only",
    "plain-secret": "secret-added",
    "container-privileged": "image-only",
    "logging-lost": "image-only",
    "size-jump": "environment-and-size",
    "drift": "",
}

#: A recorded plan that a rule cannot judge.
UNKNOWN = {
    "role-renamed": "role-replaced-alone",
    "permissions-gained": "unknown-policy",
    "wildcard-action": "unknown-policy",
    "wildcard-resource": "unknown-policy",
    "mutable-tag": "unknown-inside-json",
    "plain-secret": "unknown-inside-json",
    "container-privileged": "unknown-inside-json",
    "logging-lost": "unknown-inside-json",
    "size-jump": "unknown-inside-json",
}


def verdicts(rule: str, name: str) -> list[Verdict]:
    found = read_plan(plan_file(name))
    return list(RULES[rule].check(found, [found]))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.rule} {mistake.plan}")
def test_a_mistake_is_found(mistake: Mistake) -> None:
    found = review([entry_of(plan_file(mistake.plan))], Settings(), ask=nobody).findings()
    assert (mistake.rule, "fail", mistake.message) in {
        (each.rule, each.answer, each.message) for each in found
    }


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.rule} {mistake.plan}")
def test_without_its_rule_a_mistake_is_not_found(mistake: Mistake) -> None:
    others = [rule for rule in RULES.values() if rule.id != mistake.rule]
    entries = [entry_of(plan_file(mistake.plan))]
    found = review(entries, Settings(), rules=others, ask=nobody).findings()
    assert mistake.message not in {each.message for each in found}


def test_every_rule_has_a_mistake_that_nothing_else_finds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    proven = {mistake.rule for mistake in MISTAKES}
    assert proven == set(RULES)
    with capsys.disabled():
        print(f"\n{len(proven)} rules, each with a test that fails without the rule")


@pytest.mark.parametrize(("rule", "name"), FINE.items(), ids=FINE)
def test_what_is_fine_passes(rule: str, name: str) -> None:
    if name:
        found = verdicts(rule, name)
        assert found
        assert {each.answer for each in found} == {Answer.PASS}


@pytest.mark.parametrize(("rule", "name"), UNKNOWN.items(), ids=UNKNOWN)
def test_what_cannot_be_judged_is_unknown(rule: str, name: str) -> None:
    answers = {each.answer for each in verdicts(rule, name)}
    assert Answer.UNKNOWN in answers
    assert Answer.FAIL not in answers


def test_an_unknown_is_a_finding_of_the_rules_severity() -> None:
    found = review([entry_of(plan_file("unknown-policy"))], Settings(), ask=nobody)
    unknown = [each for each in found.at_or_above("error") if each.answer == "unknown"]
    assert [each.rule for each in unknown] == ["wildcard-action"]


def test_every_rule_says_why_and_names_its_source() -> None:
    assert {rule.source.startswith("https://") for rule in RULES.values()} == {True}
    assert all(rule.why.endswith(".") and rule.title for rule in RULES.values())


def test_a_bucket_that_stays_passes() -> None:
    found = plan(change("aws_s3_bucket.state", "update", before={"bucket": "b"}, after={}))
    [verdict] = RULES["state-bucket-destroyed"].check(found, [found])
    assert verdict.answer is Answer.PASS


def test_a_narrow_managed_policy_passes_and_one_that_is_not_known_does_not() -> None:
    address = "aws_iam_role_policy_attachment.a"
    narrow = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    found = plan(
        change(address, "create", after={"policy_arn": narrow}),
        change(f"{address}b", "create", after={}, after_unknown={"policy_arn": True}),
    )
    answers = [each.answer for each in RULES["broad-managed-policy"].check(found, [found])]
    assert answers == [Answer.PASS, Answer.UNKNOWN]


def test_drift_without_a_meaning_passes() -> None:
    address = "aws_cloudwatch_log_group.logs"
    drifted = change(address, "update", before={"tags": None}, after={"tags": {}})
    found = plan(resource_drift=[drifted])
    [verdict] = RULES["drift"].check(found, [found])
    assert verdict.answer is Answer.PASS


def test_the_user_left_to_the_image_is_unknown() -> None:
    answers = {each.answer for each in verdicts("container-privileged", "user-left-to-the-image")}
    assert answers == {Answer.UNKNOWN}


def test_the_trust_of_a_hidden_or_unknown_policy_is_unknown() -> None:
    found = plan(
        change("aws_iam_role.a", "create", after={}, after_unknown={"assume_role_policy": True}),
        change(
            "aws_iam_role.b",
            "update",
            before={"assume_role_policy": "{}"},
            after={"assume_role_policy": "[]"},
            after_sensitive={"assume_role_policy": True},
        ),
    )
    answers = [each.answer for each in RULES["trust-widened"].check(found, [found])]
    assert answers == [Answer.UNKNOWN, Answer.UNKNOWN]


def test_a_new_role_that_everybody_may_take_on_fails() -> None:
    everybody = '{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}}'
    found = plan(change("aws_iam_role.a", "create", after={"assume_role_policy": everybody}))
    [verdict] = RULES["trust-widened"].check(found, [found])
    assert verdict.answer is Answer.FAIL


def test_a_prohibition_that_goes_is_lost() -> None:
    denies = '{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'
    found = plan(change("aws_iam_policy.a", "update", before={"policy": denies}, after={}))
    [verdict] = RULES["permissions-gained"].check(found, [found])
    assert verdict.message == "loses: deny s3:* on *"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (None, [(Answer.FAIL, "loses its permissions boundary")]),
        (
            "arn:b",
            [
                (
                    Answer.UNKNOWN,
                    "its permissions boundary is another; a plan does not say what it allows",
                )
            ],
        ),
        ("arn:a", []),
    ],
)
def test_a_boundary_that_goes_gives_what_it_kept(
    after: str | None, expected: list[tuple[Answer, str]]
) -> None:
    values = ({"permissions_boundary": arn, "path": "/"} for arn in ("arn:a", after))
    before, now = values
    found = plan(change("aws_iam_role.a", "update", before=before, after=now))
    verdicts = RULES["permissions-gained"].check(found, [found])
    assert [(each.answer, each.message) for each in verdicts] == expected


@pytest.mark.parametrize("user", ["root", "0", "00", "0:1000", "root:root"])
def test_root_is_root_however_it_is_written(user: str) -> None:
    containers = json.dumps([{"name": "web", "image": "web:1.0.0", "user": user}])
    after = {"container_definitions": containers}
    found = plan(change("aws_ecs_task_definition.t", "create", after=after))
    [verdict] = RULES["container-privileged"].check(found, [found])
    assert verdict.message == f"web runs as root, by user {user}"


def test_a_log_group_that_terraform_leaves_in_aws_is_not_destroyed() -> None:
    before = {"name": "/ecs/a", "skip_destroy": True}
    found = plan(change("aws_cloudwatch_log_group.a", "delete", before=before))
    [verdict] = RULES["log-group-destroyed"].check(found, [found])
    assert verdict.answer is Answer.PASS


def test_a_role_of_one_stack_is_asked_of_the_task_definitions_of_all() -> None:
    role = plan(change("aws_iam_role.a", "delete", before={"arn": "arn:a", "name": "a"}))
    task = plan(
        change("aws_ecs_task_definition.t", "no-op", before={"task_role_arn": "arn:a"}, after={}),
        stack="movies",
    )
    [verdict] = RULES["role-renamed"].check(role, [role, task])
    assert verdict.message == (
        "the role a is destroyed; task definitions refer to it: movies/aws_ecs_task_definition.t"
    )


def test_a_role_of_another_path_is_told_by_its_path() -> None:
    before, after = ({"arn": f"arn:{path}", "name": "a", "path": path} for path in ("/", "/teams/"))
    found = plan(change("aws_iam_role.a", "delete", "create", before=before, after=after))
    [verdict] = RULES["role-renamed"].check(found, [found])
    assert verdict.message == (
        "the role a is replaced, by teams/a; no task definition of these plans refers to it, "
        "others may"
    )
