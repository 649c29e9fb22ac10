"""Image references."""

from __future__ import annotations

import pytest

from constructs_lib.errors import Problem
from constructs_lib.images import digest_problem, image_problem, repository_of, tag_problem

DIGEST = f"sha256:{'0123456789abcdef' * 4}"
UNKNOWN = "${TfToken[TOKEN.1]}"


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        ("nginx", "nginx"),
        ("nginx:1", "nginx"),
        (f"nginx@{DIGEST}", "nginx"),
        (f"nginx:1@{DIGEST}", "nginx"),
        ("a/b/nginx:1", "a/b/nginx"),
        ("host:5000/nginx", "host:5000/nginx"),
        ("host:5000/nginx:1", "host:5000/nginx"),
        (f"host:5000/nginx@{DIGEST}", "host:5000/nginx"),
        ("", ""),
    ],
)
def test_the_repository_is_the_reference_without_tag_and_digest(
    image: str, repository: str
) -> None:
    assert repository_of(image) == repository


@pytest.mark.parametrize(
    "image",
    ["nginx", "h.io:5000/A/b_c-d.e:1", f"n@{DIGEST}", "a#b", UNKNOWN, f"{UNKNOWN} b", None, 5],
)
def test_images_that_may_be_references(image: object) -> None:
    assert image_problem("image", image) is None


@pytest.mark.parametrize(
    ("image", "cure"),
    [
        ("https://h.io/nginx:1", "write 'h.io/nginx:1'"),
        ("docker://nginx", "write 'nginx'"),
        ("://nginx", "write 'nginx'"),
    ],
)
def test_a_scheme_is_refused(image: str, cure: str) -> None:
    assert image_problem("image", image) == Problem("image", "must not have a scheme", image, cure)


@pytest.mark.parametrize("image", ["", " ", "ngi nx", "nginx\n", "ñginx", "nginx?x=1"])
def test_other_characters_are_refused(image: str) -> None:
    assert image_problem("image", image) == Problem(
        "image",
        "must be letters, digits or the characters _ . / : # @ -",
        image,
        "write the repository, with its tag behind it if wanted",
    )


@pytest.mark.parametrize("tag", ["latest", "1.2.3-rc_1", "_", "T" * 128, UNKNOWN])
def test_tags(tag: object) -> None:
    assert tag_problem("image_tag", tag) is None


@pytest.mark.parametrize("tag", ["", ".1", "-1", "T" * 129, "a b", "nginx:1", "1\n", None, 1])
def test_what_is_no_tag(tag: object) -> None:
    assert tag_problem("image_tag", tag) == Problem(
        "image_tag",
        "must be an image tag: 1 to 128 letters, digits, _ . or -, not beginning with . or -",
        tag,
        "write the tag alone, without the repository; for a digest give image_digest",
    )


@pytest.mark.parametrize("digest", [DIGEST, UNKNOWN])
def test_digests(digest: object) -> None:
    assert digest_problem("image_digest", digest) is None


@pytest.mark.parametrize(
    "digest",
    [
        *("", "latest", DIGEST[:-1], f"{DIGEST}0", DIGEST.upper(), f"@{DIGEST}", f"{DIGEST}\n"),
        *(DIGEST.removeprefix("sha256:"), DIGEST.replace("f", "g"), None, 5),
    ],
)
def test_what_is_no_digest(digest: object) -> None:
    assert digest_problem("image_digest", digest) == Problem(
        "image_digest",
        "must be sha256: and 64 lower-case hexadecimal digits",
        digest,
        "copy the digest from ECR, or give image_tag instead",
    )
