"""Whole definitions: ten written for their rare fields, and real ones from public repositories."""

from __future__ import annotations

import collections
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from constructs_lib.canonical import canonical
from constructs_lib.definition_json import read_definition
from constructs_lib.definition_reading import on_fargate
from constructs_lib.definition_rules import definition_findings
from constructs_lib.definition_shape import check_shape
from constructs_lib.errors import InvalidInput
from constructs_lib.findings import Definition
from constructs_lib.generated.register_task_definition_model import REQUEST, STRUCTURES
from constructs_lib.rules.rule import RULES
from constructs_lib.same_meaning import same_meaning

PROJECT = Path(__file__).parents[2]
OWN = sorted((PROJECT / "tests" / "definitions").glob("*.json"))
CORPUS = Path(os.environ.get("NETFLUX_CORPUS", PROJECT.parent / "shared" / "corpus"))


def read(file: Path) -> Definition:
    return read_definition(file.read_bytes(), file.name)


def check_nothing_is_lost(definition: Definition, name: str) -> None:
    """The canonical form is legal, stays as it is, comes back through JSON, and means the same."""
    once = canonical(definition)
    again = read_definition(json.dumps(once))
    assert definition_findings(once) == [], name
    assert again == once, name
    assert json.dumps(canonical(again)) == json.dumps(once), name
    assert same_meaning(definition, again) == [], name


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.stem)
def test_a_definition_of_our_own_is_legal_and_loses_nothing(file: Path) -> None:
    definition = read(file)
    assert definition_findings(definition) == []
    check_nothing_is_lost(definition, file.name)


def test_our_own_definitions_have_every_member_that_the_provider_can_carry() -> None:
    """But for what a Fargate or Linux task of today does not need."""
    present: set[str] = set()
    for file in OWN:
        present |= set(members(read(file), REQUEST))
    every = {f"{structure}.{name}" for structure in STRUCTURES for name in STRUCTURES[structure]}
    of_structures_not_carried = (
        "InferenceAccelerator",
        "NvidiaMpsAllocation",
        "S3FilesVolumeConfiguration",
        "SharingStrategy",
        "TrustedExecutionConfiguration",
    )
    missing = {one for one in every - present if not one.startswith(of_structures_not_carried)}
    assert missing == {
        f"{REQUEST}.trustedExecutionConfiguration",
        "ResourceRequirement.sharingStrategy",
        "Volume.s3filesVolumeConfiguration",
    }


def members(value: object, kind: str) -> Iterable[str]:
    """Every member that stands in a definition, by its structure."""
    structure = kind.strip("[]{}!")
    if isinstance(value, list):
        for item in value:
            yield from members(item, structure)
    elif isinstance(value, dict) and structure in STRUCTURES:
        for name, item in value.items():
            yield f"{structure}.{name}"
            yield from members(item, STRUCTURES[structure][name])


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there (NETFLUX_CORPUS names it)")
def test_every_definition_of_the_corpus_is_read_whole_or_refused_for_a_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    read_whole, reasons, refused = 0, collections.Counter[str](), []
    for file in sorted(CORPUS.glob("*.json")):
        try:
            definition = read(file)
        except InvalidInput as error:
            refused += error.sentences
            reasons["cannot be read"] += 1
            continue
        findings = definition_findings(definition)
        if findings:
            refused += [finding.sentence(file.name) for finding in findings]
            reasons.update(broken(definition))
        else:
            check_nothing_is_lost(definition, file.name)
            read_whole += 1
    of_files = len({sentence.partition(":")[0] for sentence in refused})
    with capsys.disabled():
        print(f"\ncorpus: {read_whole} read whole, {of_files} refused; files that break a rule:")
        for reason, count in reasons.most_common():
            print(f"  {count:4} {reason}")
        if os.environ.get("NETFLUX_CORPUS_REFUSED"):
            print("\n".join(refused))
    assert read_whole + of_files == len(list(CORPUS.glob("*.json")))


def broken(definition: Definition) -> set[str]:
    """The rules that a definition breaks, and what is wrong with its shape."""
    shape = check_shape(definition)
    fargate = on_fargate(shape.sound)
    return {f"shape: {finding.rule}" for finding in shape.findings} | {
        rule.id
        for rule in RULES.values()
        if (fargate or not rule.fargate_only) and list(rule.check(shape.sound))
    }
