"""`python -m tools.review`: what the plans would do, and what the rules have against it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from constructs_lib.errors import WRITABLE
from tools.command_line import Parser
from tools.plan.index import APPLIED, newer_than_plans
from tools.review.checkov import SecondOpinion, second_opinion
from tools.review.index import INDEX, read_index
from tools.review.machine import machine
from tools.review.markdown import markdown
from tools.review.plan_file import Plan, Unusable
from tools.review.report import Report
from tools.review.review import entry_of, review
from tools.review.sarif import sarif
from tools.review.settings import FAIL_ON, Settings, WrongSettings, read_settings
from tools.review.terminal import terminal
from tools.review.web_page import web_page
from tools.whole_file import write_whole

CLEAN, UNUSABLE, FINDINGS = 0, 1, 2

_EPILOG = """exit codes:
  0  nothing at or above the chosen severity
  1  unusable: a file is no plan, the settings are wrong, or a stack could not be planned
  2  findings at or above the chosen severity, which nobody accepted

The rules, the settings and the form of the JSON: docs/review.md"""


OUTPUT = Path("-")
"""The standard output, which then has that view in place of the one for a terminal."""


def main(arguments: list[str] | None = None) -> int:
    """Prints the review, writes the files that are wanted; the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = read_settings(chosen.settings or Path("pyproject.toml"))
        if chosen.settings and not chosen.settings.exists():
            raise WrongSettings(f"{chosen.settings}: there is no such file; name one that is there")
        if chosen.fail_on:
            settings = settings._replace(fail_on=chosen.fail_on)
        named = [entry_of(file) for file in chosen.files]
        environment, entries = (None, named) if named else read_index()
        newer = "" if named else newer_than_plans(Path.cwd())
        if newer:
            told = f"{newer} changed after these plans were made, and they lack that"
            print(f"review: {told}; to have it, plan anew", file=sys.stderr)
        files = {each.stack: each.plan for each in entries if each.plan and not named}
        applied = [stack for stack, file in files.items() if file.with_name(APPLIED).exists()]
        if applied:
            done = f"these plans of {', '.join(applied)} are applied already"
            print(f"review: {done}; to see what is left, plan anew", file=sys.stderr)
        ask = second_opinion if chosen.checkov else _nobody
        report = review(entries, settings, environment=environment, ask=ask)
        _write(report, chosen)
    except (Unusable, WrongSettings) as wrong:
        print(wrong, file=sys.stderr)
        return UNUSABLE
    if report.failed():
        return UNUSABLE
    return FINDINGS if report.at_or_above(settings.fail_on) else CLEAN


def _write(report: Report, chosen: argparse.Namespace) -> None:
    views = (
        (chosen.markdown, markdown),
        (chosen.json, machine),
        (chosen.sarif, sarif),
        (chosen.html, web_page),
    )
    printed, written = [], []
    for file, text in [(file, view(report)) for file, view in views if file is not None]:
        if file == OUTPUT:
            printed.append(text)
            continue
        try:
            write_whole(file, text)
            written.append(f"{file} is written\n")
        except OSError as error:
            raise Unusable(f"{file}: cannot be written: {error.strerror}; {WRITABLE}") from None
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(*(printed or [terminal(report, colours=colours), *written]), sep="", end="")


def _nobody(plans: list[Plan], settings: Settings) -> SecondOpinion:
    return SecondOpinion("checkov was not asked.", {})


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m tools.review",
        description="Shows what Terraform plans would change, by field, and what the rules have"
        " against it. Nothing sensitive is in any output.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        type=Path,
        help="a plan as `terraform show -json` writes it, of any project; the stack's name is that"
        " of the file, of its folder for plan.json; - is the standard input; without files, those"
        f" of {INDEX}",
    )
    parser.add_argument(
        "--markdown",
        metavar="F",
        type=Path,
        help="write it for a pull request; - is the standard output, here and below",
    )
    parser.add_argument("--json", metavar="F", type=Path, help="write it for machines")
    parser.add_argument("--sarif", metavar="F", type=Path, help="write the findings as SARIF 2.1.0")
    parser.add_argument("--html", metavar="F", type=Path, help="write it as one page for a browser")
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        help="the severity that makes exit code 2; that of pyproject.toml when left out",
    )
    parser.add_argument(
        "--no-checkov", dest="checkov", action="store_false", help="do not ask checkov as well"
    )
    parser.add_argument(
        "--settings",
        metavar="F",
        type=Path,
        help="the TOML file with [tool.netflux.review]; pyproject.toml when left out",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
