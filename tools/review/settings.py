"""The review's part of pyproject.toml, `[tool.netflux.review]`.

[tool.netflux.review]
fail_on = "error"                  # or "warning", "note", "never"

[tool.netflux.review.severity]     # a rule's id: "error", "warning", "note" or "off"
mutable-tag = "off"

[[tool.netflux.review.accept]]     # a finding that is known, and why it may be
rule = "wildcard-resource"
stack = "iam"                      # left out: any
address = "aws_iam_role_policy.reads"  # left out: any
reason = "ecr:GetAuthorizationToken knows no resource"
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from constructs_lib.nearest import nearest
from tools.review.rules import RULES
from tools.review.rules.rule import SEVERITIES

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # of the lock file, for Python 3.10

OFF = "off"
NEVER = "never"
FAIL_ON = (*SEVERITIES, NEVER)
CHECKOV = "checkov"
_CURE = "write it as in docs/review.md"


class WrongSettings(Exception):
    """What is wrong with the settings, a sentence a mistake, a line each."""


class Acceptance(NamedTuple):
    """Findings that may be, and why. `rule` may be the id of one of checkov's checks."""

    rule: str
    reason: str
    stack: str | None = None
    address: str | None = None

    def covers(self, rule: str, stack: str, address: str) -> bool:
        return self.rule == rule and self.stack in (None, stack) and self.address in (None, address)


_SEVERITIES = {**{rule.id: rule.severity for rule in RULES.values()}, CHECKOV: "note"}


class Settings(NamedTuple):
    """`severities` has every rule, and `checkov` for all of checkov's findings."""

    severities: Mapping[str, str] = _SEVERITIES
    fail_on: str = "error"
    accepted: tuple[Acceptance, ...] = ()


def read_settings(file: Path) -> Settings:
    """The settings of a pyproject.toml; the defaults where there is none.

    Raises:
        WrongSettings: something in it is not known, or an acceptance has no reason.
    """
    try:
        document: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        cure = "see that it is TOML, and that you may read it"
        raise WrongSettings(f"{file}: cannot be read: {error}; {cure}") from None
    found: Any = document
    for key in ("tool", "netflux", "review"):
        found = found.get(key, {}) if isinstance(found, dict) else found
    sentences = list(_problems(f"{file}: tool.netflux.review", found))
    if sentences:
        raise WrongSettings("\n".join(sentences))
    return Settings(
        {**_SEVERITIES, **found.get("severity", {})},
        found.get("fail_on", "error"),
        tuple(Acceptance(**each) for each in found.get("accept", [])),
    )


def _problems(place: str, given: Any) -> Iterator[str]:
    yield from _keys(place, given, ("fail_on", "severity", "accept"))
    settings = _table(given)
    severities = settings.get("severity", {})
    yield from _keys(f"{place}.severity", severities, _SEVERITIES)
    for rule, severity in _table(severities).items():
        if rule in _SEVERITIES:
            yield from _one_of(f"{place}.severity.{rule}", severity, (*SEVERITIES, OFF))
    yield from _one_of(f"{place}.fail_on", settings.get("fail_on", "error"), FAIL_ON)
    accepted = settings.get("accept", [])
    if not isinstance(accepted, list):
        yield f"{place}.accept: must be tables, each begun with [[...]]; {_CURE}"
        return
    for index, each in enumerate(accepted):
        yield from _acceptance(f"{place}.accept[{index}]", each)


def _acceptance(place: str, given: Any) -> Iterator[str]:
    yield from _keys(place, given, Acceptance._fields)
    if not isinstance(given, dict):
        return
    texts = {key: value for key, value in given.items() if isinstance(value, str)}
    for key in Acceptance._fields:
        if key in given and key not in texts:
            yield f"{place}.{key}: must be text (got {given[key]!r}); {_CURE}"
        elif key in ("rule", "reason") and not texts.get(key, "").strip():
            yield f"{place}.{key}: is required; {_CURE}"
    rule = texts.get("rule", "").strip()
    if rule and not rule.startswith("CKV"):
        yield from _one_of(f"{place}.rule", rule, RULES)


def _keys(place: str, given: Any, names: Iterable[str]) -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"{place}: must be a table (got {given!r}); {_CURE}"
    for name in _table(given):
        yield from _one_of(f"{place}, key", name, names)


def _table(given: Any) -> dict[str, Any]:
    """What can be looked into; what is no table has been said by `_keys`."""
    return given if isinstance(given, dict) else {}


def _one_of(place: str, value: Any, names: Iterable[str]) -> Iterator[str]:
    known = list(names)
    if value not in known:
        near = nearest(value, known) if isinstance(value, str) else None
        cure = f"write '{near}'" if near else _CURE
        yield f"{place}: must be one of {', '.join(known)} (got {value!r}); {cure}"
