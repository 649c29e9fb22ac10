"""Where the stacks are written: to one side first, so that cdktf.out is whole at all times."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from cdktf import App

from constructs_lib.errors import InvalidInput, one_line

_LONGEST_REASON = 300
_SECONDS_UNTIL_ABANDONED = 3600


def folder() -> Path:
    """cdktf.out, or the folder that the cdktf CLI names."""
    return Path(os.environ.get("CDKTF_OUTDIR") or "cdktf.out").absolute()


def write(add_stacks: Callable[[App], None], outdir: Path) -> None:
    """Synthesizes an app beside `outdir`, and moves its files there when all of them are written.

    What else lies in `outdir` (Terraform's own folders, plans, stacks that are no more) stays.

    Raises:
        InvalidInput: the folder cannot be written, or CDKTF refuses what the checks let through;
            `outdir` is as it was.
    """
    staged = outdir.with_name(f".{outdir.name}.{os.getpid()}")
    _remove_abandoned(outdir)
    try:
        app = App(outdir=str(staged))
        add_stacks(app)
        app.synth()
        _move(staged, outdir)
    except (OSError, RuntimeError, TypeError) as error:  # the last two are jsii's
        reason = one_line(str(error).strip().partition("\n")[0])[:_LONGEST_REASON]
        sentence = f"{outdir.name}: was not written, as {reason}; mend that, and run this again"
        raise InvalidInput([sentence]) from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _remove_abandoned(outdir: Path) -> None:
    """Removes what a killed synth has left; one that is still at work is younger."""
    for left in outdir.parent.glob(f".{outdir.name}.[0-9]*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < time.time() - _SECONDS_UNTIL_ABANDONED:
                shutil.rmtree(left)


def _move(staged: Path, outdir: Path) -> None:
    """The manifest comes last: it lists only what is there."""
    for folder, _, files in os.walk(staged, topdown=False):
        source = Path(folder)
        target = outdir / source.relative_to(staged)
        target.mkdir(parents=True, exist_ok=True)
        for file in files:
            (source / file).replace(target / file)
