"""`python -m tools.plan` and `python -m tools.apply` on the embedded AWS, in one team's order."""

from __future__ import annotations

import json
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import botocore
import pytest

from tests.local_aws.conftest import Project
from tests.marked_processes import a_mark, processes
from tools.review.fingerprint import sum_of

pytestmark = pytest.mark.integration

BUCKET = "netflux-terraform-state-local"
STACKS = ["customer-service", "iam", "movie-service", "state-bucket"]


def _plan(project: Project, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return project.run("python", "-m", "tools.plan", *arguments, **variables)


def _apply(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return project.run("python", "-m", "tools.apply", *arguments)


def _index(project: Project) -> dict[str, dict[str, Any]]:
    content = json.loads((project.folder / "cdktf.out" / "plans.json").read_text())
    assert content["environment"] == "local"
    return {each["stack"]: each for each in content["stacks"]}


def _statuses(project: Project) -> dict[str, str]:
    return {name: each["status"] for name, each in _index(project).items()}


def _locks(project: Project) -> list[str]:
    found = project.aws.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return [each["Key"] for each in found if each["Key"].endswith(".tflock")]


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return f"{done.stdout}\n{done.stderr}"


def _git(project: Project, *arguments: str) -> None:
    names = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *names, *arguments], cwd=project.folder, check=True, capture_output=True)


def test_before_iam_each_service_says_so_and_the_others_are_planned(project: Project) -> None:
    done = _plan(project)
    assert done.returncode == 1, _said(done)
    assert _statuses(project) == {
        "customer-service": "failed",
        "iam": "changes",
        "movie-service": "failed",
        "state-bucket": "none",
    }
    sentence = (
        "movie-service: the stack iam has not been deployed; "
        "deploy it first, with: NETFLUX_ENV=local npx cdktf deploy iam"
    )
    assert _index(project)["movie-service"]["error"] == sentence
    assert f"    {sentence}\n" in done.stdout
    assert _locks(project) == []


def test_what_could_not_be_planned_is_not_applied(project: Project) -> None:
    done = _apply(project, "movie-service")
    assert done.returncode == 1
    assert "movie-service could not be planned; see to this, and plan it anew: " in done.stderr
    assert done.stderr.endswith("apply: nothing is applied; do that first, then apply again\n")


def test_a_named_stack_is_applied_from_its_saved_plan(project: Project) -> None:
    done = _apply(project, "iam")
    assert done.returncode == 0, _said(done)
    assert "iam: 5 added" in done.stdout
    assert "applied: iam" in done.stdout


def test_an_unknown_stack_is_one_sentence_with_the_nearest(project: Project) -> None:
    done = _plan(project, "movie-servise")
    assert done.returncode == 1
    sentence = "there is no stack 'movie-servise'; write 'movie-service'"
    assert done.stderr.splitlines()[-1] == f"plan: {sentence}"


def test_all_stacks_are_planned_and_the_exit_code_is_2(project: Project) -> None:
    done = _plan(project)
    assert done.returncode == 2, _said(done)
    assert _statuses(project) == {
        "customer-service": "changes",
        "iam": "none",
        "movie-service": "changes",
        "state-bucket": "none",
    }
    assert re.search(r"^\[\d/4\] movie-service +2 to add  \(\d+\.\d s\)$", done.stdout, re.M)
    for stack in STACKS:
        folder = project.folder / "cdktf.out" / "stacks" / stack
        assert json.loads((folder / "plan.json").read_text())["format_version"]
        for name in ("plan.tfplan", "plan.json"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert _locks(project) == []


def test_another_fingerprint_is_refused_and_nothing_is_applied(project: Project) -> None:
    done = _apply(project, "--fingerprint", "0" * 16)
    assert done.returncode == 1, _said(done)
    assert f"{'0' * 16} was reviewed" in done.stderr
    assert _statuses(project)["movie-service"] == "changes"
    assert project.aws.client("logs").describe_log_groups()["logGroups"] == []


def test_a_plan_of_which_a_part_is_gone_is_not_applied(project: Project) -> None:
    shown = project.folder / "cdktf.out" / "stacks" / "movie-service" / "plan.json"
    elsewhere = shown.rename(shown.with_suffix(".moved"))
    done = _apply(project, "movie-service")
    elsewhere.rename(shown)
    assert done.returncode == 1, _said(done)
    assert "movie-service: its saved plan is used up or gone; plan and review it" in done.stderr
    assert done.stdout == ""


def test_of_the_reviewed_fingerprint_the_saved_plans_are_applied(project: Project) -> None:
    done = _apply(project, "--fingerprint", _fingerprint(project))
    assert done.returncode == 0, _said(done)
    assert "the saved plans have the fingerprint" in done.stdout
    assert "applied: customer-service, movie-service" in done.stdout


def test_a_saved_plan_is_applied_only_once(project: Project) -> None:
    done = _apply(project)
    assert done.returncode == 1
    assert "its saved plan is used up or gone; plan and review it anew" in done.stderr


def test_when_all_is_applied_nothing_changes_and_the_exit_code_is_0(project: Project) -> None:
    done = _plan(project)
    assert done.returncode == 0, _said(done)
    assert set(_statuses(project).values()) == {"none"}
    done = _apply(project)
    assert (done.returncode, done.stdout) == (0, "no plan changes anything\napplied: nothing\n")


def test_what_was_reviewed_and_is_there_already_is_no_mistake(project: Project) -> None:
    done = _apply(project, "--fingerprint", "0" * 16)
    assert done.returncode == 0, _said(done)
    told = "nothing changes any more: what was reviewed is there already\napplied: nothing\n"
    assert done.stdout.endswith(told)


def test_what_was_reviewed_and_is_not_there_is_told_where_nothing_changes(project: Project) -> None:
    project.run("python", "-m", "tools.plan", "movie-service")
    shown = project.folder / "cdktf.out" / "stacks" / "movie-service" / "plan.json"
    [image] = [json.dumps(each) for each in _planned_images(shown)]
    other = image.rpartition(":")[0] + ':other"'
    head = "movie-service aws_ecs_task_definition.task_definition: new revision"
    file = project.folder / "reviewed.json"
    for wanted, code in ((image, 0), (other, 1)):
        meaning = [f'{head} id "movie-service" actions ["delete", "create"]']
        meaning.append(f'{head}, image: "a:1" -> {wanted}')
        file.write_text(json.dumps({"meaning": meaning}))
        given = ("--fingerprint", sum_of(meaning), "--reviewed", str(file))
        done = _apply(project, "movie-service", *given)
        assert done.returncode == code, _said(done)
    assert done.stderr.splitlines() == [
        "apply: nothing changes, and what was reviewed is not there, as the code or AWS is another "
        "now; review what it says now",
        f"  reviewed, not there: {head}, image a:1 -> {other[1:-1]}",
    ]


def _planned_images(plan: Path) -> list[str]:
    resources = json.loads(plan.read_text())["resource_changes"]
    [task] = [each for each in resources if each["type"] == "aws_ecs_task_definition"]
    containers = json.loads(task["change"]["after"]["container_definitions"])
    return [each["image"] for each in containers]


def test_beside_a_proxy_that_opens_tls_nothing_changes_either(project: Project) -> None:
    authorities = Path(botocore.__file__).with_name("cacert.pem")
    done = _plan(project, AWS_CA_BUNDLE=str(authorities))
    assert done.returncode == 0, _said(done)


def test_changed_since_names_only_the_stack_with_another_image(project: Project) -> None:
    (project.folder / ".gitignore").write_text("cdktf.out/\n.venv\n.gen\n.local_aws\n")
    _git(project, "init", "--quiet")
    _git(project, "add", ".")
    _git(project, "commit", "--quiet", "--message", "before")
    project.catalogue('Service(name="movie-service", image_tag="1.5.0")', CUSTOMER)
    done = _plan(project, "--changed-since", "HEAD")
    assert done.returncode == 2, _said(done)
    assert _statuses(project) == {"movie-service": "changes"}


def test_a_stack_of_the_revision_that_is_no_more_is_named(project: Project) -> None:
    project.catalogue('Service(name="movie-service")')
    done = _plan(project, "--changed-since", "HEAD")
    assert done.returncode == 2, _said(done)
    assert "customer-service: a stack of HEAD that is no more" in done.stdout
    content = json.loads((project.folder / "cdktf.out" / "plans.json").read_text())
    assert (content["stacks"], content["removed"]) == ([], ["customer-service"])
    assert "plan: " not in done.stderr


def test_a_state_that_no_stack_of_the_code_has_is_told_when_all_are_planned(
    project: Project,
) -> None:
    project.catalogue('Service(name="movie-service", image_tag="1.4.2")')
    assert "plan: " not in _plan(project, "movie-service").stderr
    done = _plan(project, "--without", "movie-service")
    assert done.returncode == 0, _said(done)
    assert done.stderr.splitlines()[-1] == (
        "plan: customer-service has resources in its state, and no entry in services.py; put that "
        "back, and take away what it made, with: NETFLUX_ENV=local npx cdktf destroy "
        "customer-service"
    )


@pytest.mark.parametrize("revision", ["nowhere", "", "HEAD:services.py"])
def test_a_revision_that_is_not_there_is_one_sentence(project: Project, revision: str) -> None:
    done = _plan(project, f"--changed-since={revision}")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"plan: the revision '{revision}' cannot be compared with: "
        "git knows no such revision here; "
        "name a commit, tag or branch that is here, or get it, with: git fetch"
    )


def test_a_lock_held_by_another_is_said_and_the_others_are_planned(project: Project) -> None:
    project.catalogue('Service(name="movie-service", image_tag="1.5.0")', NEW_CUSTOMER)
    lock = {
        **{"ID": "1", "Operation": "OperationTypeApply", "Info": "", "Version": "1.11.4"},
        **{"Who": "someone@else", "Created": "2026-11-01T00:00:00Z", "Path": "x"},
    }
    s3 = project.aws.client("s3")
    key = "movie-service/terraform.tfstate.tflock"
    s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(lock).encode())
    try:
        done = _plan(project, "--lock-timeout", "0", "movie-service", "customer-service")
    finally:
        s3.delete_object(Bucket=BUCKET, Key=key)
    assert done.returncode == 1, _said(done)
    assert _statuses(project) == {"customer-service": "changes", "movie-service": "failed"}
    error = _index(project)["movie-service"]["error"]
    assert error.startswith("Error: Error acquiring the state lock")
    assert "someone@else" in error
    assert _locks(project) == []


def test_a_plan_whose_state_moved_on_is_refused_with_its_cure(project: Project) -> None:
    done = _plan(project, "movie-service", "customer-service")
    assert done.returncode == 2, _said(done)
    fingerprint = _fingerprint(project)
    # Someone else applies the first of them.
    project.applied("customer-service")
    done = _apply(project)
    assert done.returncode == 1
    again = "NETFLUX_ENV=local .venv/bin/python -m tools.plan customer-service"
    cure = f"plan and review it anew, with: {again}"
    sentence = f"customer-service: the state has moved on since this plan was made; {cure}"
    nothing = "nothing is applied; do that first, then apply again"
    assert done.stderr == f"apply: {sentence}\napply: {nothing}\n"
    assert done.stdout == ""
    # What was reviewed may still be what new plans do: of one that is outdated, all are made anew.
    done = _apply(project, "--fingerprint", fingerprint)
    assert done.returncode == 1, _said(done)
    moved = "customer-service: the state has moved on since this plan was made: planning anew"
    assert done.stdout.startswith(f"{moved}\n[1/2] ")
    assert "movie-service: 1 new" not in done.stdout


def test_without_saved_plans_it_plans_anew_and_applies_that_fingerprint(project: Project) -> None:
    done = _plan(project, "movie-service")
    fingerprint = _fingerprint(project)
    (project.folder / "cdktf.out" / "plans.json").unlink()
    done = _apply(project, "movie-service", "--no-shared-provider", "--fingerprint", fingerprint)
    assert done.returncode == 0, _said(done)
    assert "movie-service: 1 new revision\n" in done.stdout


def _planning(project: Project, mark: dict[str, str]) -> subprocess.Popen[str]:
    """A command that holds a lock by now; one whose locks went unseen is begun again."""
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.plan", "movie-service", "customer-service"],
            cwd=project.folder,
            env=project.environment | mark,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while process.poll() is None:
            if _locks(project):
                return process
            time.sleep(0.01)
        said = process.communicate()
    pytest.fail(f"no lock was seen: {said}")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_is_ended_no_lock_and_no_process_is_left(
    project: Project, ending: signal.Signals
) -> None:
    mark = a_mark()
    process = _planning(project, mark)
    process.send_signal(ending)
    _, error = process.communicate(timeout=120)
    if ending == signal.SIGKILL:
        deadline = time.monotonic() + 120
        while processes(mark) and time.monotonic() < deadline:
            time.sleep(0.1)
    else:
        assert process.returncode == 130
        assert error.endswith("plan: stopped; no lock and no process of it is left\n")
    assert processes(mark) == {}
    assert _locks(project) == []


def test_the_stack_of_cis_roles_is_made_on_demand_and_then_plans_nothing(
    project: Project,
) -> None:
    file = project.folder / "environments.py"
    endpoint = "        endpoint=local_endpoint(),\n"
    wanted = f'{endpoint}        github_repository="netflux/ecs",\n'
    file.write_text(file.read_text().replace(endpoint, wanted))
    assert _plan(project, "ci-roles").returncode == 2
    done = _apply(project)
    assert done.returncode == 0, _said(done)
    assert "ci-roles: 5 added" in done.stdout
    again = _plan(project, "ci-roles")
    assert again.returncode == 0, _said(again)


def test_a_plan_of_the_shared_provider_is_not_applied_without_it(project: Project) -> None:
    project.catalogue('Service(name="movie-service", image_tag="3.0.0")', CUSTOMER)
    locked = project.folder / "cdktf.out" / "stacks" / "movie-service" / ".terraform.lock.hcl"
    locked.unlink(missing_ok=True)  # of an earlier plan without the shared provider
    assert _plan(project, "movie-service").returncode == 2
    done = _apply(project, "--no-shared-provider")
    assert done.returncode == 1
    assert "movie-service: the plan was made with another provider process" in done.stdout
    assert "failed: movie-service\n" in done.stdout


def test_without_the_state_bucket_each_stack_says_what_to_deploy(project: Project) -> None:
    missing = "netflux-terraform-state-other"
    text = (project.folder / "environments.py").read_text()
    (project.folder / "environments.py").write_text(text.replace(BUCKET, missing))
    done = _plan(project, "iam")
    assert done.returncode == 1, _said(done)
    assert _index(project)["iam"]["error"] == (
        f"the state bucket {missing} does not exist; "
        "deploy it first, with: NETFLUX_ENV=local npx cdktf deploy state-bucket"
    )


CUSTOMER = 'Service(name="customer-service")'
NEW_CUSTOMER = 'Service(name="customer-service", image_tag="2.0.0")'


def _fingerprint(project: Project) -> str:
    from tools.apply.reviewed_meaning import planned_meaning
    from tools.review.fingerprint import sum_of

    plans = {name: project.folder / each["plan"] for name, each in _index(project).items()}
    return sum_of(planned_meaning(plans))
