"""`python -m tools.ci.comment FILE`: the file as the one comment of the pull request.

The comment is found by an invisible mark, and written anew each time. PULL_REQUEST is its number.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.ci.github import Failed, answer, variable

MARK = "<!-- plan of the stacks -->"
_PAGE = 100


def main() -> int:
    try:
        path = _write(f"{MARK}\n{Path(sys.argv[1]).read_text('utf-8')}")
    except (Failed, OSError) as failure:
        print(f"comment: {failure}", file=sys.stderr)
        return 1
    print(f"comment: {path}")
    return 0


def _write(text: str) -> str:
    number = int(variable("PULL_REQUEST"))
    page = 1
    while True:
        comments = answer("GET", f"/issues/{number}/comments?per_page={_PAGE}&page={page}")
        for comment in comments:
            ours = comment["user"]["login"] == "github-actions[bot]"
            if ours and comment["body"].startswith(MARK):
                answer("PATCH", f"/issues/comments/{comment['id']}", {"body": text})
                return "written anew"
        if len(comments) < _PAGE:
            answer("POST", f"/issues/{number}/comments", {"body": text})
            return "written"
        page += 1


if __name__ == "__main__":
    sys.exit(main())
