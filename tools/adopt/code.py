"""What the code wants: the resources of the synthesized stacks, with their references resolved."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from constructs_lib.environment import Environment
from tools.review.hidden import UNKNOWN

_JSON_TEXTS = ("assume_role_policy", "policy", "container_definitions")
_REFERENCE = re.compile(r"(?<!\$)\$\{([^{}]*)\}")
_ESCAPED = re.compile(r"([$%])\1\{")
_OUTPUT = re.compile(r"data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)")
_ATTRIBUTE = re.compile(r"(\w+)\.([\w-]+)\.(\w+)")


class Wanted(NamedTuple):
    """A resource of the code. `values` has `UNKNOWN` for what only Terraform can tell."""

    stack: str
    address: str
    values: dict[str, Any]

    @property
    def type(self) -> str:
        return self.address.partition(".")[0]


class Stack(NamedTuple):
    """A stack of the code, and where its state is: Terraform's own `backend` block."""

    name: str
    folder: Path
    backend: dict[str, Any]
    resources: list[Wanted]
    default_tags: dict[str, str]


class Code:
    """The synthesized stacks of an environment."""

    def __init__(self, folders: Mapping[str, Path], environment: Environment) -> None:
        self._environment = environment
        self._folders = folders
        self._contents: dict[str, Any] = {
            name: json.loads((folder / "cdk.tf.json").read_text("utf-8"))
            for name, folder in folders.items()
        }

    def stack(self, name: str) -> Stack:
        content = self._contents[name]
        [provider] = content["provider"]["aws"]
        resources = [
            Wanted(name, f"{type_}.{id}", self._values(name, values))
            for type_, by_id in content.get("resource", {}).items()
            for id, values in by_id.items()
        ]
        tags = (provider.get("default_tags") or [{}])[0].get("tags", {})
        return Stack(
            name,
            self._folders[name],
            content["terraform"]["backend"],
            resources,
            self._resolved(name, tags),
        )

    def _values(self, stack: str, given: dict[str, Any]) -> dict[str, Any]:
        values = self._resolved(stack, given)
        for name in _JSON_TEXTS:
            if isinstance(values.get(name), str) and values[name] != UNKNOWN:
                values[name] = json.loads(values[name])
        return values  # type: ignore[no-any-return]

    def _resolved(self, stack: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._resolved(stack, item) for key, item in value.items() if key != "//"}
        if isinstance(value, list):
            return [self._resolved(stack, item) for item in value]
        if not isinstance(value, str):
            return value
        whole = _REFERENCE.fullmatch(value)
        if whole:
            return self._referred(stack, whole[1])
        parts = {match[1]: self._referred(stack, match[1]) for match in _REFERENCE.finditer(value)}
        if not all(isinstance(part, str) and part != UNKNOWN for part in parts.values()):
            return UNKNOWN
        text = _REFERENCE.sub(lambda match: parts[match[1]], value)
        return UNKNOWN if re.search(r"(?<!\$)\$\{", text) else _ESCAPED.sub(r"\1{", text)

    def _referred(self, stack: str, expression: str) -> Any:
        """What a reference means, of the few forms that the stacks use."""
        output = _OUTPUT.fullmatch(expression)
        if output and output[1] in self._contents:
            outputs = self._contents[output[1]].get("output", {})
            value = outputs.get(output[2], {}).get("value", UNKNOWN)
            return self._resolved(output[1], value)
        attribute = _ATTRIBUTE.fullmatch(expression)
        if not attribute:
            return UNKNOWN
        type_, id, name = attribute.groups()
        values = self._contents[stack].get("resource", {}).get(type_, {}).get(id)
        if values is None:
            return UNKNOWN
        if name in values:
            return self._resolved(stack, values[name])
        return self._computed(type_, name, self._resolved(stack, values))

    def _computed(self, type_: str, name: str, values: dict[str, Any]) -> Any:
        """An attribute that AWS fills in, where it follows from what is given."""
        if (type_, name) == ("aws_iam_role", "arn"):
            environment = self._environment
            role = f"role{values.get('path', '/')}{values['name']}"
            return f"arn:{environment.partition.name}:iam::{environment.account_id}:{role}"
        if (type_, name) == ("aws_iam_role", "id"):
            return values["name"]
        if (type_, name) == ("aws_s3_bucket", "id"):
            return values["bucket"]
        return UNKNOWN
