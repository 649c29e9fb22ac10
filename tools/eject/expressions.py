"""Values of Terraform's JSON as HCL's expressions.

https://developer.hashicorp.com/terraform/language/syntax/json (read 2026-11)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from tools.eject import hcl, json_text
from tools.eject.hcl import Expression
from tools.eject.json_text import Json
from tools.eject.templates import Part, TemplateSequence, parts, quoted

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_KEYWORDS = {"for", "if", "in", "null", "true", "false"}


class Strings(Enum):
    """What a string is, where it stands in Terraform's JSON."""

    TEMPLATES = "with sequences that are expanded"
    TEXTS = "as it stands"
    REFERENCES = "an expression, such as the resources of depends_on"


class Expressions(NamedTuple):
    """Writes values; `is_string` tells whether an expression is known to be a string."""

    is_string: Callable[[str], bool]

    def of(
        self, value: Any, strings: Strings = Strings.TEMPLATES, *, json_by_meaning: bool = False
    ) -> Expression:
        """The expression; a string that is JSON is a `jsonencode(...)` if that says the same."""
        if isinstance(value, dict):
            return hcl.object_of(
                (_key(_template(key, strings)), self.of(item, strings))
                for key, item in value.items()
            )
        if isinstance(value, list):
            return hcl.list_of([self.of(item, strings) for item in value])
        if not isinstance(value, str):
            return hcl.verbatim(_constant(value))
        if strings is Strings.REFERENCES:
            return hcl.verbatim(value)
        template = _template(value, strings)
        if strings is Strings.TEXTS:
            return hcl.verbatim(quoted(template))
        json = json_text.read(template, by_meaning=json_by_meaning)
        if json:
            return hcl.call("jsonencode", self._of_json(json, json.value))
        return hcl.verbatim(_expanded(template) or quoted(template))

    def _of_json(self, json: Json, value: Any) -> Expression:
        if isinstance(value, dict):
            return hcl.object_of(
                (_key(json.parts(key)), self._of_json(json, item)) for key, item in value.items()
            )
        if isinstance(value, list):
            return hcl.list_of([self._of_json(json, item) for item in value])
        if not isinstance(value, str):
            return hcl.verbatim(_constant(value))
        bare = json.bare(value)
        if bare is not None:
            return hcl.verbatim(_one_expression(bare))
        template = json.parts(value)
        expression = _expanded(template)
        if expression and not self.is_string(expression):
            # In quotes it would be what it is, a number say; in JSON's quotes it is a string.
            expression = f"tostring({expression})"
        return hcl.verbatim(expression or quoted(template))


def _template(text: str, strings: Strings) -> list[Part]:
    return parts(text) if strings is Strings.TEMPLATES else [text]


def _expanded(template: list[Part]) -> str | None:
    """The expression of a template that is one interpolation, which has any type; else None."""
    if len(template) != 1 or not isinstance(template[0], TemplateSequence):
        return None
    return _one_expression(template[0].expression) if template[0].is_interpolation else None


def _one_expression(source: str) -> str:
    return f"({source})" if "\n" in source else source


def _key(template: list[Part]) -> str:
    if len(template) == 1 and isinstance(template[0], str):
        name = template[0]
        if _NAME.fullmatch(name) and name not in _KEYWORDS:
            return name
    return quoted(template)


def _constant(value: bool | int | Decimal | None) -> str:
    if value is None:
        return "null"
    return str(value).lower()
