"""What an expression of the code reads like to a user: each text it may be, with placeholders."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable

from tools.errors_page.code import Code, Scope, called

_MOST = 24
"""Texts of one expression; more would be of no help."""
_DEEPEST = 14
_PASSES_ON = frozenset(
    (
        *("str", "repr", "shown", "sorted", "list", "int", "map", "one_line", "masked", "filter"),
        *("in_one_line", "terraform_program", "_short", "_list"),
    )
)
"""Functions of a value that are called what the value is."""

_SAYS_NO_MORE = frozenset(
    (
        *("name", "value", "strip", "lstrip", "join", "format", "lower", "split", "splitlines"),
        *("partition", "rpartition", "removesuffix", "replace", "get", "keys", "relative_to"),
        *("wait", "decode", "items"),
    )
)
"""Members that are called what they are members of."""

WORDS = {
    "_environment()": "your environment",
    "age": "time",
    "choices": "sizes",
    "colno": "number",
    "each": "name",
    "sum_of": "other fingerprint",
    "near": "nearest",
    "error": "reason",
    "error.msg": "reason",
    "error.start": "number",
    "error.strerror": "the system's reason",
    "getattr(error, 'strerror', error)": "the system's reason",
    "index": "number",
    "last": "value",
    "lineno": "number",
    "most": "values",
    "path": "argument",
    "returncode": "exit code",
    "PROVIDER_VERSION": "version",  # another one where tools.leave goes
    "self.id": "service",
    "stderr": "reason",
    "terraform_command": "command",
    "whole.name(path)": "argument",
}
"""Words for expressions, members and functions that are called otherwise in the code."""


UNNAMED = "\0"


def texts(expression: ast.expr, scope: Scope, code: Code, depth: int = 0) -> list[str]:
    """Each text that the expression may be."""
    found = list(dict.fromkeys(_texts(expression, scope, code, depth)))
    return found[:_MOST]


def says_something(text: str, least: int = 1) -> bool:
    """Whether words stand in a text beside its placeholders."""
    return len(re.findall(r"[A-Za-z0-9][\w'-]*", re.sub(r"<[^<>]*>", "", text))) >= least


def placeholder(expression: ast.expr) -> str:
    return f"<{words(expression)}>"


def words(expression: ast.expr) -> str:
    """A value by the names that the code has for it; `UNNAMED` before it where it has none."""
    written = ast.unparse(expression)
    if written in WORDS:
        return WORDS[written]
    match expression:
        case ast.Name(id=name):
            return name.strip("_").replace("_", " ").lower()
        case ast.Attribute(value=inner, attr=attr):
            plain = WORDS.get(attr, attr.strip("_").replace("_", " "))
            return words(inner) if attr in _SAYS_NO_MORE else plain
        case ast.Subscript(value=inner) | ast.Starred(value=inner) | ast.IfExp(body=inner):
            return words(inner)
        case ast.Call(func=ast.Name(id="len"), args=[counted, *_]):
            return f"number of {words(counted)}"
        case ast.Call(func=ast.Attribute(attr="join"), args=[joined, *_]):
            return words(joined)
        case ast.Call(args=[*_, last]) if called(expression) in _PASSES_ON:
            return words(last)
        case ast.Call(func=function):
            return WORDS.get(called(expression)) or words(function)
        case ast.ListComp(generators=[of, *_]) | ast.GeneratorExp(generators=[of, *_]):
            return words(of.iter)
        case ast.BoolOp(values=[inner, *_]):
            return words(inner)
        case ast.Constant() | ast.Dict() | ast.List() | ast.Tuple() | ast.Set():
            return "value"
        case ast.Compare(left=inner) | ast.UnaryOp(operand=inner):
            return words(inner)
        case ast.BinOp(op=operator):
            return "file" if isinstance(operator, ast.Div) else "number"
    return UNNAMED + written


def _texts(expression: ast.expr, scope: Scope, code: Code, depth: int) -> Iterable[str]:
    if depth > _DEEPEST:
        return [placeholder(expression)]

    def of(inner: ast.expr, scope: Scope = scope) -> list[str]:
        return texts(inner, scope, code, depth + 1)

    match expression:
        case ast.Constant(value=str(value)):
            return [value]
        case ast.Constant(value=None):
            return []
        case ast.Constant(value=int(value) | float(value)):
            return [f"{value:g}"]
        case ast.JoinedStr(values=values):
            return map("".join, itertools.product(*map(of, values)))
        case ast.FormattedValue(value=inner, conversion=conversion):
            found = [text for text in of(inner) if text]
            return [f"'{text}'" for text in found] if conversion == ord("r") else of(inner)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return map("".join, itertools.product(of(left), of(right)))
        case ast.IfExp(body=body, orelse=orelse):
            return [*of(body), *of(orelse)]
        case ast.BoolOp(op=ast.Or(), values=values):
            return [text for value in values for text in of(value)]
        case ast.Name(id=name) if name not in WORDS:
            return _of_name(expression, scope, code, depth) or [placeholder(expression)]
        case ast.Call(func=ast.Attribute(value=ast.Constant(value="\n"), attr="join")):
            if isinstance(expression.args[0], ast.List):
                return [t for each in expression.args[0].elts for t in of(each)]
        case ast.Call(args=[first, *_]) if called(expression) in _PASSES_ON:
            return of(first) if isinstance(first, ast.expr) else []
        case ast.Call() if called(expression) not in WORDS:
            return _returned(expression, scope, code, depth) or [placeholder(expression)]
    return [placeholder(expression)]


def _of_name(name: ast.Name, scope: Scope, code: Code, depth: int) -> list[str]:
    """The texts that a variable or a constant stands for; none when its name says as much."""
    bound = scope.bound.get(name.id) or code.constant(name.id, scope.module)
    chosen = scope.module.choices(name)
    if chosen and (bound is None or name in ast.walk(bound.value) or name.id not in scope.bound):
        values = [(each.value, scope) for each in chosen]
    else:
        values = [(bound.value, bound.scope)] if bound else []
    found = [text for value in values for text in texts(*value, code, depth + 1)]
    empty = [value for value, _ in values if isinstance(value, ast.Constant)]
    return found if empty or any(map(says_something, found)) else []


def _returned(call: ast.Call, scope: Scope, code: Code, depth: int) -> list[str]:
    """What a function of the project returns, where that is a text that says something."""
    definition = code.definition(called(call), scope.module)
    if definition is None:
        return []
    module, function = definition
    if function.returns is None or "str" not in ast.unparse(function.returns).split(" | "):
        return []
    inner = next((each for each in code.callers(*definition) if each.call is call), None)
    found = [
        text
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
        for text in texts(node.value, inner or Scope(module), code, depth + 1)
    ]
    return found if any(says_something(text, 2) for text in found) else []
