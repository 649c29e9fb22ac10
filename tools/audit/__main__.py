"""`python -m tools.audit`: the packages of both locks against the databases of advisories."""

from __future__ import annotations

import sys
from pathlib import Path

from constructs_lib.errors import InvalidInput
from tools.audit.accepted import accepted
from tools.audit.checks import Advisory, NotMade, npm_advisories, python_advisories
from tools.command_line import Command

PROJECT = Path(__file__).resolve().parents[2]
CLEAN, FOUND, NOT_MADE = 0, 1, 3
_CURE = "see that the advisories can be reached, and look again, with: make audit"


def main(arguments: list[str] | None = None) -> int:
    """Prints each advisory; 0 when there is none, 1 when there is, 3 when a check was not made."""
    parser = Command(
        prog="python -m tools.audit",
        description="Looks up the packages of requirements.txt and of package-lock.json in the"
        " databases of advisories of PyPI and npm. Exit code 0: nothing is known that"
        " pyproject.toml does not accept; 1: something is; 3: a database could not be"
        " asked, so nothing is known.",
    )
    parser.parse_args(arguments)
    try:
        reasons = accepted(PROJECT / "pyproject.toml")
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return FOUND
    found: list[Advisory] = []
    not_made = []
    for name, check in (("Python", python_advisories), ("npm", npm_advisories)):
        try:
            advisories = check(PROJECT)
        except NotMade as reason:
            not_made.append(name)
            print(f"audit: {name}: NOT CHECKED: {reason}; {_CURE}", file=sys.stderr)
        else:
            open_ones = [each for each in advisories if each.id not in reasons]
            found += open_ones
            accepted_ones = len(advisories) - len(open_ones)
            print(f"audit: {name}: {len(open_ones)} advisories, {accepted_ones} accepted")
    for advisory in found:
        print(f"  {advisory.package} {advisory.version}: {advisory.id}: {advisory.says}")
    if found:
        return FOUND
    return NOT_MADE if not_made else CLEAN


if __name__ == "__main__":
    sys.exit(main())
