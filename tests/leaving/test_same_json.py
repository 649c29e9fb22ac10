"""Each copy synthesizes what the project does, but for the listed differences."""

from __future__ import annotations

import pytest

from tests.leaving.copies import PROJECT, copy_of, leaves, synthesized
from tests.leaving.differences import differences
from tools.leave.ways import WAYS, Way

ABSENT = "absent"


@pytest.mark.parametrize("environment", ["prod", "local"])
@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
def test_only_what_is_listed_differs_and_all_of_it(way: Way, environment: str) -> None:
    there = synthesized(copy_of(way), environment)
    today = synthesized(PROJECT, environment)
    assert len(today) > 10
    assert sorted(there) == sorted(today)
    listed = differences(way)
    seen = set()
    unexplained = []
    for stack, content in today.items():
        before, after = leaves(content), leaves(there[stack])
        for place in sorted(before.keys() | after.keys()):
            pair = (before.get(place, ABSENT), after.get(place, ABSENT))
            if pair[0] == pair[1]:
                continue
            reasons = [each for each in listed if each.explains(place, *pair)]
            seen |= set(reasons)
            if not reasons:
                unexplained.append((stack, place, *pair))
    assert unexplained == []
    assert seen == set(listed)
