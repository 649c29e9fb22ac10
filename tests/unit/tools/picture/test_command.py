"""What the command writes and says, and that the picture of README.md is not stale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import environments
from constructs_lib.errors import WRITABLE
from tests.unit.tools.picture.project import STACKS, written
from tools.picture.__main__ import main
from tools.picture.page import BEGIN, END

PROJECT = Path(__file__).resolve().parents[4]


def run(*arguments: str, cwd: Path = PROJECT, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.picture", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(PROJECT)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_picture_of_the_readme_is_not_stale() -> None:
    done = run("--into", "README.md", "--check", NETFLUX_ENV="")
    if done.returncode:
        pytest.fail(done.stderr, pytrace=False)  # which says what to type
    assert (done.stdout, done.stderr) == ("", "")


def test_the_picture_of_the_readme_has_every_stack(capfd: pytest.CaptureFixture[str]) -> None:
    """So that the test above does not pass for an empty picture."""
    picture = (PROJECT / "README.md").read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    titles = [line.split('"')[1] for line in picture.splitlines() if "subgraph" in line]
    assert {"stack iam", "stack state-bucket"} <= set(titles)


def test_a_wrong_environment_is_said_by_the_project() -> None:
    done = run(NETFLUX_ENV="nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    first, last = done.stderr.splitlines()
    names = ", ".join(environments.names())
    assert first.startswith(
        f"environments.py: 'NETFLUX_ENV' must be one of {names} (got 'nowhere')"
    )
    assert last == (
        "picture: main.py ended with exit code 1, so nothing was done; see to what it says above"
    )


def test_help_says_what_it_does() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "draws all stacks, their resources, references and state keys" in done.stdout


def test_elsewhere_it_says_where_to_run_it(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"picture: there is no main.py in {tmp_path}; run it in the project's folder, or name a"
        " folder that `cdktf synth` wrote\n",
    )


def test_files_of_any_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = written(tmp_path / "cdktf.out", STACKS)
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{BEGIN}\nold\n{END}\n\nThe end.\n")
    files = ["--mermaid", str(tmp_path / "a.mmd"), "--svg", str(tmp_path / "a.svg")]
    into = ["--into", str(page)]
    assert main([str(output)]) == 0
    diagram = capsys.readouterr().out
    assert diagram.startswith('flowchart LR\n  subgraph stack_app["stack app"]\n')
    assert main([str(output), *into, "--check"]) == 1
    assert main([str(output), *files, *into]) == 0
    assert main([str(output), *into, "--check"]) == 0
    assert capsys.readouterr() == (
        "",
        f"picture: the picture in {page} is stale; draw it anew with: make picture\n",
    )
    assert (tmp_path / "a.mmd").read_text("utf-8") == diagram
    drawn = (tmp_path / "a.svg").read_text("utf-8")
    assert page.read_text("utf-8") == (
        f"# Page\n\n{BEGIN}\n```mermaid\n{diagram}```\n{END}\n\nThe end.\n"
    )
    for secret in ("hunter2", "10.0.0.0", "/home/someone", "example.com"):
        assert secret not in diagram + drawn


MANIFEST = "manifest.json"
STACK = '{"synthesizedStackPath": "s.json", "workingDirectory": "."}'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "{0} has no manifest.json; name the folder that `cdktf synth` wrote: cdktf.out"),
        ({MANIFEST: "{}"}, "{0}/manifest.json names no stacks; synthesize anew"),
        ({MANIFEST: "[]"}, "{0}/manifest.json is JSON, but no object; synthesize anew"),
        ({MANIFEST: '{"sta'}, "{0}/manifest.json is no whole JSON; synthesize anew"),
        ({MANIFEST: "\xff"}, "{0}/manifest.json is no whole JSON; synthesize anew"),
        ({MANIFEST: "[" * 100_000}, "{0}/manifest.json is no whole JSON; synthesize anew"),
        ({MANIFEST: '{"stacks": {}}'}, "{0} has no stack; add one, and synthesize anew"),
        (
            {MANIFEST: '{"stacks": {"a": 1}}'},
            "{0}/manifest.json does not say where 'a' is; synthesize anew",
        ),
        (
            {MANIFEST: f'{{"stacks": {{"a": {STACK}}}}}'.replace("s.json", "cdk.tf")},
            "the stack 'a' is HCL; synthesize without --hcl",
        ),
        (
            {MANIFEST: f'{{"stacks": {{"a": {STACK}}}}}'},
            "{0}/s.json cannot be read: No such file or directory; synthesize anew",
        ),
        (
            {MANIFEST: f'{{"stacks": {{"a": {STACK}}}}}', "s.json": '{"resource": {'},
            "{0}/s.json is no whole JSON; synthesize anew",
        ),
        (
            {MANIFEST: f'{{"stacks": {{"a": {STACK}}}}}', "s.json": '{"resource": 5}'},
            "the stack 'a' is no Terraform JSON; see to this in it: "
            "there is something else where Terraform's JSON has an object; "
            "mend the add_override that writes it, and synthesize anew",
        ),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "latin-1")
    assert main([str(tmp_path), "--svg", str(tmp_path / "new.svg")]) == 1
    assert capsys.readouterr() == ("", f"picture: {said.format(tmp_path)}\n")
    assert not (tmp_path / "new.svg").exists()


@pytest.mark.parametrize(
    "text", ["", BEGIN, f"{END}\n{BEGIN}\n", f"{BEGIN}\n{END}\n{BEGIN}\n", f"{BEGIN}\n{END}\n{END}"]
)
def test_a_page_without_its_markers_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    output = written(tmp_path / "cdktf.out", STACKS)
    page = tmp_path / "page.md"
    page.write_text(text)
    assert main([str(output), "--into", str(page)]) == 1
    assert capsys.readouterr() == (
        "",
        f"picture: {page} must have one line '{BEGIN}', and below it one line '{END}'; "
        "write them where the picture is to be\n",
    )
    assert page.read_text() == text


def test_a_file_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = written(tmp_path / "cdktf.out", STACKS)
    file = tmp_path / "no-such-folder" / "a.svg"
    assert main([str(output), "--svg", str(file)]) == 1
    assert capsys.readouterr() == (
        "",
        f"picture: {file} cannot be written: No such file or directory; {WRITABLE}\n",
    )


def test_a_mistake_of_the_arguments_is_1_as_every_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        main(["--check"])
    assert capsys.readouterr().err.endswith("error: --check needs --into; name the page there\n")
