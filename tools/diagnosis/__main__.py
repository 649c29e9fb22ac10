"""`python -m tools.diagnosis STACK ...`: why Terraform cannot work on these stacks.

STACK may have wildcards, as for cdktf. Exit codes: 0 nothing was found, 3 sentences were printed,
on standard error; a warning does not count.
"""

# The options are for tools/cdktf_cli.py, which hands on the CLI's arguments as they are: so what
# names no stack is passed over, but for the first N of --certain. With --deploying, it also warns
# of a service whose tasks could not start, as `iam` does not let them read yet what it names, or
# will not any more without its entry; with --destroying, of those that need the roles of `iam`.

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.stack_ids import IAM_STACK, STATE_BUCKET_STACK
from tools.command_line import Command
from tools.diagnosis import with_iam
from tools.diagnosis.looking import Diagnosis
from tools.diagnosis.reads import needed
from tools.stack_names import may_have, no_stack, stacks_of, surely_none

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.service import Service

NOTHING, FOUND = 0, 3

_PATTERN = frozenset("*?+@!#()[]{}|\\")
"""What a pattern of the CLI has; it knows more than `fnmatch` does."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Command(
        prog="python -m tools.diagnosis",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stacks", nargs="+", metavar="STACK")
    parser.add_argument("--certain", type=int, default=0, help=argparse.SUPPRESS)
    for flag in ("--before", "--failed", "--deploying", "--destroying"):
        parser.add_argument(flag, action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    is_typed = not (wanted.before or wanted.failed)
    try:
        environment, services = _environment_and_services()
        known = stacks_of(services, environment)
        matches = {one: [e for e in known if fnmatchcase(e, one)] for one in wanted.stacks}
        stacks = list(dict.fromkeys(chain(*matches.values())))
        asked = is_typed or (wanted.deploying and IAM_STACK not in stacks)
        wanting = needed(services, environment, stacks) if asked else {}
        is_of_iam = wanted.deploying and IAM_STACK in stacks
        of_all = needed(services, environment, known) if is_of_iam else {}
    except Exception:  # of services.py or environments.py, whatever it is: main.py says it
        return NOTHING
    diagnosis = Diagnosis(environment, Path.cwd())
    found = diagnosis.all_before(stacks) if wanted.before else diagnosis.all_after(stacks)
    missing = [one for one in matches if not matches[one]]
    if wanted.before:
        certain = [one for one in missing if one in wanted.stacks[: wanted.certain]]
        told = {one: f"cdktf: {none}" for one in certain for none in _surely_none(one, known)}
        found += _unknown(diagnosis, [*told], told)
    else:
        told = {one: f"diagnosis: {no_stack(one, known)}" for one in missing if is_typed}
        found += _unknown(diagnosis, missing, told)
    if wanted.destroying and STATE_BUCKET_STACK in stacks:
        found.append(
            f"{STATE_BUCKET_STACK}: Terraform does not destroy the bucket, as it holds the states; "
            "once nothing else is left, empty and delete it: docs/recovery.md#all-of-it-is-to-go"
        )
    warnings = with_iam.not_readable_yet(diagnosis, wanting) if wanting else []
    if IAM_STACK in stacks and not found:
        if wanted.destroying:
            warnings += with_iam.left_without_roles(diagnosis, stacks)
        if wanted.deploying:
            warnings += with_iam.not_readable_any_more(
                diagnosis, of_all, lambda name: may_have(name, known, Path.cwd())
            )
        if wanted.failed:
            found += with_iam.began_beside_iam(diagnosis, stacks)
    for sentence in [*(f"warning: {each}" for each in warnings), *found]:
        print(sentence, file=sys.stderr)
    if is_typed and not found:
        for stack in stacks:
            print(f"{stack}: nothing stands in its way")
    return FOUND if found else NOTHING


def _surely_none(name: str, known: Sequence[str]) -> list[str]:
    """The sentence on a name that stands where the CLI takes stacks only, if it is none."""
    sentence = surely_none(name, known, Path.cwd())
    return [sentence] if sentence and _PATTERN.isdisjoint(name) else []


def _unknown(diagnosis: Diagnosis, names: Sequence[str], told: Mapping[str, str]) -> list[str]:
    """What is to be said of names that are no stacks: what has been deployed under them, or `told`.

    The CLI is told no more of what may be the value of an option.
    """
    left = diagnosis.left_behind(names) if names else {}
    return [left.get(one) or told[one] for one in names if one in left or one in told]


def _environment_and_services() -> tuple[Environment, list[Service]]:
    from constructs_lib import user_files

    environment = user_files.held("environments", "selected")()
    return environment, list(user_files.held("services", "SERVICES"))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    sys.exit(main())
