"""`python -m benchmarks`: measures, prints the tables, and writes them with `--write`."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import cli, install, plot, tables
from benchmarks.measure import Cost, Failed, run
from benchmarks.peers import BENCHMARKS, OURS, PEERS, PROJECT, Peer
from benchmarks.results import Results
from benchmarks.same_resources import difference, written
from tools.command_line import Command

README = BENCHMARKS / "README.md"
RESULTS_FILE = BENCHMARKS / "results.json"
PICTURE = BENCHMARKS / "results.svg"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"

SIZES = (2, 50, 200, 1_000)
MANY = 200
"""From here on two rounds are enough: the slow peers take minutes."""


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    if asked.lock:
        install.lock()
        return 0
    results = Results(
        when=datetime.date.today().isoformat(),
        machine=f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
        load=" ".join(f"{load:.1f}" for load in os.getloadavg()),
    )
    sizes = (2, 50) if asked.quick else asked.services
    rounds = 3 if asked.quick else asked.runs
    peers = [peer for peer in PEERS if not asked.peers or peer.name in asked.peers]
    for peer in peers:
        _install(peer, results)
    measure_peers(peers, sizes, rounds, results)
    if not asked.peers:
        measure_cli(rounds, results)
    text = tables.report(results)
    print(text)
    if asked.write:
        results.save(RESULTS_FILE)
        PICTURE.write_text(plot.svg(results), "utf-8")
        README.write_text(between_markers(README.read_text("utf-8"), text), "utf-8")
    return 1 if results.differing else 0


def measure_peers(
    peers: Sequence[Peer], sizes: Sequence[int], rounds: int, results: Results
) -> None:
    """Rounds of all peers, one after the other in each: A B C A B C."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for peer in peers:
            _attempt(peer, sizes[0], folder / "warm", results)  # bytecode, jsii's cache, `.gen/`
        for size in sizes:
            for turn in range(min(rounds, 2) if size > MANY else rounds):
                for peer in peers:
                    if size > peer.most_services:
                        continue
                    output = folder / f"{peer.name}-{size}"
                    cost = _attempt(peer, size, output, results)
                    if cost is None:
                        continue
                    results.runs.setdefault(peer.name, {}).setdefault(size, []).append(cost)
                    _say(f"{peer.name}, {size} services, round {turn + 1}: {cost.wall_s:.2f} s")
            _compare(peers, size, folder, results)


def _attempt(peer: Peer, size: int, output: Path, results: Results) -> Cost | None:
    if peer.name in results.missing:
        return None
    try:
        return run(peer.command, cwd=PROJECT, environment=peer.environment(size, output))
    except Failed as failed:
        results.missing[peer.name] = f"{size} services: {failed}"
        _say(f"{peer.name}: {failed}")
        return None


def _compare(peers: Sequence[Peer], size: int, folder: Path, results: Results) -> None:
    if not (folder / f"{OURS}-{size}").is_dir():
        return
    ours = written(folder / f"{OURS}-{size}")
    for peer in peers:
        output = folder / f"{peer.name}-{size}"
        if peer.writes_terraform and peer.name not in results.missing and output.is_dir():
            different = difference(ours, written(output))
            if different:
                results.differing[peer.name] = f"{size} services: {different}"


def measure_cli(rounds: int, results: Results) -> None:
    """`npx cdktf synth`, stock and ours in turns, and the check of `.gen/`."""
    synths: dict[str, Callable[[Path], Cost]] = {
        "stock": cli.stock_synth,
        "ours": cli.our_synth,
    }
    with tempfile.TemporaryDirectory() as name:
        try:
            cli.our_synth(Path(name))
            for turn in range(rounds):
                for who, synth in synths.items():
                    cost = synth(Path(name))
                    results.cli.setdefault(who, []).append(cost)
                    _say(f"cdktf synth, {who}, round {turn + 1}: {cost.wall_s:.2f} s")
        except Failed as failed:
            results.cli.clear()
            results.missing["`npx cdktf synth`"] = str(failed)
    results.check_ms = [cli.check_ms() for _ in range(max(rounds, 5))]


def between_markers(text: str, replacement: str) -> str:
    """`text` with what stands between the two markers replaced."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{replacement}\n{END}{after}"


def _install(peer: Peer, results: Results) -> None:
    if peer.installed:
        try:
            install.install(peer.installed)
        except Failed as failed:
            results.missing[peer.name] = f"cannot be installed: {failed}"
            _say(f"{peer.name} cannot be installed: {failed}")


def _parser() -> argparse.ArgumentParser:
    parser = Command(prog="python -m benchmarks", description=__doc__)
    known = [peer.name for peer in PEERS]
    parser.add_argument(
        "--peers", type=lambda text: text.split(","), default=[], help=f"of {', '.join(known)}"
    )
    parser.add_argument(
        "--services",
        type=lambda text: tuple(int(size) for size in text.split(",")),
        default=SIZES,
        help="how many, such as 2,200",
    )
    parser.add_argument("--runs", type=int, default=5, help="rounds for each number of services")
    parser.add_argument("--quick", action="store_true", help="3 rounds of 2 and 50 services")
    parser.add_argument("--write", action="store_true", help="write README.md, results.json, .svg")
    parser.add_argument("--lock", action="store_true", help="write the peers' locks anew (uv)")
    return parser


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
