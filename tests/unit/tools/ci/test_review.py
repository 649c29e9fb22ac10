"""`python -m tools.ci.review`: what the workflow keeps of a review."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plans.planted import MARK
from tests.plans.recorded import plan_file
from tools.ci.review import NONE

PROJECT = Path(__file__).resolve().parents[4]


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """As in a workflow, in a project whose last plans are in `folder`."""
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "PATH": str(folder),
    }
    command = [sys.executable, "-m", "tools.ci.review", "review"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def write_index(folder: Path, *names: str) -> None:
    stacks = [
        {"stack": name, "status": "changes", "plan": str(plan_file(name)), "error": None}
        for name in names
    ]
    index = {"environment": "prod", "stacks": stacks, "removed": []}
    (folder / "cdktf.out").mkdir(exist_ok=True)
    (folder / "cdktf.out" / "plans.json").write_text(json.dumps(index))


def kept(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "review").iterdir())


def test_the_report_its_json_and_the_fingerprint_are_kept_and_no_secret(tmp_path: Path) -> None:
    write_index(tmp_path, "sensitive-values", "image-only")
    done = run(tmp_path)
    assert done.returncode == 2, done.stderr  # the gate's
    assert kept(tmp_path) == ["fingerprint.txt", "review.html", "review.json", "review.md"]
    found = json.loads((tmp_path / "review" / "review.json").read_text())["fingerprint"]
    assert (tmp_path / "review" / "fingerprint.txt").read_text() == f"{found}\n"
    assert f"Fingerprint `{found}`" in (tmp_path / "review" / "review.md").read_text()
    assert done.stdout.endswith(f"review: fingerprint {found}\n")
    report = (tmp_path / "review" / "review.md").read_text()
    assert (tmp_path / "summary.md").read_text() == report
    for file in (tmp_path / "review").iterdir():
        assert MARK not in file.read_text()


def test_a_change_of_no_stack_says_so(tmp_path: Path) -> None:
    write_index(tmp_path)
    assert run(tmp_path).returncode == 0
    report = (tmp_path / "review" / "review.md").read_text()
    assert report.startswith("## Plan review of prod: no stack differs\n\nFingerprint `")


@pytest.mark.parametrize("index", [None, "{"])
def test_where_nothing_could_be_planned_no_earlier_review_stands(
    index: str | None, tmp_path: Path
) -> None:
    write_index(tmp_path, "image-only")
    assert run(tmp_path).returncode == 0
    (tmp_path / "cdktf.out" / "plans.json").unlink()
    if index is not None:
        (tmp_path / "cdktf.out" / "plans.json").write_text(index)
    done = run(tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert kept(tmp_path) == ["review.md"]
    assert (tmp_path / "review" / "review.md").read_text() == NONE
