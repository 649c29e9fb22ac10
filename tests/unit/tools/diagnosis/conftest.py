from __future__ import annotations

from typing import Any

import pytest

from tests.unit.tools.aws_in_process import aws, make_bucket
from tools.aws import Aws

__all__ = ["aws"]


@pytest.fixture
def s3(aws: Aws) -> Any:
    return make_bucket(aws)


@pytest.fixture(autouse=True)
def no_environment_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be typed has no NETFLUX_ENV, unless a test sets it."""
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
