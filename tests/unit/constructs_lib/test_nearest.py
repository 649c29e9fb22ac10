"""What was most likely meant by a name that is not known."""

from __future__ import annotations

import pytest

from constructs_lib.nearest import instead, nearest

PORTS = ["containerPort", "hostPort"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("CONTAINERPORT", "containerPort"), ("hostPrt", "hostPort"), ("xyzzy", None)],
)
def test_the_nearest_right_name(name: str, meant: str | None) -> None:
    assert nearest(name, PORTS) == meant


ARGUMENTS = [
    "cpu_units",
    "container_cpu_units",
    "task_role_arn",
    "execution_role_arn",
    "roles_kept",
]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("cpu", "write 'cpu_units'"),
        ("role", "write 'task_role_arn' or 'execution_role_arn'"),
        ("con", "write 'container_cpu_units' or 'containerPort'"),
        ("ARN", "write 'task_role_arn' or 'execution_role_arn'"),
        ("theContainerPort", "write 'containerPort'"),
        ("c", f"known are {', '.join([*ARGUMENTS, *PORTS])}"),
    ],
    ids=["first word", "any word", "beginning", "in capitals", "more words", "a letter"],
)
def test_a_word_of_few_names_gets_these(name: str, cure: str) -> None:
    assert instead(name, [*ARGUMENTS, *PORTS]) == cure


def test_of_names_of_one_word_none_is_the_nearest() -> None:
    assert [nearest(name, ARGUMENTS) for name in ("role", "cpu")] == [None, "cpu_units"]
    assert nearest("name", ["theLogGroupName"]) == "theLogGroupName"


def test_more_names_than_a_sentence_has_are_cut() -> None:
    many = [f"s{number:02}" for number in range(14)]
    assert instead("xyzzy", many) == f"known are {', '.join(many[:12])}, and 2 more"
    assert instead("s", many[:4]) == "known are s00, s01, s02, s03"
    assert instead("xyzzy", many[:12]) == f"known are {', '.join(many[:12])}"


def test_the_cure_is_the_nearest_or_all() -> None:
    assert [instead(name, PORTS) for name in ("hostPrt", "xyzzy")] == [
        "write 'hostPort'",
        "known are containerPort, hostPort",
    ]


STACKS = ["state-bucket", "iam", "movie-service", "customer-service"]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("move-service", "write 'movie-service'"),
        ("Movie-Servise", "write 'movie-service'"),
        ("movieservice", "write 'movie-service'"),
        ("custmer-service", "write 'customer-service'"),
        ("movie", "write 'movie-service'"),
        ("rating-service", "known are state-bucket, iam, movie-service, customer-service"),
        ("order-service", "known are state-bucket, iam, movie-service, customer-service"),
    ],
)
def test_a_word_that_many_names_have_makes_none_the_nearest(name: str, cure: str) -> None:
    assert instead(name, STACKS) == cure
