"""HCL as a tree of python-hcl2's, which lays it out and writes it.

Strings and references go into the tree as HCL's own text: the library's way from Python values
looks for `${...}` with a pattern of its own, and loses a quote that stands before one.

https://github.com/amplify-education/python-hcl2 (8.1, read 2026-11)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import hcl2
from hcl2.formatter import BaseFormatter, FormatterOptions
from hcl2.rules.abstract import LarkElement
from hcl2.rules.base import AttributeRule, BlockRule, BodyRule, StartRule
from hcl2.rules.containers import ObjectElemKeyRule, ObjectElemRule, ObjectRule, TupleRule
from hcl2.rules.expressions import ExprTermRule
from hcl2.rules.functions import ArgumentsRule, FunctionCallRule
from hcl2.rules.literal_rules import IdentifierRule
from hcl2.rules.tokens import COMMA, EQ, LBRACE, LPAR, LSQB, NAME, RBRACE, RPAR, RSQB

Expression: TypeAlias = ExprTermRule
Statement: TypeAlias = AttributeRule | BlockRule
"""An argument or a block, in a body."""

_SHORT_LINE = 70
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def verbatim(source: str) -> Expression:
    """An expression that is HCL already: a reference, a number, a string in its quotes."""
    return ExprTermRule([_name(source)])


def list_of(items: Sequence[Expression]) -> Expression:
    """A list: in one line if it is short and there is no object in it."""
    plain = [each.expression for each in items if isinstance(each.expression, IdentifierRule)]
    line = f"[{', '.join(str(each.token.value) for each in plain)}]"
    if len(plain) == len(items) and len(line) <= _SHORT_LINE:
        return verbatim(line)
    inside: list[LarkElement] = []
    for item in items:
        inside += [item, COMMA()]
    return ExprTermRule([TupleRule([LSQB(), *inside, RSQB()])])


def object_of(items: Iterable[tuple[str, Expression]]) -> Expression:
    """An object; its keys are HCL already."""
    elements = [
        ObjectElemRule([ObjectElemKeyRule([_name(key)]), EQ(), value]) for key, value in items
    ]
    return ExprTermRule([ObjectRule([LBRACE(), *elements, RBRACE()])])


def call(function: str, argument: Expression) -> Expression:
    arguments = ArgumentsRule([argument])
    return ExprTermRule([FunctionCallRule([_name(function), LPAR(), arguments, RPAR()])])


def argument(name: str, value: Expression) -> Statement:
    return AttributeRule([_name(name), EQ(), value])


def block(kind: str, labels: Sequence[str], body: Iterable[Statement]) -> Statement:
    """A block; its labels are HCL already."""
    return BlockRule([_name(kind), *map(_name, labels), LBRACE(), BodyRule(list(body)), RBRACE()])


def written(statements: Iterable[Statement]) -> str:
    """The text of a file; `terraform fmt` has still to align it."""
    tree = StartRule([BodyRule(list(statements))])
    options = FormatterOptions(
        open_empty_blocks=False,
        vertically_align_attributes=False,
        vertically_align_object_elements=False,
    )
    BaseFormatter(options).format_tree(tree)
    return _BLANK_LINES.sub("\n\n", hcl2.reconstruct(tree))


def _name(source: str) -> IdentifierRule:
    return IdentifierRule([NAME(source)])
