"""`python -m tools.state` where the bucket itself is the matter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.tools.aws_in_process import BUCKET, ENVIRONMENT, aws, make_bucket
from tools.aws import Aws
from tools.state import __main__ as command

__all__ = ["aws"]


@pytest.fixture(autouse=True)
def of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_environment", lambda: ENVIRONMENT)
    monkeypatch.delenv("NETFLUX_ENV", raising=False)


@pytest.mark.parametrize("more", [[], ["--restore", "v"], ["--unlock", "i"]])
def test_a_bucket_that_is_not_there_is_to_be_deployed(
    aws: Aws, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["iam", *more]) == 1
    assert capsys.readouterr() == (
        "",
        f"state: test: the state bucket {BUCKET} does not exist; deploy it first, with: "
        "npx cdktf deploy state-bucket\n",
    )


def test_a_state_that_is_not_there_is_another_matter(
    aws: Aws, capsys: pytest.CaptureFixture[str]
) -> None:
    bucket: Any = make_bucket(aws)
    assert bucket
    assert command.main(["iam"]) == 1
    assert capsys.readouterr().err.startswith(f"state: iam: there is no state s3://{BUCKET}/iam/")
