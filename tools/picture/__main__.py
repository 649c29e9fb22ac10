"""`python -m tools.picture [FOLDER]`: draws all stacks, their resources, references and state keys.

Without FOLDER the stacks of this project are synthesized anew, for the environment that NETFLUX_ENV
names; cdktf.out stays as it is. FOLDER is the cdktf.out of any CDKTF project. The picture is
printed as Mermaid unless a file is named for it.

An arrow goes from what refers to what it refers to; a dotted one, in Mermaid, to another stack.
Resources that are parts of another, as a bucket's policy is, stand in its box. What another stack's
output refers to is found through its state. In Mermaid, four stacks or more that are alike stand
together, a box each; only the SVG has the arrows within them. Types, names, references and state
keys are drawn, and no other value. Exit codes: 0 when it is drawn, 1 when it is not or is stale,
130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from constructs_lib.errors import WRITABLE
from tools.command_line import Parser
from tools.ending import ended
from tools.picture import page
from tools.picture.mermaid import mermaid, too_large
from tools.picture.svg import svg
from tools.picture.synthesized import Synthesized, read
from tools.picture.system import system
from tools.plan.synthesis import synthesize
from tools.refused import Refused
from tools.whole_file import write_whole

DRAWN = 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Parser(
        prog="python -m tools.picture",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="what `cdktf synth` wrote")
    parser.add_argument("--mermaid", metavar="F", help="write the Mermaid to this file")
    parser.add_argument("--svg", metavar="F", help="write an SVG, for light and dark, to this file")
    parser.add_argument(
        "--into", metavar="F", help="write the Mermaid into a page of Markdown, between its markers"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; 1 when the page of --into is stale"
    )
    wanted = parser.parse_args(arguments)
    if wanted.check and not wanted.into:
        parser.error("--check needs --into; name the page there")
    return ended("picture", lambda: _run(wanted), stopped="stopped; nothing is written")


def _run(wanted: argparse.Namespace) -> int:
    try:
        _draw(wanted)
    except RecursionError:
        raise Refused("a stack is nested deeper than can be read; flatten it") from None
    return DRAWN


def _draw(wanted: argparse.Namespace) -> None:
    """Makes all that is wanted, then writes it.

    Raises:
        Refused: there is nothing to draw, or no place to write it, or the page is stale.
    """
    drawn = system(_stacks(wanted.folder))
    texts = {}
    if wanted.svg:
        texts[wanted.svg] = svg(drawn)
    if wanted.mermaid or wanted.into or not wanted.svg:
        text = mermaid(drawn)
        wrong = too_large(text)
        if wrong:
            print(f"picture: {wrong}; --svg has no such limit", file=sys.stderr)
    if wanted.mermaid:
        texts[wanted.mermaid] = text
    if wanted.into:
        texts[wanted.into] = page.with_picture(wanted.into, text)
    if wanted.check:
        page.check(wanted.into, texts[wanted.into])
        return
    for file, content in texts.items():
        try:
            write_whole(Path(file), content)
        except OSError as error:
            raise Refused(f"{file} cannot be written: {error.strerror}; {WRITABLE}") from None
    if not texts:
        print(text, end="")


def _stacks(folder: str | None) -> dict[str, Synthesized]:
    if folder is not None:
        return read(Path(folder), folder)
    project = Path.cwd()
    if not (project / "main.py").is_file():
        raise Refused(
            f"there is no main.py in {project}; run it in the project's folder, "
            "or name a folder that `cdktf synth` wrote"
        )
    with tempfile.TemporaryDirectory(prefix="netflux-picture-") as output:
        synthesize(project, os.environ, output=Path(output))
        return read(Path(output), output)


if __name__ == "__main__":
    sys.exit(main())
