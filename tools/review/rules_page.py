"""`python -m tools.review.rules_page [--check]`: writes docs/review.md from the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.command_line import Command
from tools.generated_file import written_or_current
from tools.review.rules import RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "review.md"

_HEAD = """<!-- Written by `python -m tools.review.rules_page`: change that, or the rules. -->
# The review of plans

```sh
.venv/bin/python -m tools.plan      # plans every stack
.venv/bin/python -m tools.review    # reviews the plans of the last `plan`
.venv/bin/python -m tools.review FILE ... --markdown F --html F --json F --sarif F
```

A `FILE` is what `terraform show -json PLANFILE` writes, of any project. The stack's name is the
file's, and its folder's for `plan.json`. `-` is the standard input.

## What is shown

- By field, what a person changed: `image 1.4.2 -> 1.5.0`, `+ secret DB_PASSWORD = arn:...`. A task
  definition that is replaced is a new revision. What the provider computes is not shown; what will
  only be known after the apply, and was asked for, is `(known after apply)`.
- JSON inside strings by its meaning: containers under AWS's defaults, policies as sets of grants.
  What differs without a meaning is only named.
- Nothing secret: what Terraform marks sensitive, what has a name that says secret, and what has the
  mark of an issuer is `(hidden)` in every output.
- The fingerprint: the meaning of all changes in sixteen characters. It is the same for the same
  changes, whatever their order and whatever AWS numbers anew. A hidden value counts as hidden, not
  by what it is: a short password could be guessed from a sum over it.
- Markdown is cut at whole stacks below the 65,536 characters of a comment on GitHub, the worst
  stacks stay, and a line says which are left out.
- HTML is one page for a browser, a phone's too, light or dark, and for paper. Nothing is left out.
  It has no script and asks nobody for anything, so it can be kept and sent as a file.

## Exit codes

| | |
|---|---|
| 0 | nothing at or above the chosen severity |
| 1 | unusable: a file is no plan, settings or arguments are wrong, or a stack has no whole plan |
| 2 | findings at or above the chosen severity that nobody accepted |

## Settings

In `pyproject.toml`; what is not given is as here:

```toml
[tool.netflux.review]
fail_on = "error"                      # or "warning", "note", "never"; --fail-on goes first

[tool.netflux.review.severity]         # a rule: "error", "warning", "note" or "off"
mutable-tag = "off"
checkov = "note"                       # all findings of checkov

[[tool.netflux.review.accept]]         # a finding that may be
rule = "wildcard-resource"             # or a check of checkov: CKV_...
stack = "iam"                          # any, when left out
address = "aws_iam_role_policy.reads"  # any, when left out
reason = "ecr:GetAuthorizationToken knows no resource"
```

An accepted finding stays in the report, with its reason, and does not change the exit code.

## checkov

Where [checkov](https://www.checkov.io) is installed, it is asked about the same plans, and its
findings are in the same report; `--no-checkov` leaves it out. One line says whether it was asked,
and what it could not read: it reads only files named `.json`. It judges all that will be there,
also what stays as it is. Tried with checkov 3.3.30, in an environment of its own.

## JSON and SARIF

`--json` has the form of [review.schema.json](review.schema.json). `--sarif` is SARIF 2.1.0 for code
scanning: a result a finding; accepted ones are suppressed, with the reason.

The JSON also keeps the `meaning`, the lines that the fingerprint is a sum of. With it, an apply
that is refused says in fields what was reviewed and is not planned now, also on another machine:

```sh
.venv/bin/python -m tools.review --json review.json
.venv/bin/python -m tools.apply --fingerprint F --reviewed review.json
```

## The rules

Each answers pass, fail or unknown, and unknown is a finding too: what cannot be judged has not
passed.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_table(), *_sections()])


def _table() -> Iterator[str]:
    yield "| rule | severity | finds |"
    yield "|---|---|---|"
    for rule in RULES.values():
        yield f"| [{rule.id}](#{rule.id}) | {rule.severity} | {rule.title} |"
    yield ""


def _sections() -> Iterator[str]:
    for rule in RULES.values():
        yield f"### {rule.id}\n\n{rule.title}. {rule.why}\n\n[Source]({rule.source})\n"


def main(arguments: list[str] | None = None) -> int:
    """Writes the page; with --check, 1 when it is stale."""
    parser = Command(prog="python -m tools.review.rules_page", description="Writes docs/review.md.")
    if written_or_current(parser, arguments, PAGE, page):
        return 0
    print("docs/review.md is stale; write it with: make reports", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
