"""An attached policy of AWS that allows far more than a service needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.review.actions import made
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Plan
from tools.review.rules.attachments import attached
from tools.review.rules.rule import ERROR, Rule, Verdict, failed, passed, unknown

# AWS's own policies that are broad by their name, and some that do not look it: all secrets of the
# account, all data, or rights to give oneself more rights.
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html (read 2026-11)
_BROAD = re.compile(
    r"arn:[\w-]+:iam::aws:policy/([\w-]+/)*"
    r"(AdministratorAccess(-\w+)?|PowerUserAccess|\w*FullAccess(V2)?|SecretsManagerReadWrite"
    r"|SystemAdministrator|DatabaseAdministrator|NetworkAdministrator|DataScientist"
    r"|ReadOnlyAccess|ViewOnlyAccess|AWSKeyManagementServicePowerUser)"
)


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    for change in plan.changes:
        if not made(change):
            continue
        before = attached(change, change.before)
        for arn in attached(change, change.after):
            if isinstance(arn, Hidden | Unknown):
                yield unknown(change.address, "which policy is attached is not known, or is hidden")
            elif arn not in before and _BROAD.fullmatch(arn):
                policy = arn.rpartition("/")[2]
                yield failed(change.address, f"attaches {policy}, which is broad")
            else:
                yield passed(change.address)


RULE = Rule(
    id="broad-managed-policy",
    title="A managed policy is attached that is known to be broad",
    why="FullAccess of a service, administration, or all secrets of the account are rarely what "
    "a service needs; its own policy says which resources.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    severity=ERROR,
    check=_check,
)
