"""Why Terraform cannot work on a stack: a sentence with the cure, where that can be found out.

Looked at is, in the order in which Terraform meets it: whose the credentials are, the state bucket,
the lock, a state that could not be written, whether the state is the one that was written last, and
what exists already.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constructs_lib.commands import cdktf_command, tool_command
from constructs_lib.environment import state_key
from constructs_lib.stack_ids import CI_ROLES_STACK, STATE_BUCKET_STACK
from tools.aws import Aws, Unreachable, in_one_line
from tools.diagnosis.existing import existing
from tools.refused import Refused
from tools.state.bucket import bucket_fault
from tools.state.stored import State, StoredState, parsed, same_resources, terraform_command

if TYPE_CHECKING:
    from constructs_lib.environment import Environment

STACKS_AT_ONCE = 16
STACKS = Path("cdktf.out") / "stacks"

ERRORED = "errored.tfstate"
"""How Terraform calls a state that it could not write, in the stack's folder."""


class Diagnosis:
    """Looks at one environment's account and state bucket; several threads may ask.

    `project`: the folder that holds cdktf.out.
    """

    def __init__(self, environment: Environment, project: Path) -> None:
        self.environment = environment
        self._project = project
        self._connecting = threading.Lock()
        self._connected: tuple[Aws, Any] | Refused | None = None

    def check_account(self) -> None:
        """Makes sure whose the credentials are, where AWS answers.

        Raises:
            Refused: there are none, they are not taken, or they are another account's.
        """
        with contextlib.suppress(Unreachable):
            self._connection()

    def all_before(self, stacks: Iterable[str]) -> list[str]:
        """`before` of several stacks, each sentence once."""
        return _of_all(self.before, stacks)

    def all_after(self, stacks: Iterable[str]) -> list[str]:
        """`after` of several stacks, each sentence once."""
        return _of_all(self.after, stacks)

    def before(self, stack: str) -> list[str]:
        """Why Terraform must not begin, in a sentence; empty when nothing speaks against it.

        An AWS that does not answer speaks against nothing: Terraform is more patient. But a state
        that could not be written does, as it cannot be known then whether it has been pushed.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            aws, s3 = self._connection()
            if stack == STATE_BUCKET_STACK:
                return []
            try:
                unpushed = self._unpushed(aws, s3, stack)
                return [unpushed] if unpushed else list(self._faults(aws, s3, stack))
            except ClientError as error:
                fault = bucket_fault(self.environment, s3, error)
                return [fault] if fault else self._kept(stack)
        except (Unreachable, BotoCoreError, ClientError):
            return self._kept(stack)
        except Refused as refused:
            return [str(refused)]

    def after(self, stack: str) -> list[str]:
        """Why Terraform has failed, a sentence for each thing to do; empty if nothing is found."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            aws, s3 = self._connection()
            if stack == STATE_BUCKET_STACK:
                return []
            fault = bucket_fault(self.environment, s3)
            if fault:
                return [fault, *self._kept(stack)]
            found = [StoredState(aws, stack, s3).locked(), self._unpushed(aws, s3, stack)]
            sentences = [each for each in found if each] or list(self._faults(aws, s3, stack))
            sentences = sentences or list(self._lacking(aws, s3, stack))
            sentences = sentences or list(self._taken_over(stack))
            state = StoredState(aws, stack, s3).current()
            return sentences or existing(stack, self._content(stack), state, aws)
        except Refused as refused:
            return [str(refused), *self._kept(stack)]
        except (BotoCoreError, ClientError) as error:
            bucket = self.environment.state_bucket
            return [
                f"{stack}: the state bucket {bucket} does not answer as it should "
                f"({in_one_line(error)}); try again later",
                *self._kept(stack),
            ]

    def forgotten(self, stacks: Collection[str]) -> list[str]:
        """A sentence on each state in the bucket that has resources, and is of none of the stacks.

        It is a remark: where the bucket cannot be asked, nothing is said.
        """
        return [self._made(each) for each in self.states(lambda name: name not in stacks)]

    def left_behind(self, names: Collection[str]) -> dict[str, str]:
        """The same sentences on those of the names that are no stacks and have such a state."""
        return {each: self._made(each) for each in self.states(lambda name: name in names)}

    def state(self, stack: str) -> State | None:
        """The state of a stack; None where there is none, or the bucket cannot be asked."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            aws, s3 = self._connection()
            return StoredState(aws, stack, s3).current()
        except (Refused, BotoCoreError, ClientError):
            return None

    def states(self, wanted: Callable[[str], bool]) -> dict[str, State]:
        """`read_states`; none where the bucket cannot be asked."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return self.read_states(wanted)
        except (Refused, BotoCoreError, ClientError):
            return {}

    def read_states(self, wanted: Callable[[str], bool]) -> dict[str, State]:
        """The states in the bucket that have resources, of the stacks that are wanted.

        Only those are read.
        """
        aws, s3 = self._connection()
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=self.environment.state_bucket)
        keys = {each["Key"] for page in pages for each in page.get("Contents", ())}
        names = {key.partition("/")[0] for key in keys}
        states = {
            each: StoredState(aws, each, s3).current()
            for each in sorted(filter(wanted, names))
            if state_key(each) in keys
        }
        return {each: state for each, state in states.items() if state and state.resources}

    @staticmethod
    def _made(name: str) -> str:
        of_ci = name == CI_ROLES_STACK
        lacks = "github_repository in environments.py" if of_ci else "entry in services.py"
        return (
            f"{name} has resources in its state, and no {lacks}; put that back, "
            f"and take away what it made, with: {cdktf_command('destroy', name)}"
        )

    def _connection(self) -> tuple[Aws, Any]:
        """AWS and its S3, once the account is the environment's."""
        with self._connecting:
            if self._connected is None:
                try:
                    aws = Aws(self.environment, hurried=True)
                    aws.check_account()
                    self._connected = aws, aws.client("s3")
                except Refused as refused:
                    self._connected = refused
        if isinstance(self._connected, Refused):
            raise self._connected
        return self._connected

    def _faults(self, aws: Aws, s3: Any, stack: str) -> Iterator[str]:
        """What is wrong with the stack's state, or with one that it reads."""
        for each in [stack, *self.read_by(stack)]:
            fault = StoredState(aws, each, s3).fault()
            if fault:
                yield fault

    def _lacking(self, aws: Aws, s3: Any, stack: str) -> Iterator[str]:
        """What the stack reads, and is not there."""
        for each in self.read_by(stack):
            state = StoredState(aws, each, s3).current()
            if state is None or not state.content.get("outputs"):
                lacks = "has not been deployed" if state is None else "has no roles"
                yield (
                    f"{stack}: the stack {each} {lacks}; deploy it first, with: "
                    f"{cdktf_command('deploy', each)}"
                )

    def _taken_over(self, stack: str) -> Iterator[str]:
        """What Terraform refuses to destroy, as it was made by hand and is not safe yet."""
        imported = ", ".join(each["to"] for each in self._content(stack).get("import", ()))
        if imported:
            yield (
                f"{stack}: the take-over of {imported} is not finished, and until then nothing of "
                "it can be destroyed or replaced; see what differs, and finish it, with: "
                f"{tool_command(f'adopt {stack}')}"
            )

    def read_by(self, stack: str) -> list[str]:
        """The stacks whose outputs a stack reads, as it was last synthesized."""
        read = self._content(stack).get("data", {}).get("terraform_remote_state", {})
        return [each["config"]["key"].partition("/")[0] for each in read.values()]

    def _content(self, stack: str) -> dict[str, Any]:
        """What was last synthesized of a stack; nothing where nothing was."""
        try:
            content: dict[str, Any] = json.loads(
                (self._folder(stack) / "cdk.tf.json").read_text("utf-8")
            )
            return content
        except (OSError, ValueError):
            return {}

    def _unpushed(self, aws: Aws, s3: Any, stack: str) -> str | None:
        """What to do with a state that could not be written; None when it is in the bucket."""
        file = self._folder(stack) / ERRORED
        try:
            kept = parsed(file.read_bytes())
        except OSError:
            return None
        if kept is None:
            whole = f"{STACKS / stack / ERRORED} is not a whole state file"
            return f"{stack}: {whole}; delete it, and import what the next plan adds"
        now = StoredState(aws, stack, s3).current()
        if now is None or now.lineage != kept.lineage or now.serial < kept.serial:
            return self._kept(stack)[0]
        if same_resources(now, kept):
            return None
        return (
            f"{stack}: {STACKS / stack / ERRORED} holds a state that could not be written, and the "
            "state has moved on since; import what the state lacks of it, then delete the file: "
            "docs/recovery.md#a-state-that-could-not-be-written"
        )

    def _kept(self, stack: str) -> list[str]:
        """The sentence on a state that could not be written, if there is one."""
        if not (self._folder(stack) / ERRORED).exists():
            return []
        folder = STACKS / stack
        return [
            f"{stack}: a state could not be written, and is kept in {folder / ERRORED}; before "
            f"anything else, push it, with: {terraform_command(stack, 'state', 'push', ERRORED)}"
        ]

    def _folder(self, stack: str) -> Path:
        return self._project / STACKS / stack


def _of_all(look: Callable[[str], list[str]], stacks: Iterable[str]) -> list[str]:
    with ThreadPoolExecutor(STACKS_AT_ONCE) as pool:
        found = [sentence for sentences in pool.map(look, stacks) for sentence in sentences]
    return list(dict.fromkeys(found))  # those on the account come with every stack
