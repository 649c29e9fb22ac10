"""`python -m tools.ci.review FOLDER`: the last plans as review.md, and their fingerprint.txt.

The report also goes to the job's summary. The exit code is that of the review, so that its gate
holds the job. No plan is copied: plans hold secrets.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.apply.reviewed_meaning import fingerprint
from tools.plan.index import Index, read
from tools.refused import Refused
from tools.whole_file import write_whole


def main() -> int:
    folder = Path(sys.argv[1])
    try:
        index = read(Path.cwd())
    except Refused as refused:
        print(f"review: {refused}", file=sys.stderr)
        return 1
    folder.mkdir(exist_ok=True)
    report = folder / "review.md"
    command = [sys.executable, "-m", "tools.review", "--markdown", str(report)]
    code = subprocess.run(command, check=False).returncode
    found = fingerprint(_files(index))
    write_whole(folder / "fingerprint.txt", f"{found}\n")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(report.read_text("utf-8"))
    print(f"review: fingerprint {found}")
    return code


def _files(index: Index) -> dict[str, Path]:
    return {each.stack: Path(each.plan) for each in index.stacks if each.plan}


if __name__ == "__main__":
    sys.exit(main())
