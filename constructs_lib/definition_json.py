"""Reads a definition from JSON: a file for RegisterTaskDefinition, or what AWS describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from constructs_lib.errors import InvalidInput, one_line
from constructs_lib.findings import Definition
from constructs_lib.generated.register_task_definition_model import DESCRIBE_ONLY

_MOST_DIGITS = 40
ONE_DEFINITION = "name a file of one task definition, as RegisterTaskDefinition takes it"

LARGEST_FILE = 1024 * 1024
"""In bytes. AWS takes definitions of 64 KB, and a described, indented one has some more."""


def read_file(file: Path, owner: str) -> Definition:
    """The definition in a file, of which no more than can be one is read.

    Raises: OSError, or InvalidInput with one sentence.
    """
    with file.open("rb") as opened:
        text = opened.read(LARGEST_FILE + 1)
    if len(text) > LARGEST_FILE:
        raise InvalidInput(
            [f"{owner}: is larger than any task definition, 1 MiB; {ONE_DEFINITION}"]
        )
    return read_definition(text, owner)


def read_definition(source: str | bytes | Definition, owner: str = "task definition") -> Definition:
    """The definition in a file that RegisterTaskDefinition takes or DescribeTaskDefinition gives.

    What only the description has, and explicit nulls, are left out. Nothing is checked but that
    it is JSON with an object inside: `definition_findings` does the rest.

    Raises: InvalidInput with one sentence.
    """
    try:
        value = _without_nulls(source if isinstance(source, dict) else _parsed(source, owner))
    except RecursionError:
        sentence = f"{owner}: is nested too deeply to be a task definition; {ONE_DEFINITION}"
        raise InvalidInput([sentence]) from None
    if not isinstance(value, dict):
        raise InvalidInput(
            [f"{owner}: must be a JSON object (got {_kind(value)}); {ONE_DEFINITION}"]
        )
    if isinstance(value.get("taskDefinition"), dict):
        beside = {name: value[name] for name in value if name != "taskDefinition"}
        beside.pop("ResponseMetadata", None)
        if isinstance(beside.get("tags"), list):
            beside["tags"] = [tag for tag in beside["tags"] if not _is_set_by_aws(tag)]
        value = {**beside, **value["taskDefinition"]}
    return {name: item for name, item in value.items() if name not in DESCRIBE_ONLY}


def _is_set_by_aws(tag: Any) -> bool:
    """Whether AWS has set a tag. Source: API_Tag.html, `key` (read 2026-11)."""
    return isinstance(tag, dict) and str(tag.get("key")).startswith("aws:")


def _parsed(source: str | bytes, owner: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> Definition:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = one_line(next(name for name in names if names.count(name) > 1))
            raise InvalidInput([f"{owner}: the key '{twice}' stands twice in one object; keep one"])
        return found

    def no_number(name: str) -> Any:
        raise InvalidInput([f"{owner}: {name} is not a number that JSON has; write a number"])

    def integer(digits: str) -> int:
        if len(digits) > _MOST_DIGITS:
            sentence = f"{owner}: a number has {len(digits)} digits; write a shorter one"
            raise InvalidInput([sentence])
        return int(digits)

    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=once,
            parse_constant=no_number,
            parse_int=integer,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        sentence = f"{owner}: is not JSON at {where}: {error.msg}; mend it there"
        raise InvalidInput([sentence]) from None
    except UnicodeDecodeError as error:
        sentence = f"{owner}: is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise InvalidInput([sentence]) from None


def _kind(value: object) -> str:
    return {list: "a list", str: "a string", type(None): "null"}.get(type(value), repr(value))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value
