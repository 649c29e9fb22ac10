"""images.txt: one line a service and environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib.image_lines import ImageLine, read_image_lines

DIGEST = "sha256:" + "0f" * 32
TAG_RULE = "must be an image tag: 1 to 128 letters, digits, _ . or -, not beginning with . or -"
CURE = "write a tag, or sha256: and the digest, without the repository"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "images.txt"


def refused(file: Path, text: str) -> list[str]:
    file.write_bytes(text.encode())
    return read_image_lines(file, ["prod", "staging"])[1]


def test_no_file_says_nothing(file: Path) -> None:
    assert read_image_lines(file, ["prod"]) == ({}, [])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_comments_and_blank_lines_are_passed_over(file: Path, end: str, mark: str) -> None:
    written = ["# a comment", "", "prod  a\t1.4.2   # why", f"  staging a {DIGEST}", "prod b 2"]
    file.write_bytes((mark + end.join(written)).encode())
    lines, wrong = read_image_lines(file, ["prod", "staging"])
    assert wrong == []
    assert list(lines.values()) == [
        ImageLine("prod", "a", "1.4.2", "images.txt, line 3"),
        ImageLine("staging", "a", DIGEST, "images.txt, line 4"),
        ImageLine("prod", "b", "2", "images.txt, line 5"),
    ]


def test_all_that_is_wrong_with_its_line(file: Path) -> None:
    text = "prod a\nprod a 1 2\nstagng a 1\nprod a x/y:1\nprod a 2\nprod b sha256:abc\n#"
    form = "'line' must be ENVIRONMENT SERVICE TAG_OR_DIGEST"
    digest = "must be sha256: and 64 lower-case hexadecimal digits"
    assert refused(file, text) == [
        f"images.txt, line 1: {form} (got 'prod a'); write these three words",
        f"images.txt, line 2: {form} (got 'prod a 1 2'); write these three words",
        "images.txt, line 3: 'environment' must be an environment of environments.py"
        " (got 'stagng'); write 'staging'",
        f"images.txt, line 4: 'image' {TAG_RULE} (got 'x/y:1'); {CURE}",
        "images.txt, line 5: 'service' must stand once, and is on line 4 for prod (got 'a');"
        " keep one of the two",
        f"images.txt, line 6: 'image' {digest} (got 'sha256:abc'); {CURE}",
    ]


def test_a_file_that_cannot_be_read(file: Path) -> None:
    file.mkdir()
    assert read_image_lines(file, []) == (
        {},
        [
            "images.txt: cannot be read: Is a directory;"
            " see that it is a file in UTF-8 that you may read"
        ],
    )


def test_a_file_that_is_no_text(file: Path) -> None:
    file.write_bytes(b"prod a \xff")
    assert read_image_lines(file, []) == (
        {},
        ["images.txt: is not UTF-8 at byte 7; save it as UTF-8"],
    )
