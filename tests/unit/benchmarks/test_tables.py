"""The report and the picture."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.__main__ import PICTURE, README, RESULTS_FILE, between_markers
from benchmarks.measure import Cost
from benchmarks.plot import svg
from benchmarks.results import Results
from benchmarks.tables import report

RESULTS = Results(
    when="2026-11-23",
    machine="2 cores",
    load="0.1",
    missing={"aws-cdk": "cannot be installed: no network"},
    runs={
        "ours": {2: [Cost(0.5, 0.6, 79.0)]},
        "stock": {2: [Cost(15.0, 15.0, 640.0)]},
        "typescript-submodules": {2: [Cost(0.1, 0.1, 60.0)]},
    },
    check_ms=[1.5],
)


def test_targets_and_peers_in_the_report() -> None:
    lines = report(RESULTS).splitlines()
    assert "| stock / ours, 2 services | 20x or more | 30x | reached |" in lines
    assert (
        "| memory of the largest process, 2 services | 80 MB or less | 79 MB | reached |" in lines
    )
    assert any(line.endswith("| 3x or less | 5x | falls short |") for line in lines)
    assert "| CDKTF in Python, `cdktf-cdktf-provider-aws` | 15.00 (30.00x) |" in lines
    assert "| AWS CDK in Python | missing |" in lines
    assert "**Missing: aws-cdk**: cannot be installed: no network" in lines


def test_picture_has_a_bar_a_figure_and_names_the_missing() -> None:
    root = ElementTree.fromstring(svg(RESULTS))
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"0.50", "15.00", "0.10", "missing", "2 services"} <= set(texts)


def test_only_what_is_between_the_markers_is_replaced() -> None:
    text = "before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n"
    assert between_markers(text, "new") == (
        "before\n<!-- results -->\n\nnew\n<!-- end of results -->\nafter\n"
    )


def test_the_page_and_the_picture_show_what_was_measured() -> None:
    """`python -m benchmarks --write` writes all three."""
    measured = Results.load_from(RESULTS_FILE)
    page = README.read_text("utf-8")
    assert page == between_markers(page, report(measured))
    assert PICTURE.read_text("utf-8") == svg(measured)
