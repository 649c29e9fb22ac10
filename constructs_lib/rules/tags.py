"""Rules about tags."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.definition_reading import known, structures
from constructs_lib.findings import Definition, Finding
from constructs_lib.rules.rule import api, repeated, rule

_SOURCE = api("Tag")


@rule("tags-count", "At most 50 tags", _SOURCE)
def tags_count(task: Definition) -> Iterator[Finding]:
    count = len(known(task, "tags", []))
    if count > 50:
        yield Finding(("tags",), "must be at most 50", count, f"leave {count - 50} out")


@rule("tag-unique", "A tag's key stands once", _SOURCE)
def tag_unique(task: Definition) -> Iterator[Finding]:
    for path, key, first in repeated(task, "tags", (), "key"):
        yield Finding(path, "must stand once, and is {0}", key, "keep one", (first,))


@rule("tag-length", "A key has 1 to 128 characters, a value at most 256", _SOURCE)
def tag_length(task: Definition) -> Iterator[Finding]:
    for path, tag in structures(task, "tags"):
        for part, low, high in (("key", 1, 128), ("value", 0, 256)):
            text = known(tag, part)
            if text is not None and not low <= len(text) <= high:
                rule = f"must have {low} to {high} characters"
                cure = "shorten it" if len(text) > high else "name it"
                yield Finding((*path, part), rule, text, cure)


@rule("tag-aws", "aws: belongs to AWS", _SOURCE)
def tag_aws(task: Definition) -> Iterator[Finding]:
    for path, tag in structures(task, "tags"):
        for part in ("key", "value"):
            text = known(tag, part, "")
            if text.lower().startswith("aws:"):
                yield Finding((*path, part), "must not begin with 'aws:'", text, "rename it")
