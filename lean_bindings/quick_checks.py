"""The argument checks of jsii's generated Python code, with the same verdicts in less time.

Each call into generated code resolves the type hints of a stub function, which never change, and
gives each argument to typeguard, most of them `None` where `None` is allowed. Newer generators
remember the hints; this does so for packages of any age, and spares typeguard the arguments whose
class is literally the one asked for. Whatever is not that plain goes to typeguard as before, so
a wrong argument gets the same error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_STUB = "_typecheckingstub__"  # how jsii-pacmak names all of those functions


def quicken_type_checks() -> None:
    """Make the checks quick in this process; to be called once, at any time.

    It replaces `typing.get_type_hints` and `typeguard.check_type` by functions that do the same.
    """
    import typing

    typeguard = _imported_typeguard()
    if not hasattr(typeguard.check_type, "_quick"):
        typing.get_type_hints = _remembering(typing.get_type_hints)
        typeguard.check_type = _sparing(typeguard.check_type)


def _imported_typeguard() -> Any:
    """typeguard, without the 100 modules behind `unittest.mock`, of which it takes the names only.

    It lets every mock pass, and so it does here: a mock can only be where the real module is.
    """
    import sys
    from types import ModuleType

    name = "unittest.mock"
    if name in sys.modules or "typeguard" in sys.modules:
        import typeguard

        return typeguard

    class OfTheRealModule(type):
        def __instancecheck__(cls, value: object) -> bool:
            return name in sys.modules and isinstance(value, sys.modules[name].Mock)

    def patch(*args: Any, **options: Any) -> Any:
        from unittest import mock

        return mock.patch(*args, **options)

    names = {"Mock": OfTheRealModule("Mock", (), {}), "patch": patch}
    sys.modules[name] = ModuleType(name)
    vars(sys.modules[name]).update(names)
    try:
        import typeguard
    finally:
        del sys.modules[name]
    return typeguard


def _remembering(get_type_hints: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def remembered(obj: Any, *args: Any, **options: Any) -> Any:
        if args or options or not getattr(obj, "__name__", "").startswith(_STUB):
            return get_type_hints(obj, *args, **options)
        hints = known.get(obj)
        if hints is None:
            hints = known[obj] = get_type_hints(obj)
        return hints

    return remembered


def _sparing(check_type: Callable[..., Any]) -> Callable[..., Any]:
    from typing import Union

    nothing = object()

    def spared(*args: Any, **options: Any) -> Any:
        value = options.get("value", nothing)
        expected: Any = options.get("expected_type")
        kind = type(value)
        if value is not nothing and (
            kind is expected
            or (getattr(expected, "__origin__", None) is Union and kind in expected.__args__)
        ):
            return value
        return check_type(*args, **options)

    spared._quick = True  # type: ignore[attr-defined]
    return spared
