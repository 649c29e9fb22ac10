"""The command: python -m tools.local_aws up | down | status."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from constructs_lib.errors import InvalidInput
from tools.command_line import Command, at_least
from tools.local_aws import StartFailure, detached
from tools.local_aws.launch import ACCOUNT_ID
from tools.local_aws.protocol import About

RUNS, FAILED, RUNS_NOT, INTERRUPTED = 0, 1, 3, 130

EXIT_CODES = """
exit codes: 0 done (status: it runs), 1 it could not be done (one sentence says why),
2 wrong usage, 3 status: it does not run, 130 interrupted
"""


def main() -> int:
    arguments = _parser().parse_args()
    try:
        if arguments.command == "up":
            return _up(arguments)
        if arguments.command == "down":
            return _down(arguments.folder)
        return _status(arguments.folder)
    except (InvalidInput, StartFailure) as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    common = Command(add_help=False)
    common.add_argument(
        "--folder",
        type=Path,
        default=detached.FOLDER,
        help="where the server's files lie: endpoint (while it runs) and server.log; "
        "default: .local_aws in the project",
    )
    parser = Command(
        prog="python -m tools.local_aws",
        description="The embedded AWS: moto's server on a port of 127.0.0.1.",
        epilog=EXIT_CODES,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="up | down | status")
    up = commands.add_parser(
        "up",
        parents=[common],
        help="start it, unless it runs; the last line of the output is its endpoint",
    )
    up.add_argument("--account-id", help=f"the account's number; default: {ACCOUNT_ID}")
    up.add_argument(
        "--port",
        type=at_least(0),
        help=f"the port it must have; default: {detached.PREFERRED_PORT}, or a free one",
    )
    up.add_argument(
        "--idle-minutes",
        type=float,
        help=f"it ends after so many minutes without a request; default: {detached.IDLE_MINUTES:g}",
    )
    commands.add_parser("down", parents=[common], help="stop it, if it runs")
    commands.add_parser("status", parents=[common], help="tell whether it runs, where, since when")
    return parser


def _up(arguments: argparse.Namespace) -> int:
    wanted = detached.Wanted(arguments.account_id, arguments.port, arguments.idle_minutes)
    about = detached.up(wanted, arguments.folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # too late: it runs, which is to be told
    print(_shown(about))
    print(about.endpoint)
    return RUNS


def _down(folder: Path) -> int:
    about = detached.down(folder)
    print(f"stopped: pid {about.pid}, {about.endpoint}" if about else "nothing runs")
    return RUNS


def _status(folder: Path) -> int:
    about = detached.status(folder)
    print(f"{_shown(about)}\n{about.endpoint}" if about else "nothing runs")
    return RUNS if about else RUNS_NOT


def _shown(about: About) -> str:
    return (
        f"the embedded AWS runs since {about.since}: account {about.account_id}, "
        f"pid {about.pid}, until there are {about.idle_minutes:g} minutes without a request"
    )


if __name__ == "__main__":
    sys.exit(main())
