"""Values that no one may read in a report, and how they are masked.

A value is hidden when Terraform marks it sensitive, when its name says that it is secret, or when
it has the mark of an issuer of secrets. Masking is on the safe side: a number called DB_PASSWORD is
hidden too, although `looks_secret` would let it pass.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from typing import Any

from constructs_lib import secret_names
from constructs_lib.secret_names import looks_secret
from tools.review.json_text import read_json

# A plan says the same names and values again and again.
secret_mark = functools.lru_cache(maxsize=8192)(secret_names.secret_mark)
secret_word = functools.lru_cache(maxsize=8192)(secret_names.secret_word)

_KEY = secrets.token_bytes(32)
_SHORTEST_TO_FIND_AGAIN = 6

SENSITIVE = "Terraform marks it sensitive"
_HAS_A_SECRET = "a secret is in it"


class Unknown(str):
    """A value that Terraform knows after apply only; to `constructs_lib.unknown` too."""

    __slots__ = ()


UNKNOWN = Unknown("${TfToken[known-after-apply]}")


class Hidden(str):
    """Stands for a value that is hidden. Two are equal when their values are.

    `shown` is what may be read: "(hidden)", or a text in which only the secrets are replaced.
    Its text is a digest with a key that this process alone knows, so it tells nothing even if it
    were printed.
    """

    reason: str
    plain_secret: str | None
    shown: str

    def __new__(
        cls,
        value: object,
        reason: str,
        plain_secret: str | None = None,
        shown: str = "(hidden)",
    ) -> Hidden:
        text = json.dumps(value, sort_keys=True, default=str).encode()
        hidden = super().__new__(cls, f"(hidden {hashlib.blake2s(text, key=_KEY).hexdigest()})")
        hidden.reason = reason
        hidden.plain_secret = plain_secret
        hidden.shown = shown
        return hidden


# What a name gives the value of: {"name": "DB_PASSWORD", "value": "..."}.
_PAIRS = (("name", "value"), ("key", "value"), ("Name", "Value"), ("Key", "Value"))
# What tells a secret's place or name, under a key that says secret.
_TELLS_A_PLACE = {"name", "key", "Name", "Key", "valueFrom", "value_from"}
_NO_SECRET = re.compile(r"(?i:true|false|yes|no|on|off|none|null|)|arn:\S+|\(hidden\)")
# A name and what stands between it and its value, in a command or a sentence.
_NAMED = re.compile(
    r"""
      ([A-Za-z_][\w.-]*) (?: [ \t]*=[ \t]* | "?:[ \t]+ )
    | (?<!\S) (--?[A-Za-z][\w-]*) \s+
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,;&\"']+")
_MAY_HAVE_ONE = re.compile(r"[=-]|: |(?i:bearer)")
# Credentials that no name goes before: of HTTP, and `curl -u user:password`, but not -u 1000:1000.
_AUTHORIZATION = re.compile(
    r"(?i)(\bauthorization\"?\s*[:=]\s*[\"']?\w+\s+|\bbearer\s+)([^\s\"',;]{6,})"
)
_USER = re.compile(r"(?<!\S)((?:-u|--user)[\s=]\s*[\"']?[^\s:\"']+:)(?!\d+(?!\S))([^\s\"']+)")
# The name of an error is no name of a secret: `ExpiredToken: The security token ...`.
_COMPLAINS = re.compile(r"(?i)(expired|invalid|missing).*|.*(error|exception)")


class Cleaner:
    """Takes what is hidden out of values and texts, and remembers it to find it again."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._inside_json = False

    def cleaned(
        self, value: Any, sensitive: Any = False, unknown: Any = False, name: str = ""
    ) -> Any:
        """A copy with `Hidden` and `UNKNOWN` in their places, and JSON inside strings decoded.

        `sensitive` and `unknown` are Terraform's masks, of the shape of the value.
        """
        if unknown is True:
            return UNKNOWN
        if sensitive is True and value is not None:
            return self._hide(value, SENSITIVE)
        if isinstance(value, dict) or (value is None and isinstance(unknown, dict) and unknown):
            return self._object(value or {}, sensitive, unknown, name)
        if isinstance(value, list) or (value is None and isinstance(unknown, list) and unknown):
            return self._list(value or [], sensitive, unknown, name)
        return self._leaf(value, name)

    def text(self, text: str) -> str:
        """Free text, such as an error, without any secret that can be told."""
        return self._replaced(masked(text))

    def veiled(self, value: Any) -> Any:
        """`value` without the secrets that stood elsewhere."""
        if isinstance(value, dict):
            return {key: self.veiled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.veiled(item) for item in value]
        if isinstance(value, str) and not isinstance(value, Hidden | Unknown):
            text = self._replaced(value)
            return value if text == value else Hidden(value, _HAS_A_SECRET, shown=text)
        return value

    def _replaced(self, text: str) -> str:
        for secret in self._long:
            text = text.replace(secret, "(hidden)")
        return text

    @property
    def _long(self) -> list[str]:
        long = (each for each in self.found if len(each) >= _SHORTEST_TO_FIND_AGAIN)
        return sorted(long, key=len, reverse=True)

    def _object(self, value: dict[str, Any], sensitive: Any, unknown: Any, name: str) -> Any:
        masks = sensitive if isinstance(sensitive, dict) else {}
        unknowns = unknown if isinstance(unknown, dict) else {}
        names = {key: key for key in {**value, **unknowns}}
        if "Statement" in value:  # a policy: the keys of its conditions only sound like secrets
            names = dict.fromkeys(names, _NOTHING_SECRET)
        for key, member in _PAIRS:
            if isinstance(value.get(key), str) and member in names:
                names[member] = value[key]
        if name == _NOTHING_SECRET or (name and secret_word(name)):
            names = {key: key if key in _TELLS_A_PLACE else name for key in names}
        return {
            key: self.cleaned(value.get(key), masks.get(key), unknowns.get(key), given)
            for key, given in names.items()
        }

    def _list(self, value: list[Any], sensitive: Any, unknown: Any, name: str) -> list[Any]:
        masks = sensitive if isinstance(sensitive, list) else []
        unknowns = unknown if isinstance(unknown, list) else []
        items = []
        for index in range(max(len(value), len(unknowns))):
            before = value[index - 1] if 0 < index <= len(value) else None
            option = before if isinstance(before, str) and before.startswith("-") else ""
            items.append(
                self.cleaned(
                    value[index] if index < len(value) else None,
                    masks[index] if index < len(masks) else False,
                    unknowns[index] if index < len(unknowns) else False,
                    option if option and secret_word(option) else name,
                )
            )
        return items

    def _leaf(self, value: Any, name: str) -> Any:
        if value is None or isinstance(value, bool):
            return value
        text = str(value)
        word = None if name == _NOTHING_SECRET else secret_word(name)
        if word and not _NO_SECRET.fullmatch(text.strip()):
            return self._hide(value, f"its name says {word}", looks_secret(name, text))
        if not isinstance(value, str):
            return value
        if value[:1] in ("{", "[") or value.lstrip()[:1] in ("{", "["):
            decoded = _decoded(value)
            if decoded is not None:
                return self._json(value, decoded, name)
        mark = secret_mark(value)
        if mark:
            return self._hide(value, f"it looks like {mark}", f"its value looks like {mark}")
        text = scrubbed(value, self.found)
        return value if text == value else Hidden(value, _HAS_A_SECRET, shown=text)

    def _json(self, text: str, decoded: Any, name: str) -> Any:
        """JSON as what it says; JSON inside JSON stays a text, which is hidden or not."""
        if self._inside_json:
            cleaned = self.cleaned(decoded, name=name)
            secret = next(_hidden_in(cleaned), None)
            return text if secret is None else self._hide(text, secret.reason, secret.plain_secret)
        self._inside_json = True
        try:
            return self.cleaned(decoded, name=name)
        finally:
            self._inside_json = False

    def _hide(self, value: Any, reason: str, plain_secret: str | None = None) -> Hidden:
        _remember(value, self.found)
        return Hidden(value, reason, plain_secret)


_NOTHING_SECRET = "\0"


def masked(text: str) -> str:
    """Free text of others without any secret that can be told by its name or its mark."""
    return secret_names.without_marks(scrubbed(text), "(hidden)")


def scrubbed(text: str, found: set[str] | None = None) -> str:
    """`text` without what is assigned to a name that says secret, in a command or a sentence."""
    if not _MAY_HAVE_ONE.search(text):
        return text
    found = set() if found is None else found

    def hide(match: re.Match[str]) -> str:
        found.add(match[2])
        return f"{match[1]}(hidden)"

    text = _USER.sub(hide, _AUTHORIZATION.sub(hide, text))
    parts, end = [], 0
    for name in _NAMED.finditer(text):
        word = name[1] or name[2]
        value = _VALUE.match(text, name.end())
        if value is None or name.start() < end or not secret_word(word):
            continue
        bare = value[0].strip("\"'")
        if not _NO_SECRET.fullmatch(bare) and not _COMPLAINS.fullmatch(word):
            found.add(bare)
            parts += [text[end : name.end()], "(hidden)"]
            end = value.end()
    return "".join([*parts, text[end:]])


def _hidden_in(value: Any) -> Iterator[Hidden]:
    if isinstance(value, Hidden):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _hidden_in(item)


def _remember(value: Any, found: set[str]) -> None:
    if isinstance(value, dict):
        for item in value.values():
            _remember(item, found)
    elif isinstance(value, list):
        for item in value:
            _remember(item, found)
    elif isinstance(value, str):
        found.add(value)
        decoded = _decoded(value) if value[:1] in ("{", "[") else None
        if decoded is not None:
            _remember(decoded, found)


def _decoded(text: str) -> dict[str, Any] | list[Any] | None:
    """The object or list of a JSON text, or None."""
    try:
        decoded = read_json(text)
    except ValueError:
        return None
    return decoded if isinstance(decoded, dict | list) else None
