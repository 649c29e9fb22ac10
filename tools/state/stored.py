"""A stack's state as the state bucket has it: its versions, its lock, and what is wrong with it.

Terraform takes any state that it can read, and an empty object for none at all: an older state that
someone put back makes it plan what exists already. The bucket is versioned, so what Terraform wrote
last is still there to compare with. Seen with Terraform 1.11.4:
https://developer.hashicorp.com/terraform/language/backend/s3
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any, NamedTuple

from constructs_lib.commands import tool_command
from constructs_lib.environment import state_key
from tools.aws import Aws
from tools.prerequisites import terraform_program

MOST_VERSIONS = 50
"""How many versions are looked at, from the newest."""


class Version(NamedTuple):
    """One version of the state's object; one that is `deleted` is a delete marker."""

    id: str
    written: datetime
    size: int
    deleted: bool = False


class State(NamedTuple):
    """What stands in a state file. `serial` counts up with each write of one `lineage`."""

    lineage: str
    serial: int
    content: dict[str, Any]

    @property
    def resources(self) -> list[dict[str, Any]]:
        """Those that Terraform has made; what it only reads is left out."""
        held = self.content.get("resources") or []
        return [each for each in held if each.get("mode") != "data"]


class Lock(NamedTuple):
    """Who works on a state; its `id` is empty when it is not Terraform's."""

    id: str
    who: str
    operation: str
    created: datetime
    """By the clock of whoever locked it."""
    written: datetime
    """By the clock of AWS."""


class StoredState:
    """The state of one stack.

    `s3` is a boto3 client; its errors come through every method as they are.
    """

    def __init__(self, aws: Aws, stack: str, s3: Any = None) -> None:
        self.stack = stack
        self.bucket: str = aws.environment.state_bucket
        self.key = state_key(stack)
        self.lock_key = f"{self.key}.tflock"
        self.s3 = s3 or aws.client("s3")

    @property
    def address(self) -> str:
        return f"s3://{self.bucket}/{self.key}"

    def current(self) -> State | None:
        """The state; None where there is none, or not a whole one."""
        answer = self._object(self.key)
        return parsed(answer["Body"].read()) if answer else None

    def versions(self) -> list[Version]:
        """The newest versions, newest first; those of other keys are left out."""
        answer = self.s3.list_object_versions(
            Bucket=self.bucket, Prefix=self.key, MaxKeys=MOST_VERSIONS
        )
        listed = [*answer.get("DeleteMarkers", []), *answer.get("Versions", [])]
        # Each of both lists comes newest first; times are whole seconds, so that the sort must
        # leave the order of equals, and the newest of all must be taken from S3.
        listed.sort(key=lambda each: (each["IsLatest"], each["LastModified"]), reverse=True)
        return [
            Version(
                each["VersionId"], each["LastModified"], each.get("Size", 0), "Size" not in each
            )
            for each in listed
            if each["Key"] == self.key
        ]

    def read(self, version: Version) -> State | None:
        """A version of the state; None where it is not a whole state file."""
        answer = self.s3.get_object(Bucket=self.bucket, Key=self.key, VersionId=version.id)
        return parsed(answer["Body"].read())

    def lock(self) -> Lock | None:
        """The lock; None where there is none."""
        answer = self._object(self.lock_key)
        if answer is None:
            return None
        try:
            lock = json.loads(answer["Body"].read())
            # Nanoseconds are more than Python 3.10 reads.
            created = datetime.strptime(lock["Created"][:19], "%Y-%m-%dT%H:%M:%S")
            return Lock(
                lock["ID"],
                lock["Who"],
                lock["Operation"],
                created.replace(tzinfo=timezone.utc),
                answer["LastModified"],
            )
        except (ValueError, KeyError, TypeError):
            return Lock("", "", "", answer["LastModified"], answer["LastModified"])

    def locked(self) -> str | None:
        """Who holds the lock, since when, and how to release it; None when no one does."""
        lock = self.lock()
        if lock is None:
            return None
        if not lock.id:
            return (
                f"{self.stack}: the state is locked by {self.address}.tflock, which is not "
                "Terraform's; if nothing works on this stack, delete that object"
            )
        return (
            f"{self.stack}: the state is locked by {lock.who} since {age(lock.created)} "
            f"({lock.operation}); if that process is no longer alive, release it, with: "
            f"{tool_command(f'state {self.stack} --unlock {lock.id}')}"
        )

    def fault(self) -> str | None:
        """Why this is not the state that Terraform wrote last, and the cure; None when it is."""
        versions = self.versions()
        if not versions:
            return None
        newest, *earlier = versions
        before = next(self.whole(earlier), None)
        what = self._fault(newest, earlier, before)
        if what is None:
            return None
        told = f"{self.stack}: the state {self.address} {what}; "
        if before is None:
            return (
                f"{told}no earlier version of it is whole, so delete the object, and import what is"
                " deployed: docs/recovery.md#a-state-that-is-damaged-deleted-or-an-older-one"
            )
        cure = tool_command(f"state {self.stack} --restore {before[0].id}")
        return f"{told}put back the one before it, with: {cure}"

    def whole(self, versions: Sequence[Version]) -> Iterator[tuple[Version, State]]:
        """Those versions that are whole state files, with what stands in them."""
        for version in versions:
            state = None if version.deleted or not version.size else self.read(version)
            if state is not None:
                yield version, state

    def _object(self, key: str) -> Any:
        """What S3 answers of an object; None where there is none."""
        from botocore.exceptions import ClientError

        try:
            return self.s3.get_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise

    def _fault(
        self, newest: Version, earlier: list[Version], before: tuple[Version, State] | None
    ) -> str | None:
        when = shown(newest.written)
        if newest.deleted:
            # What was destroyed may be tidied away.
            held = before[1].resources if before else []
            return f"was deleted at {when}, and held {len(held)} resources" if held else None
        current = next(self.whole([newest]), None)
        if current is None:
            return f"is not a whole state file ({newest.size} bytes, written at {when})"
        if before is None:
            return None
        now, then = current[1], before[1]
        if now.lineage == then.lineage:
            serials = f"serial {now.serial}, after serial {then.serial}"
            older = now.serial < then.serial
            return f"was replaced at {when} by an older one ({serials})" if older else None
        deleted_since = any(each.deleted for each in earlier[: earlier.index(before[0])])
        if deleted_since or not then.resources:
            return None  # a new beginning
        if now.serial > then.serial and self._was_known(now.lineage, earlier):
            return None  # put back past a foreign one, by `restore`
        return f"was replaced at {when} by that of another stack or account (another lineage)"

    def _was_known(self, lineage: str, versions: Sequence[Version]) -> bool:
        return any(state.lineage == lineage for _, state in self.whole(versions))


def terraform_command(stack: str, *arguments: str) -> str:
    """Terraform in the folder of a stack, as it is typed in the project's folder."""
    program = terraform_program(os.environ)
    return " ".join([program, f"-chdir=cdktf.out/stacks/{stack}", *arguments])


def parsed(text: bytes) -> State | None:
    """A state file's content; None where it is not a whole one."""
    try:
        content = json.loads(text)
        return State(str(content["lineage"]), int(content["serial"]), content)
    except (ValueError, KeyError, TypeError):
        return None


def same_resources(one: State, other: State) -> bool:
    """Whether two states say the same of what is deployed."""
    return all(one.content.get(key) == other.content.get(key) for key in ("resources", "outputs"))


def age(since: datetime) -> str:
    """How long ago it was, in the largest unit that says enough."""
    minutes = int((datetime.now(timezone.utc) - since).total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def shown(time: datetime) -> str:
    """A time in UTC, to the second."""
    return f"{time.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S} UTC"
