"""How the value of an argument becomes AWS's JSON, and how it is read back."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.arguments import Arguments, argument
from constructs_lib.findings import Path
from constructs_lib.forms import (
    STRING,
    Form,
    ListOf,
    NotThisForm,
    Pairs,
    Structure,
    Within,
    parse,
    render,
)


class Port(Arguments):
    number: int = argument(aws="containerPort", says="the port")
    label: str | None = argument(default=None, says="not in AWS's JSON")


class Box(Arguments):
    name: str = argument(aws="name", form=STRING, says="the name")
    lid: Port | None = argument(default=None, aws="lid", form=Structure(Port), says="one")
    ports: list[Port] | None = argument(
        default=None, aws="portMappings", form=ListOf(Structure(Port)), says="many"
    )
    variables: dict[str, str] | None = argument(
        default=None, aws="environment", form=Pairs("name", "value", "mapping"), says="pairs"
    )
    storage: int | None = argument(
        default=None, aws="ephemeralStorage", form=Within("sizeInGiB", "int"), says="one within"
    )
    files: list[str] | None = argument(
        default=None,
        aws="environmentFiles",
        form=ListOf(Within("value", "str", {"type": "s3"})),
        says="many within",
    )


PORTS = ListOf(Structure(Port))
PAIRS = Pairs("name", "value", "mapping of name to value")
SIZE = Within("sizeInGiB", "int")
FILES = ListOf(Within("value", "str", {"type": "s3"}))


def rendered(form: Form, value: object) -> tuple[Any, dict[Path, str]]:
    """The JSON, and the arguments behind its places."""
    named: dict[Path, str] = {}
    return form.render(value, ("at",), "argument", named), named


@pytest.mark.parametrize("value", [None, "a", 5, True, ["a"], {"a": ["b"]}])
def test_a_plain_value_is_the_same_both_ways(value: object) -> None:
    assert rendered(STRING, value) == (value, {})
    assert STRING.parse(value) == value


def test_tuples_mappings_and_arguments_in_a_plain_value_become_json() -> None:
    value = {"a": (1, {"b": (Port(number=80),)})}
    assert rendered(Form("any"), value) == ({"a": [1, {"b": [{"containerPort": 80}]}]}, {})


def test_one_structure() -> None:
    json, named = rendered(Structure(Port), Port(number=80, label="web"))
    assert json == {"containerPort": 80}
    assert named == {("at", "containerPort"): "argument.number"}
    assert Structure(Port).parse(json) == Port(number=80)


def test_a_list_of_structures() -> None:
    json, named = rendered(PORTS, (Port(number=80), {"containerPort": 81}, 5))
    assert json == [{"containerPort": 80}, {"containerPort": 81}, 5]
    assert named == {
        ("at", 0): "argument[0]",
        ("at", 0, "containerPort"): "argument[0].number",
        ("at", 1): "argument[1]",
        ("at", 2): "argument[2]",
    }
    assert PORTS.parse(json) == [Port(number=80), Port(number=81), 5]


def test_pairs_of_a_mapping_are_named_by_their_key() -> None:
    json, named = rendered(PAIRS, {"A": "1"})
    assert json == [{"name": "A", "value": "1"}]
    assert named == {
        ("at", 0): "argument['A']",
        ("at", 0, "name"): "argument['A']",
        ("at", 0, "value"): "argument['A']",
    }
    assert PAIRS.parse(json) == {"A": "1"}


def test_pairs_of_a_list_are_named_by_their_place_and_may_repeat_a_key() -> None:
    json, named = rendered(PAIRS, [("A", "1"), ("A", "2")])
    assert json == [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]
    assert named[("at", 1, "value")] == "argument[1]"
    assert PAIRS.parse(json) == [("A", "1"), ("A", "2")]


def test_pairs_may_be_awss_own_json() -> None:
    json, named = rendered(PAIRS, [{"name": "A", "value": "1"}, "B"])
    assert json == [{"name": "A", "value": "1"}, "B"]
    assert named == {("at", 0): "argument[0]", ("at", 1): "argument[1]"}


@pytest.mark.parametrize(
    "json", [[{"name": "A"}], [{"name": "A", "value": "1", "type": "x"}], ["A"]]
)
def test_pairs_have_no_words_for_anything_else(json: object) -> None:
    with pytest.raises(NotThisForm):
        PAIRS.parse(json)


def test_one_value_within_an_object() -> None:
    json, named = rendered(SIZE, 21)
    assert (json, named) == ({"sizeInGiB": 21}, {("at", "sizeInGiB"): "argument"})
    assert SIZE.parse(json) == 21


def test_a_value_within_may_be_awss_own_json() -> None:
    assert rendered(SIZE, {"sizeInGiB": 21}) == ({"sizeInGiB": 21}, {})


@pytest.mark.parametrize("json", [{}, {"size": 1}, {"sizeInGiB": 1, "more": 2}])
def test_a_value_within_has_no_words_for_anything_else(json: object) -> None:
    with pytest.raises(NotThisForm):
        SIZE.parse(json)


def test_many_values_within_objects_beside_a_constant() -> None:
    json, named = rendered(FILES, ["a.env", {"value": "b.env", "type": "s3"}])
    assert json == [{"value": "a.env", "type": "s3"}, {"value": "b.env", "type": "s3"}]
    assert named == {
        ("at", 0): "argument[0]",
        ("at", 0, "value"): "argument[0]",
        ("at", 1): "argument[1]",
    }
    assert FILES.parse(json) == ["a.env", "b.env"]


def test_another_constant_is_not_this_form() -> None:
    with pytest.raises(NotThisForm):
        FILES.parse([{"value": "a.env", "type": "http"}])


@pytest.mark.parametrize("form", [PORTS, PAIRS, FILES], ids=["structures", "pairs", "each within"])
@pytest.mark.parametrize("value", ["text", 5, True, None, b"bytes"])
def test_what_is_no_list_goes_through_for_the_check_of_shape(form: Form, value: object) -> None:
    assert rendered(form, value) == (value, {})


WHOLE = Box(
    name="box",
    lid=Port(number=1),
    ports=[Port(number=2)],
    variables={"A": "1"},
    storage=21,
    files=["a.env"],
)
WHOLE_JSON = {
    "name": "box",
    "lid": {"containerPort": 1},
    "portMappings": [{"containerPort": 2}],
    "environment": [{"name": "A", "value": "1"}],
    "ephemeralStorage": {"sizeInGiB": 21},
    "environmentFiles": [{"value": "a.env", "type": "s3"}],
}


def test_a_class_of_all_forms_there_and_back() -> None:
    named: dict[Path, str] = {}
    assert render(WHOLE, (), "", named) == WHOLE_JSON
    assert parse(Box, WHOLE_JSON) == WHOLE
    assert named == {
        ("name",): "name",
        ("lid",): "lid",
        ("lid", "containerPort"): "lid.number",
        ("portMappings",): "ports",
        ("portMappings", 0): "ports[0]",
        ("portMappings", 0, "containerPort"): "ports[0].number",
        ("environment",): "variables",
        ("environment", 0): "variables['A']",
        ("environment", 0, "name"): "variables['A']",
        ("environment", 0, "value"): "variables['A']",
        ("ephemeralStorage",): "storage",
        ("ephemeralStorage", "sizeInGiB"): "storage",
        ("environmentFiles",): "files",
        ("environmentFiles", 0): "files[0]",
        ("environmentFiles", 0, "value"): "files[0]",
    }


def test_names_begin_with_the_place_and_the_prefix() -> None:
    named: dict[Path, str] = {}
    render(Box(name="box"), ("containerDefinitions", 1), "sidecars[0].", named)
    assert named == {
        ("containerDefinitions", 1, "name"): "sidecars[0].name",
        # A sentence may send to what was not given.
        ("containerDefinitions", 1, "lid"): "sidecars[0].lid",
        ("containerDefinitions", 1, "portMappings"): "sidecars[0].ports",
        ("containerDefinitions", 1, "environment"): "sidecars[0].variables",
        ("containerDefinitions", 1, "ephemeralStorage"): "sidecars[0].storage",
        ("containerDefinitions", 1, "environmentFiles"): "sidecars[0].files",
    }


def test_none_unknown_names_and_defaults_are_left_out() -> None:
    named: dict[Path, str] = {}
    assert render(Box(name=None, colour="red"), (), "", named, {"name"}) == {}  # type: ignore[arg-type,call-arg]
    assert named == {("name",): "name"}  # where a sentence about what is missing needs it


def test_only_some_arguments() -> None:
    assert render(WHOLE, (), "", {}, {"name", "storage"}) == {
        "name": "box",
        "ephemeralStorage": {"sizeInGiB": 21},
    }


@pytest.mark.parametrize("json", [{"name": "box", "colour": "red"}, "text", None, 5])
def test_what_the_class_has_no_words_for_stays_awss_json(json: object) -> None:
    assert parse(Box, json) == json


def test_what_a_form_has_no_words_for_stays_awss_json_in_its_argument() -> None:
    json = {"name": "box", "ephemeralStorage": {"more": 1}, "environment": [{"name": "A"}]}
    box = Box(name="box", storage={"more": 1}, variables=[{"name": "A"}])  # type: ignore[arg-type]
    assert parse(Box, json) == box
    assert render(box, (), "", {}) == json
