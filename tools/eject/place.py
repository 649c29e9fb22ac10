"""Where the ejected stacks go: all of them at once, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from constructs_lib.errors import WRITABLE
from tools.refused import Refused
from tools.target_folder import file_in_the_way


def checked(name: str) -> Path:
    """The folder of this name, which is new or empty.

    Raises:
        Refused: something is there, or nothing can be moved there.
    """
    target = Path(name).expanduser().resolve()
    cure = "name a folder that is new or empty"
    if not name:
        raise Refused(f"no folder is named; {cure}")
    folder = file_in_the_way(target)
    if folder:
        raise Refused(f"{folder if folder != target else name} is a file; {cure}")
    if target.is_mount():
        raise Refused(f"{name} is a mount point, which cannot be replaced; name a new folder in it")
    if target.is_dir() and any(target.iterdir()):
        raise Refused(f"{name} is not empty, and nothing in it is written over; {cure}")
    return target


@contextmanager
def made(target: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `target` at the end of the block, if it ends well.

    Raises:
        Refused: the folder cannot be made there.
    """
    there = next(parent for parent in target.parents if parent.is_dir())
    new = there / f".{target.name}.{os.getpid()}.new"
    try:
        new.mkdir()
        yield new
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror}; {WRITABLE}") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
