"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Writes a file to one side and moves it into place; what is no file is written to as it is.

    A link stays one, and the file that it leads to is written.

    `private`: only this user can read it; else it can be read by whom it could before.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    content = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():  # such as /dev/stdout
        path.write_bytes(content)
        return
    path = Path(os.path.realpath(path))
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if private else 0o666)
        with os.fdopen(descriptor, "wb") as file:
            if path.exists() and not private:
                os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
            file.write(content)
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
