"""GitHub's REST API, as far as the workflows need it; the standard library is enough.

Source, read 2026-11: https://docs.github.com/en/rest
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any


class Failed(Exception):
    """Why GitHub did not do as asked, in one sentence."""


def variable(name: str) -> str:
    """A variable of the workflow's environment.

    Raises:
        Failed: it is not set.
    """
    value = os.environ.get(name)
    if not value:
        raise Failed(f"the variable {name} is not set; set it, as the workflows in .github do")
    return value


def answer(method: str, path: str, body: Any = None) -> Any:
    """The decoded JSON of one request about this repository.

    Raises:
        Failed: GitHub refused.
    """
    return json.loads(content(method, f"/repos/{variable('GITHUB_REPOSITORY')}{path}", body))


def content(method: str, path: str, body: Any = None) -> bytes:
    """What one request answers, redirections followed.

    Raises:
        Failed: GitHub refused, or cannot be reached.
    """
    base = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}{path}", data, method=method)
    request.add_header("Accept", "application/vnd.github+json")
    # An artefact is a redirection to a store that must not see the token.
    request.add_unredirected_header("Authorization", f"Bearer {variable('GITHUB_TOKEN')}")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            found: bytes = response.read()
            return found
    except urllib.error.URLError as error:
        cure = "see that the job's token may do that, and run the job again"
        raise Failed(f"GitHub did not answer {method} {path}: {error}; {cure}") from error
