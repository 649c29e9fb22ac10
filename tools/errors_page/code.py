"""The project's source, read and not run: its functions, who calls them, and what names stand for.

A message is put together from constants, variables, branches and calls. This finds for a name the
expressions that it may stand for where it is read.
"""

from __future__ import annotations

import ast
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

Function = ast.FunctionDef
_MOST_WAYS = 100
"""To set the variables of one message; more are not told apart."""

_LEAVES = (ast.Return, ast.Raise, ast.Continue)


class Scope(NamedTuple):
    """Where an expression stands, what some names stand for there, and who called it."""

    module: Module
    bound: Mapping[str, Bound] = {}
    call: ast.Call | None = None
    caller: Scope | None = None


class Bound(NamedTuple):
    """What a name stands for: an expression, and where that stands."""

    value: ast.expr
    scope: Scope


class Choice(NamedTuple):
    """One of the expressions that a name may stand for, by the statement that says so.

    Names of one loop stand for members of the same `turn`.
    """

    value: ast.expr
    statement: ast.stmt
    turn: int = 0


class Module:
    """One file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.tree = ast.parse(text)
        self._choices: dict[ast.Name, list[Choice]] = {}
        self.parents = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        found: dict[str, ast.expr] = {}
        for node in self.tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            target = node.target if isinstance(node, ast.AnnAssign) else target
            if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign):
                found.setdefault(target.id, node.value or ast.Constant(None))
        return found

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """The module and the name there, of what is imported by `from`."""
        return {
            alias.asname or alias.name: (str(node.module), alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """What the node stands in, from the inside."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def function(self, node: ast.AST) -> Function | None:
        return next((each for each in self.above(node) if isinstance(each, Function)), None)

    def _branches(self, node: ast.AST) -> list[tuple[ast.AST, object]]:
        """The blocks that the node stands in, from the outside: a statement, and which part."""
        found: list[tuple[ast.AST, object]] = []
        for parent in self.above(node):
            if isinstance(parent, ast.If | ast.For | ast.With | ast.Try | ast.ExceptHandler):
                part = next(
                    (
                        name if isinstance(value, list) and name != "handlers" else id(node)
                        for name, value in ast.iter_fields(parent)
                        if value is node or (isinstance(value, list) and node in value)
                    ),
                    "",
                )
                found.append((parent, part))
            if isinstance(parent, Function):
                break
            node = parent
        return found[::-1]

    def excludes(self, one: ast.AST, other: ast.AST) -> bool:
        """Whether two nodes stand in different branches of one statement."""
        parts = dict(self._branches(one))
        return any(
            where in parts and part != parts[where] and not isinstance(where, ast.For)
            for where, part in self._branches(other)
        )

    def choices(self, name: ast.Name) -> list[Choice]:
        """The expressions that a variable of a function may stand for where it is read."""
        if name not in self._choices:
            self._choices[name] = self._found(name)
        return self._choices[name]

    def _found(self, name: ast.Name) -> list[Choice]:
        function = self.function(name)
        if function is None:
            return []
        found: list[Choice] = []
        here = self._branches(name)
        own = {id(each) for each in [name, *self.above(name)]}
        for node in _statements(function):
            if id(node) in own and not isinstance(node, ast.For):
                continue
            if node.lineno > name.lineno or self.excludes(node, name):
                continue
            new = list(_said(node, name.id, self))
            if not new:
                continue
            branches = self._branches(node)
            inside = branches == here[: len(branches)]
            if not inside and self._leaves(node):
                continue
            found = new if inside else found + new
        return found

    def _leaves(self, statement: ast.stmt) -> bool:
        """Whether the block of the statement ends the function."""
        for field in ("body", "orelse"):
            block = getattr(self.parents[statement], field, [])
            if statement in block:
                return isinstance(block[-1], _LEAVES)
        return False


class Code:
    """All modules."""

    def __init__(self, project: Path, files: Iterable[Path]) -> None:
        self.modules = {
            name: Module(name, file.read_text("utf-8"))
            for file in files
            for name in [".".join(file.relative_to(project).with_suffix("").parts)]
        }
        self.functions: dict[str, list[tuple[Module, Function]]] = defaultdict(list)
        self._calls: dict[str, list[tuple[Module, ast.Call]]] = defaultdict(list)
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, Function):
                    self.functions[node.name].append((module, node))
                elif isinstance(node, ast.Call):
                    self._calls[called(node)].append((module, node))

    def constant(self, name: str, module: Module) -> Bound | None:
        """What a name of a module stands for, be it imported from another."""
        if name in module.constants:
            return Bound(module.constants[name], Scope(module))
        origin, there = module.imported.get(name, ("", ""))
        return self.constant(there, self.modules[origin]) if origin in self.modules else None

    def definition(self, name: str, module: Module) -> tuple[Module, Function] | None:
        """The function that a call by this name means, where that is certain."""
        found = self.functions[name]
        own = [each for each in found if each[0] is module]
        if len(own) == 1:
            return own[0]
        origin = module.imported.get(name, ("", ""))[0]
        there = [each for each in found if each[0].name == origin]
        return there[0] if len(there) == 1 else None

    def callers(self, module: Module, function: Function) -> list[Scope]:
        """For each call of a function, what its parameters stand for."""
        names = [each.arg for each in function.args.args if each.arg != "self"]
        defaults = function.args.defaults
        given = zip(names[len(names) - len(defaults) :], defaults, strict=True)
        by_default = {name: Bound(value, Scope(module)) for name, value in given}
        found = []
        for there, call in self._calls[function.name]:
            recursive = there.function(call) is function
            if not recursive and self.definition(function.name, there) == (module, function):
                scope = Scope(there)
                bound = dict(zip(names, (Bound(each, scope) for each in call.args), strict=False))
                bound |= {str(each.arg): Bound(each.value, scope) for each in call.keywords}
                found.append(Scope(module, {**by_default, **bound}, call, scope))
        return found


def called(call: ast.Call) -> str:
    """The name that a call calls, without what it is a member of."""
    return ast.unparse(call.func).rpartition(".")[2]


def variants(expressions: Iterable[ast.expr], scope: Scope) -> Iterator[Scope]:
    """The scope once for each way in which the variables of the expressions may be set together."""
    module = scope.module
    choices: dict[str, list[Choice]] = {}
    waiting = list(expressions)
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Name) and node.id not in {*choices, *scope.bound}:
                found = module.choices(node)
                if found:
                    choices[node.id] = found
                    waiting += [each.value for each in found]
    for taken in itertools.islice(_taken(list(choices.values()), module), _MOST_WAYS):
        new = scope._replace(bound=dict(scope.bound))
        assert isinstance(new.bound, dict)
        for name, choice in zip(choices, taken, strict=True):
            new.bound[name] = Bound(choice.value, new)
        yield new


def _taken(choices: list[list[Choice]], module: Module) -> Iterator[list[Choice]]:
    """One choice of each, where all of them may be taken on one way through the function."""
    if not choices:
        yield []
        return
    *before, last = choices
    for taken in _taken(before, module):
        for choice in last:
            if all(_together(choice, each, module) for each in taken):
                yield [*taken, choice]


def _together(one: Choice, other: Choice, module: Module) -> bool:
    if one.statement is other.statement:
        return one.turn == other.turn
    return not module.excludes(one.statement, other.statement)


@cache
def _statements(function: Function) -> list[ast.stmt]:
    nodes = (each for each in ast.walk(function) if isinstance(each, ast.stmt))
    return sorted(nodes, key=lambda each: (each.lineno, each.col_offset))


def _said(node: ast.stmt, name: str, module: Module) -> Iterator[Choice]:
    """What a statement lets a name stand for."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        yield from (Choice(value, node) for value in _member(target, node.value, name))
    elif isinstance(node, ast.For):
        for turn, member in enumerate(_members(node.iter, module)):
            yield from (Choice(value, node, turn) for value in _member(node.target, member, name))


def _member(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """The part of a value that goes to the name."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for inner, part in zip(target.elts, value.elts, strict=False):
            yield from _member(inner, part, name)


def _members(of: ast.expr, module: Module) -> list[ast.expr]:
    """The members of a collection that stands in the code."""
    if isinstance(of, ast.Name) and of.id in module.constants:
        of = module.constants[of.id]
    if isinstance(of, ast.Tuple | ast.List):
        return of.elts
    if isinstance(of, ast.Call) and called(of) == "items" and isinstance(of.func, ast.Attribute):
        of = of.func.value
        if isinstance(of, ast.Name):
            of = module.constants.get(of.id, of)
        if isinstance(of, ast.Dict):
            pairs = zip(of.keys, of.values, strict=True)
            return [ast.Tuple([key, value], ast.Load()) for key, value in pairs if key]
    return []
