"""Where the stacks can go. `NETFLUX_ENV` chooses; `prod` is taken when it is not set."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from constructs_lib.chosen_environment import chosen, names_of
from constructs_lib.environment import Environment

PROJECT = Path(__file__).parent
IMAGES = "images.txt"
"""Which image each service runs in each environment, as far as services.py does not say it."""


def local_endpoint() -> str:
    """Where the embedded AWS listens: as the environment says, else as `local_aws up` wrote."""
    named = os.environ.get("NETFLUX_LOCAL_ENDPOINT")
    if named:
        return named
    try:
        return (PROJECT / ".local_aws" / "endpoint").read_text("utf-8").strip()
    except FileNotFoundError:
        return "http://127.0.0.1:4599"
    except (OSError, ValueError):
        return ""  # no URL, which is said where the embedded AWS is chosen


AS_THE_WALK_HAS_IT = [
    # The roles are those that someone made by hand in the console; docs/iam.md narrows them.
    *("SecretsManagerReadWrite", "AmazonEC2ContainerServiceRole", "confused_deputy_conditions"),
]

ENVIRONMENTS = [
    Environment(
        name="prod",
        account_id="127549748682",
        region="us-east-1",
        state_bucket="netflux-terraform-state-127549748682",
        acknowledged=AS_THE_WALK_HAS_IT,
    ),
    Environment(
        name="local",
        account_id="127549748682",
        region="us-east-1",
        state_bucket="netflux-terraform-state-local",
        endpoint=local_endpoint(),
        tags={"environment": "local", "managed-by": "cdktf"},
        acknowledged=AS_THE_WALK_HAS_IT,
    ),
]


def names() -> list[str]:
    """The names of all environments.

    Raises:
        InvalidInput: ENVIRONMENTS is no list of them.
    """
    return names_of(ENVIRONMENTS)


def named(name: str) -> Environment:
    """The environment of a name, with its lines of images.txt.

    Raises:
        InvalidInput: there is none of that name, or its entry is wrong, or images.txt is.
    """
    return chosen(name, ENVIRONMENTS, PROJECT / IMAGES)


def selected() -> Environment:
    """The environment that NETFLUX_ENV names.

    Raises:
        InvalidInput: there is none of that name, or its entry is wrong, or images.txt is.
    """
    return named(os.environ.get("NETFLUX_ENV") or "prod")


def state_bucket_state(environment: Environment) -> Path:
    """Where the state of the stack `state-bucket` lies: a file, as no bucket holds its own."""
    return _file(environment, "state-bucket", "tfstate")


def imports_file(environment: Environment) -> Path:
    """What the next deploy imports instead of creating, if there is anything: `tools.adopt`."""
    return _file(environment, "adopt", "json")


def _file(environment: Environment, name: str, ending: str) -> Path:
    """A file of an environment; those of an embedded AWS go with it."""
    if environment.endpoint is None:
        return PROJECT / f"{name}.{environment.name}.{ending}"
    port = urlsplit(environment.endpoint).port
    return PROJECT / ".local_aws" / f"{name}-{environment.name}-{port}.{ending}"
