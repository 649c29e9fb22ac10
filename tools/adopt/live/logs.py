"""Log groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.adopt.asking import Reader
from tools.adopt.live.kind import Found, Kind, tags_of


def log_group(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    name = wanted["name"]
    what = f"log group {name}"
    groups = reader.pages(what, "logs", "describe_log_groups", "logGroups", logGroupNamePrefix=name)
    group = next((each for each in groups if each["logGroupName"] == name), None)
    if group is None:
        return None
    arn = group.get("logGroupArn") or group["arn"].removesuffix(":*")
    tags = reader.ask(what, "logs", "list_tags_for_resource", resourceArn=arn)["tags"]
    return Found(
        name,
        {
            "retention_in_days": group.get("retentionInDays"),
            "kms_key_id": group.get("kmsKeyId"),
            "log_group_class": group.get("logGroupClass", "STANDARD"),
            "tags": tags_of({"key": key, "value": value} for key, value in tags.items()),
        },
    )


KINDS = {
    "aws_cloudwatch_log_group": Kind(
        noun="log group",
        name=lambda values: str(values["name"]),
        find=log_group,
        same_by=frozenset({"name"}),
        defaults={"retention_in_days": None, "kms_key_id": None, "tags": {}},
        own=frozenset({"skip_destroy"}),
        replacing=frozenset({"log_group_class"}),
    )
}
