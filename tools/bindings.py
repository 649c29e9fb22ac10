"""`python -m tools.bindings`: writes the lean bindings of the AWS provider to .gen/.

Synth does so by itself; this is for a build that wants them made beforehand.
"""

from __future__ import annotations

import sys

from lean_bindings.__main__ import main
from main import SOURCES
from tools.command_line import Command

if __name__ == "__main__":
    of_this_project = [option for source in SOURCES for option in ("--source", source)]
    sys.exit(main([*of_this_project, *sys.argv[1:]], Command(prog="python -m tools.bindings")))
