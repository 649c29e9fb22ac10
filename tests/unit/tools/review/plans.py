"""Small plans, for what no recorded one is needed for."""

from __future__ import annotations

import json
from typing import Any

from tools.review.plan_file import Plan, parse_plan


def change(address: str, *actions: str, **more: Any) -> dict[str, Any]:
    """A resource's change as Terraform writes it; `before`, `after` and the masks in `more`."""
    outside: dict[str, Any] = {
        key: more.pop(key) for key in ("previous_address", "mode", "deposed") if key in more
    }
    return {
        "address": address,
        "type": address.split("[")[0].split(".")[-2],
        "change": {"actions": list(actions), "before": None, "after": None, **more},
        **outside,
    }


def document(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": list(changes),
        **more,
    }


def plan(*changes: dict[str, Any], stack: str = "shop", **more: Any) -> Plan:
    return parse_plan(json.dumps(document(*changes, **more)).encode(), "shop.json", stack)
