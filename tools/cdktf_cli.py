"""Starts the cdktf CLI of package-lock.json in an environment that suits it.

It runs before every `npx cdktf` command, so it imports the standard library only. Before a command
that uses the state, and after it has failed, `tools.diagnosis` is asked; see there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tools.prerequisites import terraform_lacking  # noqa: E402
from tools.terraform_environment import terraform_environment, with_pinned_node  # noqa: E402

USING_STATE = {"deploy", "apply", "diff", "plan", "destroy"}
"""The commands, by all their names, in which Terraform reads and writes a state."""


def main() -> int:
    """Becomes the CLI's process; returns only when something forbids to begin.

    It stays one process, so that the terminal, signals and the exit code are the CLI's own; what is
    to be said after a failure, `after_cdktf.cjs` says from within it.
    """
    environment = with_pinned_node(terraform_environment(os.environ), PROJECT)
    # The CLI is 20 MB of JavaScript; compiled once, it starts in four fifths of the time.
    environment.setdefault("NODE_COMPILE_CACHE", str(PROJECT / "node_modules" / ".cache" / "node"))
    uses_state = not USING_STATE.isdisjoint(sys.argv[1:2]) and "--help" not in sys.argv
    diagnosis = [sys.executable, "-m", "tools.diagnosis"]
    looking = None
    if uses_state:
        looking = subprocess.Popen([*diagnosis, "--before", "--", *sys.argv[2:]], env=environment)
    lacking = terraform_lacking(environment)
    if lacking:
        print(f"cdktf: {lacking}", file=sys.stderr)
    if (looking and looking.wait() != 0) or lacking:
        return 1
    cli = PROJECT / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    hook = ["--require", str(PROJECT / "tools" / "after_cdktf.cjs")] if uses_state else []
    if uses_state:
        environment["NETFLUX_DIAGNOSIS"] = json.dumps([*diagnosis, "--", *sys.argv[2:]])
    os.execvpe("node", ["node", *hook, str(cli), *sys.argv[1:]], environment)
    raise AssertionError("execvpe does not return")


if __name__ == "__main__":
    sys.exit(main())
