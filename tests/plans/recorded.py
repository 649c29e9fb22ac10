"""The recorded plans, and the report that each gives."""

from __future__ import annotations

from pathlib import Path

from tools.review.checkov import SecondOpinion
from tools.review.markdown import markdown
from tools.review.plan_file import Plan
from tools.review.report import Report
from tools.review.review import entry_of, review
from tools.review.settings import Settings
from tools.review.web_page import web_page

FOLDER = Path(__file__).parent
#: Of these there is the page as well: the smallest release, and one with everything to look at.
PAGES = ("drift-with-a-change", "image-only")
NAMES = sorted(file.parent.name for file in FOLDER.glob("*/plan.json"))


def plan_file(name: str) -> Path:
    return FOLDER / name / "plan.json"


def expected_file(name: str) -> Path:
    return FOLDER / name / "report.md"


def expected_page(name: str) -> Path:
    return FOLDER / name / "report.html"


def nobody(plans: list[Plan], settings: Settings) -> SecondOpinion:
    """Instead of checkov, so that a report is the same on every machine."""
    return SecondOpinion("No second opinion.", {})


def reviewed(*names: str) -> Report:
    """The review of recorded plans, under the settings that are there without any."""
    return review([entry_of(plan_file(name)) for name in names], Settings(), ask=nobody)


def report_of(name: str) -> str:
    return markdown(reviewed(name))


def page_of(name: str) -> str:
    return web_page(reviewed(name))
