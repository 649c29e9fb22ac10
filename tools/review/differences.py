"""What changes in a resource, field by field, as far as a person changed it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from constructs_lib.findings import ABSENT
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Change
from tools.review.policy import is_policy, policy_change, sentences


class Words(str):
    """A sentence in the place of a value: shown as it is."""

    __slots__ = ()


class FieldChange(NamedTuple):
    """One field; ABSENT where it is not there."""

    field: str
    before: Any
    after: Any


class Differences(NamedTuple):
    """What changed, and the names of the attributes that differ only in what means nothing."""

    fields: list[FieldChange]
    meaningless: list[str]


# What tells the objects of a list apart, where every one has it and no two the same.
_KEYS = ("name", "key", "id", "sid", "Sid", "path", "cidr_block", "rule_name")


def differences(change: Change) -> Differences:
    """What changes in any resource.

    What the provider computes is left out, as nobody changed it; so is what is as empty as before.
    """
    before, after = change.before or {}, change.after or {}
    if change.before is None:
        return Differences(list(_created(change, after)), [])
    if change.after is None:
        return Differences([], [])
    fields: list[FieldChange] = []
    meaningless = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if isinstance(new, Unknown) and not _is_configured(change, name):
            continue
        found = list(attribute_changes(name, old, new))
        fields += found
        if not found and name in change.in_text:
            meaningless.append(name)
    return Differences(fields, meaningless)


def attribute_changes(name: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """What changes in one attribute; None, "" and what is empty are one."""
    if _empty(old) and _empty(new):
        return
    yield from value_changes(name, ABSENT if _empty(old) else old, ABSENT if _empty(new) else new)


def value_changes(field: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """The leaves that differ, objects by their keys and lists by what is in them."""
    if _nothing(old) and (_nothing(new) or new == ""):
        return
    if is_policy(old) or is_policy(new):
        yield from _policy_changes(field, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from value_changes(f"{field}.{key}", old.get(key, ABSENT), new.get(key, ABSENT))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_changes(field, old, new)
    elif isinstance(old, dict | list) and old and new is ABSENT:
        yield from value_changes(field, old, type(old)())
    elif isinstance(new, list) and old is ABSENT and not _structured(new):
        yield FieldChange(field, ABSENT, new)
    elif isinstance(new, dict | list) and new and old is ABSENT:
        yield from value_changes(field, type(new)(), new)
    elif not _same(old, new):
        yield FieldChange(field, ABSENT if old is None else old, ABSENT if new is None else new)


def _policy_changes(name: str, old: Any, new: Any) -> Iterator[FieldChange]:
    field = "trust" if name == "assume_role_policy" else name
    if isinstance(old, Hidden | Unknown) or isinstance(new, Hidden | Unknown):
        shown = [Words("a policy") if is_policy(each) else each for each in (old, new)]
        yield FieldChange(field, *(ABSENT if _empty(each) else each for each in shown))
        return
    if not (is_policy(old) or _empty(old)) or not (is_policy(new) or _empty(new)):
        yield FieldChange(
            field, *(Words("a policy") if is_policy(each) else each for each in (old, new))
        )
        return
    change = policy_change(old, new)
    for sentence in sentences(change.lost):
        yield FieldChange(field, Words(sentence), ABSENT)
    for sentence in sentences(change.gained):
        yield FieldChange(field, ABSENT, Words(sentence))


def _created(change: Change, after: dict[str, Any]) -> Iterator[FieldChange]:
    for name in sorted(after):
        if _is_configured(change, name):
            yield from attribute_changes(name, None, after[name])


def _is_configured(change: Change, name: str) -> bool:
    """By itself, or, as tags may be, by the provider's default."""
    return change.configured is None or name in change.configured or name == "tags"


def _list_changes(field: str, old: list[Any], new: list[Any]) -> Iterator[FieldChange]:
    key = _telling_key(old, new)
    if key:
        olds, news = ({each[key]: each for each in items} for items in (old, new))
        for name in {**olds, **news}:
            yield from value_changes(
                f"{field}[{name}]", olds.get(name, ABSENT), news.get(name, ABSENT)
            )
        return
    gone, come = _without(old, new), _without(new, old)
    if not gone and not come:
        if _text(old) != _text(new):
            yield FieldChange(field, Words("one order"), Words("another order"))
    elif _structured([*gone, *come]):
        for index in range(max(len(gone), len(come))):
            yield from value_changes(
                f"{field}[{index}]" if len(gone) > 1 or len(come) > 1 else field,
                gone[index] if index < len(gone) else ABSENT,
                come[index] if index < len(come) else ABSENT,
            )
    elif len(gone) == len(come) == 1:
        yield FieldChange(field, gone[0], come[0])
    else:
        yield from (FieldChange(field, each, ABSENT) for each in gone)
        yield from (FieldChange(field, ABSENT, each) for each in come)


def _telling_key(old: list[Any], new: list[Any]) -> str | None:
    """The member by which the objects of both lists can be told apart, or None."""
    if not all(isinstance(each, dict) for each in (*old, *new)):
        return None

    def tells(key: str, items: Collection[dict[str, Any]]) -> bool:
        names = [each.get(key) for each in items]
        return all(type(name) is str for name in names) and len(set(names)) == len(names)

    return next((key for key in _KEYS if tells(key, old) and tells(key, new)), None)


def _without(some: list[Any], others: list[Any]) -> list[Any]:
    """`some` without what is in `others` too, each as often as it is there."""
    left: dict[str, int] = {}
    for each in others:
        text = _text(each)
        left[text] = left.get(text, 0) + 1
    rest = []
    for each in some:
        text = _text(each)
        if left.get(text):
            left[text] -= 1
        else:
            rest.append(each)
    return rest


def _structured(items: list[Any]) -> bool:
    return any(isinstance(each, dict | list) for each in items)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    return bool(old == new)


def _nothing(value: Any) -> bool:
    return value is ABSENT or value is None or value in ([], {})


def _empty(value: Any) -> bool:
    return _nothing(value) or (isinstance(value, str) and value == "")
