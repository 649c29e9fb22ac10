"""`python -m tools.ci.reviewed FOLDER`: what was reviewed, as fingerprint.txt and review.json.

It is that of the pull request whose merge made COMMIT: of the artefact that the workflow kept for
the last commit of that pull request. A comment would not do, as people can edit it.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

from tools.ci.github import Failed, answer, content, variable

_FILES = ("fingerprint.txt", "review.json")


def main() -> int:
    try:
        files = _reviewed(variable("COMMIT"))
    except Failed as failure:
        print(f"reviewed: {failure}", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text)
    print(f"reviewed: {files['fingerprint.txt'].decode().strip()}")
    return 0


def _reviewed(commit: str) -> dict[str, bytes]:
    pulls = [each for each in answer("GET", f"/commits/{commit}/pulls") if each["merged_at"]]
    if not pulls:
        raise Failed(
            f"{commit} came by no pull request, so no plan of it was reviewed; "
            "make its change in a pull request, and merge that"
        )
    pull = pulls[0]
    head = pull["head"]["sha"]
    found = answer("GET", f"/actions/artifacts?name=review-{head}&per_page=100")["artifacts"]
    artefacts = [each for each in found if _is_of(each, head)]
    again = f"run the workflow `plan` of pull request {pull['number']} again, then this one"
    if not artefacts:
        raise Failed(f"no review of {head} is kept any more; {again}")
    newest = max(artefacts, key=lambda each: str(each["created_at"]))
    path = f"/repos/{variable('GITHUB_REPOSITORY')}/actions/artifacts/{newest['id']}/zip"
    try:
        with zipfile.ZipFile(io.BytesIO(content("GET", path))) as files:
            return {name: files.read(name) for name in _FILES}
    except (KeyError, zipfile.BadZipFile):
        raise Failed(f"the review of {head} is not whole; {again}") from None


def _is_of(artefact: Any, head: str) -> bool:
    """Whether it was kept by a run for this very commit, in this repository and not in a fork."""
    run = artefact["workflow_run"]
    ours = run["head_repository_id"] == run["repository_id"]
    return not artefact["expired"] and ours and bool(run["head_sha"] == head)


if __name__ == "__main__":
    sys.exit(main())
