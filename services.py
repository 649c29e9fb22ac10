"""The catalogue: one entry a microservice. This is the file that a service developer edits.

A name alone gives what the console's walk chose; `docs/arguments.md` lists everything else.
"""

from __future__ import annotations

from constructs_lib.service import Service

SERVICES = [
    Service(name="movie-service"),
    Service(name="customer-service"),
]
