"""What the deployed stacks need of `iam`, with whole sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.tools.aws_in_process import ENVIRONMENT, state
from tests.unit.tools.diagnosis.iam import SECRET, TOKEN, UNREADABLE, iam_state, put, reads_iam
from tools.aws import Aws, Unreachable
from tools.diagnosis.looking import Diagnosis
from tools.diagnosis.with_iam import (
    began_beside_iam,
    left_without_roles,
    not_readable_any_more,
    not_readable_yet,
)


def _of_service(*, with_roles: bool) -> bytes:
    """A state of a service's stack."""
    content = json.loads(state(1, "task_definition"))
    read = {"mode": "data", "type": "terraform_remote_state", "name": "iam"}
    content["resources"] += [read] if with_roles else []
    return json.dumps(content).encode()


def _with(kind: str, **attributes: str) -> bytes:
    """A state of one resource."""
    content = json.loads(state(1, "it"))
    content["resources"][0] |= {"type": kind, "instances": [{"attributes": attributes}]}
    return json.dumps(content).encode()


def test_destroying_iam_names_the_stacks_that_need_its_roles(s3: Any, tmp_path: Path) -> None:
    put(s3, _with("aws_iam_role", arn="arn:of-iam"))
    other = {"task_role_arn": "", "execution_role_arn": "arn:other"}
    recovered = {**other, "execution_role_arn": "arn:of-iam"}
    put(s3, _with("aws_ecs_task_definition", **other), "other-roles/terraform.tfstate")
    put(s3, _with("aws_ecs_task_definition", **recovered), "recovered/terraform.tfstate")
    put(s3, _of_service(with_roles=True), "movies/terraform.tfstate")
    put(s3, _of_service(with_roles=True), "films/terraform.tfstate")
    put(s3, _of_service(with_roles=False), "own-roles/terraform.tfstate")
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    assert left_without_roles(diagnosis, ["iam"]) == [
        "iam: films, movies, recovered would be left, whose tasks could not start without its "
        "roles; deploy it again if it is gone, and destroy these before it, with: "
        "npx cdktf destroy films movies recovered"
    ]
    assert left_without_roles(diagnosis, ["iam", "movies", "films", "recovered"]) == []


def test_where_the_bucket_does_not_answer_destroying_iam_is_warned_of(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not told at all, it would look as if no stack used the roles."""

    def slow(*_: Any) -> Any:
        raise Unreachable("prod: AWS does not answer (read timeout); look at the network")

    monkeypatch.setattr(Aws, "check_account", slow)
    assert left_without_roles(Diagnosis(ENVIRONMENT, tmp_path), ["iam"]) == [
        "iam: the state bucket did not tell which stacks use its roles (prod: AWS does not answer "
        "(read timeout)); without them no task starts, so destroy the services first"
    ]


@pytest.mark.parametrize(
    ("iam", "lacking"),
    [
        (iam_state(SECRET, TOKEN), None),
        (iam_state(TOKEN, SECRET), None),
        (iam_state(SECRET), TOKEN),
        (iam_state(), f"{SECRET}, {TOKEN}"),
        (iam_state(SECRET, TOKEN, role="another"), f"{SECRET}, {TOKEN}"),
        (iam_state().replace(b"Statement", b"Nothing"), None),
        (b"", None),
        (state(2), f"{SECRET}, {TOKEN}"),
    ],
    ids=[
        "all",
        "all, the other way round",
        "one",
        "none",
        "of another role",
        "unheard of",
        "no state",
        "destroyed",
    ],
)
def test_what_iam_does_not_let_a_service_read_is_told(
    iam: bytes, lacking: str | None, s3: Any, tmp_path: Path
) -> None:
    put(s3, iam)
    told = not_readable_yet(Diagnosis(ENVIRONMENT, tmp_path), {"movies": {SECRET, TOKEN}})
    assert told == ([UNREADABLE.format(lacking)] if lacking else [])


def test_what_was_deployed_without_an_entry_loses_what_it_may_read(s3: Any, tmp_path: Path) -> None:
    put(s3, iam_state(SECRET, TOKEN))
    put(s3, _of_service(with_roles=True), "films/terraform.tfstate")
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    others = {"movies": {SECRET}}
    assert not_readable_any_more(diagnosis, others, ["iam", "movies"].__contains__) == [
        f"iam: ecs-task-execution-role will not be let read {TOKEN} any more, and films is "
        "deployed without an entry in services.py, so its tasks may not start; put that back, and "
        "take away what it made, with: npx cdktf destroy films"
    ]
    assert not_readable_any_more(diagnosis, others, ["iam", "films"].__contains__) == []
    everything = {"movies": {SECRET, TOKEN}}
    assert not_readable_any_more(diagnosis, everything, ["iam"].__contains__) == []


def test_a_service_that_began_beside_iam_is_deployed_again(s3: Any, tmp_path: Path) -> None:
    reads_iam(tmp_path)
    diagnosis = Diagnosis(ENVIRONMENT, tmp_path)
    stacks = ["iam", "movie-service"]
    assert began_beside_iam(diagnosis, stacks) == []
    put(s3, state(1, "role"))
    assert began_beside_iam(diagnosis, stacks) == [
        "movie-service: may have begun before the roles of iam were there, which they are now; "
        "deploy again, with: npx cdktf deploy movie-service"
    ]
    put(s3, state(1, "log_group"), "movie-service/terraform.tfstate")
    assert began_beside_iam(diagnosis, stacks) == []
