"""`python -m tools.ci.review FOLDER`: the last plans as review.md, review.html and review.json.

Beside them their fingerprint.txt. The report also goes to the job's summary. The exit code is that
of the review, so that its gate holds the job. No plan is copied: plans hold secrets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

NONE = """## Plan review: there is none

Nothing could be planned, or reviewed. The log of the workflow says why.
"""


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    report, page, machine, sum_file = (
        folder / name for name in ("review.md", "review.html", "review.json", "fingerprint.txt")
    )
    for earlier in (report, page, machine, sum_file):
        earlier.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tools.review"]
    views = (f"--markdown={report}", f"--html={page}", f"--json={machine}")
    code = subprocess.run([*command, *views]).returncode
    if machine.exists():
        found = json.loads(machine.read_text("utf-8"))["fingerprint"]
        sum_file.write_text(f"{found}\n", "utf-8")
        print(f"review: fingerprint {found}")
    else:
        report.write_text(NONE, "utf-8")  # instead of what an earlier commit had
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(report.read_text("utf-8"))
    return code


if __name__ == "__main__":
    sys.exit(main())
