"""How commands end: as their work does, with a sentence a mistake, or interrupted."""

from __future__ import annotations

import sys
from collections.abc import Callable

from constructs_lib.errors import InvalidInput
from tools.refused import Refused

FAILED, INTERRUPTED = 1, 130


def ended(command: str, work: Callable[[], int], *, stopped: str) -> int:
    """What `work` returns; or 1, after saying why not; or 130 after Ctrl-C.

    `stopped` says that, and what it leaves. Mistakes in what a user wrote name whose they are;
    whatever else forbids to go on begins with the name of the command, but for indented lines, as
    of an entry to be copied.
    """
    try:
        return work()
    except InvalidInput as wrong:
        lines = wrong.sentences
    except Refused as refused:
        lines = [
            line if line.startswith(" ") else f"{command}: {line}"
            for line in str(refused).splitlines()
        ]
    except KeyboardInterrupt:
        print(f"\n{command}: {stopped}", file=sys.stderr)
        return INTERRUPTED
    print(*lines, sep="\n", file=sys.stderr)
    return FAILED
