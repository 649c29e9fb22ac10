"""Releases the lock of a process that died, and takes over what that process had made.

Terraform writes a state to S3 when an apply ends, or every 20 seconds. What a killed apply had made
since is therefore in no state, and the next apply would meet EntityAlreadyExists. So whatever has a
name of the code, is not in the state, and was created while the lock was held, is imported before
the lock goes. Of task definitions only the revision that was in flight stays behind, unused.

Source, read 2026-11: https://developer.hashicorp.com/terraform/cli/commands/import
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from tools.aws import Aws
from tools.refused import Refused
from tools.state.stored import Lock, StoredState
from tools.terraform import Terraform

APPLY = "OperationTypeApply"
"""What the lock of an apply says; a plan makes nothing."""

CLOCKS_DIFFER_BY = timedelta(seconds=5)
"""At most, between the services of AWS."""


class Found(NamedTuple):
    """Something on AWS that Terraform would want to create: its id for the import, and its age."""

    id: str
    created: datetime


def locked_by(stored: StoredState, lock_id: str) -> Lock:
    """The lock that has this id.

    Raises:
        Refused: there is none, or another.
    """
    lock = stored.lock()
    if lock is None:
        raise Refused(f"{stored.stack}: the state is not locked; there is nothing to release")
    if lock.id != lock_id:
        whose = stored.locked()
        raise Refused(f"{stored.stack}: the lock is another by now; look whose it is: {whose}")
    return lock


def made_meanwhile(aws: Aws, folder: Path, stored: StoredState, lock: Lock) -> dict[str, str]:
    """What was made while the lock was held, and is not in the state: ids by address.

    `folder` is where the stack was synthesized to.
    """
    if lock.operation != APPLY:
        return {}
    state = stored.current()
    held = {f"{each['type']}.{each['name']}" for each in (state.resources if state else ())}
    wanted = json.loads((folder / "cdk.tf.json").read_text("utf-8")).get("resource", {})
    return {
        address: found.id
        for address, found in _existing(aws, wanted)
        if address not in held and found.created >= lock.written - CLOCKS_DIFFER_BY
    }


def take_over(terraform: Terraform, folder: Path, made: Mapping[str, str]) -> None:
    """Imports all of it; the lock of the process that died is held meanwhile.

    Raises:
        Refused: Terraform did not do it.
    """
    options = ("-input=false", "-no-color")
    commands = [["init", *options, "-reconfigure"]] if made else []
    commands += [["import", *options, "-lock=false", *each] for each in made.items()]
    for command in commands:
        answer = terraform.run_to_end(folder, *command)
        if answer.exit_code != 0:
            said = answer.complaint.strip() or answer.output.strip()
            raise Refused(
                f"terraform {' '.join(command)} did not work; see to this, and run it again: {said}"
            )


def _existing(aws: Aws, wanted: Mapping[str, Any]) -> Iterator[tuple[str, Found]]:
    for type_, find in _FIND.items():
        for name, arguments in wanted.get(type_, {}).items():
            found = find(aws, arguments)
            if found:
                yield f"{type_}.{name}", found


def _role(aws: Aws, arguments: Mapping[str, Any]) -> Found | None:
    iam = aws.client("iam")
    try:
        role = iam.get_role(RoleName=arguments["name"])["Role"]
    except iam.exceptions.NoSuchEntityException:
        return None
    return Found(role["RoleName"], role["CreateDate"])


def _identity_provider(aws: Aws, arguments: Mapping[str, Any]) -> Found | None:
    iam = aws.client("iam")
    account, partition = aws.environment.account_id, aws.environment.partition.name
    host = arguments["url"].removeprefix("https://")
    arn = f"arn:{partition}:iam::{account}:oidc-provider/{host}"
    try:
        found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    except iam.exceptions.NoSuchEntityException:
        return None
    return Found(arn, found["CreateDate"])


def _log_group(aws: Aws, arguments: Mapping[str, Any]) -> Found | None:
    name = arguments["name"]
    groups = aws.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    for group in groups:
        if group["logGroupName"] == name:
            seconds = group["creationTime"] / 1000
            return Found(name, datetime.fromtimestamp(seconds, timezone.utc))
    return None


_FIND: Mapping[str, Callable[[Aws, Mapping[str, Any]], Found | None]] = {
    "aws_iam_role": _role,
    "aws_iam_openid_connect_provider": _identity_provider,
    "aws_cloudwatch_log_group": _log_group,
}
"""All of the stacks' resources that AWS refuses to create a second time."""
