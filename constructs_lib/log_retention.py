"""The numbers of days that CloudWatch Logs can keep events.

Source, read 2026-11:
https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
A test compares the list with botocore's text of that call.
"""

from __future__ import annotations

from constructs_lib.errors import Problem
from constructs_lib.unknown import is_unknown

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545),
    *(731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)


def retention_problem(argument: str, days: object) -> Problem | None:
    """What is wrong with a number of days, or None; None itself is: keep for ever."""
    if days is None or (type(days) is int and days in RETENTION_DAYS):
        return None
    if isinstance(days, float) and is_unknown(days):  # a marker of another shape is no number
        return None
    cure = f"take one of {', '.join(map(str, RETENTION_DAYS))}, or leave it out to keep for ever"
    if type(days) is int and 0 < days < RETENTION_DAYS[-1]:
        longer = next(known for known in RETENTION_DAYS if known > days)
        cure = f"the next longer one is {longer}; {cure}"
    return Problem(argument, "must be a number of days that CloudWatch Logs takes", days, cure)
