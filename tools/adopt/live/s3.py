"""Buckets and what is set on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tools.adopt.asking import Reader
from tools.adopt.live.kind import Found, Kind, tags_of
from tools.refused import Refused

_NO_BUCKET = ("NoSuchBucket", "404")


def _bucket(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    name = wanted["bucket"]
    what = f"bucket {name}"
    answer = reader.ask(what, "s3", "head_bucket", missing=_NO_BUCKET, Bucket=name)
    if answer is None:
        return None
    region, wanted_region = answer.get("BucketRegion"), reader.environment.region
    if region not in (None, wanted_region):
        raise Refused(
            f"{what} is in {region}, and the environment in {wanted_region}; choose another name "
            "in environments.py, or the bucket's region"
        )
    tags = reader.ask(what, "s3", "get_bucket_tagging", missing=("NoSuchTagSet",), Bucket=name)
    return Found(name, {"tags": tags_of(tags["TagSet"] if tags else ())})


def _setting(
    operation: str, missing: str, values: Callable[[Any], dict[str, Any] | None]
) -> Callable[[Reader, Mapping[str, Any]], Found | None]:
    """Looks for one setting of a bucket; `values` has None where it was never set."""

    def find(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
        name = wanted["bucket"]
        answer = reader.ask(
            f"bucket {name}", "s3", operation, missing=(*_NO_BUCKET, missing), Bucket=name
        )
        found = values(answer) if answer else None
        return None if found is None else Found(name, found)

    return find


def _versioning(answer: Any) -> dict[str, Any] | None:
    if "Status" not in answer:
        return None
    return {"versioning_configuration": {"status": answer["Status"]}}


def _encryption(answer: Any) -> dict[str, Any]:
    rules = []
    for each in answer["ServerSideEncryptionConfiguration"]["Rules"]:
        given = each["ApplyServerSideEncryptionByDefault"]
        by_default = {"sse_algorithm": given["SSEAlgorithm"]}
        if given.get("KMSMasterKeyID"):
            by_default["kms_master_key_id"] = given["KMSMasterKeyID"]
        rule: dict[str, Any] = {"apply_server_side_encryption_by_default": by_default}
        if each.get("BucketKeyEnabled"):
            rule["bucket_key_enabled"] = True
        rules.append(rule)
    return {"rule": rules}


def _access_block(answer: Any) -> dict[str, Any]:
    blocks = answer["PublicAccessBlockConfiguration"]
    return {
        "block_public_acls": blocks.get("BlockPublicAcls", False),
        "block_public_policy": blocks.get("BlockPublicPolicy", False),
        "ignore_public_acls": blocks.get("IgnorePublicAcls", False),
        "restrict_public_buckets": blocks.get("RestrictPublicBuckets", False),
    }


def _of_a_bucket(noun: str, find: Any, defaults: Mapping[str, Any] | None = None) -> Kind:
    return Kind(
        noun=noun,
        name=lambda values: str(values["bucket"]),
        find=find,
        same_by=frozenset({"bucket"}),
        defaults=defaults or {},
        own=frozenset({"force_destroy"}),
    )


_BLOCKS = ("block_public_acls", "block_public_policy", "ignore_public_acls")
KINDS = {
    "aws_s3_bucket": _of_a_bucket("bucket", _bucket, {"tags": {}}),
    "aws_s3_bucket_versioning": _of_a_bucket(
        "versioning of the bucket", _setting("get_bucket_versioning", "", _versioning)
    ),
    "aws_s3_bucket_server_side_encryption_configuration": _of_a_bucket(
        "encryption of the bucket",
        _setting(
            "get_bucket_encryption", "ServerSideEncryptionConfigurationNotFoundError", _encryption
        ),
    ),
    "aws_s3_bucket_public_access_block": _of_a_bucket(
        "public access block of the bucket",
        _setting("get_public_access_block", "NoSuchPublicAccessBlockConfiguration", _access_block),
        dict.fromkeys((*_BLOCKS, "restrict_public_buckets"), False),
    ),
    "aws_s3_bucket_policy": _of_a_bucket(
        "policy of the bucket",
        _setting(
            "get_bucket_policy",
            "NoSuchBucketPolicy",
            lambda answer: {"policy": json.loads(answer["Policy"])},
        ),
    ),
}
