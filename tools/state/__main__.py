"""`python -m tools.state STACK`: the versions of a stack's state, and the way back to one of them.

Without options it lists the newest 50 versions in the state bucket, and who holds the lock; the
first column is what --restore wants. With --restore, that version is written as the newest, with a
serial above all others, under Terraform's own lock; nothing is deleted, and nothing that is
deployed is changed: plan afterwards. With --unlock, for a process that is no longer alive: what it
had made comes into the state, and its lock goes. Exit codes: 0 done, 1 it could not be done (one
sentence says why), 2 wrong usage, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from constructs_lib import user_files
from constructs_lib.commands import cdktf_command, tool_command
from constructs_lib.stack_ids import STATE_BUCKET_STACK
from tools.aws import Aws, in_one_line
from tools.command_line import Command
from tools.diagnosis.looking import ERRORED
from tools.ending import ended
from tools.plan.session import Session
from tools.plan.synthesis import synthesize
from tools.refused import Refused
from tools.stack_names import stacks_of_code, surely_none
from tools.state.bucket import bucket_fault
from tools.state.restore import restore
from tools.state.stored import StoredState, shown
from tools.state.unlock import locked_by, made_meanwhile, take_over
from tools.tables import table
from tools.terraform import one_interrupt

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

DONE = 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Command(
        prog="python -m tools.state",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stack", metavar="STACK", help="such as iam, or a service's name")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--restore", metavar="VERSION", help="write this version as the newest")
    does.add_argument("--unlock", metavar="ID", help="release the lock of a process that died")
    wanted = parser.parse_args(arguments)
    stopped = "stopped; run it again, it says where it stands"
    return ended("state", lambda: _run(wanted), stopped=stopped)


def _run(wanted: argparse.Namespace) -> int:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        if wanted.unlock:
            return _unlock(_environment(), wanted.stack, wanted.unlock)
        return _show(_environment(), wanted.stack, wanted.restore)
    except (BotoCoreError, ClientError) as error:
        raise Refused(f"{wanted.stack}: {in_one_line(error)}") from None


def _environment() -> Environment:
    environment: Environment = user_files.held("environments", "selected")()
    return environment


def _stored(environment: Environment, stack: str) -> tuple[Aws, StoredState]:
    if stack == STATE_BUCKET_STACK:
        told = f"{stack}: its state is a file of this project, not in the bucket"
        if environment.endpoint:
            raise Refused(f"{told}; it goes with the embedded AWS, so deploy it anew")
        raise Refused(f"{told}; put back an earlier one with git")
    aws = Aws(environment)
    aws.check_account()
    s3 = aws.client("s3")
    fault = bucket_fault(environment, s3)
    if fault:
        raise Refused(fault)
    return aws, StoredState(aws, stack, s3)


def _show(environment: Environment, stack: str, version: str | None) -> int:
    _, stored = _stored(environment, stack)
    if version is not None:
        chosen, state = restore(stored, version)
        print(
            f"{stack}: the version of {shown(chosen.written)} is the newest again, as serial "
            f"{state.serial}; see what it lacks, with: {tool_command(f'plan {stack}')}"
        )
        return DONE
    versions = stored.versions()
    if not versions:
        raise Refused(stored.locked() or _no_state(stored))
    whole = dict(stored.whole(versions))
    rows = []
    for each in versions:
        held = whole.get(each)
        if held:
            what = [str(held.serial), str(len(held.resources))]
        else:
            what = ["deleted" if each.deleted else "not whole", ""]
        rows.append([each.id, shown(each.written), str(each.size), *what])
    print(table(stored.address, ("VERSION", "WRITTEN", "BYTES", "SERIAL", "RESOURCES"), rows))
    for sentence in filter(None, (stored.locked(), stored.fault())):
        print(sentence)
    return DONE


def _no_state(stored: StoredState) -> str:
    none = surely_none(stored.stack, stacks_of_code(), user_files.PROJECT)
    if none:
        return none
    return (
        f"{stored.stack}: there is no state {stored.address}, and never was one; "
        f"name another, or deploy it first, with: {cdktf_command('deploy', stored.stack)}"
    )


def _unlock(environment: Environment, stack: str, lock_id: str) -> int:
    aws, stored = _stored(environment, stack)
    lock = locked_by(stored, lock_id)
    options = argparse.Namespace(lock_timeout=0, no_shared_provider=False)
    with one_interrupt(), Session(options) as session:
        folder = synthesize(session.project, session.environment).get(stack)
        # A state that could not be written has all of it, and is to be pushed.
        if folder and not (folder / ERRORED).exists():
            made = made_meanwhile(aws, folder, stored, lock)
            take_over(session.terraform, folder, made)
            for address, id in made.items():
                print(
                    f"{stack}: {address} ({id}) was made by that process, and is in the state now"
                )
    stored.s3.delete_object(Bucket=stored.bucket, Key=stored.lock_key)
    print(f"{stack}: the lock of {lock.who} is released")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
