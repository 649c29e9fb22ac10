"""A plan as `terraform show -json` writes it; nothing sensitive is left once it is read.

The format, read 2026-11: https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from constructs_lib.errors import READABLE
from tools.review.hidden import Cleaner, Unknown, masked
from tools.review.json_text import read_json

STDIN = Path("-")
_SHOWN = "write the plan with `terraform show -json PLANFILE`"
_UNNAMED = ("plan", "tfplan", "terraform")
# https://developer.hashicorp.com/terraform/internals/json-format#change-representation
_ACTIONS = {"no-op", "create", "read", "update", "delete", "forget"}
_INDEX = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")


class Unusable(Exception):
    """Why something cannot be reviewed, in one sentence."""


class Change(NamedTuple):
    """What Terraform will do to one resource, or to one output.

    `before` and `after` are the resource's attributes, cleaned (`hidden.py`); None where there is
    none. `in_text` are the attributes whose values differ before anything is read from them.
    `configured` are those that the configuration sets, None when it does not say.
    """

    address: str
    type: str
    actions: tuple[str, ...]
    before: Any
    after: Any
    in_text: frozenset[str] = frozenset()
    configured: frozenset[str] | None = None
    previous_address: str | None = None
    import_id: str | None = None
    deposed: str | None = None
    managed: bool = True


class Plan(NamedTuple):
    """A plan of one stack. `changes` has the resources that stay as they are, too."""

    stack: str
    source: str
    changes: list[Change]
    drift: list[Change]
    outputs: list[Change]
    errored: bool
    problems: list[str]


def stack_name(file: Path) -> str:
    """The folder's name for `.../iam/plan.json`, the file's own for `iam.json`.

    Bytes of a name that are no text become `?`.
    """
    if file == STDIN:
        return "stdin"
    stem, folder = file.name.split(".")[0], file.absolute().parent.name
    name = folder if stem in _UNNAMED and folder else stem
    return name.encode("utf-8", "replace").decode()


def read_plan(file: Path, stack: str | None = None) -> Plan:
    """The plan in a file, or what comes in by the pipe for `-`.

    Raises:
        Unusable: it cannot be read, or is no plan.
    """
    try:
        text = sys.stdin.buffer.read() if file == STDIN else file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file}: cannot be read: {error.strerror}; {READABLE}") from None
    return parse_plan(text, "stdin" if file == STDIN else str(file), stack or stack_name(file))


def parse_plan(text: bytes, source: str, stack: str) -> Plan:
    """The plan in `text`, which `source` is the name of."""
    try:
        document = read_json(text.decode("utf-8-sig"))
        return _Reader(document, source, stack).plan()
    except UnicodeDecodeError:
        raise Unusable(f"{source}: is not text; {_SHOWN}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Unusable(f"{source}: is not JSON, or is cut off ({where}); {_SHOWN}") from None
    except RecursionError:
        raise Unusable(f"{source}: is nested too deeply to be a plan; {_SHOWN}") from None
    except ValueError as error:  # a number of thousands of digits
        reason = str(error).partition(";")[0]  # after it, what to do in Python
        raise Unusable(f"{source}: is not JSON that can be read: {reason}; {_SHOWN}") from None


class _Reader:
    """Reads one document; says at once what does not have the form of a plan."""

    def __init__(self, document: Any, source: str, stack: str) -> None:
        self._source = source
        self._stack = stack
        self._cleaner = Cleaner()
        self._document = self._plan_document(document)
        self._configured = dict(_configured(self._document.get("configuration"), ""))

    def plan(self) -> Plan:
        veiled = self._cleaner.veiled
        changes, drift = (
            [self._resource(each, key) for each in self._list(self._document, key)]
            for key in ("resource_changes", "resource_drift")
        )
        given = self._object(self._document.get("output_changes"), "output_changes")
        outputs = [self._output(name, each) for name, each in sorted(given.items())]
        changes, drift, outputs = (
            [
                each._replace(
                    address=self._without_secret_keys(each.address),
                    before=veiled(each.before),
                    after=veiled(each.after),
                )
                for each in part
            ]
            for part in (changes, drift, outputs)
        )
        return Plan(
            self._stack,
            self._source,
            changes,
            drift,
            outputs,
            self._document.get("errored") is True,
            [self._cleaner.text(each) for each in _failed_checks(self._document.get("checks"))],
        )

    def _without_secret_keys(self, address: str) -> str:
        """An address whose `for_each` keys are masked; names are never secrets."""
        return _INDEX.sub(lambda key: self._cleaner.text(key[0]), address)

    def _plan_document(self, document: Any) -> dict[str, Any]:
        if not isinstance(document, dict) or not isinstance(document.get("format_version"), str):
            raise Unusable(
                f"{self._source}: is JSON, but has no format_version, as a plan does; {_SHOWN}"
            )
        version = document["format_version"]
        if not re.fullmatch(r"[01]\.\d+", version):
            raise Unusable(
                f"{self._source}: has format_version {version!r}, and 1.x can be read; "
                "write the plan with Terraform 1.x"
            )
        if not {"planned_values", "resource_changes", "output_changes"} & set(document):
            raise Unusable(f"{self._source}: is no plan, but a state or a configuration; {_SHOWN}")
        return document

    def _resource(self, given: Any, key: str) -> Change:
        resource = self._object(given, key, needed=True)
        for member in ("address", "type"):
            if not isinstance(resource.get(member), str):
                self._wrong(f"{key}: a resource has no {member}")
        address = resource["address"]
        change = self._object(resource.get("change"), f"the change of {address}", needed=True)
        importing = change.get("importing")
        import_id = None
        if isinstance(importing, dict):
            import_id = _text(importing.get("id")) or "(known after apply)"
        return self._change(address, resource["type"], change)._replace(
            configured=self._configured.get(_INDEX.sub("", address)),
            previous_address=_text(resource.get("previous_address")),
            import_id=import_id,
            deposed=_text(resource.get("deposed")),
            managed=resource.get("mode", "managed") == "managed",
        )

    def _output(self, name: str, given: Any) -> Change:
        """An output as if it were a resource with one attribute of its name."""
        change = self._object(given, f"the output {name}", needed=True)
        actions = self._list(change, "actions")
        masks = ("after_unknown", "before_sensitive", "after_sensitive")
        wrapped: dict[str, Any] = {mask: {name: change.get(mask)} for mask in masks}
        wrapped["actions"] = actions
        if actions != ["create"]:
            wrapped["before"] = {name: change.get("before")}
        if actions != ["delete"]:
            wrapped["after"] = {name: change.get("after")}
        return self._change(f"output.{name}", "output", wrapped)

    def _change(self, address: str, type: str, change: dict[str, Any]) -> Change:
        actions = self._list(change, "actions")
        if not all(isinstance(each, str) for each in actions):
            self._wrong(f"the actions of {address} are not words")
        strange = sorted(set(actions) - _ACTIONS)
        if strange:
            self._wrong(f"{address} has an action {strange[0]!r} that no rule knows")
        before, after = change.get("before"), change.get("after")
        for value in (before, after):
            if value is not None and not isinstance(value, dict):
                self._wrong(f"the values of {address} are not an object")
        masks = [
            dict.fromkeys(value or {}, True) if mask is True else mask
            for value, mask in (
                (before, change.get("before_sensitive")),
                (after, change.get("after_sensitive")),
                (after, change.get("after_unknown")),
            )
        ]
        unknown = masks[2]
        clean = self._cleaner.cleaned
        old = None if before is None else clean(before, masks[0])
        if not unknown and _text_of(before, masks[0]) == _text_of(after, masks[1]):
            new = old
        else:
            new = None if after is None else clean(after, masks[1], unknown)
        return Change(
            address=masked(address),
            type=type,
            actions=tuple(actions),
            before=_with_all_tags(old),
            after=_with_all_tags(new),
            in_text=frozenset(
                _differing(_with_all_tags(before) or {}, _with_all_tags(after) or {})
            ),
        )

    def _list(self, parent: dict[str, Any], key: str) -> list[Any]:
        value = parent.get(key)
        if value is not None and not isinstance(value, list):
            self._wrong(f"{key} is not a list")
        return value or []

    def _object(self, value: Any, what: str, needed: bool = False) -> dict[str, Any]:
        if not isinstance(value, dict) and (needed or value is not None):
            self._wrong(f"{what} is not an object")
        return value or {}

    def _wrong(self, what: str) -> None:
        raise Unusable(f"{self._source}: is no plan that can be read: {what}; {_SHOWN}")


def _text_of(*values: Any) -> str:
    """JSON to compare by, as 1 equals True in Python."""
    return json.dumps(values, sort_keys=True)


def _text(value: Any) -> str | None:
    return masked(value) if isinstance(value, str) and value else None


def _with_all_tags(values: Any) -> Any:
    """The attributes, whose `tags` are all that the resource has.

    The provider tells its default tags in `tags_all`, with the resource's own; in `tags` it tells
    its own, and, when it reads them, those that its defaults no longer have. It does not know
    `tags_all` before an apply that leaves no tag at all.
    """
    if not isinstance(values, dict) or "tags_all" not in values:
        return values
    own = {name: value for name, value in values.items() if name != "tags_all"}
    tags = values["tags_all"]
    return own if not tags or isinstance(tags, Unknown) else {**own, "tags": tags}


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield name


def _configured(module: Any, prefix: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every resource's address, without indices, with the attributes that are set."""
    module = module.get("root_module", module) if isinstance(module, dict) else {}
    if not isinstance(module, dict):
        return
    for resource in _objects(module.get("resources")):
        expressions = resource.get("expressions")
        names = frozenset(expressions) if isinstance(expressions, dict) else frozenset[str]()
        yield f"{prefix}{resource.get('address')}", names
    calls = module.get("module_calls")
    for name, call in calls.items() if isinstance(calls, dict) else ():
        inner = call.get("module") if isinstance(call, dict) else None
        yield from _configured(inner, f"{prefix}module.{name}.")


def _failed_checks(checks: Any) -> Iterator[str]:
    for check in _objects(checks):
        for instance in _objects(check.get("instances")):
            for problem in _objects(instance.get("problems")):
                if isinstance(problem.get("message"), str):
                    yield problem["message"]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
