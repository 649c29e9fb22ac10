"""`python -m tests.plans.write_reports`: writes the expected report of every recorded plan anew."""

from __future__ import annotations

import sys

from tests.plans.recorded import NAMES, PAGES, expected_file, expected_page, page_of, report_of


def main() -> int:
    for name in NAMES:
        expected_file(name).write_text(report_of(name), "utf-8")
    for name in PAGES:
        expected_page(name).write_text(page_of(name), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
