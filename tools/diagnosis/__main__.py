"""`python -m tools.diagnosis STACK ...`: why Terraform cannot work on these stacks.

STACK may have wildcards, as for cdktf. With --before and --failed, as the cdktf CLI's arguments
come as they are, what names no stack is passed over. With --deploying, it also warns of a service
whose tasks could not start, as `iam` does not let them read yet what it names; with --destroying,
of those that need the roles of `iam`. Exit codes: 0 nothing was found, 3 sentences were printed, on
standard error; a warning does not count.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.nearest import instead
from constructs_lib.stack_ids import FIRST_STACKS, IAM_STACK, STATE_BUCKET_STACK
from tools.command_line import Command
from tools.diagnosis.looking import Diagnosis
from tools.diagnosis.reads import needed

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.service import Service

NOTHING, FOUND = 0, 3


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Command(
        prog="python -m tools.diagnosis",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stacks", nargs="+", metavar="STACK")
    parser.add_argument("--before", action="store_true", help="only what forbids to begin")
    parser.add_argument("--deploying", action="store_true", help="warn of what iam lacks for them")
    parser.add_argument("--destroying", action="store_true", help="warn of what needs them")
    parser.add_argument("--failed", action="store_true", help="say nothing when nothing is found")
    wanted = parser.parse_args(arguments)
    is_typed = not (wanted.before or wanted.failed)
    try:
        environment, services = _environment_and_services()
        known = [*FIRST_STACKS, *(str(service.name) for service in services)]
        matches = {one: [e for e in known if fnmatchcase(e, one)] for one in wanted.stacks}
        stacks = list(dict.fromkeys(chain(*matches.values())))
        asked = is_typed or (wanted.deploying and IAM_STACK not in stacks)
        wanting = needed(services, environment, stacks) if asked else {}
    except Exception:  # of services.py or environments.py, whatever it is: main.py says it
        return NOTHING
    diagnosis = Diagnosis(environment, Path.cwd())
    found = diagnosis.all_before(stacks) if wanted.before else diagnosis.all_after(stacks)
    if not wanted.before:
        found += _unknown(diagnosis, [one for one in matches if not matches[one]], known, is_typed)
    if wanted.destroying and STATE_BUCKET_STACK in stacks:
        found.append(
            f"{STATE_BUCKET_STACK}: Terraform does not destroy the bucket, as it holds the states; "
            "see docs/recovery.md"
        )
    warnings = diagnosis.unreadable(wanting) if wanting else []
    if wanted.destroying and IAM_STACK in stacks:
        warnings += diagnosis.with_roles_of_iam(stacks)
    for sentence in [*(f"warning: {each}" for each in warnings), *found]:
        print(sentence, file=sys.stderr)
    if is_typed and not found:
        for stack in stacks:
            print(f"{stack}: nothing stands in its way")
    return FOUND if found else NOTHING


def _unknown(
    diagnosis: Diagnosis, names: Sequence[str], known: Sequence[str], is_typed: bool
) -> list[str]:
    """What is to be said of names that are no stacks.

    To the CLI it is only what has been deployed under them: one may be the value of an option.
    """
    left = diagnosis.left_behind(names) if names else {}
    return [
        left.get(one) or f"diagnosis: there is no stack {one!r}; {instead(one, known)}"
        for one in names
        if is_typed or one in left
    ]


def _environment_and_services() -> tuple[Environment, list[Service]]:
    from constructs_lib import user_files

    environment = user_files.held("environments", "selected")()
    return environment, list(user_files.held("services", "SERVICES"))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    sys.exit(main())
