"""What runs."""

from constructs_lib.service import Service

SERVICES = [
    Service(
        name="recipes",
        image="ghcr.io/kitchen/recipes:2.1.0",
        task_role_arn="recipes-task",  # this and the next are made by stacks/service.py
        execution_role_arn="recipes-execution",
        memory_mib=2048,
        port=8000,
        environment={"LANGUAGE": "fr"},
        log_retention_days=30,
    ),
]
