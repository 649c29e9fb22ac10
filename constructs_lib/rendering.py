"""Strings on their way into Terraform: what was written must arrive in AWS as it was written.

Terraform expands `${` and `%{` in every string of its JSON, so they are doubled here. Terraform's
own references reach this place as CDKTF tokens, and those alone are left as they are.
"""

from __future__ import annotations

import json
import re
from typing import Any

from constructs_lib.unknown import TOKEN, is_unknown

_TEMPLATE = re.compile(rf"\$(?!{TOKEN})\{{|%\{{")


def literal(value: Any) -> Any:
    """The value with every string in it safe from Terraform's templates, all the way down."""
    if isinstance(value, str):
        return _TEMPLATE.sub(lambda match: match[0][0] + match[0], value)
    if isinstance(value, dict):
        return {literal(key): literal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [literal(item) for item in value]
    return value


def json_literal(value: Any) -> str:
    """The value as JSON in a Terraform string: compact, non-ASCII as it is, tokens in place.

    A number or a list that Terraform knows only later stands in the JSON without quotes.
    """
    bare: dict[str, str] = {}
    text = json.dumps(_marked(value, bare), ensure_ascii=False, separators=(",", ":"))
    text = str(literal(text))
    for mark, token in bare.items():
        text = text.replace(f'"{mark}"', token)
    return text


def _marked(value: Any, bare: dict[str, str]) -> Any:
    """The value with a mark for each token that is no string; `bare` has what takes its place."""
    if is_unknown(value) and not isinstance(value, str):
        from cdktf import Fn  # only here: everything else of this module runs without Node

        mark = f"netflux-token-{len(bare)}"
        bare[mark] = str(Fn.jsonencode(value))
        return mark
    if isinstance(value, dict):
        return {key: _marked(item, bare) for key, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, bare) for item in value]
    return value
