"""The project with all that it can make: `python -m tests.leaving.every_stack`, in any copy of it.

The catalogue's services, a service from each file of `tests/definitions`, and the roles of CI.
"""

from __future__ import annotations

import sys
from pathlib import Path

import environments
import main
from constructs_lib.environment import Environment
from constructs_lib.service import Service
from services import SERVICES

PROJECT = Path(__file__).parents[2]
SECRET = "arn:aws:secretsmanager:us-east-1:127549748682:secret:rating-AbCdEf:password::"


def widen() -> None:
    """Puts the services and the roles beside those that are there."""
    for file in sorted((PROJECT / "tests" / "definitions").glob("*.json")):
        path = str(file.relative_to(PROJECT))
        SERVICES.append(
            Service(name=file.stem, task_definition_file=path, roles_managed_elsewhere=True)
        )
    SERVICES.append(Service(name="with-a-secret", secrets={"DB_PASSWORD": SECRET}))
    environments.ENVIRONMENTS[:] = [
        Environment(**{**each.given, "github_repository": "netflux/services"})
        for each in environments.ENVIRONMENTS
    ]


if __name__ == "__main__":
    widen()
    sys.exit(main.main())
