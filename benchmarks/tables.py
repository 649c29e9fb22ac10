"""The results as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.peers import FLOOR, OURS, PEERS, SUBMODULES, Peer
from benchmarks.results import Results, linearity, ratio, typical

SMALL, LARGE = 2, 200


def report(results: Results) -> str:
    """Everything: the targets, the wall times, the memory, and what is missing."""
    parts = [
        f"Measured on {results.when}; {results.machine}; load {results.load}.",
        table(("what", "to reach", "measured", ""), targets(results)),
        "Wall time of the whole process in seconds, and as a multiple of ours:",
        table(("", *(services(size) for size in results.sizes())), wall_rows(results)),
        "Resident memory of the largest process, in MB:",
        table(("", *(services(size) for size in results.sizes())), memory_rows(results)),
        *(f"**Missing: {name}**: {why}" for name, why in results.missing.items()),
        *(f"**Not the same resources: {name}**: {how}" for name, how in results.differing.items()),
    ]
    return "\n\n".join(parts) + "\n"


def services(size: int) -> str:
    return f"{size:,} services"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _asked(results: Results) -> list[Peer]:
    return [peer for peer in PEERS if peer.name in results.runs or peer.name in results.missing]


def wall_rows(results: Results) -> Iterator[list[str]]:
    for peer in _asked(results):
        cells = []
        for size in results.sizes():
            cost = results.typical(peer.name, size)
            times = results.ratio(peer.name, OURS, size)
            if cost is None or times is None:
                cells.append("missing" if peer.name in results.missing else "")
            else:
                cells.append(f"{cost.wall_s:.2f} ({times:.2f}x)")
        yield [peer.title, *cells]


def memory_rows(results: Results) -> Iterator[list[str]]:
    for peer in _asked(results):
        costs = [results.typical(peer.name, size) for size in results.sizes()]
        nothing = "missing" if peer.name in results.missing else ""
        yield [peer.title, *(f"{cost.peak_mb:.0f}" if cost else nothing for cost in costs)]


def targets(results: Results) -> Iterator[list[str]]:
    """The figures that are to be reached."""
    submodules = "compiled TypeScript with submodule imports"
    yield _at_least("stock / ours, 2 services", 20, results.ratio("stock", OURS, SMALL), "x")
    yield _at_most(f"ours / {FLOOR_TITLE}", 1.25, results.ratio(OURS, FLOOR, SMALL), "x")
    for size in results.sizes():
        others = (
            results.ratio(peer.name, OURS, size)
            for peer in PEERS
            if peer.name not in (OURS, FLOOR, SUBMODULES)
        )
        closest = min((times for times in others if times is not None), default=None)
        title = f"the closest other peer / ours, {size:,} services"
        yield _at_least(title, 1, closest, "x")
    for size in (SMALL, LARGE):
        times = results.ratio(OURS, SUBMODULES, size)
        yield _at_most(f"ours / {submodules}, {size} services", 3, times, "x")
    walls = {size: cost.wall_s for size in results.sizes() if (cost := results.typical(OURS, size))}
    yield _at_most(
        "a service more, beyond 200 services / below: linear growth is 1",
        1.2,
        linearity(walls),
        "x",
    )
    cost = results.typical(OURS, SMALL)
    memory = cost.peak_mb if cost else None
    yield _at_most("memory of the largest process, 2 services", 80, memory, " MB")
    check = sorted(results.check_ms)[len(results.check_ms) // 2] if results.check_ms else None
    yield _at_most("checking that `.gen/` is current", 20, check, " ms")
    cli = ratio(results.cli.get("stock", ()), results.cli.get("ours", ()))
    seconds = typical(results.cli.get("ours", ()))
    title = "stock / ours, `npx cdktf synth` of 2 services"
    if seconds:
        title += f" (ours: {seconds.wall_s:.2f} s)"
    yield _at_least(title, 7, cli, "x")


FLOOR_TITLE = '`python -c "import cdktf"`'


def _at_least(what: str, bound: float, measured: float | None, unit: str) -> list[str]:
    reached = measured is not None and measured >= bound
    return _row(what, f"{bound:g}{unit} or more", measured, unit, reached)


def _at_most(what: str, bound: float, measured: float | None, unit: str) -> list[str]:
    reached = measured is not None and measured <= bound
    return _row(what, f"{bound:g}{unit} or less", measured, unit, reached)


def _row(what: str, bound: str, measured: float | None, unit: str, reached: bool) -> list[str]:
    if measured is None:
        return [what, bound, "not measured", ""]
    return [what, bound, f"{measured:.4g}{unit}", "reached" if reached else "falls short"]
