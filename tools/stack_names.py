"""Whether the code can have a stack of a name, as far as that shows without a synth."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib.nearest import instead
from constructs_lib.stack_ids import CI_ROLES_STACK, FIRST_STACKS

if TYPE_CHECKING:
    from constructs_lib.environment import Environment
    from constructs_lib.service import Service

_SYNTHESIZED = Path("cdktf.out") / "stacks"


def no_stack(name: str, known: Collection[str]) -> str:
    """The sentence on a name that is none of the stacks that are known."""
    return f"there is no stack {name!r}; {instead(name, known)}"


def stacks_of_code() -> list[str]:
    """The stacks that the project makes of itself; none where services.py does not tell."""
    from constructs_lib import user_files
    from constructs_lib.errors import InvalidInput

    try:
        environment = user_files.held("environments", "selected")()
        return stacks_of(user_files.held("services", "SERVICES"), environment)
    except InvalidInput:
        return []  # whoever needs services.py says what is wrong with it


def stacks_of(services: Iterable[Service], environment: Environment) -> list[str]:
    """The stacks that main.py makes of them."""
    first = [
        name for name in FIRST_STACKS if environment.github_repository or name != CI_ROLES_STACK
    ]
    return [*first, *(str(service.name) for service in services)]


def surely_none(name: str, known: Collection[str], project: Path) -> str | None:
    """`no_stack` where no stack of the code can have the name; None where one may have it.

    main.py may add others to those that are known: such a name was synthesized before, or stands in
    main.py or in a module of stacks.
    """
    if not known or (project / _SYNTHESIZED / name).exists() or may_have(name, known, project):
        return None
    return no_stack(name, known)


def may_have(name: str, known: Collection[str], project: Path) -> bool:
    """Whether the next synth may make a stack of the name."""
    if name in known:
        return True
    quoted = re.compile(rf"""(["']){re.escape(name)}\1""")
    files = [project / "main.py", *(project / "stacks").rglob("*.py")]
    return any(quoted.search(file.read_text("utf-8")) for file in files if file.is_file())
