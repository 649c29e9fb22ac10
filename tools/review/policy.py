"""Policies as sets of what they grant.

Order, a string instead of a list of one, and how statements are grouped say nothing: each
statement is taken apart into grants of one action on one resource by one principal.

The grammar, read 2026-11:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tools.review.hidden import Hidden, Unknown

_MOST_GRANTS = 20_000
# An account is named by its number or by its root:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
_ROOT = re.compile(r"arn:[\w-]+:iam::(\d{12}):root")


class Grant(NamedTuple):
    """One action on one resource by one principal; "" where a policy has no such part.

    `action` and `resource` begin with "all but " for NotAction and NotResource, which stay whole.
    """

    effect: str
    action: str
    resource: str
    principal: str
    condition: str

    def covers(self, other: Grant) -> bool:
        """Whether whoever has this has the other as well."""
        return (
            self.effect == other.effect
            and self.condition in ("", other.condition)
            and _matches(self.action.lower(), other.action.lower())
            and _matches(self.resource, other.resource)
            and (self.principal == "*" or self.principal == other.principal)
        )


class PolicyChange(NamedTuple):
    """What a policy grants and did not, and what it granted and does no more."""

    gained: list[Grant]
    lost: list[Grant]


def is_policy(value: object) -> bool:
    """Whether a decoded JSON document is a policy."""
    if not isinstance(value, dict) or "Statement" not in value:
        return False
    statements = _list(value["Statement"])
    return all(isinstance(each, dict) and "Effect" in each for each in statements)


def grants(policy: Any) -> set[Grant]:
    """Everything that a policy allows and denies; nothing for no policy."""
    return set(_grants(policy)) if is_policy(policy) else set()


def policy_change(before: Any, after: Any) -> PolicyChange:
    """What an `after` grants that a `before` does not, and the other way round."""
    old, new = _by_meaning(before), _by_meaning(after)
    return PolicyChange(_without(new, old), _without(old, new))


def widened(before: Any, after: Any) -> list[Grant]:
    """What becomes allowed, and what is denied no more.

    What a permission that stood before covers already is no gain.
    """
    change = policy_change(before, after)
    allowed = [each for each in grants(before) if each.effect == "Allow"]
    denied = [each for each in grants(after) if each.effect == "Deny"]
    gains = [
        each
        for each in change.gained
        if each.effect == "Allow" and not any(other.covers(each) for other in allowed)
    ]
    losses = [
        each
        for each in change.lost
        if each.effect == "Deny" and not any(other.covers(each) for other in denied)
    ]
    return gains + losses


def sentences(some: Iterable[Grant]) -> list[str]:
    """Grants in words, those that differ in their action or resource alone in one line."""
    by_rest: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for grant in some:
        by_rest[grant.effect, grant.principal, grant.condition, grant.resource].append(grant.action)
    by_actions: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (effect, principal, condition, resource), actions in by_rest.items():
        by_actions[effect, principal, condition, tuple(sorted(actions))].append(resource)
    return [
        _sentence(effect, principal, condition, actions, sorted(resources))
        for (effect, principal, condition, actions), resources in sorted(by_actions.items())
    ]


def _sentence(
    effect: str, principal: str, condition: str, actions: Iterable[str], resources: list[str]
) -> str:
    parts = [effect.lower(), ", ".join(actions)]
    if resources != [""]:
        parts += ["on", ", ".join(resources)]
    if principal:
        parts += ["by", principal]
    if condition:
        parts += ["if", condition]
    return " ".join(parts)


def _by_meaning(policy: Any) -> dict[Grant, Grant]:
    """Every grant under what it means: the case of an action says nothing."""
    return {each._replace(action=each.action.lower()): each for each in grants(policy)}


def _without(some: dict[Grant, Grant], others: dict[Grant, Grant]) -> list[Grant]:
    return sorted(grant for meaning, grant in some.items() if meaning not in others)


def _grants(policy: dict[str, Any]) -> Iterator[Grant]:
    for statement in _list(policy["Statement"]):
        parts = [_words(statement, "Action"), _words(statement, "Resource"), _principals(statement)]
        if math.prod(map(len, parts)) > _MOST_GRANTS:
            parts = [[", ".join(sorted(part))] for part in parts]
        condition = _condition(statement.get("Condition"))
        for action, resource, principal in itertools.product(*parts):
            yield Grant(_plain(statement["Effect"]), action, resource, principal, condition)


def _words(statement: dict[str, Any], key: str) -> list[str]:
    if f"Not{key}" in statement:
        return [f"all but {' and '.join(sorted(map(_plain, _list(statement[f'Not{key}']))))}"]
    return [_plain(each) for each in _list(statement.get(key, ""))]


def _principals(statement: dict[str, Any]) -> list[str]:
    for key, prefix in (("Principal", ""), ("NotPrincipal", "all but ")):
        if key in statement:
            named = statement[key]
            if not isinstance(named, dict):
                return [f"{prefix}{_plain(each)}" for each in _list(named)]
            found = [
                "*" if kind == "AWS" and each == "*" else f"{kind} {_account(_plain(each))}"
                for kind, values in named.items()
                for each in _list(values)
            ]
            return [f"{prefix}{' and '.join(sorted(found))}"] if prefix else found
    return [""]


def _account(principal: str) -> str:
    root = _ROOT.fullmatch(principal)
    return root[1] if root else principal


def _condition(condition: Any) -> str:
    if not isinstance(condition, dict):
        return ""
    tests = [
        f"{operator} {key} = {' or '.join(sorted(map(_plain, _list(values))))}"
        for operator, keys in condition.items()
        for key, values in (keys.items() if isinstance(keys, dict) else [("", keys)])
    ]
    return " and ".join(sorted(tests))


def _plain(value: Any) -> str:
    if isinstance(value, Unknown):
        return "(known after apply)"
    if isinstance(value, Hidden):
        return "(hidden)"
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _matches(pattern: str, text: str) -> bool:
    if pattern == text:
        return True
    if pattern.startswith("all but ") or text.startswith("all but "):
        return pattern == "*"
    return (
        re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None
    )
