"""Which names AWS takes.

Sources, read 2026-11:
- role, its path and its permissions boundary:
  https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
- bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
- account: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
- family and container:
  https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
- repository: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html,
  with the pattern of botocore 1.44.5
"""

from __future__ import annotations

import re
from typing import NamedTuple

from constructs_lib.errors import Problem


class NameRule(NamedTuple):
    """A pattern that the whole name must match, and the same in words."""

    pattern: str
    words: str

    def problem(self, argument: str, value: object, cure: str = "") -> Problem | None:
        """What is wrong with `value`, or None."""
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return None
        return Problem(argument, f"must be {self.words}", value, cure or "choose such a name")


ROLE = NameRule(r"[A-Za-z0-9+=,.@_-]{1,64}", "1 to 64 letters, digits or +=,.@-_")
ROLE_PATH = NameRule(
    r"(?=.{1,512}\Z)/([!-~]+/)?",
    "a path that begins and ends with /, at most 512 characters, without spaces",
)
PERMISSIONS_BOUNDARY = NameRule(
    r"(?=.{1,2048}\Z)arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[!-~]+",
    "the ARN of an IAM policy: arn:aws:iam::ACCOUNT:policy/NAME",
)
AFFIX = NameRule(
    r"[A-Za-z0-9_-]*",
    "letters, digits, hyphens or underscores, which roles, families and log groups all take",
)
ENVIRONMENT = NameRule(r"[A-Za-z0-9_-]{1,64}", "1 to 64 letters, digits, hyphens or underscores")
ECS = NameRule(r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, hyphens or underscores")
REPOSITORY = NameRule(
    r"[a-z0-9]+((__?|-+)[a-z0-9]+)*",
    "what ECR takes for the repository of the image: lower-case letters or digits, between them"
    " hyphens or one or two underscores",
)
"""Without ECR's dots and slashes, which no name of ECS has; one letter, too few for ECR, passes."""

BUCKET = NameRule(
    r"(?!xn--|sthree-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    "3 to 63 lower-case letters, digits, dots or hyphens, the first and last no dot or hyphen,"
    " without two dots in a row, not beginning with xn-- or sthree-",
)
ACCOUNT = NameRule(r"[0-9]{12}", "12 digits, as a string")
REGION = NameRule(r"[a-z]{2,}(-[a-z]+)+-[0-9]+", "an AWS region such as us-east-1")
LOG_GROUP = NameRule(
    r"[A-Za-z0-9._/#-]{1,512}", "1 to 512 letters, digits, or one of the characters . _ / # -"
)
GITHUB_REPOSITORY = NameRule(
    r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}", "a repository as OWNER/NAME"
)
