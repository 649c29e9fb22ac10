"""Whether a document has the form of a JSON schema, for the few keywords that ours has.

The lock has no validator: cfn-lint's takes null for absent, as CloudFormation does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "null": type(None),
}
_KNOWN = {
    *("$schema", "title", "description", "definitions", "$ref", "type", "enum", "const"),
    *("pattern", "required", "properties", "additionalProperties", "items"),
}


def errors(
    document: Any, schema: dict[str, Any], root: dict[str, Any], at: str = ""
) -> Iterator[str]:
    """A sentence for everything that does not fit."""
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if "$ref" in schema:
        yield from errors(document, root["definitions"][schema["$ref"].split("/")[-1]], root, at)
        return
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    if types and not any(isinstance(document, _TYPES[each]) for each in types):
        yield f"{at}: is no {types}"
        return
    if document not in schema.get("enum", [document]) or document != schema.get("const", document):
        yield f"{at}: is {document!r}"
    if "pattern" in schema and not re.search(schema["pattern"], document):
        yield f"{at}: is {document!r}"
    if isinstance(document, dict):
        yield from (
            f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in document
        )
        more = schema.get("additionalProperties", {})
        for name, value in document.items():
            inner = schema.get("properties", {}).get(name, more)
            if inner is False:
                yield f"{at}: has {name}"
            else:
                yield from errors(value, inner, root, f"{at}.{name}")
    if isinstance(document, list):
        for index, item in enumerate(document):
            yield from errors(item, schema.get("items", {}), root, f"{at}[{index}]")
