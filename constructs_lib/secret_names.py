"""Plain text that looks like a secret, by its name or by its value.

It is a guess, so it makes a warning, never an error. A name counts by its words, so TOKEN_URL and
DB_SECRET_ARN are about a secret, and no secret; a value counts when it has the mark that its
issuer gives it. Nobody's word list was copied; the marks are the issuers' own, read 2026-11.
"""

from __future__ import annotations

import re

from constructs_lib.unknown import is_unknown

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9]+")

# The words that say secret, also at the end of a word without a gap: PGPASSWORD, clientsecret.
_SECRET_WORDS = (
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "SECRETS",
    "TOKEN",
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
)
# Short ones, which count as whole words only.
_SECRET_SHORT_WORDS = {"PWD", "PASS", "PW", "JWT"}
# What makes the word KEY one that is kept: API_KEY, and not PRIMARY_KEY.
_SECRET_KEYS = {"API", "PRIVATE", "SECRET", "ACCESS", "ENCRYPTION", "SIGNING", "MASTER", "AUTH"}

# The last word of a name that is about a secret, and not one.
_ABOUT_A_SECRET = {
    *("ARN", "ARNS", "NAME", "NAMES", "ID", "IDS", "FILE", "PATH", "DIR", "DIRECTORY", "BUCKET"),
    *("URL", "URI", "ENDPOINT", "HOST", "PORT", "REGION", "PREFIX", "SUFFIX", "ALIAS", "REF"),
    *("TTL", "IN", "EXPIRY", "EXPIRES", "EXPIRATION", "TIMEOUT", "SECONDS", "MINUTES", "HOURS"),
    *("DAYS", "LENGTH", "SIZE", "LIMIT", "MAX", "MIN", "COUNT", "TYPE", "KIND", "FORMAT"),
    *("VERSION", "ENABLED", "DISABLED", "REQUIRED", "POLICY", "ALGORITHM", "ISSUER", "AUDIENCE"),
    *("HEADER", "SCOPE", "SCOPES", "PROVIDER", "SOURCE", "STORE", "MANAGER", "BACKEND", "ROTATION"),
}

_INNOCENT_VALUE = re.compile(
    r"""
      (?i:true|false|yes|no|on|off|none|null)
    | [-+]?[0-9]+(\.[0-9]+)?(ms|s|m|h|d|w|y)?     # an amount, a duration
    | arn:\S+                                     # where a secret lies
    | \.{0,2}(/[\w.@-]+)+/?                       # a path
    | \$\{[^}]*\} | \{\{.*\}\} | <[^>]*> | %\w+%  # what a template fills in
    | [a-z][a-z0-9+.-]*://[^\s:@/]+(:[0-9]+)?(/[^\s@]*)?   # a URL without a password
    """,
    re.VERBOSE,
)

# A placeholder in a password's place is none.
_PLACEHOLDER = r"(?!\$\{|\{\{|<|%|\*)"
_MARKS = {
    "an AWS access key": r"\b(AKIA|ASIA)[A-Z0-9]{16}\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----",
    "a JSON web token": r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+",
    "a URL with a password": rf"\b[a-z][a-z0-9+.-]*://[^\s:@/]*:{_PLACEHOLDER}[^\s@/]+@",
    "a connection string with a password": (
        rf"(?i:(^|;)\s*(password|pwd|accountkey|sharedaccesskey)\s*=\s*){_PLACEHOLDER}[^;\s]+"
    ),
    "a GitHub token": r"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})",
    "a GitLab token": r"\bglpat-[\w-]{20,}",
    "a Slack token": r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
    "the address of a Slack webhook": r"\bhooks\.slack\.com/services/[\w/-]{20,}",
    "a Stripe key": r"\b[rs]k_live_[A-Za-z0-9]{16,}",
    "a Google API key": r"\bAIza[\w-]{35}",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}",
    "a PyPI token": r"\bpypi-AgE[\w-]{20,}",
    "a SendGrid key": r"\bSG\.[\w-]{16,}\.[\w-]{16,}",
    "an API key that begins with sk-": r"\bsk-[\w-]{20,}",
}
_WHOLE_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY.*?(-----END [A-Z ]*PRIVATE KEY[A-Z ]*-----|\Z)", re.DOTALL
)
_MARKS_COMPILED = {kind: re.compile(mark) for kind, mark in _MARKS.items()}


def looks_secret(name: str, value: str) -> str | None:
    """Why a variable looks like a secret, or None. The reason never has the value in it."""
    if is_unknown(name) or is_unknown(value) or not value.strip():
        return None
    kind = secret_mark(value)
    if kind:
        return f"its value looks like {kind}"
    if _INNOCENT_VALUE.fullmatch(value.strip()):
        return None
    word = secret_word(name)
    return f"its name says {word}" if word else None


def secret_mark(value: str) -> str | None:
    """What a value is by the mark of its issuer ("an AWS access key"), or None."""
    return next((kind for kind, mark in _MARKS_COMPILED.items() if mark.search(value)), None)


def without_marks(text: str, instead: str) -> str:
    """`text` with `instead` in the place of everything that has the mark of an issuer."""
    for mark in (_WHOLE_PRIVATE_KEY, *_MARKS_COMPILED.values()):
        text = mark.sub(instead, text)
    return text


def secret_word(name: str) -> str | None:
    """The word by which a name says that its value is secret, whatever the value is, or None."""
    words: list[str] = [word.upper() for word in _WORDS.findall(name)]
    if not words or words[-1] in _ABOUT_A_SECRET:
        return None
    for index, word in enumerate(words):
        if word in _SECRET_SHORT_WORDS or word.endswith(_SECRET_WORDS):
            return word
        if word == "KEY" and index and words[index - 1] in _SECRET_KEYS:
            return f"{words[index - 1]} KEY"
    return None
