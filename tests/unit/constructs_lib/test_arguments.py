"""Typed, keyword-only arguments that never raise where they are written."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments import REQUIRED, Arguments, argument
from constructs_lib.errors import Problem
from constructs_lib.forms import STRING
from constructs_lib.service import Service


class Part(Arguments):
    size: int = argument(says="how big", rule="1 or more")


class Base(Arguments):
    name: str = argument(says="what it is called", unit="letters", source="https://example.org")
    weight: int = argument(default=5, says="how heavy", aws="weightInKg", form=STRING)


class Thing(Base):
    weight: int = argument(default=7, says="heavier")
    parts: list[Part] | None = argument(default=None, says="what it is made of")


def problems(*unnamed: object, **given: Any) -> list[Problem]:
    return list(Thing(*unnamed, **given).names_problems())


def test_a_value_given_else_the_default_else_none() -> None:
    assert (Thing(name="a").name, Thing(name="a").weight, Thing(name="a").parts) == ("a", 7, None)
    assert Thing(name="a", weight=None).weight is None  # type: ignore[arg-type]
    assert Base(name="a").weight == 5


def test_a_required_value_that_is_missing_reads_as_none() -> None:
    assert Thing().name is None  # type: ignore[call-arg]


def test_only_declared_names_can_be_read() -> None:
    with pytest.raises(AttributeError, match=r"^colour$"):
        Thing(name="a", colour="red").colour  # type: ignore[call-arg]  # noqa: B018


def test_what_is_declared_is_inherited_and_can_be_declared_anew() -> None:
    assert list(Thing.declared) == ["name", "weight", "parts"]
    assert (Base.declared["weight"].says, Thing.declared["weight"].says) == ("how heavy", "heavier")


def test_a_declaration_holds_all_that_is_known() -> None:
    name, weight = Base.declared["name"], Base.declared["weight"]
    assert (name.name, name.default, name.aws, name.form) == ("name", REQUIRED, "", None)
    assert (name.says, name.unit, name.rule, name.source) == (
        "what it is called",
        "letters",
        "",
        "https://example.org",
    )
    assert (weight.aws, weight.form, weight.default) == ("weightInKg", STRING, 5)


def test_equal_when_the_same_is_given_to_the_same_class() -> None:
    assert Base(name="a") == Base(name="a")
    assert Base(name="a") != Base(name="a", weight=5)
    assert Base(name="a") != Thing(name="a")


def test_written_as_it_was_given() -> None:
    assert repr(Thing(parts=[Part(size=1)], name="a")) == "Thing(parts=[Part(size=1)], name='a')"


def test_all_is_well_with_every_required_name() -> None:
    assert problems(name="a", parts=[Part(size=1)]) == []


def test_a_name_that_is_nearly_one_gets_the_one_that_was_meant() -> None:
    assert problems(name="a", wieght=3) == [
        Problem("wieght", "is no argument of Thing", 3, "write 'weight'")
    ]


def test_a_name_that_is_none_gets_all_that_are_known() -> None:
    assert problems(name="a", colour="red") == [
        Problem("colour", "is no argument of Thing", "red", "known are name, weight, parts")
    ]


def test_where_many_are_known_the_page_is_named_instead() -> None:
    found = [*Service(name="a", cpu=300, xyzzy=1).names_problems()]  # type: ignore[call-arg]
    rule = "is no argument of Service"
    assert found == [
        Problem("cpu", rule, 300, "write 'cpu_units'"),
        Problem("xyzzy", rule, 1, "write the name of an argument (docs/arguments.md has them all)"),
    ]


def test_a_required_argument_that_is_missing_gets_its_rule_else_its_meaning() -> None:
    assert problems(parts=[Part()]) == [  # type: ignore[call-arg]
        Problem("parts[0].size", "must be given", REQUIRED, "write size=... (1 or more)"),
        Problem("name", "must be given", REQUIRED, "write name=... (what it is called)"),
    ]
    assert problems()[0].sentence("x") == (
        "x: 'name' must be given (got nothing); write name=... (what it is called)"
    )


def test_a_value_without_a_name() -> None:
    assert problems("a", name="a") == [
        Problem("Thing", "takes no value without a name", "a", "name it")
    ]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (Part(size=1, sice=2), "parts"),  # type: ignore[call-arg]
        ([Part(size=1), Part(size=1, sice=2)], "parts[1]"),  # type: ignore[call-arg]
        ((Part(size=1, sice=2),), "parts[0]"),  # type: ignore[call-arg]
    ],
    ids=["alone", "in a list", "in a tuple"],
)
def test_arguments_inside_of_arguments(value: object, place: str) -> None:
    assert problems(name="a", parts=value) == [
        Problem(f"{place}.sice", "is no argument of Part", 2, "write 'size'")
    ]


def test_a_value_without_a_name_inside_is_named_by_its_place() -> None:
    assert problems(name="a", parts=[Part(5, size=1)]) == [  # type: ignore[misc]
        Problem("parts[0]", "takes no value without a name", 5, "name it")
    ]


def test_all_the_way_down() -> None:
    inner = Thing(name="b", parts=[Part(size=1, x=2)])  # type: ignore[call-arg]
    assert problems(name="a", parts=[inner]) == [
        Problem("parts[0].parts[0].x", "is no argument of Part", 2, "known are size")
    ]


def test_every_name_may_be_given_wrongly() -> None:
    assert problems(name="a", self=1) == [
        Problem("self", "is no argument of Thing", 1, "known are name, weight, parts")
    ]


def test_an_argument_that_is_set_later_counts_as_given() -> None:
    thing = Thing(name="a")
    thing.weight = 7
    thing.wait = 8
    assert thing.given == {"name": "a", "weight": 7, "wait": 8}
    assert [problem.argument for problem in thing.names_problems()] == ["wait"]


def test_no_one_changes_the_default_of_all() -> None:
    service = Service(name="a")
    with pytest.raises(TypeError):
        service.environment["B"] = "c"  # type: ignore[index]
    assert Service(name="b").environment == {"SPRING_PROFILES_ACTIVE": "prod"}


def test_what_is_given_is_copied() -> None:
    parts = [Part(size=1)]
    thing = Thing(name="a", parts=parts)
    parts.append(Part(size=2))
    assert thing.given == {"name": "a", "parts": [Part(size=1)]}
