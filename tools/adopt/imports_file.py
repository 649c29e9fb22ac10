"""Writes the file of what is to be imported, in one step, or deletes it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from constructs_lib.environment import Environment
from constructs_lib.errors import WRITABLE
from stacks.imports import Imports
from tools.refused import Refused


def write(file: Path, imports: Imports, environment: Environment) -> None:
    """The file holds `imports`; without any, there is none.

    Raises:
        Refused: it cannot be written.
    """
    new = file.with_name(f"{file.name}.new")
    try:
        if not imports.ids:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(imports.text(environment), "utf-8")
        new.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink()
        raise Refused(f"{file.name} cannot be written: {error.strerror}; {WRITABLE}") from None
