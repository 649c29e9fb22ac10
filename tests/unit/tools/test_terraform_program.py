"""Terraform is started by the name that TERRAFORM_BINARY_NAME gives, wherever it is started."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.keeper import Keeper
from tools.prerequisites import terraform_program
from tools.terraform import Terraform

PROJECT = Path(__file__).parents[3]
FILES = sorted(
    path
    for folder in ("stacks", "tools", "tests", "benchmarks")
    for path in (PROJECT / folder).rglob("*.py")
    if ".peers" not in path.parts  # what `make bench` installs
)


@pytest.mark.parametrize("variables", [{}, {"TERRAFORM_BINARY_NAME": ""}], ids=["absent", "empty"])
def test_it_is_terraform_unless_something_is_named(variables: dict[str, str]) -> None:
    assert terraform_program(variables) == "terraform"


def test_what_is_named_is_started(tmp_path: Path) -> None:
    tofu = tmp_path / "tofu"
    tofu.write_text('#!/bin/sh\necho "$(basename "$0") $*"\n')
    tofu.chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "TERRAFORM_BINARY_NAME": str(tofu)}
    with Keeper(environment) as keeper:
        answer = Terraform(environment, keeper).run(tmp_path, "plan", "-json")
    assert (answer.exit_code, answer.output) == (0, "tofu plan -json\n")


def started_by_a_fixed_name(source: str) -> list[int]:
    """The lines of command lists that begin with the literal name."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.List)
        and len(node.elts) > 1
        and isinstance(node.elts[0], ast.Constant)
        and node.elts[0].value in ("terraform", "tofu")
    ]


def test_no_command_has_a_fixed_name() -> None:
    found = {
        str(path.relative_to(PROJECT)): lines
        for path in FILES
        if (lines := started_by_a_fixed_name(path.read_text("utf-8")))
    }
    assert found == {}


def test_a_fixed_name_is_found() -> None:
    """So that the test above can fail."""
    source = 'import subprocess\nsubprocess.run([\n    "terraform",\n    "plan",\n])\n'
    assert started_by_a_fixed_name(source) == [2]
