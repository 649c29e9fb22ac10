"""images.txt: the image that a service runs in an environment, one line each, as a build writes it.

    # what is deployed where
    prod     movie-service  1.4.2
    staging  movie-service  sha256:...

The words are an environment, a service, and a tag or digest; `#` begins a comment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from constructs_lib.errors import READABLE, Problem
from constructs_lib.images import digest_problem, tag_problem
from constructs_lib.nearest import instead


class ImageLine(NamedTuple):
    """One line, and where it stands: `images.txt, line 3`."""

    environment: str
    service: str
    image: str
    place: str

    @property
    def argument(self) -> str:
        """The argument of Service that the line stands for."""
        return pin_of(self.image)


ImageLines = dict[tuple[str, str], ImageLine]
"""The lines of a file by environment and service."""


def pin_of(image: str) -> str:
    """Which argument of Service a tag or digest is."""
    return "image_digest" if image.startswith("sha256:") else "image_tag"


def image_line_problem(argument: str, image: str) -> Problem | None:
    """What is wrong with a tag or digest, or None."""
    check = digest_problem if pin_of(image) == "image_digest" else tag_problem
    return check(argument, image)


def read_image_lines(file: Path, environments: Collection[str]) -> tuple[ImageLines, list[str]]:
    """The good lines of a file, none when there is no such file; and a sentence a mistake.

    That is a line that is malformed, stands twice, or names an unknown environment; or that the
    file cannot be read.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        sentences = [f"{file.name}: cannot be read: {error.strerror}; {READABLE}"]
        return {}, sentences
    except UnicodeDecodeError as error:
        sentences = [f"{file.name}: is not UTF-8 at byte {error.start}; save it as UTF-8"]
        return {}, sentences
    lines: ImageLines = {}
    firsts: ImageLines = {}
    sentences = []
    for number, words in enumerate(map(words_of, text.splitlines()), start=1):
        if not words:
            continue
        place = f"{file.name}, line {number}"
        if len(words) != 3:
            rule, cure = "must be ENVIRONMENT SERVICE TAG_OR_DIGEST", "write these three words"
            sentences.append(Problem("line", rule, " ".join(words), cure).sentence(place))
            continue
        environment, service, image = words
        line = ImageLine(environment, service, image, place)
        of_what = (environment, service)
        wrong = list(_problems(line, firsts.setdefault(of_what, line), environments))
        sentences += [problem.sentence(place) for problem in wrong]
        if not wrong:
            lines[of_what] = line
    return lines, sentences


def words_of(line: str) -> list[str]:
    """The words of a line, its comment left out."""
    return line.partition("#")[0].split()


def _problems(
    line: ImageLine, first: ImageLine, environments: Collection[str]
) -> Iterator[Problem]:
    if line.environment not in environments:
        rule, cure = (
            "must be an environment of environments.py",
            instead(line.environment, environments),
        )
        yield Problem("environment", rule, line.environment, cure)
    wrong = image_line_problem("image", line.image)
    if wrong:
        cure = "write a tag, or sha256: and the digest, without the repository"
        yield Problem("image", wrong.rule, line.image, cure)
    if first is not line:
        rule = (
            f"must stand once, and is on {first.place.rpartition(', ')[2]} for {line.environment}"
        )
        yield Problem("service", rule, line.service, "keep one of the two")
