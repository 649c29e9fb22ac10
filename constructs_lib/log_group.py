"""A CloudWatch log group."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from constructs import Construct

from constructs_lib import names
from constructs_lib.errors import InvalidInput
from constructs_lib.log_retention import retention_problem
from constructs_lib.unknown import is_unknown


class LogGroup(CloudwatchLogGroup):
    """A log group of the Standard class: what AWS makes when no class is named.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
    """

    def __init__(
        self, scope: Construct, id: str, *, name: str, retention_days: int | None = None
    ) -> None:
        """Makes the log group `name`.

        Args:
            name: 1 to 512 letters, digits, or `._-/#`.
            retention_days: until events expire, one of the numbers that CloudWatch Logs takes;
                None keeps them for ever.

        Raises:
            InvalidInput: the name or the number is not one that CloudWatch Logs takes.
        """
        problems = [
            None if is_unknown(name) else names.LOG_GROUP.problem("name", name),
            retention_problem("retention_days", retention_days),
        ]
        wrong = [problem for problem in problems if problem]
        if wrong:
            raise InvalidInput.of(f"log group {id}", wrong)
        super().__init__(scope, id, name=name, retention_in_days=retention_days)
