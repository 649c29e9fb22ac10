"""The way back to an earlier version of a state."""

from __future__ import annotations

import contextlib
import getpass
import json
import socket
import uuid
from collections.abc import Iterator
from datetime import datetime, timezone

from constructs_lib.commands import tool_command
from tools.refused import Refused
from tools.state.stored import State, StoredState, Version, shown


def restore(stored: StoredState, version_id: str) -> tuple[Version, State]:
    """Writes an earlier version as the newest; that version, and the state as written.

    Its serial becomes higher than that of every version, so that Terraform takes saved plans of
    before for stale, and this state for the newest. Terraform's own lock is held meanwhile.

    Raises:
        Refused: there is no such version, it is not a whole state file, or the state is locked.
    """
    with _locked(stored):
        versions = stored.versions()
        chosen = next((each for each in versions if each.id == version_id), None)
        if chosen is not None and chosen.deleted:
            raise Refused(
                f"{stored.stack}: the version {version_id} is the deletion at "
                f"{shown(chosen.written)}, not a state; choose another"
            )
        if chosen is None:
            raise Refused(
                f"{stored.stack}: {stored.address} has no version {version_id}; "
                f"list them, with: {tool_command(f'state {stored.stack}')}"
            )
        old = stored.read(chosen)
        if old is None:
            raise Refused(
                f"{stored.stack}: the version {version_id} is not a whole state file "
                f"({chosen.size} bytes, written at {shown(chosen.written)}); choose another"
            )
        serial = 1 + max(state.serial for _, state in stored.whole(versions))
        content = old.content | {"serial": serial}
        stored.s3.put_object(
            Bucket=stored.bucket,
            Key=stored.key,
            Body=json.dumps(content, indent=2).encode() + b"\n",
            ContentType="application/json",
            ServerSideEncryption="AES256",
        )
        return chosen, State(old.lineage, serial, content)


@contextlib.contextmanager
def _locked(stored: StoredState) -> Iterator[None]:
    """Holds the lock as Terraform does: the object is made only where there is none."""
    from botocore.exceptions import ClientError

    lock = {
        "ID": str(uuid.uuid4()),
        "Operation": "restore",
        "Info": "python -m tools.state",
        "Who": f"{getpass.getuser()}@{socket.gethostname()}",
        "Version": "",
        "Created": f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%S.%f}Z",
        "Path": f"{stored.bucket}/{stored.key}",
    }
    try:
        stored.s3.put_object(
            Bucket=stored.bucket,
            Key=stored.lock_key,
            Body=json.dumps(lock).encode(),
            ContentType="application/json",
            ServerSideEncryption="AES256",
            IfNoneMatch="*",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("PreconditionFailed", "412"):
            raise
        raise Refused(
            stored.locked() or f"{stored.stack}: the state is locked; try again"
        ) from None
    try:
        yield
    finally:
        stored.s3.delete_object(Bucket=stored.bucket, Key=stored.lock_key)
