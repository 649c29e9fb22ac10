"""The partition of a region, compared with botocore's."""

from __future__ import annotations

import pytest

from constructs_lib.partitions import Partition, partition_of
from tests.unit.botocore_data import endpoint_partitions, rule_partitions

REGIONS = [
    (region, Partition(partition["partition"], partition["dnsSuffix"]))
    for partition in endpoint_partitions()
    for region in partition["regions"]
] + [
    (region, Partition(partition["id"], partition["outputs"]["dnsSuffix"]))
    for partition in rule_partitions()
    for region in partition["regions"]
    if not region.endswith("-global")
]


def test_botocore_has_the_partitions_that_are_compared() -> None:
    assert {partition.name for _, partition in REGIONS} == {
        *("aws", "aws-cn", "aws-us-gov", "aws-eusc"),
        *("aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"),
    }


@pytest.mark.parametrize(("region", "partition"), sorted(set(REGIONS)))
def test_a_region_lies_where_botocore_has_it(region: str, partition: Partition) -> None:
    assert partition_of(region) == partition


def test_a_region_that_is_not_known_lies_in_aws() -> None:
    assert partition_of("mx-central-9") == Partition("aws", "amazonaws.com")
