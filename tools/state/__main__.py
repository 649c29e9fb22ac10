"""`python -m tools.state STACK`: the versions of a stack's state, and the way back to one of them.

Without options it lists the versions that the state bucket has, newest first, and who holds the
lock; the first column is what --restore wants. With --restore, that version is written as the
newest, with a serial above all others, under Terraform's own lock; nothing is deleted, and nothing
that is deployed is changed: plan afterwards. Exit codes: 0 done, 1 it could not be done (one
sentence says why), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.aws import Aws
from tools.refused import Refused
from tools.state.restore import restore
from tools.state.stored import StoredState, shown
from tools.tables import table

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

DONE, FAILED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    from botocore.exceptions import BotoCoreError, ClientError

    from constructs_lib.errors import InvalidInput

    parser = argparse.ArgumentParser(
        prog="python -m tools.state",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stack", metavar="STACK", help="such as iam, or a service's name")
    parser.add_argument("--restore", metavar="VERSION", help="write this version as the newest")
    wanted = parser.parse_args(arguments)
    try:
        return _run(_environment(), wanted.stack, wanted.restore)
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
    except Refused as refused:
        print(f"state: {refused}", file=sys.stderr)
    except (BotoCoreError, ClientError) as error:
        print(f"state: {wanted.stack}: {' '.join(str(error).split())}", file=sys.stderr)
    return FAILED


def _environment() -> Environment:
    import environments

    return environments.selected()


def _run(environment: Environment, stack: str, version: str | None) -> int:
    aws = Aws(environment)
    aws.check_account()
    stored = StoredState(aws, stack)
    if version is not None:
        chosen, state = restore(stored, version)
        print(
            f"{stack}: the version of {shown(chosen.written)} is the newest again, as serial "
            f"{state.serial}; see what it lacks, with: .venv/bin/python -m tools.plan {stack}"
        )
        return DONE
    versions = stored.versions()
    if not versions:
        raise Refused(f"{stack}: there is no state {stored.address}, and never was one")
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


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as `| head` expects
    sys.exit(main())
