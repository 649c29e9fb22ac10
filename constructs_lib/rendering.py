"""Strings on their way into Terraform: what was written must arrive in AWS as it was written.

Terraform expands `${` and `%{` in every string of its JSON, so they are doubled here. Terraform's
own references reach this place as CDKTF tokens, and those alone are left as they are.
"""

from __future__ import annotations

import json
import re
from typing import Any

_TEMPLATE = re.compile(r"\$\{(?!TfToken\[)|%\{")


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
    """The value as JSON in a Terraform string: compact, non-ASCII as it is, tokens in place."""
    return str(literal(json.dumps(value, ensure_ascii=False, separators=(",", ":"))))
