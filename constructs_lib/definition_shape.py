"""Whether a definition has the shape of RegisterTaskDefinition: keys, types, enumerations.

Stricter than AWS's SDKs, which pass enumerations unread, and than the Terraform provider, which
drops a key that it does not know without a word (terraform-provider-aws#43217).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from constructs_lib.findings import ABSENT, Definition, Finding, Path
from constructs_lib.generated.register_task_definition_model import REQUEST, STRUCTURES
from constructs_lib.nearest import nearest
from constructs_lib.unknown import REFUSED, is_unknown

# AWS takes any other protocol as tcp: PortMapping$protocol in botocore 1.44.5 and
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html (read 2026-11).
_ENUMERATIONS_THAT_TAKE_ANYTHING = {("PortMapping", "protocol")}

# AWS's `Integer` is a Java int, and the provider's an int32.
_INTEGERS = range(-(2**31), 2**31)

_MOST_GUESSES = 50
"""Unknown keys of one object for which it is guessed what was meant; a guess takes milliseconds."""

_MOST_MEMBERS_NAMED = 4
"""Of an object; those of a larger one are in docs/arguments.md."""

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")

# What stands in the sound copy for a value that was refused: as good as a value not known, so no
# rule refuses the same mistake again.
_REFUSED_SCALAR = f"${{{REFUSED}}}"


class Shape(NamedTuple):
    """What is wrong with the shape, and a copy of the definition that a rule can read safely.

    The copy has the right types everywhere. What was refused counts in it as not known; explicit
    nulls, and empty strings for optional enumerations (which AWS's Go SDK writes for an absent
    value), are left out.
    """

    findings: list[Finding]
    sound: Definition


def check_shape(definition: object) -> Shape:
    """Compares a definition with the model of RegisterTaskDefinition, all mistakes at once."""
    findings: list[Finding] = []
    sound = _checked(definition, REQUEST, (), findings)
    return Shape(findings, {} if is_unknown(sound) else sound)


def _checked(value: Any, kind: str, path: Path, findings: list[Finding]) -> Any:
    """The sound copy of `value`, after adding to `findings` what is wrong with it."""
    if is_unknown(value) and _may_stand_for(value, kind):
        return value
    if kind.startswith("["):
        return _checked_list(value, kind[1:-1], path, findings)
    if kind.startswith("{"):
        return _checked_map(value, kind[1:-1], path, findings)
    if kind in STRUCTURES:
        return _checked_structure(value, kind, path, findings)
    finding = _scalar_finding(value, kind, path)
    if finding is None:
        return value
    findings.append(finding)
    return _REFUSED_SCALAR


def _may_stand_for(marker: Any, kind: str) -> bool:
    """Whether what the marker stands for can be of this kind; text may become anything."""
    if isinstance(marker, list):
        return kind.startswith("[")
    if isinstance(marker, dict):
        return kind.startswith("{") or kind in STRUCTURES
    return kind == "integer" or not isinstance(marker, float)


def _checked_list(value: Any, kind: str, path: Path, findings: list[Finding]) -> Any:
    if not isinstance(value, list):
        findings.append(Finding(path, "must be a list", value, "write it in square brackets"))
        return [f"#{{{REFUSED}}}"]
    return [_checked(item, kind, (*path, index), findings) for index, item in enumerate(value)]


def _checked_map(value: Any, kind: str, path: Path, findings: list[Finding]) -> Any:
    if not isinstance(value, dict):
        findings.append(_not_an_object(value, path))
        return _refused_object()
    sound = {}
    for name, item in value.items():
        wrong = _text_finding(name, path) if isinstance(name, str) else _not_a_key(name, path)
        if wrong:
            findings.append(wrong)
        elif item is not None:
            sound[name] = _checked(item, kind, (*path, name), findings)
    return sound


def _checked_structure(value: Any, structure: str, path: Path, findings: list[Finding]) -> Any:
    if not isinstance(value, dict):
        findings.append(_not_an_object(value, path, STRUCTURES[structure]))
        return _refused_object()
    members = STRUCTURES[structure]
    sound = {}
    unknown = [name for name in value if name not in members]
    for name in unknown[_MOST_GUESSES:]:
        findings.append(Finding((*path, str(name)), "is not known", value[name], "leave it out"))
    unknown = unknown[:_MOST_GUESSES]
    for name, item in value.items():
        kind = members.get(name)
        if kind is None:
            if name in unknown:
                findings.append(_unknown_key(name, structure, path, item))
        elif not _counts_as_absent(item, kind):
            if (structure, name) in _ENUMERATIONS_THAT_TAKE_ANYTHING:
                kind = "string"
            sound[name] = _checked(item, kind.removesuffix("!"), (*path, name), findings)
    findings += [
        Finding((*path, name), "is required", ABSENT, "give it")
        for name, kind in members.items()
        if kind.endswith("!") and name not in sound and not _meant(name, unknown, members)
    ]
    return sound


def _counts_as_absent(value: object, kind: str) -> bool:
    return value is None or (value == "" and kind.startswith("=") and not kind.endswith("!"))


def _meant(name: str, unknown: Iterable[object], members: dict[str, str]) -> bool:
    """Whether a key which is not in the model stands for `name`, and was reported already."""
    return any(nearest(str(key), members) == name for key in unknown)


def _scalar_finding(value: Any, kind: str, path: Path) -> Finding | None:
    if kind == "string":
        if isinstance(value, str):
            return _text_finding(value, path)
        cure = "write it as a string"
        if isinstance(value, bool | int | float):
            cure = f'write "{str(value).lower() if isinstance(value, bool) else value}", in quotes'
        return Finding(path, "must be a string", value, cure)
    if kind == "integer":
        return _integer_finding(value, path)
    if kind == "boolean":
        if isinstance(value, bool):
            return None
        in_quotes = isinstance(value, str) and value.lower() in ("true", "false")
        cure = "write it without quotes" if in_quotes else "write one of the two, without quotes"
        return Finding(path, "must be true or false", value, cure)
    return _enumeration_finding(value, kind[1:].split("|"), path)


def _text_finding(value: str, path: Path) -> Finding | None:
    """What is wrong with text that no UTF-8 can carry, so that another would arrive in AWS."""
    if value.isascii() or not _HALF_A_CHARACTER.search(value):
        return None
    rule = "must not hold half a character (a lone surrogate)"
    return Finding(path, rule, value, "take it out")


def _integer_finding(value: Any, path: Path) -> Finding | None:
    if isinstance(value, int) and not isinstance(value, bool):
        if value in _INTEGERS:
            return None
        rule = f"must lie between {_INTEGERS[0]} and {_INTEGERS[-1]}"
        return Finding(path, rule, value, "give a number that fits in 32 bits")
    cure = "write a whole number"
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        cure = f"write {value.strip()}, without quotes"
    elif isinstance(value, float) and value.is_integer():
        cure = f"write {int(value)}"
    return Finding(path, "must be an integer", value, cure)


def _enumeration_finding(value: Any, allowed: list[str], path: Path) -> Finding | None:
    if isinstance(value, str) and value in allowed:
        return None
    *most, last = (f"'{one}'" for one in allowed)
    rule = f"must be {', '.join(most)} or {last}" if most else f"must be {last}"
    meant = allowed[0] if len(allowed) == 1 else nearest(str(value), allowed)
    return Finding(path, rule, value, f"write '{meant}'" if meant else "write one of these")


def _not_an_object(value: object, path: Path, members: Collection[str] = ()) -> Finding:
    cure = "write its members in braces"
    if 0 < len(members) <= _MOST_MEMBERS_NAMED:
        cure = f"{cure}: {', '.join(members)}"
    return Finding(path, "must be an object", value, cure)


def _refused_object() -> Definition:
    return {f"&{{{REFUSED}}}": _REFUSED_SCALAR}


def _unknown_key(name: Any, structure: str, path: Path, value: object) -> Finding:
    """Says what was meant by a key that the structure does not have."""
    if not isinstance(name, str):
        return _not_a_key(name, path)
    here, elsewhere = STRUCTURES[structure], places().get(name, [])
    meant = nearest(name, here)
    if meant is not None and (meant.lower() == name.lower() or not elsewhere):
        return Finding((*path, name), "is not known", value, f"write '{meant}'")
    if elsewhere:
        where = " or ".join(elsewhere)
        return Finding((*path, name), "does not belong here", value, f"write it in {where}")
    meant = nearest(name, places())
    if meant is None:
        return Finding((*path, name), "is not known", value, "leave it out")
    where = " or ".join(places()[meant])
    cure = f"leave it out, or write '{meant}' in {where}"
    return Finding((*path, name), "is not known", value, cure)


def _not_a_key(name: object, path: Path) -> Finding:
    return Finding(path, "must have strings as keys", name, "write the key in quotes")


@functools.cache
def places() -> dict[str, list[str]]:
    """Every key of the model: the places nearest to the top where it stands."""
    found: dict[str, list[str]] = {}
    depths: dict[str, int] = {}
    for depth, place, structure in _structures():
        for name in STRUCTURES[structure]:
            if depths.setdefault(name, depth) == depth:
                found.setdefault(name, []).append(place or "the task definition")
    return found


def _structures() -> Iterator[tuple[int, str, str]]:
    """Every structure with its place, level by level."""
    level, depth = [("", REQUEST)], 0
    while level:
        yield from ((depth, place, structure) for place, structure in level)
        level = [
            (f"{place}.{name}{'[]' * kind.startswith('[')}".lstrip("."), inner)
            for place, structure in level
            for name, kind in STRUCTURES[structure].items()
            if (inner := kind.strip("[]!{}")) in STRUCTURES
        ]
        depth += 1
