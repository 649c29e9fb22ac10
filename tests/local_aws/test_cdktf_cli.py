"""What a user types: the cdktf CLI, each stack alone, without flags."""

from __future__ import annotations

import subprocess

import pytest

from tests.local_aws.conftest import Project

pytestmark = pytest.mark.integration

BUCKET = "netflux-terraform-state-local"


def _cdktf(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The CLI with the variable that stands for the person who approves."""
    return project.run("npx", "cdktf", *arguments, CDKTF_AUTO_APPROVE="true")


def test_where_nobody_can_approve_nothing_changes_and_no_lock_is_left(project: Project) -> None:
    done = project.run("npx", "cdktf", "deploy", "iam")
    ours = (
        "cdktf: nobody can approve here, so nothing is changed; type it in a terminal, or set "
        "CDKTF_AUTO_APPROVE=true"
    )
    terrains = "Approval required but stdin is not a TTY. Re-run with --auto-approve. Stopping."
    said = (done.returncode, (done.stdout + done.stderr).splitlines()[-1])
    assert said in ((1, ours), (0, terrains))  # the CLI of CDK Terrain says it itself
    bucket = project.aws.client("s3").list_objects_v2(Bucket=BUCKET)
    assert [each["Key"] for each in bucket.get("Contents", [])] == []


def test_iam_and_a_service_deploy_alone_and_quietly(project: Project) -> None:
    for stack, added in (("iam", 5), ("movie-service", 2)):
        done = _cdktf(project, "deploy", stack)
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        assert f"Resources: {added} added, 0 changed, 0 destroyed" in said
        assert [line for line in said.splitlines() if "[ERROR]" in line] == []
        assert "end-of-life" not in said
        assert "Deprecation" not in said


def test_list_names_the_stacks(project: Project) -> None:
    done = _cdktf(project, "list")
    assert done.returncode == 0, done.stderr
    named = [line.split()[0] for line in done.stdout.splitlines() if "stacks/" in line]
    assert sorted(named) == ["customer-service", "iam", "movie-service", "state-bucket"]
