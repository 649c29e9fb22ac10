"""The figures that follow from the rounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measure import Cost
from benchmarks.results import Results, linearity, ratio, typical


def costs(*walls: float) -> list[Cost]:
    return [Cost(wall, wall / 2, 80.0) for wall in walls]


def test_median_of_each_figure() -> None:
    three = [Cost(1, 9, 70), Cost(3, 7, 90), Cost(2, 8, 80)]
    assert typical(three) == Cost(2, 8, 80)


def test_no_rounds() -> None:
    assert typical([]) is None
    assert ratio([], costs(1)) is None


def test_ratio_is_of_the_same_round() -> None:
    # A moment ten times as slow for both sides changes nothing.
    assert ratio(costs(2, 20, 2), costs(1, 10, 1)) == 2


@pytest.mark.parametrize(
    ("walls", "expected"),
    [
        ({50: 1.0, 200: 2.5, 1_000: 10.5}, 1.0),
        ({2: 9.0, 50: 1.0, 200: 2.5, 1_000: 18.5}, 2.0),
        ({50: 1.0, 200: 2.5}, None),
    ],
    ids=["linear", "twice as much", "too few sizes"],
)
def test_growth(walls: dict[int, float], expected: float | None) -> None:
    assert linearity(walls) == (expected and pytest.approx(expected))


def test_saved_and_read(tmp_path: Path) -> None:
    results = Results(
        when="2026-11-23",
        missing={"aws-cdk": "no network"},
        runs={"ours": {2: costs(0.5, 0.6)}},
        cli={"ours": costs(2.0)},
        check_ms=[1.5],
    )
    results.save(tmp_path / "results.json")
    assert Results.load_from(tmp_path / "results.json") == results
