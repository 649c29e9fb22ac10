"""Starts the cdktf CLI of package-lock.json in an environment that suits it.

It runs before every `npx cdktf` command, so it imports the standard library only.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tools.prerequisites import terraform_lacking  # noqa: E402
from tools.terraform_environment import terraform_environment, with_pinned_node  # noqa: E402


def main() -> int:
    """Becomes the CLI's process; returns only when Terraform is missing or too old."""
    environment = with_pinned_node(terraform_environment(os.environ), PROJECT)
    # The CLI is 20 MB of JavaScript; compiled once, it starts in four fifths of the time.
    environment.setdefault("NODE_COMPILE_CACHE", str(PROJECT / "node_modules" / ".cache" / "node"))
    lacking = terraform_lacking(environment)
    if lacking:
        print(f"cdktf: {lacking}", file=sys.stderr)
        return 1
    cli = PROJECT / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    os.execvpe("node", ["node", str(cli), *sys.argv[1:]], environment)
    raise AssertionError("execvpe does not return")


if __name__ == "__main__":
    sys.exit(main())
