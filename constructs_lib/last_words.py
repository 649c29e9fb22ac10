"""How a command ends by Ctrl-C, for want of a reader, a place to write or a package: in a word.

It is installed before a command's imports, as these take time, so it imports next to nothing.
"""

from __future__ import annotations

import atexit
import errno
import os
import sys
from types import TracebackType

_OF_THE_DISK = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    *(errno.EROFS, errno.EACCES, errno.EPERM),
)

_OUTPUT = 1

_CURE = "let it be written and run this again, as nothing half-written is left"

_EXTRAS = {"boto3": "aws", "botocore": "aws", "hcl2": "eject"}
"""The packages that only some commands need, and the extra that each is of, in pyproject.toml."""


def install(command: str) -> None:
    """Has such an end told as `command: FILE: why`; every other exception keeps its traceback."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt) or (
            issubclass(kind, BrokenPipeError) and _nobody_reads()
        ):
            return
        why = _disk(error) or _missing(error)
        if why is None:
            sys.__excepthook__(kind, error, trace)
        else:
            print(f"{command}: {why}", file=sys.stderr)

    sys.excepthook = told
    atexit.register(_silence)


def _nobody_reads() -> bool:
    """Whether the output goes into a pipe that has lost its reader, as `| head` ends early."""
    import select

    poll = select.poll()
    poll.register(_OUTPUT, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def _silence() -> None:
    """Lets Python write what is left in its buffer to nowhere, if nobody reads."""
    if _nobody_reads():
        os.dup2(os.open(os.devnull, os.O_WRONLY), _OUTPUT)


def _disk(error: BaseException) -> str | None:
    """What is wrong with the disk, if that is what ended it."""
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        parts = (error.filename, error.strerror)
        reason = ": ".join(str(part) for part in parts if part)
        return f"the disk refused {reason}; {_CURE}"
    if type(error.__cause__).__module__.partition(".")[0] == "jsii":
        # Node's words: `Error: ENOSPC: no space left on device, write`.
        reason = str(error).partition("\n")[0].removeprefix("Error: ")
        if reason.startswith(tuple(f"{errno.errorcode[each]}: " for each in _OF_THE_DISK)):
            return f"the disk refused {reason}; {_CURE}"
    return None


def _missing(error: BaseException) -> str | None:
    """What is not installed, if it is of an extra."""
    if not isinstance(error, ModuleNotFoundError) or error.name not in _EXTRAS:
        return None
    install_it = f"pip install 'netflux-ecs[{_EXTRAS[error.name]}]'"
    return f"it needs {error.name}; install it, with: {install_it}"
