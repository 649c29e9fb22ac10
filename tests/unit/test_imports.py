"""Imports point one way, and facts about AWS are read without starting Node."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

# Who may import what of the project and of CDKTF; the standard library is everybody's.
ALLOWED = {
    "constructs_lib": {"constructs_lib", "cdktf", "cdktf_cdktf_provider_aws", "constructs"},
    "stacks": {"stacks", "constructs_lib", "cdktf", "cdktf_cdktf_provider_aws", "constructs"},
    "services": {"constructs_lib"},
    "environments": {"constructs_lib"},
    "lean_bindings": {"lean_bindings"},
    "main": {"stacks", "constructs_lib", "services", "environments", "lean_bindings", "cdktf"},
    "tools": {
        *("tools", "main", "stacks", "constructs_lib", "services", "environments"),
        "lean_bindings",
    },
}
GUARDED = {
    *ALLOWED,
    *("tests", "cdktf", "cdktf_cdktf_provider_aws", "constructs", "jsii"),
}

# Of `constructs_lib`, the modules that make resources. Every other one holds facts.
CONSTRUCTS = {"log_group", "roles", "task_definition"}
PURE = sorted(
    ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    for path in (PROJECT / "constructs_lib").rglob("*.py")
    if path.stem not in CONSTRUCTS | {"__init__"}
)
NODE = {"jsii", "cdktf", "constructs", "cdktf_cdktf_provider_aws"}


def files() -> Iterator[Path]:
    for name in ALLOWED:
        module = PROJECT / f"{name}.py"
        yield from [module] if module.exists() else sorted((PROJECT / name).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports from the project's root"
            found.add(str(node.module).partition(".")[0])
    return found


@pytest.mark.parametrize("path", list(files()), ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_point_one_way(path: Path) -> None:
    owner = path.relative_to(PROJECT).parts[0].removesuffix(".py")
    assert (imported(path) & GUARDED) - ALLOWED[owner] == set()


@pytest.mark.parametrize("name", sorted(CONSTRUCTS))
def test_a_construct_imports_its_resource(name: str) -> None:
    path = PROJECT / "constructs_lib" / f"{name}.py"
    assert "cdktf_cdktf_provider_aws" in imported(path)


def loaded_by(modules: list[str]) -> set[str]:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_facts_are_read_without_node_and_without_any_package() -> None:
    loaded = loaded_by(PURE)
    assert set(PURE) <= loaded
    assert loaded & (NODE | {"boto3", "botocore", "moto"}) == set()


def test_a_catalogue_is_checked_without_node() -> None:
    assert loaded_by(["main", "services", "environments"]) & NODE == set()


def test_a_construct_does_start_node() -> None:
    """So that the two tests above can fail."""
    assert "jsii" in loaded_by(["constructs"])
