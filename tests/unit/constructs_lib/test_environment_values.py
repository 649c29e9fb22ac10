"""The endpoint and the tags of an environment."""

from __future__ import annotations

import pytest

from constructs_lib.environment_values import endpoint_problem, tag_problems


@pytest.mark.parametrize(
    "endpoint",
    [None, "http://127.0.0.1:4599", "https://aws.example", "http://[::1]:1/", "http://aws:65535"],
)
def test_a_url_is_taken(endpoint: str | None) -> None:
    assert endpoint_problem(endpoint) is None


@pytest.mark.parametrize(
    "endpoint",
    [
        *("http://", "http://[::1", "http://a b", "http://x:99999", "http://x:0", "http://x\n:1"),
        *("http://x/${y}", "http://user:word@x", "http://x?y", "http://x/y"),
    ],
)
def test_what_is_hardly_a_url_is_refused(endpoint: str) -> None:
    problem = endpoint_problem(endpoint)
    assert problem
    assert problem == (
        *("endpoint", "must be a URL", endpoint),
        "write it like http://127.0.0.1:4599",
    )


@pytest.mark.parametrize("endpoint", ["localhost:4599", "", 5])
def test_what_is_no_url_at_all_is_refused(endpoint: object) -> None:
    problem = endpoint_problem(endpoint)
    assert problem
    assert problem.rule == "must be a URL"


def sentences(tags: object) -> list[str]:
    return [problem.sentence("prod") for problem in tag_problems(tags)]


def test_tags_are_those_that_aws_takes() -> None:
    assert sentences({"a": "b", "k" * 128: "v" * 256, "": "x" * 257, "AWS:x": "y"}) == [
        "prod: 'tags['']' must have 1 to 128 characters (got ''); name it",
        f"prod: 'tags['']' must have 0 to 256 characters (got '{'x' * 59}... 257 characters in"
        " all); shorten it",
        "prod: 'tags['AWS:x']' must not begin with 'aws:' (got 'AWS:x'); rename it",
    ]
    assert sentences({"__proto__": "a\ud800"}) == [
        "prod: 'tags['__proto__']' must not hold half a character (a lone surrogate)"
        " (got 'a\\ud800'); take it out",
        "prod: 'tags['__proto__']' must not be '__proto__', which JavaScript does not keep"
        " (got '__proto__'); rename it",
    ]


@pytest.mark.parametrize("tags", [None, 5, ["a"], {"a": 1}, {1: "a"}])
def test_tags_are_a_mapping_of_strings(tags: object) -> None:
    [sentence] = sentences(tags)
    assert "'tags' must map strings to strings" in sentence
