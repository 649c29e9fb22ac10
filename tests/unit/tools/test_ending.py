"""How commands end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constructs_lib.errors import InvalidInput
from tools.ending import ended
from tools.refused import Refused


def raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize("code", [0, 2])
def test_as_its_work_does(code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("plan", lambda: code, stopped="stopped; nothing is written") == code
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InvalidInput(["a: is wrong", "b: is too"]), 1, "a: is wrong\nb: is too\n"),
        (
            Refused("a: no\nb: write it yourself:\n    Service()"),
            1,
            "plan: a: no\nplan: b: write it yourself:\n    Service()\n",
        ),
        (KeyboardInterrupt(), 130, "\nplan: stopped; nothing is written\n"),
    ],
)
def test_otherwise_says_why(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("plan", raising(error), stopped="stopped; nothing is written") == code
    assert capsys.readouterr() == ("", said)


def test_a_fault_of_the_code_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        ended("plan", lambda: 1 // 0, stopped="stopped; nothing is written")
