"""The file of what is imported: what it adds to the stacks, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf import App

import main
from constructs_lib.errors import InvalidInput
from stacks import imports as module
from stacks.imports import Imports
from tests.unit.synthesis import LOCAL, PROD, SERVICES, decoded

ROLE = "aws_iam_role.task_role"
TASK = "aws_ecs_task_definition.task_definition"
ARN = "arn:aws:ecs:us-east-1:127549748682:task-definition/movie-service:1"
CURE = "delete the file, and run: .venv/bin/python -m tools.adopt"


def synthesized(outdir: Path, ids: dict[str, dict[str, str]] | None) -> dict[str, Any]:
    app = App(outdir=str(outdir))
    main.add_stacks(app, SERVICES, PROD)
    if ids is not None:
        Imports("adopt.prod.json", ids).add(app)
    app.synth()
    return {
        folder.name: decoded(json.loads((folder / "cdk.tf.json").read_text("utf-8")))
        for folder in (outdir / "stacks").iterdir()
    }


def test_what_is_imported_is_guarded_and_nothing_else_changes(tmp_path: Path) -> None:
    ids = {"iam": {ROLE: "netflux-task-role"}, "movie-service": {TASK: ARN}}
    plain = synthesized(tmp_path / "plain", None)
    stacks = synthesized(tmp_path / "imports", ids)
    for stack, address, id in (
        ("iam", ROLE, "netflux-task-role"),
        ("movie-service", TASK, ARN),
    ):
        assert stacks[stack].pop("import") == [{"to": address, "id": id}]
    roles = stacks["iam"]["resource"]["aws_iam_role"]
    assert roles["task_role"].pop("lifecycle") == {"prevent_destroy": True}
    tasks = stacks["movie-service"]["resource"]["aws_ecs_task_definition"]
    assert tasks["task_definition"].pop("lifecycle") == {
        "prevent_destroy": True,
        "ignore_changes": ["skip_destroy"],
    }
    assert stacks == plain


def test_an_id_is_no_template_of_terraform(tmp_path: Path) -> None:
    stacks = synthesized(tmp_path, {"iam": {ROLE: "${odd}"}})
    assert stacks["iam"]["import"] == [{"to": ROLE, "id": "$${odd}"}]


def test_what_is_not_in_the_code_is_told_and_not_imported(tmp_path: Path) -> None:
    wrong = {"aws_iam_role.nobody": "x", "aws_iam_policy.task_role": "x", "aws_iam_role": "x"}
    ids = {"gone": {TASK: "x"}, "iam": {**wrong, ROLE: "netflux-task-role"}}
    app = App(outdir=str(tmp_path / "said"))
    main.add_stacks(app, SERVICES, PROD)
    imports = Imports("adopt.prod.json", ids)
    assert imports.add(app) == [
        imports.reminder,
        "adopt.prod.json: names what is not in the code, so it is not imported "
        f"(gone {TASK}, iam aws_iam_role.nobody, iam aws_iam_policy.task_role, iam aws_iam_role); "
        "run: .venv/bin/python -m tools.adopt",
    ]
    without = {"iam": {ROLE: "netflux-task-role"}}
    stacks = synthesized(tmp_path / "stale", ids)
    assert stacks == synthesized(tmp_path / "without", without)


def test_nothing_is_guarded_where_all_is_gone(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    main.add_stacks(app, SERVICES, PROD)
    [said] = Imports("adopt.prod.json", {"gone": {TASK: "x"}}).add(app)
    assert said.startswith("adopt.prod.json: names what is not in the code, ")


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "adopt.prod.json"
    imports = Imports(file.name, {"iam": {ROLE: "netflux-task-role"}})
    file.write_text(imports.text(PROD))
    assert Imports.read(file, PROD) == imports


def test_the_file_is_called_as_it_is_seen_from_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    file = tmp_path / ".local_aws" / "adopt-local-1.json"
    file.parent.mkdir()
    file.write_text("{")
    with pytest.raises(InvalidInput) as raised:
        Imports.read(file, PROD)
    assert raised.value.sentences == [f".local_aws/adopt-local-1.json: is not JSON; {CURE}"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", f"adopt.prod.json: is not JSON; {CURE}"),
        ("[" * 100_000, f"adopt.prod.json: is not JSON; {CURE}"),
        ("[]", f"adopt.prod.json: is not what tools.adopt writes; {CURE}"),
        ("{}", f"adopt.prod.json: is not what tools.adopt writes; {CURE}"),
        ('{"import": {"iam": []}}', f"adopt.prod.json: is not what tools.adopt writes; {CURE}"),
        (
            '{"import": {"iam": {"aws_iam_role.x": 5}}}',
            f"adopt.prod.json: is not what tools.adopt writes; {CURE}",
        ),
        (
            Imports("", {}).text(LOCAL),
            f"adopt.prod.json: 'environment' must be prod (got 'local'); {CURE}",
        ),
    ],
    ids=["not JSON", "too deep", "a list", "empty", "no ids", "no text", "another environment"],
)
def test_a_file_that_is_none(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "adopt.prod.json"
    file.write_text(text)
    with pytest.raises(InvalidInput) as raised:
        Imports.read(file, PROD)
    assert raised.value.sentences == [sentence]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "adopt.prod.json").mkdir()
    with pytest.raises(InvalidInput) as raised:
        Imports.read(tmp_path / "adopt.prod.json", PROD)
    assert raised.value.sentences == [
        "adopt.prod.json: cannot be read: Is a directory;"
        " see that it is a file in UTF-8 that you may read"
    ]
