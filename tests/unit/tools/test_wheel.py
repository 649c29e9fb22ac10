"""The wheel: what is in it, under which names, and that it is whole; tests/local_aws uses it."""

from __future__ import annotations

import base64
import csv
import hashlib
import os
import shutil
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.unit.released import VERSION
from tools import wheel

PROJECT = Path(__file__).parents[3]
NAME = f"netflux_ecs-{VERSION}"
COMMANDS = {
    *("apply", "convert", "diagnosis", "eject", "local_aws", "plan", "release", "render"),
    *("picture", "review", "revisions", "state"),
}
"""Whoever writes a new command says whether it is for other projects too, in ONLY_HERE."""

STARTED_BY_OTHERS = {"keeper", "local_aws.server", "prerequisites"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(build(tmp_path_factory.mktemp("dist")))


def build(folder: Path) -> Path:
    before = Path.cwd()
    os.chdir(PROJECT)
    try:
        return folder / wheel.build_wheel(str(folder))
    finally:
        os.chdir(before)


def metadata(built: zipfile.ZipFile) -> Message:
    return Parser().parsestr(built.read(f"{NAME}.dist-info/METADATA").decode())


def test_it_takes_no_name_that_is_another_projects(built: zipfile.ZipFile) -> None:
    assert {name.partition("/")[0] for name in built.namelist()} == {
        *("constructs_lib", "lean_bindings", "netflux_stacks", "netflux_tools"),
        f"{NAME}.dist-info",
    }


def test_it_has_the_commands_that_serve_any_project(built: zipfile.ZipFile) -> None:
    starting = '\nif __name__ == "__main__":'
    commands = {
        name.removeprefix("netflux_tools/").removesuffix(".py").removesuffix("/__main__")
        for name in built.namelist()
        if name.startswith("netflux_tools/") and starting in built.read(name).decode()
    }
    listing = {"__main__"}
    assert {name.replace("/", ".") for name in commands} == COMMANDS | STARTED_BY_OTHERS | listing


def test_it_has_code_and_the_license_and_nothing_else(built: zipfile.ZipFile) -> None:
    others = [name for name in built.namelist() if not name.endswith(".py")]
    assert others == [
        "constructs_lib/py.typed",
        "lean_bindings/py.typed",
        f"{NAME}.dist-info/METADATA",
        f"{NAME}.dist-info/RECORD",
        f"{NAME}.dist-info/WHEEL",
        f"{NAME}.dist-info/licenses/LICENSE",
        "netflux_tools/provider_front.mjs",
    ]
    assert built.read(f"{NAME}.dist-info/licenses/LICENSE") == (PROJECT / "LICENSE").read_bytes()


def test_its_record_is_true(built: zipfile.ZipFile) -> None:
    record = f"{NAME}.dist-info/RECORD"
    rows = list(csv.reader(built.read(record).decode().splitlines()))
    assert [row[0] for row in rows] == [*(n for n in built.namelist() if n != record), record]
    for name, digest, size in rows[:-1]:
        content = built.read(name)
        sha256 = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={sha256}", str(len(content))), name
    assert rows[-1][1:] == ["", ""]


def test_the_metadata_is_that_of_pyproject_and_of_what_is_installed_here(
    built: zipfile.ZipFile,
) -> None:
    found = metadata(built)
    lines = (PROJECT / "requirements.in").read_text("utf-8").splitlines()
    framework, provider = [line for line in lines if not line.startswith("#")][:2]
    assert found.items() == [
        ("Metadata-Version", "2.4"),
        ("Name", "netflux-ecs"),
        ("Version", VERSION),
        ("Summary", "Netflux's microservices on ECS Fargate, as Python, through CDK for Terraform"),
        ("License-Expression", "Apache-2.0"),
        ("License-File", "LICENSE"),
        ("Requires-Python", ">=3.10"),
        ("Requires-Dist", framework),
        ("Requires-Dist", provider),
        ("Requires-Dist", "constructs"),
        ("Requires-Dist", "tomli ; python_version < '3.11'"),
        ("Provides-Extra", "aws"),
        ("Requires-Dist", "boto3 ; extra == 'aws'"),
        ("Provides-Extra", "local-aws"),
        ("Requires-Dist", "flask ; extra == 'local-aws'"),
        ("Requires-Dist", "flask-cors ; extra == 'local-aws'"),
        ("Requires-Dist", "moto ; extra == 'local-aws'"),
        ("Requires-Dist", "werkzeug ; extra == 'local-aws'"),
        ("Provides-Extra", "eject"),
        ("Requires-Dist", "python-hcl2 ; extra == 'eject'"),
        ("Description-Content-Type", "text/markdown"),
    ]
    assert found.get_payload() == (PROJECT / "README.md").read_text("utf-8")


def test_the_same_files_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder, written at another time and in another order."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns("__pycache__")
    for name in sorted(wheel.PACKAGES, reverse=True):
        shutil.copytree(PROJECT / name, copy / name, ignore=ignored, copy_function=shutil.copyfile)
    for name in ("pyproject.toml", "requirements.in", "README.md", "LICENSE"):
        shutil.copyfile(PROJECT / name, copy / name)
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    first = build(here)
    monkeypatch.chdir(copy)
    second = there / wheel.build_wheel(str(there))
    assert first.read_bytes() == second.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    dated = zipfile.ZipFile(there / wheel.build_wheel(str(there)))
    assert {entry.date_time for entry in dated.infolist()} == {(2025, 11, 24, 16, 0, 0)}


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("from tools.plan import x", "from netflux_tools.plan import x"),
        ("    from stacks import y", "    from netflux_stacks import y"),
        ("import tools\n", "import netflux_tools\n"),
        ("with: .venv/bin/python -m tools.plan", "with: python -m netflux_tools.plan"),
        ("-m tools.{words}", "-m netflux_tools.{words}"),
        ('"-m", "tools.keeper"', '"-m", "netflux_tools.keeper"'),
        ("stacks.items() of all stacks.", "stacks.items() of all stacks."),
        ("itertools.chain", "itertools.chain"),
        ("import functools", "import functools"),
        ("their own tools. And", "their own tools. And"),
    ],
)
def test_names_are_those_that_are_installed(text: str, becomes: str) -> None:
    assert wheel.renamed(text) == becomes
