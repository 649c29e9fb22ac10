"""What can be read, and one sentence for what cannot."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.errors import READABLE
from tests.plans.recorded import plan_file
from tests.unit.tools.review.plans import change, document, plan
from tools.review.plan_file import Unusable, parse_plan, read_plan, stack_name

WHOLE = plan_file("image-only").read_bytes()
STATE = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {}}}

SHOWN = "write the plan with `terraform show -json PLANFILE`"
UNVERSIONED = f"is JSON, but has no format_version, as a plan does; {SHOWN}"

UNUSABLE: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", f"is not JSON, or is cut off (line 1, column 1); {SHOWN}"),
    "a plan that is cut off": (
        WHOLE[:5000],
        f"is not JSON, or is cut off (line 148, column 2); {SHOWN}",
    ),
    "a saved plan, not its JSON": (b"PK\x03\x04\xff\xfe", f"is not text; {SHOWN}"),
    "a text": (
        b"Terraform will perform the following actions",
        f"is not JSON, or is cut off (line 1, column 1); {SHOWN}",
    ),
    "another JSON": (b'{"a": 1}', UNVERSIONED),
    "a list": (b"[1, 2]", UNVERSIONED),
    "null": (b"null", UNVERSIONED),
    "a state": (
        json.dumps(STATE).encode(),
        f"is no plan, but a state or a configuration; {SHOWN}",
    ),
    "a version to come": (
        b'{"format_version": "2.0"}',
        "has format_version '2.0', and 1.x can be read; write the plan with Terraform 1.x",
    ),
    "a number that is none": (
        b'{"format_version": "1.2", "planned_values": NaN}',
        f"is not JSON that can be read: NaN is no value of JSON; {SHOWN}",
    ),
    "lists in lists": (b"[" * 200_000, f"is nested too deeply to be a plan; {SHOWN}"),
}


@pytest.mark.parametrize(("text", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_no_plan_is_one_sentence(text: bytes, says: str) -> None:
    with pytest.raises(Unusable) as raised:
        parse_plan(text, "some.json", "some")
    assert str(raised.value) == f"some.json: {says}"


def test_a_number_of_too_many_digits_is_one_sentence() -> None:
    # Between them is what this Python says of it.
    sentence = rf"^x\.json: is not JSON that can be read: Exceeds the limit [^;\n]+; {SHOWN}$"
    with pytest.raises(Unusable, match=sentence):
        parse_plan(b'{"format_version": ' + b"1" * 5000 + b"}", "x.json", "x")


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
    with pytest.raises(
        Unusable, match=rf"^x\.json: is no plan that can be read: [^;\n]+; {SHOWN}$"
    ):
        parse_plan(json.dumps(given).encode(), "x.json", "x")


@pytest.mark.parametrize("cut", range(0, len(WHOLE) - 2, len(WHOLE) // 40))
def test_wherever_it_is_cut_off_it_is_unusable(cut: int) -> None:
    with pytest.raises(Unusable):
        parse_plan(WHOLE[:cut], "x.json", "x")


def test_a_file_that_is_not_there_is_unusable(tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    sentence = f"{file}: cannot be read: No such file or directory; {READABLE}"
    with pytest.raises(Unusable, match=f"^{sentence}$"):
        read_plan(file)


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
