"""What a person is told to type, in the environment in which this runs.

Somebody who says `NETFLUX_ENV=local` before one command must not be led to prod by the next.
"""

from __future__ import annotations

import os


def cdktf_command(verb: str, stack: str) -> str:
    """What deploys or destroys a stack."""
    return f"{_environment()}npx cdktf {verb} {stack}"


def tool_command(words: str) -> str:
    """One of the project's own commands: `tool_command("adopt movie-service")`."""
    return f"{_environment()}.venv/bin/python -m tools.{words}"


def _environment() -> str:
    environment = os.environ.get("NETFLUX_ENV")
    return f"NETFLUX_ENV={environment} " if environment else ""
