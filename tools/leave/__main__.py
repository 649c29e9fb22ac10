"""`python -m tools.leave WAY DIR`: this project on another framework or AWS provider, in a copy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.command_line import Command
from tools.leave.project import go
from tools.leave.ways import WAYS
from tools.refused import Refused


def _folder(name: str) -> Path:
    if not name:  # as of a variable that is not set: Path("") would be the project itself
        raise argparse.ArgumentTypeError(
            "a folder must be named; name a new one, an earlier copy, or ."
        )
    return Path(name)


def main(arguments: list[str] | None = None) -> int:
    """0 when the folder is as the way wants it, 1 and a sentence when it cannot be."""
    ways = "\n".join(
        f"  {name:<12} {way.framework}, {way.provider} (AWS provider {way.aws})"
        for name, way in WAYS.items()
    )
    parser = Command(
        prog="python -m tools.leave",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Writes the project to a folder, renamed for another framework or another\n"
        "AWS provider, with the locks of its own. Run again, it writes what differs.\n"
        "docs/leaving-cdktf.md has the whole story.\n\n"
        f"ways:\n{ways}",
    )
    parser.add_argument("way", metavar="WAY", choices=sorted(WAYS), help=", ".join(WAYS))
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=_folder,
        help="a new folder, an earlier copy, or . to rename the project where it is",
    )
    given = parser.parse_args(arguments)
    try:
        changed = go(WAYS[given.way], Path.cwd(), given.folder)
    except (Refused, OSError) as error:
        print(f"leave: {error}", file=sys.stderr)
        return 1
    if not changed:
        print("nothing to change")
        return 0
    count = f"{len(changed)} file{'s' if len(changed) != 1 else ''}"
    print(f"{given.folder}: {count} written for {given.way}")
    print("next, there: make clean setup fix test (docs/leaving-cdktf.md has the whole order)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
