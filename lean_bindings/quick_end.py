"""Ending a program without taking apart what it has loaded, which Python does for nothing."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from typing import NoReturn


def end_at_once(exit_code: int) -> NoReturn:
    """End the process, after all that is to be done at its end (jsii's: to let Node end).

    The modules of cdktf and a provider are many objects: their removal one by one takes a sixth of
    the time of a small synth. No thread may be left that has work to do.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
            stream.flush()
    os._exit(exit_code)
