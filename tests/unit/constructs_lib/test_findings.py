"""A finding's places, in AWS's words and in another's."""

from __future__ import annotations

import pytest

from constructs_lib.findings import ABSENT, Finding, Path, aws_name, shown


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ((), ""),
        (("cpu",), "cpu"),
        (
            ("containerDefinitions", 0, "portMappings", 1, "containerPort"),
            "containerDefinitions[0].portMappings[1].containerPort",
        ),
    ],
)
def test_a_path_as_aws_writes_it(path: Path, name: str) -> None:
    assert aws_name(path) == name


def test_every_place_of_a_sentence_is_named_by_whom_it_is_for() -> None:
    finding = Finding(
        ("memory",),
        "must be 512 at {0}=256",
        4096,
        "raise {0} or lower {1}",
        (("cpu",), ("memory",)),
    )
    names: dict[Path, str] = {("cpu",): "cpu_units", ("memory",): "memory_mib"}
    assert finding.sentence("movie-service", lambda path: names[path]) == (
        "movie-service: 'memory_mib' must be 512 at cpu_units=256 (got 4096); "
        "raise cpu_units or lower memory_mib"
    )
    assert finding.sentence("movie-service") == (
        "movie-service: 'memory' must be 512 at cpu=256 (got 4096); raise cpu or lower memory"
    )


def test_braces_that_a_user_wrote_stay_as_they_are() -> None:
    finding = Finding(("a",), f"is not {shown('{0}{x}')}", "{1}", "write it")
    assert finding.sentence("x") == "x: 'a' is not '{0}{x}' (got '{1}'); write it"


def test_what_is_not_there_is_nothing() -> None:
    finding = Finding((), "must be there", ABSENT, "give it")
    assert finding.sentence("x") == "x: 'task definition' must be there (got nothing); give it"
