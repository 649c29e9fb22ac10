"""What all commands have: `--version`, from one place, at once."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.released import VERSION
from tools import version as version_module
from tools import wheel
from tools.command_line import Command, Parser, at_least

PROJECT = Path(__file__).parents[3]
SAID = f"netflux-ecs {VERSION}\n"
ONLY_STARTED_BY_OTHERS = {
    *("tools.cdktf_cli", "tools.keeper", "tools.local_aws.server", "tools.prerequisites"),
    *("tools.ci.comment", "tools.ci.review", "tools.ci.reviewed", "tools.leave.lock"),
}


def commands() -> list[str]:
    files = [path for top in ("tools", "benchmarks") for path in (PROJECT / top).rglob("*.py")]
    modules = [
        ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__main__")
        for path in files
        if not {"apps", ".peers"} & {*path.parts}
        and '\nif __name__ == "__main__":' in path.read_text("utf-8")
    ]
    return sorted(set(modules) - ONLY_STARTED_BY_OTHERS)


def said(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_there_are_commands() -> None:
    assert {"tools.plan", "tools.render", "tools.demo", "benchmarks"} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_says_the_version(command: str) -> None:
    done = said(command, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, SAID, "")


def texts(path: Path) -> list[str]:
    """The strings of a module, docstrings aside."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    docstrings = [node.value for node in nodes if isinstance(node, ast.Expr)]
    strings = [node for node in nodes if isinstance(node, ast.Constant) and node not in docstrings]
    return [node.value for node in strings if isinstance(node.value, str)]


def test_a_command_that_a_cure_names_can_be_typed_as_it_stands() -> None:
    """As here; the wheel makes of it what can be typed where it is installed."""
    files = [path for top in wheel.PACKAGES for path in (PROJECT / top).rglob("*.py")]
    cures = [text for path in files for text in texts(path) if re.search("(:|run) python -m", text)]
    assert cures == []


def test_it_is_listed() -> None:
    listed = said("tools.plan", "--help").stdout
    assert re.search(r"^  --version +show the version and exit$", listed, re.M)


def test_a_version_does_not_wait_for_what_only_some_tools_need() -> None:
    """boto3 alone takes longer to import than all the rest."""
    command = [sys.executable, "-X", "importtime", "-m", "tools.adopt", "--version"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "tools.version" in imported
    assert imported & {"boto3", "botocore", "moto", "hcl2", "jsii", "importlib.metadata"} == set()


def test_where_there_is_no_project_the_package_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netflux_ecs-7.8.9.dist-info").mkdir()
    metadata = tmp_path / "netflux_ecs-7.8.9.dist-info" / "METADATA"
    metadata.write_text("Metadata-Version: 2.4\nName: netflux-ecs\nVersion: 7.8.9\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(version_module, "_PYPROJECT", tmp_path / "pyproject.toml")
    assert version_module.version() == "7.8.9"


@pytest.mark.parametrize(("kind", "exit_code"), [(Command, 2), (Parser, 1)])
def test_a_mistake_has_its_exit_code(
    kind: type[Command], exit_code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        kind(prog="command").parse_args(["--no"])
    assert ended.value.code == exit_code
    assert capsys.readouterr().err == (
        "usage: command [-h] [--version]\ncommand: error: unrecognized arguments: --no\n"
    )


@pytest.mark.parametrize("text", ["0", "-1", "two", ""])
def test_a_number_is_at_least(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as wrong:
        at_least(1)(text)
    assert str(wrong.value) == f"must be a number from 1 on (got {text!r})"
    assert at_least(1)("3") == 3
