"""Lets the state say of an imported task definition that its revision is kept.

Terraform imports a task definition without `skip_destroy`, so it would deregister the revision when
a newer one replaces it. An update that changes nothing but this, and nothing in AWS, ends that.
"""

from __future__ import annotations

import json

from tools.adopt.code import Stack, Wanted
from tools.plan.index import PLAN_JSON, SAVED_PLAN
from tools.plan.messages import explained
from tools.plan.planning import Planner
from tools.plan.session import Session
from tools.review import actions
from tools.review.changed import changed_fields
from tools.review.plan_file import read_plan

_OVERRIDE = "adopt_override.tf.json"
"""Terraform merges a file of such a name into the others."""

IGNORED = (
    *("container_definitions", "cpu", "enable_fault_injection", "ephemeral_storage"),
    *("execution_role_arn", "family", "inference_accelerator", "ipc_mode", "memory"),
    *("network_mode", "pid_mode", "placement_constraints", "proxy_configuration"),
    *("requires_compatibilities", "runtime_platform", "tags", "tags_all", "task_role_arn"),
    *("track_latest", "volume"),
)
"""Every argument of a task definition but `skip_destroy`, whatever the code says of them by now."""


def keep(session: Session, stack: Stack, wanted: Wanted) -> str | None:
    """Updates the state of one task definition; why that was not possible, or None."""
    override = stack.folder / _OVERRIDE
    try:
        override.write_text(_everything_else_ignored(wanted), "utf-8")
        planner = Planner(
            session.project, session.terraform, session.diagnosis, session.lock_seconds
        )
        planned = planner.plan(stack.name, stack.folder, f"-target={wanted.address}")
        if planned.status != "changes":
            return planned.error
        other = _other_changes(stack, wanted)
        if other:
            return f"{', '.join(other)} would change too; deploy {stack.name} first"
        lock_timeout = f"-lock-timeout={session.lock_seconds}s"
        answer = session.terraform.run_to_end(
            stack.folder, "apply", "-json", "-input=false", lock_timeout, SAVED_PLAN
        )
        return None if answer.exit_code == 0 else explained(answer, stack.folder)
    except BaseException:
        session.terraform.stop()
        raise
    finally:
        for name in (_OVERRIDE, SAVED_PLAN, PLAN_JSON):
            (stack.folder / name).unlink(missing_ok=True)


def _everything_else_ignored(wanted: Wanted) -> str:
    type_, _, id = wanted.address.partition(".")
    return json.dumps({"resource": {type_: {id: {"lifecycle": {"ignore_changes": IGNORED}}}}})


def _other_changes(stack: Stack, wanted: Wanted) -> list[str]:
    """What the plan would change beside `skip_destroy`."""
    found = []
    for change in read_plan(stack.folder / PLAN_JSON, stack.name).changes:
        happens = actions.kind(change)
        if change.address == wanted.address and happens == actions.UPDATE:
            names = (field.field for field in changed_fields(change).fields)
            found += [name for name in names if name != "skip_destroy"]
        elif happens is not None:
            found.append(change.address)
    return found
