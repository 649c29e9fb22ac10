"""Starts the cdktf CLI of package-lock.json in an environment that suits it.

It runs before every `npx cdktf` command, so it imports the standard library only. Before a command
that uses the state, and after it has failed, `tools.diagnosis` is asked; see there.
"""

from __future__ import annotations

try:
    import signal
except KeyboardInterrupt:  # an import takes time enough for it
    raise SystemExit(130) from None

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the CLI is there, which has its own

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOOKS = PROJECT / "tools" / "cdktf_hooks"
"""What Node loads into the CLI before it begins."""

sys.path.insert(0, str(PROJECT))

from tools.prerequisites import terraform_lacking  # noqa: E402
from tools.terraform_environment import terraform_environment, with_pinned_node  # noqa: E402

FOUND = 3
"""How `tools.diagnosis` says that it has something to say."""

USING_STATE = {"deploy", "apply", "diff", "plan", "destroy"}
"""The commands, by all their names, in which Terraform reads and writes a state."""

WARNED_OF = {
    "deploy": ["--deploying"],
    "apply": ["--deploying"],
    "destroy": ["--destroying"],
}
"""Those of them after which tasks may not start any more, and what the diagnosis is told."""

FLAGS = {
    *("--auto-approve", "--refresh-only", "--no-color", "--migrate-state", "--skip-provider-lock"),
    "--ignore-missing-stack-dependencies",
}
"""The CLI's options that take no value; what follows another may be its value."""

OTHER_STACKS = ("--app", "-a", "--skip-synth", "--skipSynth")
"""Its options with which it has other stacks than main.py makes now."""


def main() -> int:
    """Becomes the CLI's process; returns only when something forbids to begin.

    It stays one process, so that the terminal, signals and the exit code are the CLI's own; what is
    to be said after a failure or an interrupt, `cdktf_hooks` say from within it.
    """
    environment = with_pinned_node(terraform_environment(os.environ), PROJECT)
    # The CLI is 20 MB of JavaScript; compiled once, it starts in four fifths of the time.
    environment.setdefault("NODE_COMPILE_CACHE", str(PROJECT / "node_modules" / ".cache" / "node"))
    diagnosis = _diagnosis(sys.argv[1:])
    certain = f"--certain={_certain(sys.argv[2:], environment)}"
    before = [*diagnosis, "--before", certain, *WARNED_OF.get("".join(sys.argv[1:2]), ())]
    looking = None
    if diagnosis:
        looking = subprocess.Popen(before, env=environment, stderr=subprocess.PIPE, text=True)
    lacking = terraform_lacking(environment)
    if lacking:
        print(f"cdktf: {lacking}", file=sys.stderr)
    said = looking.communicate()[1] if looking else ""
    print(said, end="", file=sys.stderr, flush=True)
    if lacking or (looking and looking.returncode == FOUND):
        return 1
    hooks = ["--require", str(HOOKS / "log.cjs")]
    if diagnosis:
        hooks += ["--require", str(HOOKS / "end.cjs")]
        environment["NETFLUX_HOOKS"] = json.dumps(
            {"warned": said, "diagnosis": [*diagnosis, "--failed"], "sentences": _sentences()}
        )
    cli = PROJECT / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    os.execvpe("node", ["node", *hooks, str(cli), *sys.argv[1:]], environment)
    raise AssertionError("execvpe does not return")


def _diagnosis(arguments: list[str]) -> list[str]:
    """The command that looks at the stacks of a command that uses their state; else empty."""
    if USING_STATE.isdisjoint(arguments[:1]) or not Path("cdktf.json").exists():
        return []
    # What names no stack, such as the value of an option, is passed over.
    named = [each for each in arguments[1:] if not each.startswith("-")]
    return [sys.executable, "-m", "tools.diagnosis", *named] if named else []


def _sentences() -> dict[str, str]:
    """What the hooks say; docs/errors.md has the messages that Python makes."""
    return {
        "unapproved": (
            "cdktf: nobody can approve here, so nothing is changed; type it in a terminal, or set "
            "CDKTF_AUTO_APPROVE=true"
        ),
        "unchanged": (
            "cdktf: stopped; nothing is changed, and no lock and no process of it is left"
        ),
        "stopped": (
            "cdktf: stopped; no lock and no process of it is left, and the same command goes on "
            "from there"
        ),
        "forced": (
            "cdktf: stopped at once; a lock may be left, and the next deploy says how to release it"
        ),
    }


def _certain(arguments: list[str], environment: Mapping[str, str]) -> int:
    """How many of the names are stacks for sure: those before any option that takes a value."""
    if any(each.partition("=")[0] in OTHER_STACKS for each in arguments) or (
        {"CDKTF_APP", "CDKTF_SKIP_SYNTH"} & environment.keys()
    ):
        return 0
    first = takewhile(lambda each: not each.startswith("-") or each in FLAGS, arguments)
    names = [each for each in first if not each.startswith("-")]
    return len(list(takewhile(lambda each: each not in ("true", "false"), names)))


if __name__ == "__main__":
    sys.exit(main())
