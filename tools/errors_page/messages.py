"""Every message of the code: where it is made, how it reads, and what is known of its cause."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tools.errors_page.code import Bound, Code, Function, Module, Scope, called, variants
from tools.errors_page.texts import UNNAMED, says_something, texts

EXCEPTIONS = frozenset(
    (
        *("InvalidInput", "Unreadable", "Refused", "Unreachable", "StartFailure", "Failed"),
        *("Unusable", "WrongInPart", "WrongSettings", "ArgumentTypeError", "ModuleNotFoundError"),
    )
)
"""Those whose text a user reads."""

INSIDE = frozenset(("NotMade", "_NoAnswer", "NotLeanError", "CopyError"))
"""Those whose text is the reason within another message, which has the cause and the cure."""

_MACHINERY = ("constructs_lib.errors", "constructs_lib.findings", "constructs_lib.names")
"""What puts any message together."""

_OUTPUT = (
    "tools.review.terminal",
    "tools.review.rules_page",
    "tools.arguments_page",
)
"""What prints or writes more than messages."""

_TEXTS = (ast.JoinedStr, ast.Constant, ast.Name, ast.BinOp, ast.IfExp, ast.BoolOp, ast.Call)
_HAS_CURE = "; "
_FEWEST_WORDS = 2
_MOST_CALLERS_UP = 5


class Message(NamedTuple):
    """One message, `<words>` in it for what differs.

    `said` reads up to the cure; `argument` is what it is about, if that is an argument; `function`
    is the one that makes it, or the rule that does by a function for several.
    """

    module: Module
    function: Function | None
    argument: str
    said: str
    cure: str


class Messages:
    """All messages. `names` are the arguments by AWS's keys."""

    def __init__(self, code: Code, names: Mapping[str, str]) -> None:
        self._code = code
        self._names = names

    def all(self) -> list[Message]:
        """Each once a module, in the order of the code."""
        found: dict[tuple[str, str, str], Message] = {}
        for module in self._code.modules.values():
            made = [*self._nodes(module, self._of_call), *self._nodes(module, self._of_text)]
            for message in made:
                _check_named(message)
                found.setdefault((message.module.name, message.said, message.cure), message)
        return list(found.values())

    def _nodes(self, module: Module, of: object) -> Iterator[Message]:
        if module.name not in _MACHINERY:
            for node in ast.walk(module.tree):
                yield from of(node, module)  # type: ignore[operator]

    # Problems and findings

    def _of_call(self, call: ast.AST, module: Module) -> Iterator[Message]:
        """The problem or finding that a call makes, once for each way to come to it."""
        if not isinstance(call, ast.Call):
            return
        given = _given(call, module)
        if given is None:
            return
        for (of, function), scope in self._ways((module, module.function(call)), given):
            for here in variants(given, scope):
                argument, rule, value, cure, *others = given
                places = [self._place(each, here, "<other argument>") for each in others]
                rules = self._rules(rule, here)
                for name, text, then in itertools.product(
                    self._about(argument, here, called(call)), rules, texts(cure, here, self._code)
                ):
                    got = "nothing" if ast.unparse(value) in ("ABSENT", "REQUIRED") else "<value>"
                    said = f"'{name}' {_filled(text, places)} (got {got})"
                    yield Message(of, function, name, said, _filled(then, places))

    def _rules(self, rule: ast.expr, scope: Scope) -> list[str]:
        words = self._name_rule(rule, scope)
        if words is None:
            return texts(rule, scope, self._code)
        return [f"must be {text}" for text in texts(words.value, words.scope, self._code)]

    def _name_rule(self, of: ast.expr, scope: Scope) -> Bound | None:
        """The words of a `NameRule` of constructs_lib/names.py."""
        if isinstance(of, ast.Name) and of.id in scope.bound:
            return self._name_rule(*scope.bound[of.id])
        there = self._code.modules.get("constructs_lib.names")
        name = of.attr if isinstance(of, ast.Attribute) else ""
        value = there.constants.get(name) if there else None
        if there and isinstance(value, ast.Call):
            return Bound(value.args[1], Scope(there))
        return None

    def _about(self, argument: ast.expr, scope: Scope, kind: str) -> list[str]:
        if kind == "Finding":
            return [self._place(argument, scope, "<argument>")]
        return texts(argument, scope, self._code)

    def _place(self, place: ast.expr, scope: Scope, unknown: str) -> str:
        """A path of a finding, as far as the code tells, in the words of who writes a service."""
        if isinstance(place, ast.Tuple):
            steps = "".join(self._step(step, scope) for step in place.elts)
            return steps.removeprefix(".") or unknown
        if isinstance(place, ast.Name):
            bound = scope.bound.get(place.id) or self._code.constant(place.id, scope.module)
            if bound:
                return self._place(*bound, unknown)
        return unknown

    def _step(self, step: ast.expr, scope: Scope) -> str:
        if isinstance(step, ast.Starred):
            place = self._place(step.value, scope, "")
            return f".{place}" if place else ""
        if isinstance(step, ast.Constant) and isinstance(step.value, int):
            return "[<number>]"
        key = " or ".join(texts(step, scope, self._code))
        name = self._names.get(key, key)
        return "[<number>]" if key == "<number>" else f".{name}" if name else ""

    # Whole texts

    def _of_text(self, node: ast.AST, module: Module) -> Iterator[Message]:
        for expression, sure in _expressions(node):
            if not isinstance(expression, _TEXTS) or _is_passed_on(expression, module, self._code):
                continue
            here = module, module.function(node)
            private = here[1] is not None and here[1].name.startswith("_")
            ways = self._ways(here, [expression]) if private else [(here, Scope(module))]
            for (of, function), way in ways:
                for scope in variants([expression], way):
                    for text in texts(expression, scope, self._code):
                        if _is_message(
                            text, sure or (module.name not in _OUTPUT and _HAS_CURE in text)
                        ):
                            said, _, cure = text.strip().partition("; ")
                            yield Message(of, function, "", said, cure)

    def _ways(
        self, made_in: Place, given: Iterable[ast.expr], depth: int = 0
    ) -> Iterator[tuple[Place, Scope]]:
        """The function alone; or, where callers hand it words of the message, by each call."""
        module, function = made_in
        read = _read(given, Scope(module))
        callers = self._code.callers(module, function) if function else []
        if depth == _MOST_CALLERS_UP or not any(_is_words(each.bound, read) for each in callers):
            yield made_in, Scope(module)
            return
        for caller in callers:
            assert caller.call
            assert caller.caller
            there = caller.caller.module
            handed = [each.value for name, each in caller.bound.items() if name in read]
            for place, scope in self._ways((there, there.function(caller.call)), handed, depth + 1):
                for here in variants(handed, scope):
                    bound = {name: Bound(each.value, here) for name, each in caller.bound.items()}
                    made_by = place if _is_rule(place[1]) else made_in
                    yield made_by, Scope(module, bound, caller.call)


Place = tuple[Module, Function | None]
"""A function and its module; None for the module itself."""


def _read(given: Iterable[ast.expr], scope: Scope) -> set[str]:
    """The names that expressions read, also by way of others."""
    return {
        node.id
        for here in variants(given, scope)
        for each in [*given, *(bound.value for bound in here.bound.values())]
        for node in ast.walk(each)
        if isinstance(node, ast.Name)
    }


def _is_rule(function: Function | None) -> bool:
    return any(
        isinstance(each, ast.Call) and called(each) == "rule"
        for each in (function.decorator_list if function else ())
    )


def _check_named(message: Message) -> None:
    unnamed = re.search(f"<{UNNAMED}(.*?)>", f"{message.said}; {message.cure}")
    if unnamed:
        where = message.module.name
        raise ValueError(f"{where}: {unnamed[1]} has no name in plain words; give it one there")


def _is_words(bound: Mapping[str, Bound], read: set[str]) -> bool:
    """Whether a call hands over words that the message has."""
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str)
        for name, each in bound.items()
        if name in read
        for part in ast.walk(each.value)
    )


def _is_message(text: str, told: bool) -> bool:
    return told and says_something(text, _FEWEST_WORDS) and not text.endswith(":")


def _given(call: ast.Call, module: Module) -> list[ast.expr] | None:
    """Argument, rule, value, cure and other places of a problem or a finding."""
    name = called(call)
    if name in ("Problem", "Finding") and len(call.args) >= 4:
        if module.name.startswith("tools.review"):
            return None  # a finding of the review: docs/review.md has them
        *four, others = [*call.args, ast.Tuple([], ast.Load())][:5]
        return [*four, *others.elts] if isinstance(others, ast.Tuple) else [*four, others]
    if name == "problem" and len(call.args) >= 2 and isinstance(call.func, ast.Attribute):
        argument, value, *cure = call.args
        return [argument, call.func.value, value, *(cure or [ast.Constant("choose such a name")])]
    return None


def _filled(text: str, others: list[str]) -> str:
    for number, other in enumerate(others):
        text = text.replace(f"{{{number}}}", other)
    return re.sub(r"\{\d\}", "<other argument>", text)


def _is_passed_on(expression: ast.expr, module: Module, code: Code) -> bool:
    """Whether another function has made the whole text, so that it is found there."""
    if isinstance(expression, ast.Name):
        return any(_is_passed_on(each.value, module, code) for each in module.choices(expression))
    if isinstance(expression, ast.BoolOp):
        return any(_is_passed_on(each, module, code) for each in expression.values)
    if isinstance(expression, ast.JoinedStr):
        words = "".join(
            str(each.value) for each in expression.values if isinstance(each, ast.Constant)
        )
        return len(words.split()) < 2 and any(
            _is_passed_on(each.value, module, code)
            for each in expression.values
            if isinstance(each, ast.FormattedValue)
        )
    return (
        isinstance(expression, ast.Call) and code.definition(called(expression), module) is not None
    )


_TO_USERS = "sys.stderr"


def _expressions(node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """The expressions of a node that are messages: for sure, or if they have a cure."""
    match node:
        case ast.Call(args=[first, *_]) if called(node) in EXCEPTIONS:
            yield from ((each, True) for each in _each(first))
        case ast.Call(func=ast.Name(id="print"), args=parts, keywords=keywords):
            given = {str(each.arg): ast.unparse(each.value) for each in keywords}
            if given.get("file") == _TO_USERS and "end" not in given:  # what goes on is progress
                yield from ((each, True) for each in parts)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="parser"), attr="error"), args=[first]):
            yield first, True
        case ast.Call(func=ast.Name(id="_complain"), args=[first]):
            yield first, False
        case ast.Call(func=ast.Name(id="ended"), keywords=[ast.keyword(arg="stopped", value=text)]):
            yield text, True
        case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
            yield from ((each, False) for each in _each(value))
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[first]):
            yield first, name == "sentences"
        case ast.AugAssign(target=ast.Name(id="sentences"), value=value):
            yield from ((each, True) for each in _each(value))
        case ast.Assign(
            targets=[ast.Name(id="sentences" | "told")], value=ast.List() | ast.ListComp() as value
        ):
            yield from ((each, True) for each in _each(value))
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "error_message":
                    yield value, True


def _each(value: ast.expr) -> list[ast.expr]:
    """The texts of several."""
    if isinstance(value, ast.List | ast.Tuple):
        return value.elts
    if isinstance(value, ast.Dict):
        return value.values
    if isinstance(value, ast.ListComp | ast.GeneratorExp):
        return [value.elt]
    return [value]
