"""One run over the stacks: look, say, finish what was imported, and leave the file for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from constructs_lib import user_files
from constructs_lib.commands import cdktf_command, tool_command
from constructs_lib.environment import Environment
from constructs_lib.service import Service
from stacks.imports import Imports
from tools.adopt import imports_file
from tools.adopt.asking import Reader
from tools.adopt.code import Code, Stack
from tools.adopt.definitions import is_kept
from tools.adopt.from_live import unknown
from tools.adopt.keeping import keep
from tools.adopt.looking import Looked, Status, look
from tools.adopt.showing import stack_lines
from tools.adopt.state import State, read_state
from tools.plan.session import Session
from tools.plan.synthesis import chosen, synthesize
from tools.review.task_definition import TYPE as TASK_DEFINITION
from tools.stack_order import in_order

SAME, FAILED, DIFFERENT = 0, 1, 2

_SIDE_BY_SIDE = 8
_MOST_FAMILIES = 10


class Found(NamedTuple):
    """A stack, what is in its state, and what became of looking for its resources."""

    stack: Stack
    state: State
    looked: list[Looked]

    @property
    def import_ids(self) -> dict[str, str]:
        """What the next deploy imports, by address."""
        return {each.wanted.address: each.import_id for each in self.looked if each.import_id}

    @property
    def unkept(self) -> list[Looked]:
        """The imported task definitions whose state does not keep their revision yet."""
        return [
            each
            for each in self.looked
            if each.status is Status.MANAGED
            and each.wanted.type == TASK_DEFINITION
            and not is_kept(each.wanted.values, self.state[each.wanted.address])
        ]


def adopt(names: Sequence[str], session: Session, reader: Reader) -> int:
    """Takes over the stacks that are named, all when none is; the exit code.

    Raises:
        Refused: it could not look.
    """
    environment = reader.environment
    print(f"{environment.name}: account {environment.account_id}, {environment.region}\n")
    folders = synthesize(session.project, session.environment)
    code = Code(folders, environment)
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        stacks = [code.stack(name) for name in in_order(chosen(names, folders))]
        found = list(pool.map(lambda stack: _found(stack, reader), stacks))
    catalogue: Sequence[Service] = user_files.held("services", "SERVICES")
    services = {str(service.name): service for service in catalogue}
    for each in found:
        service = services.get(each.stack.name)
        print(*stack_lines(each.stack.name, each.looked, service, environment), sep="\n")
    if not names:
        _say_unknown(catalogue, reader)
    print()
    left = _finish(found, session)
    _leave_file(found, left, list(folders), session, environment)
    return _exit_code(found, left)


def _found(stack: Stack, reader: Reader) -> Found:
    state = read_state(stack, reader)
    return Found(stack, state, look(stack, state, reader))


def _say_unknown(catalogue: Sequence[Service], reader: Reader) -> None:
    families = unknown(catalogue, reader)
    if families:
        more = "" if len(families) <= _MOST_FAMILIES else f" and {len(families)} in all"
        print(
            f"not in the code: task definition {', '.join(families[:_MOST_FAMILIES])}{more}; take "
            f"one over with: {tool_command(f'adopt --service {families[0]} --from-live')}"
        )


def _finish(found: Sequence[Found], session: Session) -> list[tuple[Found, Looked]]:
    """Lets the states keep the imported revisions; those for which that was not possible."""
    left = []
    if any(each.unkept for each in found):
        print("what was imported is made safe, which takes some seconds:", flush=True)
    for each in found:
        for looked in each.unkept:
            why = keep(session, each.stack, looked.wanted)
            if why is None:
                print(
                    f"{each.stack.name}: the state now says that {looked.name} stays ACTIVE when "
                    "a newer revision replaces it"
                )
            else:
                left.append((each, looked))
                print(
                    f"{each.stack.name}: the state does not say yet that {looked.name} stays "
                    f"ACTIVE when a newer revision replaces it, so nothing may replace it: {why}"
                )
    return left


def _leave_file(
    found: Sequence[Found],
    left: Sequence[tuple[Found, Looked]],
    stacks: Sequence[str],
    session: Session,
    environment: Environment,
) -> None:
    """Writes or deletes the file, synthesizes with it, and says what comes next."""
    file: Path = user_files.held("environments", "imports_file")(environment)
    before = Imports.read(file, environment).ids if file.exists() else {}
    looked_at = {each.stack.name: dict(each.import_ids) for each in found}
    for each, looked in left:
        arn = each.state[looked.wanted.address]["arn"]
        looked_at[each.stack.name][looked.wanted.address] = arn
    ids = {name: looked_at.get(name, before.get(name, {})) for name in stacks}
    ids = {name: of_stack for name, of_stack in ids.items() if of_stack}
    shown = file.relative_to(session.project)
    imports_file.write(file, Imports(str(shown), ids), environment)
    if ids != before:
        synthesize(session.project, session.environment)
    count = sum(len(each.import_ids) for each in found)
    if count:
        to_do = (Status.IMPORT, Status.DIFFERENT, Status.CREATE)
        names = in_order(
            one.stack.name for one in found if any(each.status in to_do for each in one.looked)
        )
        print(
            f"{shown}: the next deploy imports {count} "
            f"{'resource' if count == 1 else 'resources'}; deploy in this order, then run this "
            "again:",
            *(f"  {cdktf_command('deploy', name)}" for name in names),
            sep="\n",
        )
    elif before and not ids:
        print(f"{shown} is deleted: all of it is in the state")
    every_stack = len(found) == len(stacks)
    if every_stack and all(each.status is Status.MANAGED for one in found for each in one.looked):
        print("all of the code is managed")


def _exit_code(found: Sequence[Found], left: Sequence[object]) -> int:
    if left:
        return FAILED
    differing = (Status.DIFFERENT, Status.GONE, Status.UNKNOWN)
    differs = any(each.status in differing for one in found for each in one.looked)
    return DIFFERENT if differs else SAME
