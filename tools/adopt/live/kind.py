"""What is known of one type of resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tools.adopt.asking import Reader


class Found(NamedTuple):
    """What exists, in the provider's words.

    `id` is what Terraform imports it by, `values` all that is compared with the code, and `beside`
    what else it has, which the code may or may not hold in resources of its own: how a reader is
    told of each, and the id by which that resource would be imported.
    """

    id: str
    values: Mapping[str, Any]
    beside: Mapping[str, str] = {}


class Kind(NamedTuple):
    """How a type is told, found and compared.

    `name` says what is told to a reader, of the code's values. `find` looks for it. `defaults` has
    what the provider takes for an argument that is not given; one that is not in it is then left
    to AWS. `same_by` are the arguments that `find` looks by, `own` those that are Terraform's own.
    To change one of `replacing` would destroy what exists.
    """

    noun: str
    name: Callable[[Mapping[str, Any]], str]
    find: Callable[[Reader, Mapping[str, Any]], Found | None]
    same_by: frozenset[str]
    defaults: Mapping[str, Any] = {}
    own: frozenset[str] = frozenset()
    replacing: frozenset[str] = frozenset()


def tags_of(given: Any) -> dict[str, str]:
    """AWS's list of tags as a mapping, without those that AWS itself sets."""
    pairs = (
        (tag.get("Key") or tag["key"], tag.get("Value", tag.get("value", ""))) for tag in given
    )
    return {key: value for key, value in pairs if not key.startswith("aws:")}
