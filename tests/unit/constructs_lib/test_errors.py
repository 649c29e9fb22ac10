"""The sentence of a mistake."""

from __future__ import annotations

import pytest

from constructs_lib.errors import InvalidInput, Problem

PROBLEM = Problem("memory_mib", "must be 512 or 1024", 4096, "lower it")


def test_the_sentence_has_owner_argument_rule_value_and_cure() -> None:
    assert PROBLEM.sentence("movie-service") == (
        "movie-service: 'memory_mib' must be 512 or 1024 (got 4096); lower it"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("4096", "'4096'"),
        (None, "None"),
        ("x" * 78, f"'{'x' * 78}'"),
        ("x" * 79, f"'{'x' * 59}... 79 characters in all"),
        (["x" * 300], f"['{'x' * 58}... 304 characters in all"),
    ],
)
def test_the_value_is_shown_as_written_and_cut_when_long(value: object, shown: str) -> None:
    sentence = PROBLEM._replace(value=value).sentence("s")
    assert sentence == f"s: 'memory_mib' must be 512 or 1024 (got {shown}); lower it"


def test_the_exception_holds_a_sentence_a_mistake() -> None:
    other = Problem("port", "must be 1 to 65535", 0, "raise it")
    wrong = InvalidInput.of("movie-service", iter([PROBLEM, other]))
    assert wrong.sentences == [
        "movie-service: 'memory_mib' must be 512 or 1024 (got 4096); lower it",
        "movie-service: 'port' must be 1 to 65535 (got 0); raise it",
    ]
    assert str(wrong) == "\n".join(wrong.sentences)


def test_a_sentence_is_one_line_whatever_stands_in_it() -> None:
    odd = Problem("environment['a\nb']", "is \x1b[31m", "\x00\ud800", "see \u202e")
    assert odd.sentence("movie-service") == (
        r"movie-service: 'environment['a\nb']' is \x1b[31m (got '\x00\ud800'); see \u202e"
    )


def test_an_argument_and_a_rule_are_cut_when_they_are_long() -> None:
    sentence = Problem("x" * 1000, "y" * 10000, 1, "z").sentence("s")
    assert sentence == (
        f"s: '{'x' * 150}... 1000 characters in all' {'y' * 1500}... 10000 characters in all"
        " (got 1); z"
    )


def test_a_value_that_cannot_be_shown_is_told_by_its_type() -> None:
    class Hostile:
        def __repr__(self) -> str:
            raise ValueError

    assert "(got <Hostile>)" in PROBLEM._replace(value=Hostile()).sentence("s")
