"""The two checks, by pip-audit and by npm: what they find, or why they could not look.

Both end with 0 or with their own text in many cases in which they looked at nothing; only a whole
answer counts as one.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

LOCKS = ("requirements.txt", "tools/audit/requirements.txt")
_LONGEST_REASON = 200


class Advisory(NamedTuple):
    """One advisory against one package of a lock."""

    package: str
    version: str
    id: str
    says: str


class NotMade(Exception):
    """A check that could not be made: nothing is known, neither good nor bad."""


def python_advisories(project: Path) -> list[Advisory]:
    """What PyPI knows of the packages in the Python locks.

    Raises:
        NotMade: it could not be asked of all of them.
    """
    command = [".venv/audit/bin/python", "-m", "pip_audit", "--format", "json", "--desc", "off"]
    command += ["--disable-pip", "--no-deps", "--progress-spinner", "off"]
    for lock in LOCKS:
        command += ["--requirement", lock]
    packages = _answer(command, project).get("dependencies")
    if not isinstance(packages, list) or not packages:
        raise NotMade("pip-audit looked at no package")
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if skipped:
        raise NotMade(f"PyPI's advisories do not know {len(skipped)} of {len(packages)} packages")
    return [
        Advisory(each["name"], each["version"], found["id"], _cure(found.get("fix_versions")))
        for each in packages
        for found in each["vulns"]
    ]


def _cure(versions: Any) -> str:
    return f"mended in {', '.join(versions)}" if versions else "not mended yet"


def npm_advisories(project: Path) -> list[Advisory]:
    """What npm knows of the packages in package-lock.json.

    Raises:
        NotMade: it could not be asked.
    """
    answer = _answer(["npm", "audit", "--json", "--package-lock-only"], project)
    packages = answer.get("vulnerabilities")
    if not isinstance(packages, dict) or "metadata" not in answer:
        raise NotMade(_short(answer.get("message") or "npm gave no report"))
    found = [
        Advisory(name, package["range"], str(via["url"]).rpartition("/")[2], via["title"])
        for name, package in packages.items()
        for via in package["via"]
        if isinstance(via, dict)  # a name stands for the advisory of that package
    ]
    return list(dict.fromkeys(found))


def _answer(command: list[str], project: Path) -> dict[str, Any]:
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        answer = json.loads(done.stdout)
    except FileNotFoundError:
        raise NotMade(f"{command[0]} was not found; make audit installs it") from None
    except ValueError:
        said = done.stderr.strip().splitlines()
        raise NotMade(_short(said[-1] if said else f"exit code {done.returncode}")) from None
    if not isinstance(answer, dict):
        raise NotMade(_short(done.stdout))
    return answer


def _short(text: object) -> str:
    return str(text).strip()[:_LONGEST_REASON]
