"""AWS as the chosen environment names it, for commands that look at what is really there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tools.refused import Refused

if TYPE_CHECKING:
    from constructs_lib.environment import Environment


class Aws:
    """Clients of one environment's account and region.

    With an `endpoint` (the embedded AWS) they use made-up credentials, so AWS is out of reach.
    """

    def __init__(self, environment: Environment) -> None:
        # Only here: botocore takes longer to import than most commands take in all.
        import boto3
        import botocore.session
        from botocore.config import Config

        self.environment = environment
        options: dict[str, Any] = {"retries": {"max_attempts": 4, "mode": "standard"}}
        if environment.endpoint is None:
            self._session = boto3.Session(region_name=environment.region)
            self._arguments: dict[str, Any] = {}
        else:
            nothing = {
                "profile": (None, None, None, None),
                "config_file": (None, None, os.devnull, None),
                "credentials_file": (None, None, os.devnull, None),
            }
            self._session = boto3.Session(
                botocore_session=botocore.session.Session(nothing), region_name=environment.region
            )
            self._arguments = {
                "endpoint_url": environment.endpoint,
                "aws_access_key_id": "embedded",
                "aws_secret_access_key": "embedded",
            }
            options |= {"proxies": {}, "s3": {"addressing_style": "path"}}
        self._config = Config(**options)

    def client(self, service: str) -> Any:
        """A boto3 client."""
        return self._session.client(service, config=self._config, **self._arguments)

    def check_account(self) -> None:
        """Asks whose the credentials are, before anything else is read.

        Raises:
            Refused: there are none, they are not taken, or they are another account's.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        name, wanted = self.environment.name, self.environment.account_id
        try:
            account = self.client("sts").get_caller_identity()["Account"]
        except (BotoCoreError, ClientError) as error:
            raise Refused(
                f"{name}: the AWS credentials were not taken ({' '.join(str(error).split())}); "
                "log in again, or choose others with AWS_PROFILE"
            ) from error
        if account != wanted:
            raise Refused(
                f"{name}: the AWS credentials belong to the account {account}, and the environment "
                f"is the account {wanted}; choose credentials of {wanted} with AWS_PROFILE, or "
                "another environment with NETFLUX_ENV"
            )
