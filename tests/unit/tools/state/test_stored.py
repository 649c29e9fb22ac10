"""What is wrong with a state, by the versions that the bucket has of it."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.unit.tools.aws_in_process import BUCKET, aws, make_bucket, state
from tools.aws import Aws
from tools.state.stored import StoredState, age, parsed, shown

__all__ = ["aws"]

KEY = "iam/terraform.tfstate"
ADDRESS = f"s3://{BUCKET}/{KEY}"
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"


def _stored(aws: Aws, *bodies: bytes | None) -> tuple[StoredState, list[str]]:
    """The state after these were written one after another, None being a deletion; their ids."""
    s3: Any = make_bucket(aws)
    ids = []
    for body in bodies:
        if body is None:
            ids.append(s3.delete_object(Bucket=BUCKET, Key=KEY)["VersionId"])
        else:
            ids.append(s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)["VersionId"])
    # The next key in the listing.
    s3.put_object(Bucket=BUCKET, Key=f"{KEY}.tflock", Body=b"{}")
    return StoredState(aws, "iam", s3), ids


def test_what_terraform_only_reads_is_none_of_its_resources() -> None:
    role, account = {"mode": "managed", "name": "role"}, {"mode": "data", "name": "account"}
    content = {"lineage": "a", "serial": 1, "resources": [account, role]}
    held = parsed(json.dumps(content).encode())
    assert held is not None
    assert held.resources == [role]


GOOD = state(5, "role")
SOUND = {
    "never deployed": [],
    "written once": [GOOD],
    "written by Terraform again and again": [state(1), state(2, "role"), GOOD],
    "pushed with the same serial": [GOOD, state(5, "role", "other")],
    "destroyed and tidied away": [GOOD, state(6), None],
    "destroyed, tidied away and made anew": [state(6), None, state(1, "role", lineage="b")],
    "destroyed and made anew by another": [state(6), state(1, "role", lineage="b")],
    "deleted and made anew": [GOOD, None, state(1, "role", lineage="b")],
    "put back by hand after it was truncated": [GOOD, GOOD[:20], GOOD],
    "put back after another's": [GOOD, state(9, "role", lineage="b"), state(10, "role")],
    "put back with a higher serial": [GOOD, state(3, "role"), state(6, "role")],
}


@pytest.mark.parametrize("bodies", SOUND.values(), ids=SOUND)
def test_a_state_that_terraform_wrote_last_has_no_fault(
    aws: Aws, bodies: list[bytes | None]
) -> None:
    assert _stored(aws, *bodies)[0].fault() is None


FAULTS = {
    "empty": ([GOOD, b""], rf"is not a whole state file \(0 bytes, written at {TIME}\)", 0),
    "truncated": (
        [state(4), GOOD, GOOD[:20]],
        rf"is not a whole state file \(20 bytes, written at {TIME}\)",
        1,
    ),
    "truncated twice": (
        [GOOD, GOOD[:20], b""],
        rf"is not a whole state file \(0 bytes, written at {TIME}\)",
        0,
    ),
    "not a state": ([GOOD, b"[]"], rf"is not a whole state file \(2 bytes, written at {TIME}\)", 0),
    "deleted": ([GOOD, None], rf"was deleted at {TIME}, and held 1 resources", 0),
    "older": (
        [state(4), GOOD, state(4)],
        rf"was replaced at {TIME} by an older one \(serial 4, after serial 5\)",
        1,
    ),
    "older, after a deletion": (
        [state(4), GOOD, None, state(4)],
        rf"was replaced at {TIME} by an older one \(serial 4, after serial 5\)",
        1,
    ),
    "another's": (
        [GOOD, state(9, "role", lineage="b")],
        rf"was replaced at {TIME} by that of another stack or account \(another lineage\)",
        0,
    ),
}


@pytest.mark.parametrize(("bodies", "what", "last"), FAULTS.values(), ids=FAULTS)
def test_any_other_state_is_a_fault_with_the_version_to_put_back(
    aws: Aws, bodies: list[bytes | None], what: str, last: int
) -> None:
    stored, ids = _stored(aws, *bodies)
    cure = f".venv/bin/python -m tools.state iam --restore {ids[last]}"
    sentence = (
        rf"iam: the state {re.escape(ADDRESS)} {what}; "
        rf"put back the one before it, with: {re.escape(cure)}"
    )
    assert re.fullmatch(sentence, stored.fault() or "")


def test_without_a_whole_version_the_page_is_named(aws: Aws) -> None:
    stored, _ = _stored(aws, b"{")
    assert re.fullmatch(
        rf"iam: the state {re.escape(ADDRESS)} is not a whole state file \(1 bytes, written at "
        rf"{TIME}\); no earlier version of it is whole, so delete the object, and"
        " import what is deployed:"
        " docs/recovery.md#a-state-that-is-damaged-deleted-or-an-older-one",
        stored.fault() or "",
    )


def test_a_lock_names_its_owner_its_age_and_the_way_to_release_it(aws: Aws) -> None:
    stored, _ = _stored(aws)
    created = datetime.now(timezone.utc) - timedelta(minutes=12, seconds=5)
    text = (
        '{"ID": "some-id", "Operation": "OperationTypeApply", "Info": "", "Who": "root@host", '
        f'"Version": "1.11.4", "Created": "{created:%Y-%m-%dT%H:%M:%S}.123456789Z", "Path": "x"}}'
    )
    stored.s3.put_object(Bucket=BUCKET, Key=f"{KEY}.tflock", Body=text.encode())
    assert stored.locked() == (
        "iam: the state is locked by root@host since 12 min (OperationTypeApply); if that process "
        "is no longer alive, release it, with: "
        ".venv/bin/python -m tools.state iam --unlock some-id"
    )


def test_a_lock_that_terraform_did_not_write_is_said_too(aws: Aws) -> None:
    stored, _ = _stored(aws)
    assert stored.locked() == (
        f"iam: the state is locked by {ADDRESS}.tflock, which is not Terraform's; "
        "if nothing works on this stack, delete that object"
    )


def test_without_a_lock_there_is_no_sentence(aws: Aws) -> None:
    stored, _ = _stored(aws)
    stored.s3.delete_object(Bucket=BUCKET, Key=f"{KEY}.tflock")
    assert stored.locked() is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "less than a minute"),
        (60, "1 min"),
        (119 * 60, "119 min"),
        (120 * 60, "2 h"),
        (47 * 3600, "47 h"),
        (48 * 3600, "2 days"),
    ],
)
def test_an_age_is_in_the_largest_unit_that_says_enough(seconds: int, text: str) -> None:
    assert age(datetime.now(timezone.utc) - timedelta(seconds=seconds)) == text


def test_times_are_shown_in_utc() -> None:
    east = timezone(timedelta(hours=5))
    assert shown(datetime(2026, 11, 23, 3, 0, 1, tzinfo=east)) == "2026-11-22 22:00:01 UTC"


@pytest.mark.parametrize("text", [b"", b"null", b"{}", b'{"lineage": "a"}', b"\xff", GOOD[:-1]])
def test_what_is_no_whole_state_file_is_none(text: bytes) -> None:
    assert parsed(text) is None
