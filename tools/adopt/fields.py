"""What differs between what exists and the code, argument by argument, as a review says it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tools.adopt.live.kind import Found, Kind
from tools.review.differences import FieldChange, Words, attribute_changes
from tools.review.hidden import Cleaner, Unknown
from tools.review.policy import is_policy

_OF_TERRAFORM = {"depends_on", "lifecycle", "provider"}
_NOT_LOOKED_AT = Words("(not looked at)")


def differing(
    kind: Kind, wanted: Mapping[str, Any], found: Found, default_tags: Mapping[str, str]
) -> Iterator[FieldChange]:
    """Every argument that Terraform would change once it is imported; live first, then code.

    What the code leaves to AWS is no difference. What cannot be told from the code is one.
    """
    code = {**kind.defaults, **wanted}
    if "tags" in found.values:
        code["tags"] = {**default_tags, **code.get("tags", {})}
    for name in sorted(set(code) - kind.same_by - kind.own - _OF_TERRAFORM):
        live = found.values.get(name, _NOT_LOOKED_AT)
        if live is _NOT_LOOKED_AT or isinstance(code[name], Unknown):
            yield FieldChange(name, *(_cleaned(name, each) for each in (live, code[name])))
        else:
            yield from changes(name, live, code[name])


def changes(name: str, live: Any, code: Any) -> Iterator[FieldChange]:
    """What differs in one argument; what may be a secret is hidden."""
    if _is_set(live) and _is_set(code):
        live, code = sorted(live), sorted(code)
    found = list(attribute_changes(name, _cleaned(name, live), _cleaned(name, code)))
    if not found and is_policy(live) and _wording(live) != _wording(code):
        found = [FieldChange(name, Words("the same permissions"), Words("in other words"))]
    yield from found


def _cleaned(name: str, value: Any) -> Any:
    return value if isinstance(value, Words | Unknown) else Cleaner().cleaned(value, name=name)


def _is_set(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _wording(policy: Any) -> str:
    """A policy as Terraform compares it: in any order, and a list of one as what is in it."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            items = sorted((plain(item) for item in value), key=json.dumps)
            return items[0] if len(items) == 1 else items
        if isinstance(value, dict):
            return {key: plain(item) for key, item in sorted(value.items()) if item != ""}
        return value

    return json.dumps(plain(policy))
