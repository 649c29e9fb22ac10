"""`python -m tools.review`: its exit codes, its files, and how long it takes."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.errors import WRITABLE
from tests.plans.recorded import NAMES, plan_file
from tools.review.__main__ import main
from tools.review.rules_page import main as rules_page

PROJECT = Path(__file__).resolve().parents[4]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the project's settings, and without checkov."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))


def run(*arguments: object) -> int:
    return main([str(each) for each in arguments])


def test_plans_that_are_applied_already_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cdktf.out"
    folder.mkdir()
    (folder / "plan.json").write_bytes(plan_file("image-only").read_bytes())
    stack = {"stack": "movie", "status": "changes", "plan": "cdktf.out/plan.json", "error": None}
    index = {"environment": "prod", "stacks": [stack], "removed": []}
    (folder / "plans.json").write_text(json.dumps(index))
    assert (run(), capsys.readouterr().err) == (0, "")
    (folder / "plan.applied").touch()
    assert run() == 0
    assert capsys.readouterr().err == (
        "review: these plans of movie are applied already; to see what is left, plan anew\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["image-only"], 0),
        (["nothing-at-all"], 0),
        (["image-by-a-mutable-tag"], 0),
        (["image-by-a-mutable-tag", "--fail-on=warning"], 2),
        (["log-group-destroyed"], 2),
        (["log-group-destroyed", "--fail-on=never"], 0),
        (["image-only", "log-group-destroyed"], 2),
        (["error-plan"], 1),
    ],
)
def test_the_exit_code_tells_clean_unusable_and_findings(arguments: list[str], code: int) -> None:
    given = [each if each.startswith("-") else plan_file(each) for each in arguments]
    assert run(*given) == code


def test_an_unusable_file_is_one_sentence_and_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text("{")
    assert run("x.json") == 1
    assert capsys.readouterr() == (
        "",
        "x.json: is not JSON, or is cut off (line 1, column 2); "
        "write the plan with `terraform show -json PLANFILE`\n",
    )


def test_without_files_the_plans_of_the_last_plan_are_reviewed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cdktf.out"
    (folder / "stacks" / "shop").mkdir(parents=True)
    (folder / "stacks" / "shop" / "plan.json").write_bytes(plan_file("image-only").read_bytes())
    stacks: list[dict[str, Any]] = [
        {"stack": "shop", "status": "changes", "plan": "cdktf.out/stacks/shop/plan.json"},
        {"stack": "iam", "status": "none", "plan": None, "error": None},
    ]
    (folder / "plans.json").write_text(json.dumps({"stacks": stacks, "environment": "prod"}))
    assert run() == 0
    assert "image 1.4.2 -> 1.5.0" in capsys.readouterr().out
    stacks.append({"stack": "bad", "status": "failed", "plan": None, "error": "Error: no"})
    stacks[0]["plan"] = "stacks/shop/plan.json"
    (folder / "plans.json").write_text(json.dumps({"stacks": stacks, "environment": "prod"}))
    assert run() == 1
    assert "Error: no" in capsys.readouterr().out


def write_index_of_a_removed_stack(project: Path) -> None:
    (project / "cdktf.out").mkdir()
    index = {"environment": "prod", "stacks": [], "removed": ["old-service"]}
    (project / "cdktf.out" / "plans.json").write_text(json.dumps(index))


def test_a_stack_that_the_code_no_longer_has_is_in_every_view(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_index_of_a_removed_stack(tmp_path)
    assert run("--markdown=m", "--html=h", "--json=j", "--sarif=s") == 0
    stays = "What it made stays in AWS, and in its state"
    markdown = (tmp_path / "m").read_text()
    assert markdown.startswith("## Plan review of prod: 1 of 1 stack to look at\n")
    assert "| old-service | no longer in the code |  |  |" in markdown
    assert f"### old-service\n\nNo longer in the code. {stays}" in markdown
    assert f"No longer in the code. {stays}" in (tmp_path / "h").read_text()
    assert stays in capsys.readouterr().out
    [stack] = json.loads((tmp_path / "j").read_text())["stacks"]
    assert (stack["stack"], stack["status"]) == ("old-service", "removed")


def test_the_terminal_says_which_environment_and_a_hyphen_is_the_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_index_of_a_removed_stack(tmp_path)
    assert run() == 0
    assert capsys.readouterr().out.startswith("Stacks of prod (1)\n")
    assert run("--markdown=m", "--html=-") == 0
    assert run("--html=h") == 0
    page = (tmp_path / "h").read_text()
    assert capsys.readouterr().out.startswith(f"{page}Stacks of prod (1)\n")
    assert not (tmp_path / "-").exists()


def test_it_says_what_is_written_and_what_the_plans_lack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_index_of_a_removed_stack(tmp_path)
    assert run("--html=h", "--json=j") == 0
    said = capsys.readouterr()
    assert (said.out.endswith("\nj is written\nh is written\n"), said.err) == (True, "")
    os.utime(tmp_path / "cdktf.out" / "plans.json", (1, 1))
    (tmp_path / "services.py").touch()
    assert run() == 0
    assert capsys.readouterr().err == (
        "review: services.py changed after these plans were made, and they lack that; to have it, "
        "plan anew\n"
    )


@pytest.mark.parametrize(
    "text",
    [None, "{", "[]", '{"stacks": [{"stack": 1}]}', '{"stacks": [], "removed": [1]}'],
    ids=str,
)
def test_an_index_that_is_none_is_one_sentence_and_1(
    text: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (tmp_path / "cdktf.out").mkdir()
        (tmp_path / "cdktf.out" / "plans.json").write_text(text)
    assert run() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_name_that_is_no_text_is_reviewed_in_every_view(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / os.fsdecode(b"shop-\xff.json")
    file.write_bytes(plan_file("image-only").read_bytes())
    assert run(file, "--markdown=m", "--html=h", "--json=j", "--sarif=s") == 0
    assert "\nshop-?\n  new revision of" in capsys.readouterr().out
    assert 'href="#stack-shop-%3F"' in (tmp_path / "h").read_text()


def test_two_plans_of_one_stack_are_one_sentence_and_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(plan_file("image-only"), plan_file("image-only")) == 1
    assert "two plans are of one stack, image-only" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_one_sentence_and_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(plan_file("image-only"), "--markdown", "no/such/folder.md") == 1
    assert capsys.readouterr() == (
        "",
        f"no/such/folder.md: cannot be written: No such file or directory; {WRITABLE}\n",
    )


@pytest.mark.parametrize("view", ["--markdown", "--json", "--sarif", "--html"])
def test_a_view_for_which_there_is_no_room_leaves_the_file_of_before(
    view: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "view"
    file.write_text("before")
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, most))  # bytes, of which every view has more
    try:
        assert run(plan_file("image-only"), view, file) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    assert capsys.readouterr() == ("", f"{file}: cannot be written: File too large; {WRITABLE}\n")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("view", "before")]


def test_wrong_settings_are_one_sentence_and_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.netflux.review]\nfail_on = 'x'")
    assert run(plan_file("image-only")) == 1
    assert "fail_on: must be one of" in capsys.readouterr().err


def test_settings_that_are_named_must_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(plan_file("image-only"), "--settings", "none.toml") == 1
    assert capsys.readouterr().err == ("none.toml: there is no such file; name one that is there\n")


def test_200_plans_take_less_than_two_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the start of Python, every view written; time of the processor, as others use it too."""
    files = []
    for number in range(200):
        name = NAMES[number % len(NAMES)]
        files.append(tmp_path / f"stack-{number}.json")
        files[-1].write_bytes(plan_file(name).read_bytes())
    command = [sys.executable, "-m", "tools.review", "--no-checkov", *map(str, files)]
    options = [f"--{kind}={tmp_path / kind}" for kind in ("markdown", "html", "json", "sarif")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*command, *options], cwd=PROJECT, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stdout.startswith("Stacks (200)\n"), done.stderr
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    with capsys.disabled():
        print(f"\nreview of 200 plans: {seconds:.2f} s")
    assert seconds < 2


def test_the_page_of_the_rules_is_not_stale() -> None:
    assert rules_page(["--check"]) == 0
