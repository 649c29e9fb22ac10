"""The parts of plan and apply that need no Terraform."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stacks.ci_roles import CI_ROLES_STACK_ID
from stacks.iam import IAM_STACK_ID
from stacks.state_bucket import STATE_BUCKET_STACK_ID
from tools.apply.__main__ import FIRST, in_order
from tools.apply.reviewed_meaning import fingerprint, lines
from tools.plan.index import Index, Planned, index_path, read
from tools.plan.messages import asks_for_init, explained, is_stale
from tools.plan.planning import counted
from tools.plan.synthesis import Difference, chosen, compared
from tools.refused import Refused
from tools.terraform import Answer, write_privately


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
        "deploy it first, with: cdktf deploy state-bucket."
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
        "run this first, it makes that safe: python -m tools.adopt"
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


def test_a_crash_without_diagnostics_is_said_as_terraform_says_it(folder: Path) -> None:
    assert explained(Answer(11, "", "panic: oh\n"), folder) == "panic: oh"
    assert explained(Answer(-9, "", ""), folder) == (
        "Terraform ended with exit code -9 and said nothing"
    )


def test_plain_lines_among_the_messages_are_passed_over() -> None:
    assert Answer(0, 'Successfully configured\n{"type": "log"}\n', "").messages == [{"type": "log"}]


def test_what_asks_for_init_and_what_is_stale() -> None:
    assert asks_for_init(_answer(_error("Inconsistent lock file", "run:\n  terraform init")))
    assert not asks_for_init(_answer(_error("Invalid role")))
    assert is_stale(_answer(_error("Saved plan is stale")))


@pytest.mark.parametrize(
    ("operation", "text"),
    [
        ("plan", "1 to import, 2 to add, 4 to destroy"),
        ("apply", "1 imported, 2 added, 4 destroyed"),
    ],
)
def test_counts_are_in_words_and_without_zeros(operation: str, text: str) -> None:
    changes = {"import": 1, "add": 2, "change": 0, "remove": 4, "operation": operation}
    assert counted(_answer({"type": "change_summary", "changes": changes}, code=0)) == text


def test_unknown_stacks_are_each_said_with_the_nearest() -> None:
    sentences = (
        "there is no stack 'imm'; the nearest is 'iam'\n"
        "there is no stack 'movie'; the nearest is 'movie-service'"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentences)}$"):
        chosen(["imm", "movie", "iam"], ["iam", "movie-service"])


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
        (None, "nothing is planned yet; plan first, with: python -m tools.plan"),
        ("{", "cdktf.out/plans.json cannot be read; plan anew, with: python -m tools.plan"),
        ("[]", "cdktf.out/plans.json cannot be read; plan anew, with: python -m tools.plan"),
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


def test_a_private_file_replaces_one_that_others_could_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("old")
    file.chmod(0o644)
    write_privately(file, "new")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o600)


def test_stacks_are_applied_with_those_that_others_build_on_first() -> None:
    assert FIRST == (STATE_BUCKET_STACK_ID, CI_ROLES_STACK_ID, IAM_STACK_ID)
    assert in_order(["a-service", "z", "iam", "state-bucket"]) == [
        *("state-bucket", "iam"),
        *("a-service", "z"),
    ]


def _plan_file(path: Path, image: str, actions: list[str]) -> Path:
    change = {"actions": actions, "before": None, "after": {"image": image}, "after_unknown": {}}
    resource = {
        **{"address": "aws_x.y", "type": "aws_x", "name": "y", "mode": "managed"},
        "change": change,
    }
    path.write_text(json.dumps({"format_version": "1.2", "resource_changes": [resource]}))
    return path


def test_the_fingerprint_is_of_the_changes_and_of_nothing_else(tmp_path: Path) -> None:
    one = {"movie": _plan_file(tmp_path / "1.json", "a", ["create"])}
    same = {"movie": _plan_file(tmp_path / "2.json", "a", ["create"])}
    other = {"movie": _plan_file(tmp_path / "3.json", "b", ["create"])}
    unchanged = {"iam": _plan_file(tmp_path / "4.json", "b", ["no-op"])}
    assert fingerprint(one) == fingerprint(same) == fingerprint(one | unchanged)
    assert fingerprint(one) != fingerprint(other)
    assert lines(unchanged) == []
    assert lines(one)[0].startswith("movie: aws_x.y: create")


@pytest.mark.parametrize("module", ["tools.plan", "tools.apply"])
def test_every_command_has_its_help(module: str) -> None:
    command = [sys.executable, "-m", module, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--changed-since REV" in done.stdout
    assert "Exit codes" in done.stdout
