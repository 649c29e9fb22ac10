"""What other stacks build on comes first."""

from __future__ import annotations

import pytest

from tools.stack_order import cdktf_command, in_order


def test_stacks_are_applied_with_those_that_others_build_on_first() -> None:
    stacks = ["a-service", "z", "iam", "state-bucket", "ci-roles"]
    assert in_order(stacks) == [*("state-bucket", "ci-roles", "iam"), *("a-service", "z")]
    assert in_order(["z", "iam", "a-service"]) == ["iam", "a-service", "z"]


def test_what_is_to_be_typed_deploys_into_the_same_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    assert cdktf_command("deploy", "iam") == "npx cdktf deploy iam"
    monkeypatch.setenv("NETFLUX_ENV", "local")
    assert cdktf_command("deploy", "iam") == "NETFLUX_ENV=local npx cdktf deploy iam"
