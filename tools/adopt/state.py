"""What is in the state of a stack, read as a file, without Terraform and without a lock."""

from __future__ import annotations

import json
from typing import Any

from constructs_lib.commands import tool_command
from tools.adopt.asking import Reader
from tools.adopt.code import Stack
from tools.refused import Refused

State = dict[str, dict[str, Any]]
"""The attributes of all resources by their addresses."""


def read_state(stack: Stack, reader: Reader) -> State:
    """The state of a stack; empty where it was never deployed.

    Raises:
        Refused: it may not be read, or is no state.
    """
    [(kind, where)] = stack.backend.items()
    if kind == "local":
        path = (stack.folder / where["path"]).resolve()
        place, cure = path.name, f"put an earlier one back, with: git checkout {path.name}"
        text = path.read_bytes() if path.exists() else b""
        if not text.strip():
            return {}
    else:
        place = f"s3://{where['bucket']}/{where['key']}"
        cure = f"see what to do, with: {tool_command(f'diagnosis {stack.name}')}"
        found = reader.ask(
            place,
            "s3",
            "get_object",
            missing=("NoSuchKey", "NoSuchBucket", "404"),
            Bucket=where["bucket"],
            Key=where["key"],
        )
        if not found:
            return {}
        text = found["Body"].read()
    return parse_state(text, place, cure)


def parse_state(text: bytes, place: str, cure: str) -> State:
    """The resources of a state file; those of modules and what is left to destroy are left out."""
    try:
        content = json.loads(text)
        return {
            f"{resource['type']}.{resource['name']}": instance["attributes"]
            for resource in content["resources"]
            if resource["mode"] == "managed" and "module" not in resource
            for instance in resource["instances"]
            if "deposed" not in instance
        }
    except (ValueError, KeyError, TypeError):
        raise Refused(f"{place} is no state that can be read; {cure}") from None
