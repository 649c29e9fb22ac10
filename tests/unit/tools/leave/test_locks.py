"""The locks of the ways: today's versions of all but the framework; `make lock` writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.leave.ways import LOCKS, TODAY, WAYS, Way

PROJECT = Path(__file__).parents[4]
OF_THE_FRAMEWORK = {
    *("cdktf", "cdktn", "cdktf-cdktf-provider-aws", "cdktn-provider-aws"),
    *("constructs", "jsii", "publication", "typeguard"),
}


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([\w.-]+)==([^ ;]+)", lock.read_text("utf-8")))


def others(lock: Path) -> dict[str, str]:
    return {name: at for name, at in pinned(lock).items() if name not in OF_THE_FRAMEWORK}


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
def test_a_lock_differs_in_the_framework_only(way: Way) -> None:
    """When it does not: make lock."""
    assert others(way.lock) == others(PROJECT / "requirements.txt")


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
def test_a_lock_has_what_the_way_names(way: Way) -> None:
    locked = [f"{name}=={version}" for name, version in pinned(way.lock).items()]
    assert {way.framework, way.provider} <= set(locked)


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
def test_a_lock_has_hashes_and_no_addresses(way: Way) -> None:
    text = way.lock.read_text("utf-8")
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search("index-url|find-links|://", text)


def test_npms_lock_has_no_addresses() -> None:
    assert '"resolved"' not in (LOCKS / "package-lock.json").read_text("utf-8")


def test_today_is_one_of_the_ways_starts() -> None:
    """The project, or the copy that this runs in, is on packages that the table knows."""
    required = (PROJECT / "requirements.in").read_text("utf-8").splitlines()
    assert any({way.framework, way.provider} <= set(required) for way in (TODAY, *WAYS.values()))
