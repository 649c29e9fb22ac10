"""What the next deploy imports instead of creating: the file that `python -m tools.adopt` writes.

While a resource is named in it, no deploy can destroy it: the plan would fail. A task definition
needs that most: Terraform imports it without `skip_destroy`, so that its revision would be
deregistered with the first change (seen with provider 5.100.0). So that the import itself changes
nothing, `skip_destroy` is ignored until then; `tools.adopt` has it written into the state after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from constructs_lib.commands import tool_command
from constructs_lib.environment import Environment
from constructs_lib.errors import READABLE, InvalidInput, Problem
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

    def add(self, app: App) -> None:
        """Adds the `import` blocks to the stacks, and what keeps the imported from harm.

        Raises:
            InvalidInput: a stack or a resource is not in the code.
        """
        from cdktf import Annotations  # here, as the file is read before Node is started

        problems = list(self._problems(app))
        if problems:
            raise InvalidInput.of(self.file, problems)
        for stack_id, ids in self.ids.items():
            stack: Any = app.node.find_child(stack_id)
            blocks = [{"to": address, "id": literal(id)} for address, id in ids.items()]
            stack.add_override("import", blocks)
            guarded: dict[str, dict[str, Any]] = {}
            for address in ids:
                type_, name = address.split(".")
                guarded.setdefault(type_, {})[name] = {"lifecycle": _guard(type_)}
            stack.add_override("resource", guarded)
            Annotations.of(stack).add_warning(self.reminder)

    def _problems(self, app: App) -> Iterator[Problem]:
        for stack_id, ids in self.ids.items():
            stack = app.node.try_find_child(stack_id)
            if stack is None:
                yield Problem("import", "must name stacks of the code", stack_id, _cure())
                continue
            for address in ids:
                type_, _, name = address.partition(".")
                resource: Any = stack.node.try_find_child(name) if name else None
                if getattr(resource, "terraform_resource_type", None) != type_:
                    rule = f"must name resources of the stack {stack_id}"
                    yield Problem("import", rule, address, _cure())


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
