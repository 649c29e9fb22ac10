"""Where the ejected stacks go: all of them at once, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.refused import Refused
from tools.target_folder import file_in_the_way

_CURE = "name a folder that is new or empty"


def checked(name: str) -> Path:
    """The folder of this name, which is new or empty.

    Raises:
        Refused: something is there, or nothing can be moved there.
    """
    target = Path(name).expanduser().resolve()
    if not name:
        raise Refused(f"no folder is named; {_CURE}")
    folder = file_in_the_way(target)
    if folder:
        raise Refused(f"{folder if folder != target else name} is a file; {_CURE}")
    if target.is_mount():
        raise Refused(f"{name} is a mount point, which cannot be replaced; name a new folder in it")
    if target.is_dir() and any(target.iterdir()):
        raise Refused(f"{name} is not empty, and nothing in it is written over; {_CURE}")
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
        cure = f"{_CURE}, where there is room and you may write"
        raise Refused(f"{target} cannot be written: {error.strerror}; {cure}") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
