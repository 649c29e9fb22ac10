"""Copies of values as JSON has them, of whatever a user wrote."""

from __future__ import annotations

import collections
import enum
import itertools
import types
from decimal import Decimal
from typing import Any

import pytest

from constructs_lib.plain import NotJson, plain, shown


class Kept:
    """What is not copied."""


class Size(int, enum.Enum):
    SMALL = 256


class Name(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise ValueError

    __hash__ = str.__hash__


class Hostile:
    """Raises wherever it is looked at."""

    def __repr__(self) -> str:
        raise ValueError

    def __eq__(self, other: object) -> bool:
        raise ValueError

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise ValueError

    def __len__(self) -> int:
        raise ValueError


class HostileList(list[Any]):
    def __len__(self) -> int:
        raise ValueError


KEPT = Kept()
ITSELF: list[Any] = []
ITSELF.append(ITSELF)
EXPLOSIVE: list[Any] = []
for _ in range(20):
    EXPLOSIVE = [EXPLOSIVE] * 10
DEEP: list[Any] = []
for _ in range(5000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("value", "copied"),
    [
        (None, None),
        (True, True),
        (Size.SMALL, 256),
        (Name("a"), "a"),
        (KEPT, KEPT),
        ([1, (2.5, "a")], [1, (2.5, "a")]),
        (range(2), [0, 1]),
        (collections.OrderedDict(a=[Size.SMALL]), {"a": [256]}),
        (types.MappingProxyType({"a": 1}), {"a": 1}),
    ],
)
def test_what_json_has_is_copied(value: object, copied: object) -> None:
    found = plain(value, Kept)
    assert found == copied
    assert type(found) is type(copied)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"a", "b'a'"),
        ({1}, "{1}"),
        (Decimal(1), "Decimal('1')"),
        (10**5000, "<int of 16610 bits>"),
        (Hostile(), "<Hostile>"),
        (HostileList(), "<HostileList>"),
        (range(10**9), "<range of more than 100000 parts>"),
    ],
    ids=itertools.count(),
)
def test_what_json_does_not_have_is_only_shown(value: object, text: str) -> None:
    found = plain(value, Kept)
    assert isinstance(found, NotJson)
    assert repr(found) == text


def test_a_list_within_itself_ends() -> None:
    assert repr(plain(ITSELF, Kept)) == "[<list within itself>]"


def test_a_list_of_lists_of_the_same_lists_does_not_explode() -> None:
    assert len(repr(plain(EXPLOSIVE, Kept))) < 10_000_000


def test_a_deep_list_is_cut() -> None:
    assert repr(plain(DEEP, Kept)) == f"{'[' * 32}<list below 32 others>{']' * 32}"


def test_a_key_that_is_no_string_is_shown() -> None:
    [one, two] = plain({Name("a"): 1, 5: 2}, Kept)
    assert one == "a"
    assert isinstance(two, NotJson)
    assert repr(two) == "5"


def test_what_cannot_be_shown_is_told_by_its_type() -> None:
    assert shown(Hostile()) == "<Hostile>"
    assert shown(DEEP) == "<list>"
