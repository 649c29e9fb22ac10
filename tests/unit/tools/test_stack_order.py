"""What other stacks build on comes first."""

from __future__ import annotations

from tools.stack_order import in_order


def test_stacks_are_applied_with_those_that_others_build_on_first() -> None:
    stacks = ["a-service", "z", "iam", "state-bucket", "ci-roles"]
    assert in_order(stacks) == [*("state-bucket", "ci-roles", "iam"), *("a-service", "z")]
    assert in_order(["z", "iam", "a-service"]) == ["iam", "a-service", "z"]
