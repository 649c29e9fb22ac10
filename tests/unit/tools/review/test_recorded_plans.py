"""Every recorded plan gives the report beside it."""

from __future__ import annotations

import re

import pytest

from tests.plans.cases import CASES
from tests.plans.recorded import NAMES, PAGES, expected_file, expected_page, page_of, report_of


def test_every_case_is_recorded() -> None:
    assert set(NAMES) == set(CASES)


@pytest.mark.parametrize("name", NAMES)
def test_the_report_is_the_expected_one(name: str) -> None:
    expected = expected_file(name).read_text("utf-8")
    assert report_of(name) == expected, "python -m tests.plans.write_reports, and read the diff"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_expected_one(name: str) -> None:
    expected = expected_page(name).read_text("utf-8")
    assert page_of(name) == expected, "python -m tests.plans.write_reports, and read the diff"


def test_a_release_of_an_image_is_ten_lines_at_most_and_no_warning() -> None:
    [section] = re.findall(r"^### .*?(?=^Fingerprint)", report_of("image-only"), re.M | re.S)
    assert len(section.strip().splitlines()) <= 10
    assert "`image 1.4.2 -> 1.5.0`" in section
    assert "**warning**" not in section
    assert "**error**" not in section


def test_a_release_by_a_mutable_tag_has_the_tag_rules_warning_alone() -> None:
    [section] = re.findall(
        r"^### .*?(?=^Fingerprint)", report_of("image-by-a-mutable-tag"), re.M | re.S
    )
    assert len(section.strip().splitlines()) <= 10
    assert re.findall(r"\*\*(warning|error)\*\* ([\w-]+)", section) == [("warning", "mutable-tag")]
