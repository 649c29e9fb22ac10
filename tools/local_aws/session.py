"""The embedded AWS for the length of a `with` block."""

from __future__ import annotations

import os
import tempfile
from typing import Any

from tools.aws import session_of_nobody
from tools.local_aws.launch import ACCOUNT_ID, HOST, Server, clean_environment, launch, listen

_FAKE_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local-aws",
    "AWS_SECRET_ACCESS_KEY": "local-aws",
}


class LocalAws:
    """An empty AWS of its own, on a free port, that is gone after the block.

        with LocalAws() as aws:
            aws.client("s3").create_bucket(Bucket="some-bucket")
            subprocess.run(["terraform", "plan"], env=aws.environment)

    It leaves no process and no file, even when this process is killed.

    `account_id`: the account that all credentials belong to; prod's when left out.

    Raises, on entering:
        StartFailure: the server could not be started, and why.
    """

    endpoint: str

    def __init__(self, *, account_id: str = ACCOUNT_ID) -> None:
        self.account_id = account_id

    def __enter__(self) -> LocalAws:
        with tempfile.TemporaryFile("w+") as log:
            self._server: Server = launch(listen(), log, account_id=self.account_id)
        self.endpoint = self._server.endpoint
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def ended(self) -> str | None:
        """How the server ended, if something else than this block has ended it."""
        return self._server.ended

    @property
    def environment(self) -> dict[str, str]:
        """A whole environment for a subprocess: this one's, turned to the embedded AWS.

        No profile, credential or endpoint of a real account is in it.
        """
        environment = clean_environment() | _FAKE_CREDENTIALS
        for name in ("NO_PROXY", "no_proxy"):
            environment[name] = ",".join(filter(None, [os.environ.get(name), HOST]))
        return environment | {"NETFLUX_ENV": "local", "NETFLUX_LOCAL_ENDPOINT": self.endpoint}

    def client(self, service: str, region: str = "us-east-1") -> Any:
        """A boto3 client of the embedded AWS, whatever profile this process's environment names."""
        from botocore.config import Config

        return session_of_nobody(region).client(
            service,
            endpoint_url=self.endpoint,
            aws_access_key_id=_FAKE_CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=_FAKE_CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            config=Config(proxies={}, s3={"addressing_style": "path"}),
        )
