"""Terraform's templates: what is text in a string, what is `${...}` or `%{...}`, and HCL's quotes.

In Terraform's JSON a string is a template as it stands. In HCL it stands in quotes, where a
backslash escapes in the text, though not in the sequences.

https://developer.hashicorp.com/terraform/language/expressions/strings (read 2026-11)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_INTRODUCTION = re.compile(r"[$%]\{")
_ESCAPED = re.compile(r"\$\$\{|%%\{")
_LONE_HALF = re.compile("[\ud800-\udfff]")
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class TemplateSequence(NamedTuple):
    """A `${...}` or a `%{...}`, with its braces."""

    source: str

    @property
    def is_interpolation(self) -> bool:
        return self.source.startswith("$")

    @property
    def expression(self) -> str:
        """What an interpolation interpolates."""
        return self.source[2:-1].removeprefix("~").removesuffix("~").strip()


Part = str | TemplateSequence
"""A piece of a template: text as it will be, or a sequence."""


def parts(template: str) -> list[Part]:
    """The pieces of a template; texts and sequences, in their order, no text empty."""
    found: list[Part] = []
    text, at = "", 0
    while at < len(template):
        if _ESCAPED.match(template, at):
            text += template[at + 1 : at + 3]
            at += 3
        elif _INTRODUCTION.match(template, at):
            end = _end_of_expression(template, at + 2)
            found += [text, TemplateSequence(template[at:end])]
            text, at = "", end
        else:
            text += template[at]
            at += 1
    return [part for part in [*found, text] if part]


def quoted(template: Iterable[Part]) -> str:
    """A template as HCL writes it, in quotes."""
    written = ""
    for part in template:
        if isinstance(part, TemplateSequence):
            if written.endswith(("$", "%")):  # which would escape the sequence
                written = f"{written[:-1]}\\u{ord(written[-1]):04x}"
            written += part.source
        else:
            doubled = _INTRODUCTION.sub(lambda match: match[0][0] + match[0], part)
            written += "".join(map(_escaped, _LONE_HALF.sub("\ufffd", doubled)))
    return f'"{written}"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _end_of_expression(source: str, at: int) -> int:
    """Behind the brace that closes what is open at `at`."""
    depth = 1
    while at < len(source):
        character = source[at]
        at += 1
        if character == '"':
            at = end_of_string(source, at)
        elif character in "{}":
            depth += 1 if character == "{" else -1
            if depth == 0:
                return at
    return at


def end_of_string(source: str, at: int) -> int:
    """Behind the quote that closes the string in which `at` is."""
    while at < len(source):
        if source[at] == "\\":
            at += 2
        elif source[at] == '"':
            return at + 1
        elif _ESCAPED.match(source, at):
            at += 3
        elif _INTRODUCTION.match(source, at):
            at = _end_of_expression(source, at + 2)
        else:
            at += 1
    return at
