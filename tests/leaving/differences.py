"""What differs between what the project synthesizes and what its copies do, with the reason.

docs/leaving-cdktf.md shows this list. `test_same_json.py` holds it: nothing else may differ, and
nothing may stand here that does not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tools.leave.ways import TODAY, Way

_ERROR_MESSAGE = (
    r"data\.terraform_remote_state\.iam\.lifecycle\.(pre|post)condition\[0\]\.error_message"
)


class Difference(NamedTuple):
    """A place in a stack's JSON, as a pattern, what becomes of it, and why."""

    place: str
    before: str
    after: str
    reason: str

    def explains(self, place: str, today: object, there: object) -> bool:
        return (
            re.fullmatch(self.place, place) is not None
            and isinstance(today, str)
            and re.search(self.before, today) is not None
            and there == re.sub(self.before, self.after, today)
        )


def differences(way: Way) -> list[Difference]:
    """What differs on this way."""
    found = []
    if way.changes_framework:
        release = way.framework.partition("==")[2]
        today = re.escape(TODAY.framework.partition("==")[2])
        found = [
            Difference(
                r"//\.metadata\.version",
                rf"^{today}$",
                release,
                "the framework notes its own version; Terraform does not read it",
            ),
            Difference(
                _ERROR_MESSAGE,
                r"\bcdktf deploy\b",
                "cdktn deploy",
                "what to type has another name; a message of a check is in no state",
            ),
        ]
    if way.changes_provider:
        found.append(
            Difference(
                r"terraform\.required_providers\.aws\.source",
                "^aws$",
                "hashicorp/aws",
                "the same provider, written out; Terraform reads the short name as the long one",
            )
        )
    if way.aws != TODAY.aws:
        found.append(
            Difference(
                r"terraform\.required_providers\.aws\.version",
                rf"^{re.escape(TODAY.aws)}$",
                way.aws,
                "the provider that the bindings are made from",
            )
        )
    return found
