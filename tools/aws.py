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

    `hurried`: give up after some seconds, for a look that something else waits for.

    Raises:
        Refused: AWS_PROFILE names a profile that there is not.
    """

    def __init__(self, environment: Environment, *, hurried: bool = False) -> None:
        # Only here: botocore takes longer to import than most commands take in all.
        import boto3
        from botocore.config import Config
        from botocore.exceptions import ProfileNotFound

        self.environment = environment
        options: dict[str, Any] = {"retries": {"max_attempts": 4, "mode": "standard"}}
        if hurried:
            options["retries"]["max_attempts"] = 2
            options |= {"connect_timeout": 3, "read_timeout": 5}
        if environment.endpoint is None:
            try:
                self._session = boto3.Session(region_name=environment.region)
            except ProfileNotFound as error:
                raise _credentials_not_taken(environment, error) from None
            self._arguments: dict[str, Any] = {}
        else:
            _check_profile(environment)
            self._session = session_of_nobody(environment.region)
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
            Unreachable: AWS does not answer.
            Refused: the embedded AWS does not run; or there are no credentials, they are not taken,
                or they are another account's.
        """
        from botocore.exceptions import (
            BotoCoreError,
            ClientError,
            ConnectionError,
            EndpointConnectionError,
            HTTPClientError,
        )

        from tools.local_aws.detached import of_another_folder

        name, wanted = self.environment.name, self.environment.account_id
        endpoint = self.environment.endpoint
        try:
            account = self.client("sts").get_caller_identity()["Account"]
        except (ConnectionError, HTTPClientError) as error:
            if endpoint is not None and isinstance(error, EndpointConnectionError):
                raise Refused(
                    f"{name}: the embedded AWS does not run at {endpoint}; start it, with: "
                    ".venv/bin/python -m tools.local_aws up"
                ) from error
            raise self._unreachable(error) from error
        except (BotoCoreError, ClientError) as error:
            if status_of(error) >= 500:
                raise self._unreachable(error) from error
            raise _credentials_not_taken(self.environment, error) from error
        other = None if endpoint is None else of_another_folder(endpoint)
        if other:
            raise Refused(
                f"{name}: the embedded AWS at {endpoint} is that of {other}, and none of this "
                "folder runs; start one, with: .venv/bin/python -m tools.local_aws up"
            )
        if account != wanted and endpoint is not None:
            raise Refused(
                f"{name}: the embedded AWS at {endpoint} has the account {account}, and the "
                f"environment is the account {wanted}; stop yours, if that is it, with: "
                ".venv/bin/python -m tools.local_aws down; then start one, with: "
                f".venv/bin/python -m tools.local_aws up --account-id {wanted}"
            )
        if account != wanted:
            raise Refused(
                f"{name}: the AWS credentials belong to the account {account}, and the environment "
                f"is the account {wanted}; choose credentials of {wanted} with AWS_PROFILE, or "
                "another environment with NETFLUX_ENV"
            )

    def _unreachable(self, error: Exception) -> Unreachable:
        return Unreachable(
            f"{self.environment.name}: AWS does not answer ({in_one_line(error)}); "
            "look at the network, and try again"
        )


class Unreachable(Refused):
    """AWS does not answer, which says nothing of the credentials."""


def _credentials_not_taken(environment: Environment, error: Exception) -> Refused:
    return Refused(
        f"{environment.name}: the AWS credentials were not taken ({in_one_line(error)}); "
        "log in again, or choose others with AWS_PROFILE"
    )


def _check_profile(environment: Environment) -> None:
    """Terraform looks for the profile that is named, also where it takes nothing from it.

    Raises:
        Refused: this machine does not have it.
    """
    import botocore.session

    # As botocore and Terraform take them, one after the other.
    variable = "AWS_PROFILE" if os.environ.get("AWS_PROFILE") else "AWS_DEFAULT_PROFILE"
    named = os.environ.get(variable)
    if named and named not in botocore.session.Session().available_profiles:
        raise Refused(
            f"{environment.name}: {variable} names {named}, which this machine does not have, and "
            "Terraform would look for it; unset it, as an embedded AWS takes no credentials"
        )


def session_of_nobody(region: str) -> Any:
    """A boto3 session for which no profile and no file of this machine's user counts."""
    import boto3
    import botocore.session

    nothing = {
        "profile": (None, None, None, None),
        "config_file": (None, None, os.devnull, None),
        "credentials_file": (None, None, os.devnull, None),
    }
    return boto3.Session(botocore_session=botocore.session.Session(nothing), region_name=region)


def status_of(error: Exception) -> int:
    """The HTTP status with which AWS refused a request; 0 for an error that has none."""
    response: dict[str, Any] = getattr(error, "response", {})
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def in_one_line(error: Exception) -> str:
    """What an error says, to be a part of a sentence."""
    return " ".join(str(error).split()).rstrip(".")
