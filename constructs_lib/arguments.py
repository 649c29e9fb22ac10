"""Typed, keyword-only arguments that never raise where they are written.

A class of arguments (`Service`, `Container`, `Environment`) declares each of them once, with its
AWS name, unit, rule and source; that one declaration renders the AWS JSON, names an argument in an
error, and makes the reference page. A mistake is kept, not raised, so that all the mistakes of a
service can be said at once. Type checkers see an ordinary keyword-only dataclass.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from constructs_lib.errors import Problem
from constructs_lib.nearest import READABLE, instead, meant
from constructs_lib.plain import plain

if sys.version_info >= (3, 11):
    from typing import dataclass_transform
else:
    from typing_extensions import dataclass_transform


class Required:
    """The default of an argument that has none."""

    def __repr__(self) -> str:
        return "nothing"


REQUIRED = Required()


class Argument:
    """What is known of one argument. `aws` is the key that it becomes in AWS's JSON, if any."""

    __slots__ = ("aws", "default", "form", "name", "rule", "says", "source", "unit")

    def __init__(
        self, default: Any, *, aws: str, form: Any, says: str, unit: str, rule: str, source: str
    ) -> None:
        self.name = ""
        # One default serves all services, so none may change it.
        self.default: Any = MappingProxyType(default) if isinstance(default, dict) else default
        self.aws = aws
        self.form = form
        self.says = says
        self.unit = unit
        self.rule = rule
        self.source = source


def argument(
    default: Any = REQUIRED,
    *,
    says: str,
    aws: str = "",
    form: Any = None,
    unit: str = "",
    rule: str = "",
    source: str = "",
) -> Any:
    """Declares one argument of an `Arguments` class; without `default` it must be given.

    `form` says how the value becomes AWS's JSON (see `forms.py`); None is: as it is.
    """
    return Argument(default, aws=aws, form=form, says=says, unit=unit, rule=rule, source=source)


@dataclass_transform(kw_only_default=True, field_specifiers=(argument,))
class Arguments:
    """Base of all classes of arguments; see the module's text."""

    declared: ClassVar[Mapping[str, Argument]] = MappingProxyType({})
    given: Mapping[str, Any]

    def __init_subclass__(cls) -> None:
        declared: dict[str, Argument] = {}
        for base in reversed(cls.__bases__):
            declared.update(getattr(base, "declared", {}))
        for name, value in list(vars(cls).items()):
            if isinstance(value, Argument):
                value.name = name
                declared[name] = value
                delattr(cls, name)
        cls.declared = MappingProxyType(declared)

    def __init__(self, /, *unnamed: Any, **given: Any) -> None:
        values = {str.__str__(name): plain(value, Arguments) for name, value in given.items()}
        self.__dict__.update(unnamed=plain(unnamed, Arguments), given=values)

    def __setattr__(self, name: str, value: Any) -> None:
        """The same as giving it, so that a wrong name is a mistake too."""
        if name not in self.declared and hasattr(type(self), name):
            super().__setattr__(name, value)  # an attribute of the class, not an argument
        else:
            self.__dict__["given"] = {**self.given, name: plain(value, Arguments)}

    def settle(self) -> None:
        """Copies what was given once more, as a list or a mapping may have been changed since."""
        self.__dict__["given"] = {
            name: plain(value, Arguments) for name, value in self.given.items()
        }

    def __getattr__(self, name: str) -> Any:
        """The value given, else the default (None when a required one is missing)."""
        declared = type(self).declared.get(name)
        if declared is None or name == "given":
            raise AttributeError(name)
        value = self.given.get(name, declared.default)
        return None if value is REQUIRED else value

    def __repr__(self) -> str:
        written = ", ".join(f"{name}={value!r}" for name, value in self.given.items())
        return f"{type(self).__name__}({written})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.given == self.given

    __hash__ = None  # type: ignore[assignment]

    def names_problems(self, place: str = "") -> Iterator[Problem]:
        """Names that are no argument, and required arguments that are missing, all the way down.

        `place` is where these arguments stand inside of others: `sidecars[0].health_check`.
        """
        declared = type(self).declared
        kind = type(self).__name__
        prefix = f"{place}." if place else ""
        for value in self.unnamed:
            yield Problem(place or kind, "takes no value without a name", value, "name it")
        for name, value in self.given.items():
            if name not in declared:
                rule = f"is no argument of {kind}"
                yield Problem(f"{prefix}{name}", rule, value, instead_of_argument(name, declared))
            for inner_place, inner in _inside(value, f"{prefix}{name}"):
                yield from inner.names_problems(inner_place)
        for name, known in declared.items():
            if known.default is REQUIRED and name not in self.given:
                such = (known.rule or known.says).partition(";")[0]
                cure = f"write {name}=... ({such})"
                yield Problem(f"{prefix}{name}", "must be given", REQUIRED, cure)


def instead_of_argument(name: str, declared: Collection[str]) -> str:
    """The cure for a name that is no argument."""
    if meant(name, declared) or len(declared) <= READABLE:
        return instead(name, declared)
    return "write the name of an argument (docs/arguments.md has them all)"


def _inside(value: Any, place: str) -> Iterator[tuple[str, Arguments]]:
    """The arguments that a value is, or that stand in its lists, each with its place."""
    if isinstance(value, Arguments):
        yield place, value
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _inside(item, f"{place}[{index}]")
