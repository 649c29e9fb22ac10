"""An empty AWS within the test's own process, for commands that ask boto3."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from moto import mock_aws

from constructs_lib.environment import Environment
from tools.aws import Aws

ACCOUNT = "123456789012"
"""moto's own account."""

BUCKET = "some-state"
ENVIRONMENT = Environment(name="test", account_id=ACCOUNT, region="us-east-1", state_bucket=BUCKET)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """AWS with nothing in it."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("TERRAFORM_BINARY_NAME", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield _KeptAws(ENVIRONMENT)


class _KeptAws(Aws):
    """Keeps its clients from test to test: making one takes half a second."""

    _kept: ClassVar[dict[str, Any]] = {}

    def client(self, service: str) -> Any:
        if service not in self._kept:
            self._kept[service] = super().client(service)
        return self._kept[service]


def make_bucket(aws: Aws) -> Any:
    """The state bucket, versioned; its client."""
    s3 = aws.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return s3


def state(serial: int, *resources: str, lineage: str = "a") -> bytes:
    """A state file that holds resources of these names."""
    content = {
        **{"version": 4, "serial": serial, "lineage": lineage, "outputs": {}},
        "resources": [{"name": name} for name in resources],
    }
    return json.dumps(content).encode()
