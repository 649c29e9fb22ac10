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
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

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


class WrongSettings(Exception):
    """What is wrong with the settings, in one sentence."""


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
    return _settings(f"{file}: tool.netflux.review", found)


def _settings(place: str, found: Any) -> Settings:
    _known(place, found, ("fail_on", "severity", "accept"))
    severities = found.get("severity", {})
    _known(f"{place}.severity", severities, _SEVERITIES)
    for rule, severity in severities.items():
        _one_of(f"{place}.severity.{rule}", severity, (*SEVERITIES, OFF))
    fail_on = found.get("fail_on", "error")
    _one_of(f"{place}.fail_on", fail_on, FAIL_ON)
    accepted = found.get("accept", [])
    if not isinstance(accepted, list):
        raise _wrong(f"{place}.accept: must be tables, each begun with [[...]]")
    return Settings(
        {**_SEVERITIES, **severities},
        fail_on,
        tuple(_acceptance(f"{place}.accept[{index}]", each) for index, each in enumerate(accepted)),
    )


def _acceptance(place: str, given: Any) -> Acceptance:
    _known(place, given, Acceptance._fields)
    for key in Acceptance._fields:
        if not isinstance(given.get(key, ""), str):
            raise _wrong(f"{place}.{key}: must be text (got {given[key]!r})")
    for key in ("rule", "reason"):
        if not given.get(key, "").strip():
            raise _wrong(f"{place}.{key}: is required")
    if not given["rule"].startswith("CKV"):
        _one_of(f"{place}.rule", given["rule"], RULES)
    return Acceptance(**given)


def _known(place: str, given: Any, names: Iterable[str]) -> None:
    if not isinstance(given, dict):
        raise _wrong(f"{place}: must be a table (got {given!r})")
    for name in given:
        _one_of(f"{place}, key", name, names)


def _one_of(place: str, value: Any, names: Iterable[str]) -> None:
    if value not in list(names):
        raise _wrong(f"{place}: must be one of {', '.join(names)} (got {value!r})")


def _wrong(what: str) -> WrongSettings:
    return WrongSettings(f"{what}; write it as in docs/review.md")
