"""CDKTF's markers, and what only looks like one."""

from __future__ import annotations

import pytest

from constructs_lib.unknown import is_unknown


@pytest.mark.parametrize(
    "value",
    [
        "${TfToken[TOKEN.0]}",
        "arn:aws:iam::${TfToken[TOKEN.12]}:role/shop",
        ["#{TfToken[TOKEN.3]}"],
        {"&{TfToken[TOKEN.4]}": "${TfToken[TOKEN.4]}"},
        -1.8881545897087626e289,
    ],
)
def test_a_marker_is_not_known(value: object) -> None:
    assert is_unknown(value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "${HOME}",
            "TfToken[",
            "${TfToken[",
            "${TfToken[]}",
            "${TfToken[a b]}",
            "${TfToken[é]}",
        ),
        *([], ["a"], ["a", "#{TfToken[1]}"], ["#{TfToken["], ["${TfToken[1]}"]),
        *({}, {"a": 1}, {"&{TfToken[": 1}, {"${TfToken[1]}": 1}),
    ],
)
def test_text_that_a_person_writes_is_known(value: object) -> None:
    assert not is_unknown(value)


@pytest.mark.parametrize("value", [0, -1, -(2**63), 1e300, True, False, None])
def test_a_number_that_a_person_writes_is_known(value: object) -> None:
    assert not is_unknown(value)
