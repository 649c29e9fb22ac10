"""Task definitions: the newest ACTIVE revision of a family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs_lib.definition_json import read_definition
from constructs_lib.findings import Definition
from tools.adopt.asking import Reader
from tools.adopt.live.kind import Found, Kind, tags_of


class Revision:
    """A revision that is registered: its ARN, and its definition without its tags."""

    def __init__(self, described: Any) -> None:
        task = described["taskDefinition"]
        self.arn = str(task["taskDefinitionArn"])
        self.tags = tags_of(described.get("tags", ()))
        self.definition: Definition = read_definition(task)

    @property
    def name(self) -> str:
        """`movie-service:3`."""
        return self.arn.rpartition("/")[2]


def newest_active(reader: Reader, family: str) -> Revision | None:
    """The newest ACTIVE revision, whatever newer ones were deregistered; None without any."""
    answer = reader.ask(
        f"task definition {family}",
        "ecs",
        "list_task_definitions",
        familyPrefix=family,
        status="ACTIVE",
        sort="DESC",
    )
    names = (arn.rpartition("/")[2].rpartition(":") for arn in answer["taskDefinitionArns"])
    revisions = [int(revision) for found, _, revision in names if found == family]
    return described(reader, f"{family}:{max(revisions)}") if revisions else None


def described(reader: Reader, name: str) -> Revision:
    """A revision by its name or ARN."""
    answer = reader.ask(
        f"task definition {name}",
        "ecs",
        "describe_task_definition",
        taskDefinition=name,
        include=["TAGS"],
    )
    return Revision(answer)


def families(reader: Reader) -> list[str]:
    """Every family that has an ACTIVE revision."""
    found: list[str] = reader.pages(
        "the list of task definitions",
        "ecs",
        "list_task_definition_families",
        "families",
        status="ACTIVE",
    )
    return found


def _task_definition(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    revision = newest_active(reader, wanted["family"])
    if revision is None:
        return None
    return Found(revision.arn, {"definition": revision.definition, "tags": revision.tags})


KINDS = {
    "aws_ecs_task_definition": Kind(
        noun="task definition",
        name=lambda values: str(values["family"]),
        find=_task_definition,
        same_by=frozenset({"family"}),
        own=frozenset({"skip_destroy", "track_latest"}),
    )
}
