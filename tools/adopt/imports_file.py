"""Writes the file of what is to be imported, in one step, or deletes it."""

from __future__ import annotations

from pathlib import Path

from constructs_lib.environment import Environment
from stacks.imports import Imports
from tools.refused import Refused
from tools.whole_file import write_whole


def write(file: Path, imports: Imports, environment: Environment) -> None:
    """The file holds `imports`; without any, there is none.

    Raises:
        Refused: it cannot be written.
    """
    try:
        if not imports.ids:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, imports.text(environment))
    except OSError as error:
        raise Refused(f"{file.name} cannot be written: {error.strerror}") from None
