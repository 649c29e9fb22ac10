"""What refers to a revision: a state, an ECS service, a task that runs.

A service refers to its newest revision, and while it is being deployed to the one before too; under
CodeDeploy or an external controller its task sets do. Each cluster of the account and region is
asked, so that a service that someone made by hand is seen as well.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from constructs_lib.commands import cdktf_command
from tools.refused import Refused
from tools.state.stored import StoredState

_SERVICES_AT_ONCE = 10
_TASKS_AT_ONCE = 100
"""The most that ECS describes in one call."""

_ARN = re.compile(r"arn:[\w-]+:ecs:[\w-]+:\d+:task-definition/[\w-]+:\d+")

Uses = dict[str, list[str]]
"""Revisions by their ARN, each with what refers to it."""


def in_states(states: Iterable[StoredState]) -> Uses:
    """The revisions that stand anywhere in the states.

    Raises:
        Refused: a state is missing, or is not the one that was written last.
    """
    found: Uses = {}
    for stored in states:
        fault = stored.fault()
        if fault:
            raise Refused(fault)
        state = stored.current()
        if state is None:
            raise Refused(
                f"{stored.stack}: there is no state {stored.address}; "
                f"deploy it first, with: {cdktf_command('deploy', stored.stack)}"
            )
        for arn in _ARN.findall(json.dumps(state.content)):
            _note(found, arn, "state")
    return found


def in_clusters(ecs: Any, family: str) -> Uses:
    """The revisions to which ECS services and running tasks refer, those of `family` at least.

    Raises:
        Refused: ECS does not tell of a service or a task that it has listed.
    """
    found: Uses = {}
    for cluster in _listed(ecs, "list_clusters", "clusterArns"):
        name = cluster.rpartition("/")[2]
        services = list(_listed(ecs, "list_services", "serviceArns", cluster=cluster))
        for some in _parts(services, _SERVICES_AT_ONCE):
            answer = ecs.describe_services(cluster=cluster, services=some)
            _check_all_told(answer)
            for service in answer["services"]:
                for arn in _of_service(service):
                    _note(found, arn, f"service {name}/{service['serviceName']}")
        tasks = list(_listed(ecs, "list_tasks", "taskArns", cluster=cluster, family=family))
        for some in _parts(tasks, _TASKS_AT_ONCE):
            answer = ecs.describe_tasks(cluster=cluster, tasks=some)
            _check_all_told(answer)
            for task in answer["tasks"]:
                if task.get("lastStatus") != "STOPPED":
                    _note(found, task["taskDefinitionArn"], f"task in {name}")
    return found


def _of_service(service: dict[str, Any]) -> Iterator[str]:
    for each in [service, *service.get("deployments", []), *service.get("taskSets", [])]:
        if each.get("taskDefinition"):
            yield each["taskDefinition"]


def _check_all_told(answer: dict[str, Any]) -> None:
    for failure in answer.get("failures", []):
        if failure.get("reason") != "MISSING":  # it ended after it was listed
            arn, reason = failure.get("arn"), failure.get("reason")
            raise Refused(f"ECS does not tell of {arn} ({reason}); run this again")


def _listed(ecs: Any, operation: str, key: str, **arguments: str) -> Iterator[str]:
    for page in ecs.get_paginator(operation).paginate(**arguments):
        yield from page[key]


def _parts(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _note(found: Uses, arn: str, user: str) -> None:
    users = found.setdefault(arn, [])
    if user not in users:
        users.append(user)
