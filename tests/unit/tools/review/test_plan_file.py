"""What can be read, and one sentence for what cannot."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.plans.recorded import plan_file
from tests.unit.tools.review.plans import change, document, plan
from tools.review.plan_file import Unusable, parse_plan, read_plan, stack_name

WHOLE = plan_file("image-only").read_bytes()
STATE = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {}}}

UNUSABLE: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "is not JSON, or is cut off"),
    "a plan that is cut off": (WHOLE[:5000], "is not JSON, or is cut off"),
    "a saved plan, not its JSON": (b"PK\x03\x04\xff\xfe", "is not text"),
    "a text": (b"Terraform will perform the following actions", "is not JSON"),
    "another JSON": (b'{"a": 1}', "it has no format_version"),
    "a list": (b"[1, 2]", "it has no format_version"),
    "null": (b"null", "it has no format_version"),
    "a state": (json.dumps(STATE).encode(), "is no plan; it is a state"),
    "a version to come": (b'{"format_version": "2.0"}', "1.x can be read"),
    "a number of five thousand digits": (
        b'{"format_version": ' + b"1" * 5000 + b"}",
        "is not JSON",
    ),
    "a number that is none": (b'{"format_version": "1.2", "planned_values": NaN}', "is not JSON"),
    "lists in lists": (b"[" * 200_000, "nested too deeply"),
}


@pytest.mark.parametrize(("text", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_no_plan_is_one_sentence(text: bytes, says: str) -> None:
    with pytest.raises(Unusable) as raised:
        parse_plan(text, "some.json", "some")
    assert str(raised.value).startswith("some.json: ")
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


MALFORMED: dict[str, Any] = {
    "changes that are no list": document(resource_changes={}),
    "a change that is no object": document(resource_changes=[1]),
    "a resource without an address": document({"type": "a", "change": {}}),
    "a resource without a change": document({"address": "a.b", "type": "a"}),
    "actions that are no words": document(change("a.b", "create") | {"change": {"actions": [1]}}),
    "an action to come": document(change("a.b", "explode")),
    "values that are a list": document(change("a.b", "create", after=[])),
    "outputs that are a list": document(output_changes=[]),
    "an output that is null": document(output_changes={"a": None}),
}


@pytest.mark.parametrize("given", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_plan_is_one_sentence(given: Any) -> None:
    with pytest.raises(Unusable, match=r"^x\.json: is no plan that can be read: [^\n]+$"):
        parse_plan(json.dumps(given).encode(), "x.json", "x")


@pytest.mark.parametrize("cut", range(0, len(WHOLE) - 2, len(WHOLE) // 40))
def test_wherever_it_is_cut_off_it_is_unusable(cut: int) -> None:
    with pytest.raises(Unusable):
        parse_plan(WHOLE[:cut], "x.json", "x")


def test_a_file_that_is_not_there_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"no\.json: cannot be read: No such file or directory"):
        read_plan(tmp_path / "no.json")


def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WHOLE)))
    assert read_plan(Path("-")) == parse_plan(WHOLE, "stdin", "stdin")


def test_a_mark_of_byte_order_is_read_over() -> None:
    assert parse_plan(b"\xef\xbb\xbf" + WHOLE, "x", "x").changes


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("cdktf.out/stacks/iam/plan.json", "iam"),
        ("movie-service.json", "movie-service"),
        ("plans/movie-service.tfplan.json", "movie-service"),
        ("some/tfplan.json", "some"),
    ],
)
def test_a_stack_is_named_by_its_file_or_folder(file: str, name: str) -> None:
    assert stack_name(Path(file)) == name


def test_what_the_configuration_sets_is_known_in_modules_too() -> None:
    resource = {"address": "a.b", "expressions": {"name": {}}}
    module = {"module_calls": {"m": {"module": {"resources": [resource]}}}}
    read = plan(
        change('module.m["x.y"].a.b[0]', "create", after={}),
        configuration={"root_module": module},
    )
    assert read.changes[0].configured == frozenset({"name"})


def test_unknown_values_stand_beside_the_known() -> None:
    [read] = plan(
        change(
            "a.b",
            "create",
            after={"list": ["x"], "object": {"a": 1}},
            after_unknown={"id": True, "list": [False, True], "object": {"b": True}},
        )
    ).changes
    unknown = read.after["id"]
    assert read.after == {"id": unknown, "list": ["x", unknown], "object": {"a": 1, "b": unknown}}
