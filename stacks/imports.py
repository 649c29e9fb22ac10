"""What the next deploy imports instead of creating: the file that `python -m tools.adopt` writes.

While a resource is named in it, no deploy can destroy it: the plan would fail. A task definition
needs that most: Terraform imports it without `skip_destroy`, so that its revision would be
deregistered with the first change (seen with provider 5.100.0). So that the import itself changes
nothing, `skip_destroy` is ignored until then; `tools.adopt` has it written into the state after it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from constructs_lib.commands import tool_command
from constructs_lib.environment import Environment
from constructs_lib.errors import READABLE, InvalidInput, Problem, one_line
from constructs_lib.rendering import literal
from constructs_lib.user_files import PROJECT

if TYPE_CHECKING:
    from cdktf import App

_NOTE = "written by python -m tools.adopt, which deletes it once all of this is in the state"


class Imports(NamedTuple):
    """For each stack, the ids of what is there already by the addresses that it gets."""

    file: str
    """The file, as it is seen from the project."""
    ids: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, file: Path, environment: Environment) -> Imports:
        """What is in the file.

        Raises:
            InvalidInput: it cannot be read, has not its form, or is another environment's.
        """
        name = str(file.relative_to(PROJECT)) if file.is_relative_to(PROJECT) else file.name
        try:
            content = json.loads(file.read_text("utf-8"))
        except OSError as error:
            sentence = f"{name}: cannot be read: {error.strerror}; {READABLE}"
            raise InvalidInput([sentence]) from None
        except (ValueError, RecursionError):
            raise InvalidInput([f"{name}: is not JSON; {_cure()}"]) from None
        if not isinstance(content, dict) or not _has_form(content.get("import")):
            raise InvalidInput([f"{name}: is not what tools.adopt writes; {_cure()}"])
        if content.get("environment") != environment.name:
            rule = f"must be {environment.name}"
            problem = Problem("environment", rule, content.get("environment"), _cure())
            raise InvalidInput.of(name, [problem])
        return cls(name, content["import"])

    @property
    def reminder(self) -> str:
        """What a person must know while there is such a file."""
        return (
            f"{self.file}: what it names is imported, and cannot be destroyed; "
            f"once it is deployed, run: {tool_command('adopt')}"
        )

    def text(self, environment: Environment) -> str:
        """The file's content."""
        content = {"//": _NOTE, "environment": environment.name, "import": self.ids}
        return json.dumps(content, indent=2) + "\n"

    def add(self, app: App) -> list[str]:
        """Adds the `import` blocks to the stacks, and what keeps the imported from harm.

        What the code has no longer is not imported. Returns what a person must know of the file.
        """
        from cdktf import Annotations  # here, as the file is read before Node is started

        here = {stack_id: self._of_the_code(app, stack_id) for stack_id in self.ids}
        for stack_id, ids in here.items():
            if not ids:
                continue
            stack: Any = app.node.find_child(stack_id)
            blocks = [{"to": address, "id": literal(id)} for address, id in ids.items()]
            stack.add_override("import", blocks)
            guarded: dict[str, dict[str, Any]] = {}
            for address in ids:
                type_, name = address.split(".")
                guarded.setdefault(type_, {})[name] = {"lifecycle": _guard(type_)}
            stack.add_override("resource", guarded)
            Annotations.of(stack).add_warning(self.reminder)
        gone = [
            f"{stack_id} {address}"
            for stack_id, ids in self.ids.items()
            for address in ids
            if address not in here[stack_id]
        ]
        said = [self.reminder] if any(here.values()) else []
        if gone:
            names = one_line(", ".join(gone))
            said.append(
                f"{self.file}: names what is not in the code, so it is not imported ({names}); "
                f"run: {tool_command('adopt')}"
            )
        return said

    def _of_the_code(self, app: App, stack_id: str) -> dict[str, str]:
        """The ids of a stack whose resources the code has."""
        stack: Any = app.node.try_find_child(stack_id)
        found = {}
        for address, id in self.ids[stack_id].items() if stack else ():
            type_, _, name = address.partition(".")
            resource: Any = stack.node.try_find_child(name) if name else None
            if getattr(resource, "terraform_resource_type", None) == type_:
                found[address] = id
        return found


def _guard(type_: str) -> dict[str, Any]:
    guard: dict[str, Any] = {"prevent_destroy": True}
    if type_ == "aws_ecs_task_definition":
        guard["ignore_changes"] = ["skip_destroy"]
    return guard


def _has_form(ids: object) -> bool:
    return isinstance(ids, dict) and all(
        isinstance(of_stack, dict) and all(isinstance(id, str) and id for id in of_stack.values())
        for of_stack in ids.values()
    )


def _cure() -> str:
    return f"delete the file, and run: {tool_command('adopt')}"
