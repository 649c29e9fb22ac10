"""What was measured, and the figures that follow from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost

Runs = dict[str, dict[int, list[Cost]]]
"""For each peer and number of services, the cost of each round."""


@dataclass
class Results:
    """All of one run of the benchmark; `results.json` holds it."""

    when: str = ""
    machine: str = ""
    load: str = ""
    missing: dict[str, str] = field(default_factory=dict)
    """Why a peer has no figures."""
    differing: dict[str, str] = field(default_factory=dict)
    """Where a peer's resources are not ours."""
    runs: Runs = field(default_factory=dict)
    cli: dict[str, list[Cost]] = field(default_factory=dict)
    check_ms: list[float] = field(default_factory=list)

    def sizes(self) -> list[int]:
        return sorted({size for sizes in self.runs.values() for size in sizes})

    def typical(self, peer: str, size: int) -> Cost | None:
        """Medians of a peer's rounds, each figure for itself."""
        return typical(self.runs.get(peer, {}).get(size, ()))

    def ratio(self, peer: str, other: str, size: int) -> float | None:
        """How many times as long as `other` it takes: the median over the rounds."""
        return ratio(self.runs.get(peer, {}).get(size, ()), self.runs.get(other, {}).get(size, ()))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def load_from(cls, path: Path) -> Results:
        saved = json.loads(path.read_text("utf-8"))
        saved["runs"] = {
            peer: {int(size): [Cost(*cost) for cost in costs] for size, costs in sizes.items()}
            for peer, sizes in saved["runs"].items()
        }
        saved["cli"] = {who: [Cost(*cost) for cost in costs] for who, costs in saved["cli"].items()}
        return cls(**saved)


def typical(costs: Sequence[Cost]) -> Cost | None:
    return Cost(*(median(figures) for figures in zip(*costs, strict=True))) if costs else None


def ratio(costs: Sequence[Cost], others: Sequence[Cost]) -> float | None:
    """The median of the rounds' own ratios: a slow moment of the machine slows both."""
    ratios = [cost.wall_s / other.wall_s for cost, other in zip(costs, others, strict=False)]
    return median(ratios) if ratios else None


def linearity(walls: Mapping[int, float]) -> float | None:
    """What a service more costs between the two largest sizes, by what it costs below.

    1 is linear growth; None with fewer than three sizes.
    """
    sizes = sorted(walls)[-3:]
    if len(sizes) < 3:
        return None
    small, middle, large = sizes
    below = (walls[middle] - walls[small]) / (middle - small)
    return (walls[large] - walls[middle]) / (large - middle) / below
