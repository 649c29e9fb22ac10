"""What a stack would make, and somebody or something else has made already.

Only what AWS refuses to make a second time: it attaches a policy again without a word, and
registers another revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from constructs_lib.commands import tool_command
from tools.state.stored import State, terraform_command

if TYPE_CHECKING:
    from tools.aws import Aws

_ADOPT = Path(__file__).parents[1] / "adopt"
"""A project that has installed this from its wheel is without it."""


class _Existing(NamedTuple):
    noun: str
    address: str
    name: str


def existing(stack: str, content: Mapping[str, Any], state: State | None, aws: Aws) -> list[str]:
    """A sentence, if there is any; none where AWS does not tell.

    `content` is the stack as it was synthesized.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        found = list(_existing(content.get("resource", {}), state, aws))
    except (BotoCoreError, ClientError):
        return []
    if not found:
        return []
    told = ", ".join(f"the {each.noun} {each.name}" for each in found)
    return [
        f"{stack}: there is already {told}, which this stack has not made; take over what there "
        f"is, with: {_command(stack, found)}"
    ]


def _existing(resources: Mapping[str, Any], state: State | None, aws: Aws) -> Iterator[_Existing]:
    made = {(each.get("type"), each.get("name")) for each in state.resources} if state else set()
    for kind, (noun, is_there) in _KINDS.items():
        for id_, values in resources.get(kind, {}).items():
            name = values.get("name")
            if name and (kind, id_) not in made and is_there(aws, name):
                yield _Existing(noun, f"{kind}.{id_}", name)


def _command(stack: str, found: list[_Existing]) -> str:
    if _ADOPT.is_dir():
        return tool_command(f"adopt {stack}")
    imports = (terraform_command(stack, "import", each.address, each.name) for each in found)
    return " && ".join(imports)


def _log_group(aws: Aws, name: str) -> bool:
    groups = aws.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return any(each["logGroupName"] == name for each in groups)


def _role(aws: Aws, name: str) -> bool:
    iam = aws.client("iam")
    try:
        iam.get_role(RoleName=name)
    except iam.exceptions.NoSuchEntityException:
        return False
    return True


_KINDS = {
    "aws_cloudwatch_log_group": ("log group", _log_group),
    "aws_iam_role": ("role", _role),
}
