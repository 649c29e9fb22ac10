"""`python -m tools.ci.reviewed FILE`: the fingerprint that was reviewed, into the file.

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
from tools.whole_file import write_whole


def main() -> int:
    try:
        fingerprint = _reviewed(variable("COMMIT"))
    except Failed as failure:
        print(f"reviewed: {failure}", file=sys.stderr)
        return 1
    file = Path(sys.argv[1])
    file.parent.mkdir(exist_ok=True)
    write_whole(file, f"{fingerprint}\n")
    print(f"reviewed: {fingerprint}")
    return 0


def _reviewed(commit: str) -> str:
    pulls = [each for each in answer("GET", f"/commits/{commit}/pulls") if each["merged_at"]]
    if not pulls:
        raise Failed(f"{commit} came by no pull request, so no plan of it was reviewed")
    pull = pulls[0]
    head = pull["head"]["sha"]
    found = answer("GET", f"/actions/artifacts?name=review-{head}&per_page=100")["artifacts"]
    artefacts = [each for each in found if _is_of(each, head)]
    if not artefacts:
        raise Failed(
            f"no review of {head} is kept any more; "
            f"run the workflow `plan` of pull request {pull['number']} again, then this one"
        )
    newest = max(artefacts, key=lambda each: str(each["created_at"]))
    path = f"/repos/{variable('GITHUB_REPOSITORY')}/actions/artifacts/{newest['id']}/zip"
    with zipfile.ZipFile(io.BytesIO(content("GET", path))) as files:
        return files.read("fingerprint.txt").decode().strip()


def _is_of(artefact: Any, head: str) -> bool:
    """Whether it was kept by a run for this very commit, in this repository and not in a fork."""
    run = artefact["workflow_run"]
    ours = run["head_repository_id"] == run["repository_id"]
    return not artefact["expired"] and ours and bool(run["head_sha"] == head)


if __name__ == "__main__":
    sys.exit(main())
