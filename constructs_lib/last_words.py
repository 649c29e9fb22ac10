"""How a command ends by Ctrl-C, for want of a reader, a place to write or a package: in a word.

It is installed before a command's imports, as these take time, so it imports next to nothing.
"""

from __future__ import annotations

import _thread
import atexit
import errno
import os
import signal
import sys
import time
from types import FrameType, TracebackType

_OF_THE_DISK = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    *(errno.EROFS, errno.EACCES, errno.EPERM),
)

_OUTPUT = 1

_CURE = "let it be written and run this again, as nothing half-written is left"

_EXTRAS = {"boto3": "aws", "botocore": "aws", "hcl2": "eject"}
"""The packages that only some commands need, and the extra that each is of, in pyproject.toml."""


def install(command: str) -> None:
    """Has such an end told as `command: FILE: why`; every other exception keeps its traceback.

    Ctrl-C raises KeyboardInterrupt from now on, but where it is ignored, as in the background.
    """
    was_interrupted = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal was_interrupted
        was_interrupted = True
        raise KeyboardInterrupt

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # Python turns some interrupts into errors of its own: of the syntax, where one meets the
        # import that a `\N{...}` in the source needs.
        if (
            was_interrupted
            or issubclass(kind, KeyboardInterrupt)
            or (issubclass(kind, BrokenPipeError) and _nobody_reads())
        ):
            return
        why = _disk(error) or _missing(error)
        if why is None:
            sys.__excepthook__(kind, error, trace)
        else:
            print(f"{command}: {why}", file=sys.stderr)

    sys.excepthook = told
    sys.unraisablehook = _heard_again
    atexit.register(_silence)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupt)


def _heard_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Interrupts once more where Python let an interrupt be lost, in what cannot raise."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _thread.start_new_thread(_interrupt_soon, ())
    else:
        sys.__unraisablehook__(unraisable)


def _interrupt_soon() -> None:
    """Sends Ctrl-C to the main thread once it is out of the hook, which cannot raise either."""
    time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


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
