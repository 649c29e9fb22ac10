"""AWS's partitions: how a region decides the beginning of an ARN and the end of a host name.

Source, read 2026-11: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and the
partitions of botocore's endpoint rules; a test compares the table with botocore's.
"""

from __future__ import annotations

from typing import NamedTuple


class Partition(NamedTuple):
    name: str
    dns_suffix: str


_BY_REGION_PREFIX = (
    ("cn-", Partition("aws-cn", "amazonaws.com.cn")),
    ("us-gov-", Partition("aws-us-gov", "amazonaws.com")),
    ("us-iso-", Partition("aws-iso", "c2s.ic.gov")),
    ("us-isob-", Partition("aws-iso-b", "sc2s.sgov.gov")),
    ("eu-isoe-", Partition("aws-iso-e", "cloud.adc-e.uk")),
    ("us-isof-", Partition("aws-iso-f", "csp.hci.ic.gov")),
    ("eu-isof-", Partition("aws-iso-f", "csp.hci.ic.gov")),
    ("eusc-", Partition("aws-eusc", "amazonaws.eu")),
)
_AWS = Partition("aws", "amazonaws.com")


def partition_of(region: str) -> Partition:
    """The partition that `region` lies in; `aws` for every region without a prefix of its own."""
    for prefix, partition in _BY_REGION_PREFIX:
        if region.startswith(prefix):
            return partition
    return _AWS
