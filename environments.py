"""Where the stacks can go. `NETFLUX_ENV` chooses; `prod` is taken when it is not set."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput, Problem

PROJECT = Path(__file__).parent


def local_endpoint() -> str:
    """Where the embedded AWS listens: as the environment says, else as `local_aws up` wrote."""
    named = os.environ.get("NETFLUX_LOCAL_ENDPOINT")
    if named:
        return named
    try:
        return (PROJECT / ".local_aws" / "endpoint").read_text("utf-8").strip()
    except FileNotFoundError:
        return "http://127.0.0.1:4599"


ENVIRONMENTS = [
    Environment(
        name="prod",
        account_id="127549748682",
        region="us-east-1",
        state_bucket="netflux-terraform-state-127549748682",
    ),
    Environment(
        name="local",
        account_id="127549748682",
        region="us-east-1",
        state_bucket="netflux-terraform-state-local",
        endpoint=local_endpoint(),
        tags={"environment": "local", "managed-by": "cdktf"},
    ),
]


def selected() -> Environment:
    """The environment that NETFLUX_ENV names.

    Raises:
        InvalidInput: there is none of that name, or its entry is wrong.
    """
    name = os.environ.get("NETFLUX_ENV") or "prod"
    known = {environment.name: environment for environment in ENVIRONMENTS}
    if name not in known:
        names = ", ".join(str(name) for name in known)
        problem = Problem(
            "NETFLUX_ENV",
            f"must be one of {names}",
            name,
            "choose one of these, or add an entry to environments.py",
        )
        raise InvalidInput.of("environments.py", [problem])
    environment = known[name]
    problems = list(environment.problems())
    if problems:
        raise InvalidInput.of(f"environments.py, {name}", problems)
    return environment


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
    return PROJECT / ".local_aws" / f"{name}-{port}.{ending}"
