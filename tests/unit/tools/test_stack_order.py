"""The stacks are those of `stacks/`, and what others build on comes first."""

from __future__ import annotations

import pytest

from stacks.ci_roles import CI_ROLES_STACK_ID
from stacks.iam import IAM_STACK_ID
from stacks.state_bucket import STATE_BUCKET_STACK_ID
from tools.stack_order import FIRST, deploy_command, in_order


def test_stacks_are_applied_with_those_that_others_build_on_first() -> None:
    assert FIRST == (STATE_BUCKET_STACK_ID, CI_ROLES_STACK_ID, IAM_STACK_ID)
    assert in_order(["a-service", "z", "iam", "state-bucket"]) == [
        *("state-bucket", "iam"),
        *("a-service", "z"),
    ]


def test_what_is_to_be_typed_deploys_into_the_same_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    assert deploy_command("iam") == "npx cdktf deploy iam"
    monkeypatch.setenv("NETFLUX_ENV", "local")
    assert deploy_command("iam") == "NETFLUX_ENV=local npx cdktf deploy iam"
