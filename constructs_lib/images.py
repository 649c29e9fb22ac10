"""Image references: a repository, and a tag or a digest behind it.

Sources, read 2026-11:
- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
- https://github.com/opencontainers/distribution-spec/blob/main/spec.md
"""

from __future__ import annotations

import re

from constructs_lib.errors import Problem
from constructs_lib.unknown import is_unknown

_IMAGE = re.compile(r"[A-Za-z0-9_./:#@-]+")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")


def repository_of(image: str) -> str:
    """The reference without its tag and digest."""
    bare = image.split("@", 1)[0]
    head, colon, tail = bare.rpartition(":")
    return head if colon and "/" not in tail else bare


def image_problem(argument: str, image: object) -> Problem | None:
    """What is wrong with an image that is no reference: a URL, say; or None."""
    if is_unknown(image) or not isinstance(image, str):
        return None
    if "://" in image:
        cure = f"write {image.split('://', 1)[1]!r}"
        return Problem(argument, "must not have a scheme", image, cure)
    if _IMAGE.fullmatch(image):
        return None
    rule = "must be letters, digits or the characters _ . / : # @ -"
    return Problem(argument, rule, image, "write the repository, with its tag behind it if wanted")


def tag_problem(argument: str, tag: object) -> Problem | None:
    """What is wrong with a tag, or None."""
    if is_unknown(tag) or (isinstance(tag, str) and _TAG.fullmatch(tag)):
        return None
    return Problem(
        argument,
        "must be an image tag: 1 to 128 letters, digits, _ . or -, not beginning with . or -",
        tag,
        "write the tag alone, without the repository; for a digest give image_digest",
    )


def digest_problem(argument: str, digest: object) -> Problem | None:
    """What is wrong with a digest, or None."""
    if is_unknown(digest) or (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
        return None
    return Problem(
        argument,
        "must be sha256: and 64 lower-case hexadecimal digits",
        digest,
        "copy the digest from ECR, or give image_tag instead",
    )
