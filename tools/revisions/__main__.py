"""`python -m tools.revisions SERVICE`: a service's revisions, and what deregisters the old ones.

Shows the ACTIVE revisions of the service's task definition, newest first: images, size, when each
was registered, and what refers to it. With --apply it deregisters all but the newest N, and never
one that the state refers to, or an ECS service of any cluster of the account and region in any of
its deployments, or a task that runs; without --apply it says which those would be. Where the state
is missing or cannot be trusted, nothing is deregistered.

Not seen: schedules and rules (EventBridge) that start tasks, pipelines, and other regions.

Exit codes: 0 done, or shown; 1 something could not be read or deregistered (a sentence says what
was); 2 wrong usage; 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from constructs_lib.commands import tool_command
from constructs_lib.nearest import instead
from tools.aws import Aws, in_one_line
from tools.command_line import Command, at_least
from tools.ending import ended
from tools.refused import Refused
from tools.revisions.pruning import deregister, to_deregister
from tools.revisions.revision import Revision, active, count_inactive
from tools.revisions.uses import Uses, in_clusters, in_states
from tools.state.bucket import bucket_fault
from tools.state.stored import StoredState, shown
from tools.tables import table

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

DONE = 0
KEPT = 10
_AGAIN = "see that your credentials may do that, and run this again"
_COLUMNS = ("REVISION", "IMAGES", "CPU UNITS", "MEMORY MIB", "REGISTERED", "USED BY", "THEN")


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = _parsed(arguments)
    stopped = "stopped; run it again, it says what is left"
    return ended("revisions", lambda: _run(wanted), stopped=stopped)


def _run(wanted: argparse.Namespace) -> int:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        environment, family, stacks = _service(wanted.service)
        aws = Aws(environment)
        aws.check_account()
        return _Command(aws, wanted, family, stacks).run()
    except (BotoCoreError, ClientError) as error:
        told = f"{wanted.service}: nothing is deregistered ({in_one_line(error)})"
        raise Refused(f"{told}; {_AGAIN}") from None


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Command(
        prog="python -m tools.revisions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("service", metavar="SERVICE", help="the name of a service of services.py")
    parser.add_argument(
        "--keep",
        type=at_least(1),
        default=KEPT,
        metavar="N",
        help=f"how many of the newest stay in any case (default: {KEPT})",
    )
    parser.add_argument("--apply", action="store_true", help="deregister them")
    return parser.parse_args(arguments)


def _service(name: str) -> tuple[Environment, str, list[str]]:
    """The environment, the service's family, and the stacks of all services of that family.

    Raises:
        InvalidInput: there is no such service, or the catalogue is wrong.
    """
    from constructs_lib import catalogue
    from constructs_lib.definition import rendered
    from constructs_lib.errors import InvalidInput, Problem

    environment, services = catalogue.of_project()
    families = {
        str(service.name): str(rendered(service, environment)["family"]) for service in services
    }
    if name not in families:
        rule, cure = "must be a service of services.py", instead(name, families)
        raise InvalidInput.of("revisions", [Problem("SERVICE", rule, name, cure)])
    family = families[name]
    return environment, family, [each for each, its in families.items() if its == family]


class _Command:
    """What was asked for, of one family in one account and region."""

    def __init__(
        self, aws: Aws, wanted: argparse.Namespace, family: str, stacks: Sequence[str]
    ) -> None:
        self._aws = aws
        self._wanted = wanted
        self._family = family
        self._stacks = stacks
        self._ecs = aws.client("ecs")

    def run(self) -> int:
        revisions = active(self._ecs, self._family)
        inactive = count_inactive(self._ecs, self._family)
        if not revisions:
            print(f"{self._family}: no ACTIVE revision, {inactive} INACTIVE")
            return DONE
        uses, unsure = self._uses()
        old = [] if unsure else to_deregister(revisions, self._wanted.keep, uses)
        print(table(self._family, _COLUMNS, [self._row(e, uses, old, unsure) for e in revisions]))
        if inactive:
            print(f"{inactive} more INACTIVE: deregistered already")
        if unsure:
            raise Refused(f"nothing is deregistered; see to this first: {unsure}")
        if not old:
            print("nothing to deregister")
            return DONE
        if not self._wanted.apply:
            again = f"{self._wanted.service} --keep {self._wanted.keep} --apply"
            print(
                f"{len(old)} of {len(revisions)} would be deregistered; do it, with: "
                f"{tool_command(f'revisions {again}')}"
            )
            return DONE
        return self._deregister(old)

    def _uses(self) -> tuple[Uses, str | None]:
        """What is in use; and why that is not all, if a state cannot be trusted."""
        from botocore.exceptions import BotoCoreError, ClientError

        uses = in_clusters(self._ecs, self._family)
        s3 = self._aws.client("s3")
        try:
            fault = bucket_fault(self._aws.environment, s3)
            if fault:
                return uses, fault
            of_states = in_states(StoredState(self._aws, stack, s3) for stack in self._stacks)
        except Refused as refused:
            return uses, str(refused)
        except (BotoCoreError, ClientError) as error:
            said = f"the state cannot be read ({in_one_line(error)})"
            return uses, f"{self._wanted.service}: {said}; {_AGAIN}"
        return {
            arn: [*of_states.get(arn, []), *uses.get(arn, [])] for arn in uses | of_states
        }, None

    def _sure_uses(self) -> Uses:
        uses, unsure = self._uses()
        if unsure:
            raise Refused(unsure)
        return uses

    def _row(
        self, each: Revision, uses: Uses, old: Sequence[Revision], unsure: str | None
    ) -> list[str]:
        return [
            *(str(each.number), ", ".join(each.images), each.cpu, each.memory),
            shown(each.registered) if each.registered else "",
            ", ".join(uses.get(each.arn, [])),
            "deregister" if each in old else "" if unsure else "keep",
        ]

    def _deregister(self, old: Sequence[Revision]) -> int:
        from botocore.exceptions import BotoCoreError, ClientError

        done: list[Revision] = []
        why = None
        try:
            for each in deregister(self._ecs, old, self._sure_uses):
                done.append(each)
        except (Refused, BotoCoreError, ClientError) as error:
            why = in_one_line(error)
        finally:
            left = [each for each in old if each not in done]
            print(f"deregistered: {_numbers(done)}")
            if left:
                print(f"not deregistered: {_numbers(left)}", flush=True)
        if why:
            told = f"{self._wanted.service}: not all are deregistered"
            raise Refused(f"{told}; see to this, and run it again: {why}")
        if left:
            print("what is left has come into use meanwhile")
        return DONE


def _numbers(revisions: Sequence[Revision]) -> str:
    return ", ".join(str(each.number) for each in revisions) or "none"


if __name__ == "__main__":
    sys.exit(main())
