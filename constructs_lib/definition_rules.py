"""Everything that is wrong with a task definition, found before AWS sees it."""

from __future__ import annotations

from collections.abc import Iterable

from constructs_lib.definition_reading import on_fargate
from constructs_lib.definition_shape import check_shape
from constructs_lib.findings import Finding
from constructs_lib.rules import (  # noqa: F401  the modules register their rules
    containers,
    environment,
    fargate,
    logging,
    ports,
    provider,
    size,
    tags,
    volumes,
)
from constructs_lib.rules.rule import RULES, Rule


def definition_findings(
    definition: object, rules: Iterable[Rule] = tuple(RULES.values())
) -> list[Finding]:
    """Every mistake in a definition: in its shape, and against every rule.

    `definition` may be anything at all. What the shape refuses, no rule refuses again.
    """
    shape = check_shape(definition)
    found = list(shape.findings)
    fargate_binds = on_fargate(shape.sound)
    for rule in rules:
        if fargate_binds or not rule.fargate_only:
            found += rule.check(shape.sound)
    return found
