"""What Terraform's expressions refer to.

https://developer.hashicorp.com/terraform/language/expressions/references (read 2026-11)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tools.eject.templates import TemplateSequence, end_of_string, parts
from tools.terraform_json import COMMENT

Reference = tuple[str, ...]
"""The names of a reference, such as `("aws_iam_role", "task_role", "arn")`."""

_BARE = {"depends_on", "replace_triggered_by"}
"""Arguments whose strings are references without `${...}`."""

_NAME = r"[^\W\d][\w-]*"
_STEP = rf'\s*\.\s*({_NAME})|\[\s*"([^"\\]*)"\s*\]|\[\d+\]|\[\*\]|\.\*|\.\d+'
_QUOTE_OR_NAMES = re.compile(rf'"|(?<![\w.-])({_NAME})((?:{_STEP})*)')
_STEPS = re.compile(_STEP)


def references(value: Any) -> Iterator[Reference]:
    """All references in a value of Terraform's JSON, in their order."""
    if isinstance(value, str):
        for part in parts(value):
            if isinstance(part, TemplateSequence):
                yield from _in_expression(part.source[2:-1])
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in _BARE and isinstance(item, list):
                for each in item:
                    yield from _in_expression(str(each))
            elif key != COMMENT:
                yield from references(key)
                yield from references(item)


def _in_expression(source: str) -> Iterator[Reference]:
    at = 0
    while found := _QUOTE_OR_NAMES.search(source, at):
        at = found.end()
        if found[0] == '"':
            at = end_of_string(source, at)
            yield from references(source[found.end() : at - 1])
        else:
            steps = (dotted or quoted for dotted, quoted in _STEPS.findall(found[2]))
            yield (found[1], *filter(None, steps))
