"""What is wrong with the endpoint and the tags of an environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from constructs_lib.definition_rules import definition_findings
from constructs_lib.errors import Problem
from constructs_lib.rules.rule import RULES

_URL = re.compile(r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?/?")
_LAST_PORT = 65535
_OF_TAGS = [RULES[id] for id in ("tags-count", "tag-length", "tag-aws", "provider-map-key")]


def endpoint_problem(endpoint: object) -> Problem | None:
    """What is wrong with the URL of an embedded AWS, or None."""
    url = _URL.fullmatch(endpoint) if isinstance(endpoint, str) else None
    if endpoint is None or (url and 1 <= int(url["port"] or 80) <= _LAST_PORT):
        return None
    cure = "write it like http://127.0.0.1:4599"
    if not str(endpoint).startswith(("http://", "https://")):
        cure = "begin it with http://"
    return Problem("endpoint", "must be a URL", endpoint, cure)


def tag_problems(tags: object) -> Iterator[Problem]:
    """What is wrong with tags that are meant for everything that takes tags."""
    if not isinstance(tags, Mapping) or not all(
        isinstance(text, str) for pair in tags.items() for text in pair
    ):
        yield Problem("tags", "must map strings to strings", tags, "quote keys and values")
        return
    listed = {"tags": [{"key": key, "value": value} for key, value in tags.items()]}
    keys = list(tags)

    def name(path: tuple[str | int, ...]) -> str:
        return f"tags[{keys[int(path[1])]!r}]" if len(path) > 1 else "tags"

    for finding in definition_findings(listed, _OF_TAGS):
        if finding.path[0] == "tags":
            yield finding.problem(name)
