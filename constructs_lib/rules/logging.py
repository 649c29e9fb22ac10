"""Rules about logs."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.definition_reading import containers, known, of_containers
from constructs_lib.findings import ABSENT, Definition, Finding
from constructs_lib.rules.rule import PARAMETERS, api, rule

_SOURCE = api("LogConfiguration")
_FARGATE_DRIVERS = ("awslogs", "splunk", "awsfirelens")
_AWSLOGS_OPTIONS = ("awslogs-group", "awslogs-region", "awslogs-stream-prefix")


@rule("fargate-log-driver", "Fargate has three log drivers", _SOURCE, fargate_only=True)
def fargate_log_driver(task: Definition) -> Iterator[Finding]:
    for path, log in of_containers(task, "logConfiguration"):
        driver = known(log, "logDriver")
        if driver is not None and driver not in _FARGATE_DRIVERS:
            rule = "must be 'awslogs', 'splunk' or 'awsfirelens' on Fargate"
            yield Finding((*path, "logDriver"), rule, driver, "write 'awslogs'")


@rule("awslogs-options", "awslogs has a group, region and prefix", _SOURCE, fargate_only=True)
def awslogs_options(task: Definition) -> Iterator[Finding]:
    for path, log in of_containers(task, "logConfiguration"):
        options = known(log, "options", {})
        if known(log, "logDriver") == "awslogs" and (options or "options" not in log):
            for option in _AWSLOGS_OPTIONS:
                if not options.get(option):
                    value = options.get(option, ABSENT)
                    rule = "is required by awslogs on Fargate"
                    yield Finding((*path, "options", option), rule, value, "give it")


@rule("awslogs-multiline", "One way to find a message's first line", _SOURCE)
def awslogs_multiline(task: Definition) -> Iterator[Finding]:
    for path, log in of_containers(task, "logConfiguration"):
        options = known(log, "options", {})
        pattern, date = "awslogs-multiline-pattern", "awslogs-datetime-format"
        if known(log, "logDriver") == "awslogs" and pattern in options and date in options:
            place, other = (*path, "options", pattern), (*path, "options", date)
            yield Finding(place, "excludes {0}", options[pattern], "keep one", (other,))


@rule(
    "fargate-firelens-file",
    "On Fargate, FireLens reads a file in its image",
    f"{PARAMETERS}#container_definition_firelens",
    fargate_only=True,
)
def fargate_firelens_file(task: Definition) -> Iterator[Finding]:
    for path, container in containers(task):
        options = known(known(container, "firelensConfiguration", {}), "options", {})
        kind = known(options, "config-file-type")
        if kind is not None and kind != "file":
            place = (*path, "firelensConfiguration", "options", "config-file-type")
            cure = "put the file in the router's image and write 'file'"
            yield Finding(place, "must be 'file' on Fargate", kind, cure)
