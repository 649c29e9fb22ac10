"""`python -m tools.adopt`: takes over what was made by hand.

It looks, stack by stack, at what of the code exists in the environment's account, and only reads
there. For each resource it says: managed (in the state), to import, to create, or different, with
the fields that differ and what to write to keep what is live. What can be imported it writes into
a file (adopt.ENVIRONMENT.json), which makes the next deploy import instead of create. Run again
after that deploy, it says what is managed, imports the rest, lets the state say that imported
revisions are kept, and deletes the file. Exit codes: 0 when nothing differs, 2 when something does,
1 when it could not look, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from constructs_lib import catalogue, user_files
from constructs_lib.commands import tool_command
from tools.adopt.adoption import adopt
from tools.adopt.asking import Reader
from tools.adopt.from_live import beyond_an_entry, service_from_live
from tools.aws import Aws
from tools.catalogue_entry import nested_entry
from tools.command_line import Command
from tools.ending import ended
from tools.plan.session import Session, add_running_options
from tools.service_test import add_with_test, code_file, code_of
from tools.terraform import one_interrupt


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = _parsed(arguments)
    return ended("adopt", lambda: _adopt(wanted), stopped="stopped; run it again")


def _adopt(wanted: argparse.Namespace) -> int:
    with one_interrupt(), Session(wanted) as session:
        aws = Aws(user_files.held("environments", "selected")())
        aws.check_account()
        reader = Reader(aws)
        if wanted.service:
            return _from_live(wanted.service, reader, session.project, wanted.print)
        return adopt(wanted.stacks, session, reader)


def _from_live(family: str, reader: Reader, project: Path, only_print: bool) -> int:
    """Writes the entry, or prints it, with what a person should know of it."""
    service, revision = service_from_live(family, user_files.held("services", "SERVICES"), reader)
    if not only_print:
        add_with_test(project, service, code_of(str(service.name)))
        print(f"services.py: the entry of {revision.name} is written:\n")
    print(nested_entry(service, 4))
    warned = catalogue.warned([service], reader.environment)
    of_service = (sentence for stack, sentence in warned if stack == service.name)
    for sentence in (*of_service, *beyond_an_entry(revision, reader.environment)):
        print(f"warning: {sentence}", file=sys.stderr)
    if not only_print:
        print(
            f"\n{code_file(str(service.name))}: its test is written too",
            "",
            "next: read the entry, then",
            "  make golden     # writes what its test compares with",
            f"  {tool_command(f'adopt {service.name}')}",
            sep="\n",
        )
    return 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Command(
        prog="python -m tools.adopt",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stacks", nargs="*", metavar="STACK", help="all when none is named")
    parser.add_argument(
        "--service", metavar="NAME", help="with --from-live: a task definition's family"
    )
    parser.add_argument(
        "--from-live",
        action="store_true",
        help="write the entry of services.py for the newest ACTIVE revision of --service",
    )
    parser.add_argument(
        "--print", action="store_true", help="with --from-live: print the entry, write nothing"
    )
    add_running_options(parser)
    wanted = parser.parse_args(arguments)
    if bool(wanted.service) != wanted.from_live:
        parser.error("--service and --from-live belong together; give both")
    if wanted.service and wanted.stacks:
        parser.error("--service takes over one task definition; name no stacks beside it")
    if wanted.print and not wanted.service:
        parser.error("--print is for --service and --from-live; give all three")
    return wanted


if __name__ == "__main__":
    sys.exit(main())
