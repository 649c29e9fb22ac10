"""What goes wrong, and what then must hold: `make test-faults`.

    stage       a project of many services, and what is found on AWS and in its state
    faulty_aws  the embedded AWS behind a proxy that does wrong what a test asks for

Each module is one row of the table that is printed at the end; each test of it is a trial.
Terraform or the provider missing is a skip with its reason, and a failure when CI=true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults.faulty_aws import FaultyAws
from tests.faults.stage import Stage
from tests.local_aws.conftest import _terraform, skip_or_fail
from tools.local_aws import LocalAws
from tools.shared_provider import shared_provider
from tools.tables import table
from tools.terraform_environment import terraform_environment

__all__ = ["_terraform"]


@pytest.fixture(scope="module")
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _terraform: None
) -> Iterator[Stage]:
    """The project, synthesized, on an AWS with the state bucket and the stack `iam`.

    Its services are the SERVICES of the test's module, else `movie-service`.
    """
    services = getattr(request.module, "SERVICES", ["movie-service"])
    with LocalAws() as aws, FaultyAws(aws.endpoint) as faulty:
        environment = terraform_environment(aws.environment)
        with shared_provider(environment) as provider:
            folder = tmp_path_factory.mktemp("stage")
            stage = Stage(folder, aws, faulty, provider, services)
            done = stage.terraform("iam", "init")
            if "Failed to query available provider packages" in done.stderr:
                skip_or_fail("the AWS provider is in no mirror and cannot be downloaded")
            stage.deploy_iam()
            yield stage


def pytest_addoption(parser: pytest.Parser) -> None:
    says = "run one third of the trials, of each kind some"
    parser.addoption("--third", type=int, choices=(0, 1, 2), help=says)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    third = config.getoption("--third", None)
    if third is not None:
        config.hook.pytest_deselected(
            items=[item for place, item in enumerate(items) if place % 3 != third]
        )
        items[:] = items[third::3]
    for item in items:
        row = item.get_closest_marker("row")
        if row:
            item.user_properties.append(("row", row.args[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table: how many trials each row had, and how many passed."""
    counts: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.getreports(outcome):
            row = dict(report.user_properties).get("row")
            if row:
                counts.setdefault(str(row), Counter())[outcome] += 1
    rows = [
        [row, str(sum(each.values())), str(each["passed"]), str(each["skipped"] or "")]
        for row, each in sorted(counts.items())
    ]
    if rows:
        columns = ["What goes wrong", "Trials", "Passed", "Skipped"]
        terminalreporter.write_line("\n" + table("Faults", columns, rows))
