"""What is said of a Terraform command that failed."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from constructs_lib.commands import cdktf_command, tool_command
from constructs_lib.stack_ids import IAM_STACK, STATE_BUCKET_STACK
from tools.review.hidden import masked
from tools.terraform import Answer

_CONDITIONS = ("Resource precondition failed", "Resource postcondition failed")
_STALE = "Saved plan is stale"
_CANNOT_DESTROY = "Instance cannot be destroyed"
_GUARDED = re.compile(r"Resource (\S+) has lifecycle\.prevent_destroy")
_OTHER_PROVIDERS = "Inconsistent dependency lock file"


def explained(answer: Answer, folder: Path, diagnose: Callable[[], list[str]] = list) -> str:
    """A sentence where the project knows the cure, and otherwise Terraform's own message.

    Terraform's own is followed by what `diagnose` finds. Secrets in it are masked: it is printed,
    also into the logs of CI.
    """
    errors = answer.errors
    known = [_known(each, folder) for each in errors]
    told = [own or _in_full(each) for own, each in zip(known, errors, strict=True)]
    if not errors:
        told = [_end_without_errors(answer)]
    found = [] if errors and all(known) else diagnose()
    # The same sentence may come from several places of a stack.
    return "\n\n".join(dict.fromkeys([*map(masked, told), *found]))


def _end_without_errors(answer: Answer) -> str:
    if answer.exit_code < 0:
        killer = signal.Signals(-answer.exit_code).name
        return f"Terraform was killed ({killer}); see that it has memory enough, and run this again"
    plain = "\n".join(line for line in answer.output.splitlines() if not line.startswith("{"))
    silent = f"Terraform ended with exit code {answer.exit_code} and said nothing; run this again"
    return answer.complaint.strip() or plain.strip() or silent


def is_stale(answer: Answer) -> bool:
    """Whether the state has moved on since the plan was made."""
    return any(each["summary"] == _STALE for each in answer.errors)


def asks_for_init(answer: Answer) -> bool:
    """Whether Terraform refused because the folder is not initialised for what stands in it."""
    return answer.exit_code == 1 and any(
        "terraform init" in each["summary"] + each["detail"] for each in answer.errors
    )


def is_of_other_provider(answer: Answer) -> bool:
    """Whether a saved plan was made with the shared provider and this is without, or the reverse.

    A provider that runs already is not in the lock file, which the plan holds.
    """
    return any(each["summary"] == _OTHER_PROVIDERS for each in answer.errors)


def _known(error: dict[str, Any], folder: Path) -> str | None:
    """The project's own sentence for an error."""
    summary, detail = error["summary"].strip(), error["detail"].strip()
    if summary in _CONDITIONS:
        # Conditions are the project's own (stacks/service.py); their text is a whole sentence,
        # which does not know in which environment it is read.
        return str(detail).replace(
            f"npx cdktf deploy {IAM_STACK}", cdktf_command("deploy", IAM_STACK)
        )
    guarded = _GUARDED.match(detail) if summary == _CANNOT_DESTROY else None
    if guarded and "import" in _content(folder):
        return (
            f"{guarded[1]} is being taken over, and this plan would destroy it; "
            f"run this first, it makes that safe: {tool_command('adopt')}"
        )
    bucket = _state_bucket(folder)
    if bucket and (f'S3 bucket "{bucket}" does not exist' in summary or "NoSuchBucket" in detail):
        cure = f"deploy it first, with: {cdktf_command('deploy', STATE_BUCKET_STACK)}"
        return f"the state bucket {bucket} does not exist; {cure}"
    return None


def _in_full(error: dict[str, Any]) -> str:
    summary, detail = error["summary"].strip(), error["detail"].strip()
    return "\n\n".join(filter(None, [f"Error: {summary}", _place(error), detail]))


def _place(error: dict[str, Any]) -> str:
    place = error.get("range")
    if not place:
        return ""
    within = (error.get("snippet") or {}).get("context")
    return f"  on {place['filename']} line {place['start']['line']}" + (
        f", in {within}" if within else ""
    )


def _state_bucket(folder: Path) -> str | None:
    bucket: str | None = _content(folder)["terraform"]["backend"].get("s3", {}).get("bucket")
    return bucket


def _content(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "cdk.tf.json").read_text("utf-8"))
    return content
