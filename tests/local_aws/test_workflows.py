"""The steps of .github/workflows, in their order, on the embedded AWS and a GitHub of this test."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.local_aws.conftest import PROJECT, Project

WORKFLOWS = PROJECT / ".github" / "workflows"
HEAD, MERGED = "a" * 40, "b" * 40
REPOSITORY = "netflux/ecs"


def _steps(workflow: str) -> list[str]:
    """The make targets that a workflow calls, in its order."""
    text = (WORKFLOWS / f"{workflow}.yml").read_text()
    setup = (PROJECT / ".github" / "actions" / "setup" / "action.yml").read_text()
    text = text.replace("- uses: ./.github/actions/setup", setup, 1)
    commands = re.findall(r"^ *- run: (.*)$", text, re.M)
    assert all(re.fullmatch(r"make [a-z-]+", command) for command in commands), commands
    return [command.removeprefix("make ") for command in commands]


def test_every_step_is_a_target_of_the_makefile() -> None:
    assert {path.stem: _steps(path.stem) for path in WORKFLOWS.iterdir()} == {
        "audit": ["setup", "ci-provider", "audit"],
        "checks": ["setup", "ci-provider", "check", "check-workflows", "test"],
        "plan": ["setup", "ci-provider", "ci-plan", "ci-review", "ci-comment"],
        "apply": ["setup", "ci-provider", "ci-reviewed", "ci-apply"],
        "drift": ["setup", "ci-provider", "ci-drift", "ci-review"],
        "leaving": ["setup", "ci-provider", "test-cdktn"],
    }
    targets = re.findall(r"^([a-z-]+):.*## ", (PROJECT / "Makefile").read_text(), re.M)
    assert {step for path in WORKFLOWS.iterdir() for step in _steps(path.stem)} <= set(targets)


def test_every_action_is_pinned_by_its_whole_commit() -> None:
    files = [*WORKFLOWS.iterdir(), PROJECT / ".github" / "actions" / "setup" / "action.yml"]
    used = [name for file in files for name in re.findall(r"uses: (.*)", file.read_text())]
    others = [name for name in used if not name.startswith("./")]
    assert others
    assert [n for n in others if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", n)] == []


class GitHub(ThreadingHTTPServer):
    """As much of GitHub as the workflows talk to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.comments: list[dict[str, Any]] = []
        self.review: Path | None = None
        self.merged = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, method: str, path: str, body: Any) -> Any:
        repository = f"/repos/{REPOSITORY}"
        if (method, path) == ("GET", f"{repository}/issues/7/comments"):
            return self.comments
        if (method, path) == ("POST", f"{repository}/issues/7/comments"):
            self.comments.append({"id": 1, "user": {"login": "github-actions[bot]"}, **body})
            return self.comments[-1]
        if (method, path) == ("PATCH", f"{repository}/issues/comments/1"):
            self.comments[-1] |= body
            return self.comments[-1]
        if path == f"{repository}/commits/{MERGED}/pulls":
            pull = {"number": 7, "merged_at": "2026-11-01", "head": {"sha": HEAD}}
            return [pull] if self.merged else []
        if path == f"{repository}/actions/artifacts":
            run = {"head_sha": HEAD, "head_repository_id": 1, "repository_id": 1}
            artefact = {"id": 3, "expired": False, "created_at": "1", "workflow_run": run}
            return {"artifacts": [artefact] if self.review else []}
        if path == f"{repository}/actions/artifacts/3/zip":
            assert self.review
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as archive:
                for kept in self.review.iterdir():
                    archive.write(kept, kept.name)
            return file.getvalue()
        return None


class _Handler(BaseHTTPRequestHandler):
    def _reply(self) -> None:
        server = self.server
        assert isinstance(server, GitHub)
        assert self.headers["Authorization"] == "Bearer token"
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        found = server.answer(self.command, urlsplit(self.path).path, body)
        text = found if isinstance(found, bytes) else json.dumps(found).encode()
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PATCH = _reply

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def github() -> Iterator[GitHub]:
    with GitHub() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.integration
def test_a_pull_request_is_planned_reviewed_merged_applied_and_then_without_drift(
    project: Project, github: GitHub
) -> None:
    shutil.copy(PROJECT / "Makefile", project.folder)
    (project.folder / ".gitignore").write_text("cdktf.out/\n.venv\n.gen\n.local_aws\nreview/\n")
    for stack in ("iam", "movie-service", "customer-service"):
        project.applied(stack)
    base = _commit(project, "base", first=True)
    services = project.folder / "services.py"
    text = services.read_text()
    services.write_text(text.replace('name="movie-service"', 'name="movie-service", image_tag="2"'))
    _commit(project, "a new image")
    summary = project.folder / "review" / "summary.md"
    given = {
        "CHANGED_SINCE": base,
        "COMMIT": MERGED,
        "GITHUB_API_URL": github.url,
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_TOKEN": "token",
        "GITHUB_STEP_SUMMARY": str(summary),
        "PULL_REQUEST": "7",
    }
    for _ in range(2):  # the second push of a pull request writes its comment anew
        for step in _steps("plan")[1:]:
            _make(project, step, given)
    assert [each["body"].splitlines()[0] for each in github.comments] == [
        "<!-- plan of the stacks -->"
    ]
    assert "movie-service" in github.comments[0]["body"]
    assert "customer-service" not in github.comments[0]["body"]
    assert "movie-service" in summary.read_text()
    github.review = project.folder.parent / "artefact"
    (project.folder / "review").replace(github.review)
    shutil.rmtree(project.folder / "cdktf.out")  # another machine
    reviewed = services.read_text()
    services.write_text(reviewed.replace('image_tag="2"', 'image_tag="3"'))  # another merge since
    _make(project, "ci-reviewed", given)
    refused = _made(project, "ci-apply", given)
    assert refused.returncode != 0
    head = "movie-service aws_ecs_task_definition.task_definition: new revision, image"
    assert [each for each in refused.stderr.splitlines() if each.startswith("  ")] == [
        f"  reviewed, not now: {head} latest -> 2",
        f"  now, not reviewed: {head} latest -> 3",
    ]
    services.write_text(reviewed)
    shutil.rmtree(project.folder / "cdktf.out")
    said = "".join(_make(project, step, given) for step in _steps("apply")[1:])
    assert "movie-service: 1 new revision" in said
    assert "applied: movie-service" in said
    said = "".join(_make(project, step, given) for step in _steps("drift")[1:])
    assert "3 planned" in said
    assert "0 with changes, 3 without, 0 failed" in said


@pytest.mark.integration
def test_a_commit_that_no_pull_request_brought_is_not_applied(
    project: Project, github: GitHub
) -> None:
    github.merged = False
    given = {
        "COMMIT": MERGED,
        "GITHUB_API_URL": github.url,
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_TOKEN": "token",
    }
    done = _made(project, "ci-reviewed", given)
    assert done.returncode != 0
    assert (
        f"reviewed: {MERGED} came by no pull request, so no plan of it was reviewed; "
        "make its change in a pull request, and merge that\n"
    ) in done.stderr


def _make(project: Project, target: str, given: dict[str, str]) -> str:
    done = _made(project, target, given)
    assert done.returncode == 0, f"{target}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _made(project: Project, target: str, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return project.run("make", "--no-print-directory", target, **given)


def _commit(project: Project, message: str, *, first: bool = False) -> str:
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.com"]
    begin = [["init", "--quiet"]] if first else []
    commands = [*begin, ["add", "."], ["commit", "--quiet", "--message", message]]
    for command in commands:
        subprocess.run([*git, *command], cwd=project.folder, check=True)
    head = ["git", "rev-parse", "HEAD"]
    return subprocess.run(
        head, cwd=project.folder, check=True, capture_output=True, text=True
    ).stdout.strip()
