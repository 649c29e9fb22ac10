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


def test_the_cure_is_the_nearest_or_all() -> None:
    assert [instead(name, PORTS) for name in ("hostPrt", "xyzzy")] == [
        "write 'hostPort'",
        "known are containerPort, hostPort",
    ]
