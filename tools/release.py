"""`python -m tools.release SERVICE TAG_OR_DIGEST`: which image a service runs, as one line.

Writes that line of images.txt and leaves all others as they are; a build calls it and commits the
file. The same version again changes nothing. Two builds at once wait for each other.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from constructs_lib import user_files
from constructs_lib.environment import Environment
from constructs_lib.errors import WRITABLE, InvalidInput, Problem
from constructs_lib.image_lines import (
    ImageLine,
    image_line_problem,
    read_image_lines,
    words_of,
)
from constructs_lib.nearest import instead
from constructs_lib.service import Service
from constructs_lib.service_in_environment import image_problems
from tools.command_line import Command
from tools.whole_file import write_whole

_HEADING = "# Which image runs where, a line a service; builds write it with tools.release.\n"
_IMAGE = re.compile(r"(\s*\S+\s+\S+\s+)[^\s#]+")


def main(arguments: list[str] | None = None) -> int:
    """Writes the line and says what changed; 1 and a sentence a mistake when it cannot be."""
    parser = Command(
        prog="python -m tools.release",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("service", metavar="SERVICE", help="the name of a service of services.py")
    parser.add_argument("image", metavar="TAG_OR_DIGEST", help="such as 1.4.2 or sha256:...")
    parser.add_argument(
        "--environment",
        metavar="NAME",
        default=os.environ.get("NETFLUX_ENV") or "prod",
        help="an environment of environments.py; that of NETFLUX_ENV when left out",
    )
    wanted = parser.parse_args(arguments)
    try:
        file: Path = user_files.held("environments", "PROJECT")
        file /= user_files.held("environments", "IMAGES")
        line = ImageLine(wanted.environment, wanted.service, wanted.image, file.name)
        _check(line)
        with _alone(file.parent):
            before = write(file, line)
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return 1
    told = f"{file.name}: {line.environment} {line.service} {line.image}"
    if before == line.image:
        print(f"{told} (as before, nothing is written)")
    else:
        print(f"{told} ({'new' if before is None else f'was {before}'})")
    return 0


def _check(line: ImageLine) -> None:
    """Refuses a line that synth would refuse.

    Raises:
        InvalidInput: a name is not known, the image is none, or services.py says it already.
    """
    entries = user_files.held("services", "SERVICES")
    services = {str(entry.name): entry for entry in entries if isinstance(entry, Service)}
    known = _environments()
    problems = []
    if line.service not in services:
        rule, cure = "must be a service of services.py", instead(line.service, services)
        problems.append(Problem("SERVICE", rule, line.service, cure))
    if line.environment not in known:
        rule, cure = "must be an environment of environments.py", instead(line.environment, known)
        problems.append(Problem("--environment", rule, line.environment, cure))
    wrong_image = image_line_problem("TAG_OR_DIGEST", line.image)
    if wrong_image:
        cure = "write the tag alone, or sha256: and the digest, without the repository"
        problems.append(Problem("TAG_OR_DIGEST", wrong_image.rule, line.image, cure))
    if problems:
        raise InvalidInput.of("release", problems)
    nowhere = Environment(name=line.environment)  # type: ignore[call-arg]  # the name is enough
    of_line = nowhere.with_images({(line.environment, line.service): line})
    contradicted = list(image_problems(services[line.service], of_line))
    if contradicted:
        raise InvalidInput.of(line.service, contradicted)


def _environments() -> list[str]:
    names: list[str] = user_files.held("environments", "names")()
    return names


def write(file: Path, line: ImageLine) -> str | None:
    """Writes a line into its place, the file appearing all at once; the image it had before.

    Raises:
        InvalidInput: the file is wrong already, or cannot be written.
    """
    written, wrong = read_image_lines(file, _environments())
    if wrong:
        raise InvalidInput(wrong)
    before = written.get((line.environment, line.service))
    if before is not None and before.image == line.image:
        return before.image
    text = file.read_bytes().decode("utf-8-sig") if file.exists() else _HEADING
    try:
        write_whole(file, _with_line(text, line))
    except OSError as error:
        sentence = f"{file.name}: cannot be written: {error.strerror}; {WRITABLE}"
        raise InvalidInput([sentence]) from None
    return None if before is None else before.image


def _with_line(text: str, line: ImageLine) -> str:
    """The text with the line in the place of the one that it replaces, else where it sorts."""
    ours = [line.environment, line.service]
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    entries = [(words_of(each)[:2], index) for index, each in enumerate(lines) if words_of(each)]
    for names, index in entries:
        if names == ours:
            lines[index] = _IMAGE.sub(rf"\g<1>{line.image}", lines[index], count=1)
            return "".join(lines)
    before = [index + 1 for names, index in entries if names < ours]
    place = before[-1] if before else entries[0][1] if entries else len(lines)
    if place == len(lines) and lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    lines.insert(place, f"{line.environment} {line.service} {line.image}{end}")
    return "".join(lines)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lets one build at a time write here. The lock is on the folder, as the file is replaced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    sys.exit(main())
