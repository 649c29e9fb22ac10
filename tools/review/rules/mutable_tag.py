"""An image by a tag that is moved from one image to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.images import repository_of
from tools.review.hidden import Hidden, Unknown
from tools.review.plan_file import Plan
from tools.review.rules.containers import Container, judged
from tools.review.rules.rule import WARNING, Rule, Verdict, unknown

# A whole version, a commit, a date or a number of a build: written once, by custom.
_WRITTEN_ONCE = re.compile(r"\d+\.\d+\.\d+|(?<![0-9a-f])[0-9a-f]{7,40}(?![0-9a-f])|\d{4}")


def _mistakes(container: Container, _: Container | None) -> Iterator[str | Verdict]:
    name, image = container.get("name"), container.get("image")
    if isinstance(image, Hidden | Unknown) or not isinstance(image, str):
        yield unknown("", f"the image of {name} is not known")
        return
    if "@sha256:" in image:
        return
    tag = image[len(repository_of(image)) + 1 :] or "latest"
    if not _WRITTEN_ONCE.search(tag):
        yield f"{name} takes its image by the tag {tag}, which may be another image tomorrow"


def _check(plan: Plan, _: list[Plan]) -> Iterator[Verdict]:
    return judged(plan, _mistakes)


RULE = Rule(
    id="mutable-tag",
    title="An image is taken by a mutable tag",
    why="The same revision may start another image tomorrow, and going back to an earlier revision "
    "does not bring its image back. A digest never moves; a whole version, a commit, a date or a "
    "build number is taken as one that does not either.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    severity=WARNING,
    check=_check,
)
