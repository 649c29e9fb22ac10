"""What may stand in a body of Terraform's language: which of it is a block, and what strings are.

Terraform's JSON does not say; for resources and providers, the provider's own schema does.

https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
(read 2026-11)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from tools.eject.expressions import Strings

Schema = Mapping[str, Any]
"""A block's schema, as `terraform providers schema -json` has it."""

_REFERENCES = {"depends_on": Strings.REFERENCES, "provider": Strings.REFERENCES}
_ATTRIBUTE = re.compile(r"(data\.)?(\w+)\.[\w-]+\.(\w+)")


class Shape(NamedTuple):
    """A kind of body; what is not named here is an argument whose strings are templates."""

    blocks: Mapping[str, Shape] = {}
    strings: Mapping[str, Strings] = {}
    all_strings: Strings = Strings.TEMPLATES
    labels: int = 0
    """How many labels the block has."""
    schema: Schema = MappingProxyType({})
    """What the provider says of it, which may be too much to be walked through whole."""

    def of_block(self, name: str) -> Shape | None:
        """The shape of the blocks of this name; None for an argument."""
        types = self.schema.get("block_types", {})
        if name in self.blocks:
            return self.blocks[name]
        if name in types:
            labels = int(types[name]["nesting_mode"] == "map")
            return Shape(schema=types[name]["block"], labels=labels)
        return Shape(labels=1) if name == "dynamic" and types else None

    def of_dynamic(self, name: str) -> Shape:
        """The shape of a `dynamic` block that makes blocks of this name."""
        content = (self.of_block(name) or Shape())._replace(labels=0)
        return Shape({"content": content}, {"iterator": Strings.REFERENCES}, labels=1)

    def of_argument(self, name: str) -> Strings:
        return self.strings.get(name, self.all_strings)


_CONDITION = Shape()
_LIFECYCLE = Shape(
    blocks={"precondition": _CONDITION, "postcondition": _CONDITION},
    strings={"ignore_changes": Strings.REFERENCES, "replace_triggered_by": Strings.REFERENCES},
)
_PROVISIONER = Shape(
    blocks={"connection": Shape()},
    strings={"when": Strings.REFERENCES, "on_failure": Strings.REFERENCES},
    labels=1,
)
_RESOURCE = Shape(
    blocks={"lifecycle": _LIFECYCLE, "connection": Shape(), "provisioner": _PROVISIONER},
    strings=_REFERENCES,
    labels=2,
)
_SCHEMAS = {
    "resource": "resource_schemas",
    "data": "data_source_schemas",
    "ephemeral": "ephemeral_resource_schemas",
}
_TEXTS = Shape(all_strings=Strings.TEXTS)
_WORKSPACES = {"workspaces": _TEXTS}

_TOP: Mapping[str, Shape] = {
    "terraform": Shape(
        blocks={
            "required_providers": _TEXTS,
            "backend": Shape({**_WORKSPACES, "exec": _TEXTS}, {}, Strings.TEXTS, labels=1),
            "cloud": Shape(_WORKSPACES, {}, Strings.TEXTS),
        },
        all_strings=Strings.TEXTS,
    ),
    "provider": Shape(strings={"alias": Strings.TEXTS, "version": Strings.TEXTS}, labels=1),
    **dict.fromkeys(_SCHEMAS, _RESOURCE),
    "locals": Shape(),
    "variable": Shape(
        blocks={"validation": _CONDITION},
        strings={"type": Strings.REFERENCES},
        all_strings=Strings.TEXTS,
        labels=1,
    ),
    "output": Shape(
        blocks={"precondition": _CONDITION},
        strings={**_REFERENCES, "description": Strings.TEXTS},
        labels=1,
    ),
    "moved": Shape(all_strings=Strings.REFERENCES),
    "import": Shape(strings={"to": Strings.REFERENCES, "provider": Strings.REFERENCES}),
    "removed": Shape(blocks={"lifecycle": Shape()}, strings={"from": Strings.REFERENCES}),
}


class Shapes(NamedTuple):
    """The shapes of a configuration's blocks."""

    schemas: Mapping[str, Mapping[str, Any]]
    """By a provider's address, as `terraform providers schema -json` has them."""

    def of(self, kind: str, labels: Sequence[str] = ()) -> Shape | None:
        """The shape of a block at the top; None where there is no block of this kind."""
        shape = _TOP.get(kind)
        if shape is None or not labels:
            return shape
        if kind == "provider":
            return shape._replace(schema=self._provider(labels[0]))
        if kind in _SCHEMAS:
            return shape._replace(schema=self._resource(kind, labels[0]))
        return shape

    def is_string(self, expression: str) -> bool:
        """Whether an expression is an attribute of a resource, and that attribute is a string."""
        found = _ATTRIBUTE.fullmatch(expression)
        if not found:
            return False
        schema = self._resource("data" if found[1] else "resource", found[2])
        return bool(schema.get("attributes", {}).get(found[3], {}).get("type") == "string")

    def _provider(self, name: str) -> Schema:
        found = (each for address, each in self.schemas.items() if address.endswith(f"/{name}"))
        return _block(next(found, {}).get("provider", {}))

    def _resource(self, kind: str, type: str) -> Schema:
        known = (each.get(_SCHEMAS[kind], {}) for each in self.schemas.values())
        return _block(next((each[type] for each in known if type in each), {}))


def _block(schema: Mapping[str, Any]) -> Schema:
    block: Schema = schema.get("block", {})
    return block
