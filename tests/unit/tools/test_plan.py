"""The parts of plan that need no Terraform, and what the commands around it refuse."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.plans.recorded import plan_file
from tools.plan.__main__ import main as plan
from tools.plan.index import Index, Planned, index_path, read
from tools.plan.messages import asks_for_init, explained, is_stale
from tools.plan.planning import counted
from tools.plan.synthesis import Difference, chosen, compared
from tools.refused import Refused
from tools.review.__main__ import main as review
from tools.terraform import Answer


def _answer(*messages: dict[str, Any], code: int = 1, complaint: str = "") -> Answer:
    return Answer(code, "\n".join(map(json.dumps, messages)), complaint)


def _error(summary: str, detail: str = "", **more: Any) -> dict[str, Any]:
    diagnostic = {"severity": "error", "summary": summary, "detail": detail, **more}
    return {"type": "diagnostic", "diagnostic": diagnostic}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    backend = {"terraform": {"backend": {"s3": {"bucket": "some-state"}}}}
    (tmp_path / "cdk.tf.json").write_text(json.dumps(backend))
    return tmp_path


def test_a_condition_of_the_project_is_its_own_sentence_said_once(folder: Path) -> None:
    error = _error("Resource precondition failed", "movie: deploy iam first.")
    assert explained(_answer(error, error), folder) == "movie: deploy iam first."


@pytest.mark.parametrize(
    "error",
    [
        _error('Failed to get existing workspaces: S3 bucket "some-state" does not exist.'),
        _error("Error acquiring the state lock", "operation error S3: NoSuchBucket"),
    ],
)
def test_a_missing_state_bucket_is_one_sentence_with_the_cure(
    folder: Path, error: dict[str, Any]
) -> None:
    assert explained(_answer(error), folder) == (
        "the state bucket some-state does not exist; "
        "deploy it first, with: npx cdktf deploy state-bucket"
    )


@pytest.mark.parametrize("imports", [True, False])
def test_what_is_being_taken_over_has_its_cure(folder: Path, imports: bool) -> None:
    if imports:
        content = json.loads((folder / "cdk.tf.json").read_text())
        (folder / "cdk.tf.json").write_text(json.dumps(content | {"import": []}))
    detail = "Resource aws_x.y has lifecycle.prevent_destroy set, but the plan calls for this"
    said = explained(_answer(_error("Instance cannot be destroyed", detail)), folder)
    assert said == (
        "aws_x.y is being taken over, and this plan would destroy it; "
        "run this first, it makes that safe: .venv/bin/python -m tools.adopt"
        if imports
        else f"Error: Instance cannot be destroyed\n\n{detail}"
    )


def test_any_other_error_is_terraforms_own_message_with_its_place(folder: Path) -> None:
    place = {
        "range": {"filename": "cdk.tf.json", "start": {"line": 7}},
        "snippet": {"context": "resource.aws_iam_role.x"},
    }
    assert explained(_answer(_error("Invalid role", "No such thing.", **place)), folder) == (
        "Error: Invalid role\n\n"
        "  on cdk.tf.json line 7, in resource.aws_iam_role.x\n\n"
        "No such thing."
    )


def test_terraforms_own_message_is_followed_by_what_is_found_out(folder: Path) -> None:
    condition = _error("Resource precondition failed", "movie: deploy iam first.")
    assert (
        explained(_answer(condition), folder, lambda: ["not asked"])
        == condition["diagnostic"]["detail"]
    )
    locked = _answer(_error("Error acquiring the state lock"))
    assert explained(locked, folder, lambda: ["movie: it is locked"]) == (
        "Error: Error acquiring the state lock\n\nmovie: it is locked"
    )
    crash = Answer(11, "", "panic: oh\n")
    assert explained(crash, folder, lambda: ["movie: it is locked"]) == (
        "panic: oh\n\nmovie: it is locked"
    )


def test_a_crash_without_diagnostics_is_said_as_terraform_says_it(folder: Path) -> None:
    assert explained(Answer(11, "", "panic: oh\n"), folder) == "panic: oh"
    assert explained(Answer(1, "", ""), folder) == (
        "Terraform ended with exit code 1 and said nothing; run this again"
    )


def test_a_killed_terraform_is_said_to_be_killed(folder: Path) -> None:
    told = Answer(-9, '{"@level":"info","@message":"Terraform 1.11.4"}\n', "")
    assert explained(told, folder, lambda: ["movie: it is locked"]) == (
        "Terraform was killed (SIGKILL); see that it has memory enough, and run this again\n\n"
        "movie: it is locked"
    )


def test_no_secret_in_what_terraform_says_is_printed(folder: Path) -> None:
    detail = "login failed for postgres://movies:hunter2@db with password: hunter2"
    assert explained(_answer(_error("No database", detail)), folder) == (
        "Error: No database\n\nlogin failed for (hidden)db with password: (hidden)"
    )
    assert explained(Answer(1, "", "panic: DB_PASSWORD=hunter2"), folder) == (
        "panic: DB_PASSWORD=(hidden)"
    )


def test_a_message_that_is_cut_off_is_passed_over() -> None:
    """As of a Terraform that ran out of memory: the other stacks must go on."""
    assert Answer(-9, '{"type": "log"}\n{"type": "lo', "").messages == [{"type": "log"}]


def test_plain_lines_among_the_messages_are_passed_over() -> None:
    assert Answer(0, 'Successfully configured\n{"type": "log"}\n', "").messages == [{"type": "log"}]


def test_what_asks_for_init_and_what_is_stale() -> None:
    assert asks_for_init(_answer(_error("Inconsistent lock file", "run:\n  terraform init")))
    assert not asks_for_init(_answer(_error("Invalid role")))
    assert is_stale(_answer(_error("Saved plan is stale")))


@pytest.mark.parametrize(
    ("plan", "operation", "text"),
    [
        ("log-group-destroyed", "plan", "1 to import, 2 to add, 4 to destroy"),
        ("log-group-destroyed", "apply", "1 imported, 2 added, 4 destroyed"),
        ("image-only", "plan", "1 new revision, 1 to import, 1 to add, 3 to destroy"),
        ("image-only", "apply", "1 new revision, 1 imported, 1 added, 3 destroyed"),
        ("revision-deregistered", "plan", "1 to import, 2 to add, 4 to destroy"),
        ("revision-deregistered", "apply", "1 imported, 2 added, 4 destroyed"),
    ],
)
def test_counts_are_in_words_and_a_revision_whose_earlier_one_stays_is_told_as_one(
    plan: str, operation: str, text: str
) -> None:
    changes = {"import": 1, "add": 2, "change": 0, "remove": 4, "operation": operation}
    summary = _answer({"type": "change_summary", "changes": changes}, code=0)
    assert counted(summary, plan_file(plan).parent) == text


def test_the_earlier_revision_stays_by_the_state_and_not_by_the_code(tmp_path: Path) -> None:
    """As after an import, or where the code has just changed it."""
    definition = {"type": "aws_ecs_task_definition", "address": "a"}
    for before, after, text in (
        (True, False, "2 new revisions, 1 to change"),
        (False, True, "2 to add, 1 to change, 2 to destroy"),
        (None, True, "2 to add, 1 to change, 2 to destroy"),
    ):
        values = {"before": {"skip_destroy": before}, "after": {"skip_destroy": after}}
        replaced = [
            definition | {"change": {"actions": actions, **values}}
            for actions in (["delete", "create"], ["create", "delete"], ["update"])
        ]
        (tmp_path / "plan.json").write_text(json.dumps({"resource_changes": replaced}))
        changes = {"import": 0, "add": 2, "change": 1, "remove": 2, "operation": "plan"}
        summary = _answer({"type": "change_summary", "changes": changes}, code=0)
        assert counted(summary, tmp_path) == text


def test_without_changes_nothing_is_counted(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{}")
    changes = {"import": 0, "add": 0, "change": 0, "remove": 0, "operation": "plan"}
    assert counted(_answer({"type": "change_summary", "changes": changes}), tmp_path) == ""
    assert counted(_answer(), tmp_path) == ""


def test_unknown_stacks_are_each_said_with_what_was_meant() -> None:
    sentences = (
        "there is no stack 'imm'; write 'iam'\n"
        "there is no stack 'rating'; known are iam, movie-service"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentences)}$"):
        chosen(["imm", "rating", "iam"], ["iam", "movie-service"])


def test_named_stacks_come_once_and_in_the_order_of_the_output() -> None:
    assert chosen(["b", "a", "b"], ["a", "b", "c"]) == ["a", "b"]
    assert chosen([], ["a", "b"]) == ["a", "b"]


def test_a_stack_differs_by_content_or_is_new_or_is_no_more() -> None:
    before = {"same": {"x": 1}, "other": {"x": 1}, "gone": {}}
    now = {"same": {"x": 1}, "other": {"x": 2}, "new": {}}
    assert compared(before, now) == Difference(["other", "new"], ["gone"])


def test_the_index_is_read_as_it_was_written_and_is_private(tmp_path: Path) -> None:
    index_path(tmp_path).parent.mkdir()
    index = Index("local", [Planned("iam", "none", "cdktf.out/stacks/iam/plan.json")], ["old"])
    index.write(tmp_path)
    assert read(tmp_path) == index
    assert stat.S_IMODE(index_path(tmp_path).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "nothing is planned yet; plan first, with: .venv/bin/python -m tools.plan"),
        (
            "{",
            "cdktf.out/plans.json cannot be read; plan anew, with: .venv/bin/python -m tools.plan",
        ),
        (
            "[]",
            "cdktf.out/plans.json cannot be read; plan anew, with: .venv/bin/python -m tools.plan",
        ),
    ],
)
def test_an_index_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, text: str | None, sentence: str
) -> None:
    index_path(tmp_path).parent.mkdir()
    if text is not None:
        index_path(tmp_path).write_text(text)
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("command", "arguments", "says"),
    [
        (
            plan,
            ["--jobs=0"],
            "argument --jobs: must be a number from 1 on (got '0'); give 1 or more",
        ),
        (
            plan,
            ["--jobs=x"],
            "argument --jobs: must be a number from 1 on (got 'x'); give 1 or more",
        ),
        (
            plan,
            ["--lock-timeout=-1"],
            "argument --lock-timeout: must be a number from 0 on (got '-1'); give 0 or more",
        ),
        (plan, ["--nope"], "unrecognized arguments: --nope"),
        (review, ["--fail-on=x"], "argument --fail-on: invalid choice: 'x'"),
    ],
)
def test_a_mistake_in_the_arguments_does_not_pass_for_changes_or_findings(
    command: Callable[[list[str]], int],
    arguments: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match=r"^1$"):
        command(arguments)
    assert says in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("module", ["tools.plan", "tools.apply"])
def test_every_command_has_its_help(module: str) -> None:
    command = [sys.executable, "-m", module, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--changed-since REV" in done.stdout
    assert "Exit codes" in done.stdout
