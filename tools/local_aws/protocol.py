"""What the server, those who start it and those who ask it say to each other."""

from __future__ import annotations

from typing import NamedTuple

# The server's only line on stdout: it answers from now on.
READY = b"ready\n"

# The one line that it can be told on stdin: outlive your parent.
STAY = b"stay\n"

# Where the server answers as `About`, in JSON. No bucket can have this name, as it has an
# underscore, so nothing of AWS is hidden by it.
ABOUT_PATH = "/_local_aws"


class About(NamedTuple):
    """What a server says about itself."""

    endpoint: str
    endpoint_file: str
    account_id: str
    port: int
    idle_minutes: float
    pid: int
    since: str
