# Generated code spells its hints so.
# ruff: noqa: UP007, UP045

from __future__ import annotations

import subprocess
import sys
import typing
from collections.abc import Callable
from typing import Any

import pytest
import typeguard

from lean_bindings.quick_checks import _remembering, _sparing
from tests.lean_bindings.fake_provider import ROOT

HINTS: list[Any] = [
    str,
    bool,
    int,
    typing.Any,
    typing.Union[int, float],
    typing.Optional[str],
    typing.Optional[typing.Union[bool, dict[str, Any]]],
    typing.Sequence[str],
    typing.Mapping[str, str],
    typing.Optional[typing.Callable[[], None]],
    type(None),
]
VALUES: list[Any] = ["a", True, 1, 1.5, None, {}, {"a": 1}, [], ["a"], [1], object(), len]


def verdict(check: Callable[..., Any], value: Any, hint: Any) -> str:
    options = {"argname": "argument x"} if takes_a_name() else {}
    try:
        check(value=value, expected_type=hint, **options)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "fine"


def takes_a_name() -> bool:
    return "argname" in typeguard.check_type.__code__.co_varnames


@pytest.mark.parametrize("hint", HINTS, ids=str)
def test_same_verdict_as_typeguard(hint: Any) -> None:
    original = typeguard.check_type
    quick = _sparing(original)
    verdicts = {repr(value): verdict(original, value, hint) for value in VALUES}
    assert {repr(value): verdict(quick, value, hint) for value in VALUES} == verdicts


def test_plain_arguments_do_not_reach_typeguard() -> None:
    def check_type(**options: Any) -> None:
        raise AssertionError(options)

    quick = _sparing(check_type)
    quick(argname="x", value="a", expected_type=str)
    quick(argname="x", value=None, expected_type=typing.Optional[int])
    with pytest.raises(AssertionError):
        quick(argname="x", value=True, expected_type=int)


def test_hints_of_stubs_are_resolved_once() -> None:
    resolved: list[Any] = []

    def get_type_hints(obj: Any, *args: Any, **options: Any) -> dict[str, Any]:
        resolved.append(obj)
        return typing.get_type_hints(obj, *args, **options)

    def _typecheckingstub__1(scope: int) -> None: ...

    def other(scope: int) -> None: ...

    quick = _remembering(get_type_hints)
    for function in (_typecheckingstub__1, other) * 2:
        assert quick(function) == {"scope": int, "return": type(None)}
    quick(_typecheckingstub__1, include_extras=True)
    assert resolved == [_typecheckingstub__1, other, other, _typecheckingstub__1]


def test_once_in_a_process() -> None:
    program = (
        "import typing, typeguard\n"
        "from lean_bindings.quick_checks import quicken_type_checks\n"
        "quicken_type_checks()\n"
        "first = typing.get_type_hints, typeguard.check_type\n"
        "quicken_type_checks()\n"
        "assert first == (typing.get_type_hints, typeguard.check_type)\n"
        "assert typeguard.check_type.__module__ == 'lean_bindings.quick_checks'\n"
        "assert typing.get_type_hints.__module__ == 'lean_bindings.quick_checks'\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


MOCKS = """
import sys
from lean_bindings.quick_checks import quicken_type_checks
{before}
quicken_type_checks()
import typeguard
print("unittest.mock" in sys.modules, "asyncio" in sys.modules)
def check(value):
    try:
        typeguard.check_type(argname="x", value=value, expected_type=int)
    except TypeError as wrong:
        return str(wrong)
print(check("a"))
from unittest.mock import Mock
print(check(Mock()), check("a"))
"""


@pytest.mark.parametrize("before", ["", "import unittest.mock"])
def test_mocks_pass_whenever_they_are_imported(before: str) -> None:
    program = MOCKS.format(before=before)
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    wrong = "type of x must be int; got str instead"
    assert process.stdout.splitlines() == [f"{before != ''} {before != ''}", wrong, f"None {wrong}"]
