"""What README.md shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from constructs_lib import catalogue
from constructs_lib.environment import Environment
from constructs_lib.rules.rule import RULES
from constructs_lib.service import Service
from constructs_lib.service_check import problems

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text("utf-8")
PROD = Environment(
    name="prod", account_id="127549748682", region="us-east-1", state_bucket="netflux-state"
)


def test_the_catalogue_that_it_shows_is_a_good_one_and_laid_out() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.S)
    names: dict[str, Any] = {}
    exec(block, names)
    catalogue.check(names["SERVICES"], PROD, ["prod"])
    format_it = [sys.executable, "-m", "ruff", "format", "--check", "-"]
    done = subprocess.run(format_it, cwd=PROJECT, input=block, text=True, check=False)
    assert done.returncode == 0


def test_the_mistakes_that_it_shows_are_said_so() -> None:
    service = Service(name="rating-service", cpu_units=256, memory_mib=4096, port=70000)
    said = "\n".join(each.sentence(service.name) for each in problems(service, PROD))
    assert f"```\n{said}\n```" in README


def test_it_has_every_make_target_of_a_person() -> None:
    named = re.findall(r"^\| `make ([a-z-]+)", README.partition("## Make targets\n")[2], re.M)
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.* ## ", makefile, re.M)
    assert named == [each for each in targets if not each.startswith("ci-")]


def test_it_counts_the_rules_the_recorded_plans_and_the_trials() -> None:
    rules = RULES.keys() - {"provider-accelerators"}  # one that only AWS provider 6 needs
    plans = list((PROJECT / "tests/plans").glob("*/plan.json"))
    say_it = "README.md's table has another number; write this one"
    assert f"| {len(rules)} rules of AWS, Fargate and the provider, " in README, say_it
    assert f"| {len(plans)} recorded plans; " in README, say_it
    collect = [sys.executable, "-m", "pytest", "tests/faults", "--collect-only", "-q"]
    done = subprocess.run(collect, cwd=PROJECT, capture_output=True, text=True, check=True)
    (trials,) = re.findall(r"^(\d+) tests collected", done.stdout, re.M)
    assert f"| {trials} trials, " in README, say_it
