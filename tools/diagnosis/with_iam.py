"""What the stacks that are deployed need of `iam`: sentences on a deploy or a destroy of either."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from constructs_lib.commands import cdktf_command
from constructs_lib.shared_roles import EXECUTION_ROLE_NAME
from constructs_lib.stack_ids import IAM_STACK
from tools.aws import in_one_line
from tools.diagnosis.reads import allowed, roles_of, uses
from tools.refused import Refused

if TYPE_CHECKING:
    from tools.diagnosis.looking import Diagnosis
    from tools.state.stored import State


def left_without_roles(diagnosis: Diagnosis, destroyed: Collection[str]) -> list[str]:
    """A sentence on the stacks that would be left with roles that are gone; a remark.

    Where that cannot be found out, it says so: nobody must take silence for all being well.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        states = diagnosis.read_states(lambda name: name == IAM_STACK or name not in destroyed)
    except (Refused, BotoCoreError, ClientError) as error:
        reason = in_one_line(error).partition("; ")[0]
        return [
            f"{IAM_STACK}: the state bucket did not tell which stacks use its roles ({reason}); "
            "without them no task starts, so destroy the services first"
        ]
    roles = roles_of(states.pop(IAM_STACK, None))
    left = [name for name, state in states.items() if uses(state, roles)]
    if not left:
        return []
    return [
        f"{IAM_STACK}: {', '.join(left)} would be left, whose tasks could not start without "
        f"its roles; deploy it again if it is gone, and destroy these before it, with: "
        f"{cdktf_command('destroy', ' '.join(left))}"
    ]


def not_readable_yet(diagnosis: Diagnosis, needed: Mapping[str, set[str]]) -> list[str]:
    """A sentence on each service that needs what its execution role may not read yet.

    `needed` are the ARNs by the service. It is a remark: where the bucket cannot be asked, or has
    no state of `iam` that can be read, nothing is said.
    """
    may_read = _readable(diagnosis, diagnosis.state(IAM_STACK))
    if may_read is None:
        return []
    lacking = {service: sorted(arns - may_read) for service, arns in needed.items()}
    return [
        f"{service}: its tasks could not start, as the stack {IAM_STACK} that is deployed does "
        f"not let {_role(diagnosis)} read {', '.join(arns)}; deploy it first, with: "
        f"{cdktf_command('deploy', IAM_STACK)}"
        for service, arns in lacking.items()
        if arns
    ]


def not_readable_any_more(
    diagnosis: Diagnosis, needed: Mapping[str, set[str]], is_made: Callable[[str], bool]
) -> list[str]:
    """A sentence on stacks that are deployed, and whose entries went with what `iam` allows.

    `needed` is what the services of the code read, `is_made` whether the code makes a stack. It is
    a remark, as above.
    """
    states = diagnosis.states(lambda name: name == IAM_STACK or not is_made(name))
    iam = states.pop(IAM_STACK, None)
    lost = (_readable(diagnosis, iam) or set()).difference(*needed.values())
    roles = roles_of(iam)
    left = [name for name, state in states.items() if uses(state, roles)]
    if not lost or not left:
        return []
    return [
        f"{IAM_STACK}: {_role(diagnosis)} will not be let read {', '.join(sorted(lost))} any more, "
        f"and {', '.join(left)} is deployed without an entry in services.py, so its tasks may not "
        "start; put that back, and take away what it made, with: "
        f"{cdktf_command('destroy', ' '.join(left))}"
    ]


def began_beside_iam(diagnosis: Diagnosis, stacks: Iterable[str]) -> list[str]:
    """A sentence on stacks that may have asked for the roles before they were there.

    That is after a failure for which nothing else is found.
    """
    states = diagnosis.states(lambda name: name in {IAM_STACK, *stacks})
    waiting = [
        each for each in stacks if each not in states and IAM_STACK in diagnosis.read_by(each)
    ]
    if IAM_STACK not in states or not waiting:
        return []
    return [
        f"{', '.join(waiting)}: may have begun before the roles of {IAM_STACK} were there, "
        f"which they are now; deploy again, with: {cdktf_command('deploy', ' '.join(waiting))}"
    ]


def _role(diagnosis: Diagnosis) -> str:
    return diagnosis.environment.named(EXECUTION_ROLE_NAME)


def _readable(diagnosis: Diagnosis, iam: State | None) -> set[str] | None:
    """What the deployed `iam` lets the execution role read; None where nothing tells."""
    if iam is None:
        return None
    try:
        return set(allowed(iam, _role(diagnosis)))
    except (KeyError, TypeError, ValueError):
        return None
