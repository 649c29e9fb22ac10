"""What runs."""

from constructs_lib.service import Service

SERVICES = [
    Service(
        name="recipes",
        image="ghcr.io/kitchen/recipes:2.1.0",
        memory_mib=2048,
        port=8000,
        environment={"LANGUAGE": "fr"},
        log_retention_days=30,
    ),
]
