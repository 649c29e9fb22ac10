"""A permission on resources that nobody has named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.review.plan_file import Plan
from tools.review.policy import Grant
from tools.review.rules.grants import judged
from tools.review.rules.rule import WARNING, Rule, Verdict

# Everything, or everything of a kind: arn:aws:sqs:*:*:*, arn:aws:iam::1:role/*; but not the
# objects of one bucket.
_ALL = re.compile(
    r"\*|all but .*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*|arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:[\w-]+[:/]\*"
)


def _wide(grant: Grant) -> bool:
    return grant.effect == "Allow" and _ALL.fullmatch(grant.resource) is not None


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    return judged(plan, _wide, "{} a wildcard of resources:")


RULE = Rule(
    id="wildcard-resource",
    title="A permission is gained with a wildcard of resources",
    why="It binds what others own in the account, and what will be made there. NotResource is one "
    "too. Some actions know no resource, such as ecr:GetAuthorizationToken: accept those.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource"
    ".html",
    severity=WARNING,
    check=_check,
)
