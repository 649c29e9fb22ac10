"""A thousand random catalogues through main.py: never a traceback, never half an output.

The examples are the same in every run. Others, and more of them:
`NETFLUX_FUZZ=20 .venv/bin/python -m pytest tests/unit/fuzz --hypothesis-seed 7`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import main
from constructs_lib import user_files
from constructs_lib.definition import rendered
from constructs_lib.service import Service
from constructs_lib.unknown import is_unknown
from tests.unit.fuzz.catalogues import good, nearly_good, wild
from tests.unit.synthesis import PROD

TIMES = float(os.environ.get("NETFLUX_FUZZ", "1"))
SENTENCE = re.compile(r"(?P<owner>.+?): '(?P<argument>.*?)' .+ \(got .+\); .+")
PLACE = re.compile(r"services\.py(, entry [0-9]+)?")

Main = Callable[[Any], "tuple[int, list[str]]"]


def fuzz(examples: int) -> settings:
    return settings(
        max_examples=int(examples * TIMES),
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def outdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "cdktf.out"


@pytest.fixture(scope="module")
def run(outdir: Path) -> Iterator[Main]:
    """main.py in this process: its exit code and what it says about a catalogue."""
    held = user_files.held
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CDKTF_OUTDIR", str(outdir))
        patch.setattr(main, "lighten_imports", lambda: None)  # conftest.py has done it

        def run(catalogue: Any) -> tuple[int, list[str]]:
            ours = {"SERVICES": catalogue, "selected": lambda: PROD}
            patch.setattr(
                user_files,
                "held",
                lambda module, name: ours[name] if name in ours else held(module, name),
            )
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                code = main.main()
            return code, said.getvalue().splitlines()

        yield run


@fuzz(50)
@given(good())
def test_a_good_catalogue_is_written_as_it_was_given(
    run: Main, outdir: Path, catalogue: list[Service]
) -> None:
    code, said = run(catalogue)
    assert (code, [line for line in said if not line.startswith("warning: ")]) == (0, [])
    check_written(outdir, catalogue)


@fuzz(350)
@given(nearly_good())
def test_one_odd_argument_is_written_or_named(
    run: Main, outdir: Path, catalogue: list[Service]
) -> None:
    check(run, outdir, catalogue)


@fuzz(600)
@given(wild())
def test_a_wild_catalogue_is_written_or_every_mistake_is_named(
    run: Main, outdir: Path, catalogue: Any
) -> None:
    check(run, outdir, catalogue)


def check(run: Main, outdir: Path, catalogue: Any) -> None:
    before = contents(outdir)
    code, said = run(catalogue)
    warnings = [line for line in said if line.startswith("warning: ")]
    sentences = [line for line in said if line not in warnings]
    if code == 0:
        assert sentences == []
        check_written(outdir, catalogue)
        return
    assert (code, warnings) == (1, [])
    assert contents(outdir) == before
    assert sentences
    names = (
        {str(entry.name) for entry in catalogue if type(entry) is Service}
        if type(catalogue) is list
        else set()
    )
    for sentence in sentences:
        assert sentence.isprintable()
        assert len(sentence) < 5000
        parts = SENTENCE.fullmatch(sentence)
        assert parts, sentence
        assert parts["owner"] in names or PLACE.fullmatch(parts["owner"]), sentence


def check_written(outdir: Path, catalogue: list[Service]) -> None:
    """All stacks and no half of one; what is registered is what was given."""
    manifest = json.loads((outdir / "manifest.json").read_text("utf-8"))
    names = [service.name for service in catalogue]
    assert sorted(manifest["stacks"]) == sorted(["iam", "state-bucket", *names])
    for name, stack in manifest["stacks"].items():
        written = json.loads((outdir / stack["synthesizedStackPath"]).read_text("utf-8"))
        assert written["terraform"]["backend"], name
        assert "TfToken" not in json.dumps(written), name
    for service in catalogue:
        stack = json.loads((outdir / "stacks" / service.name / "cdk.tf.json").read_text("utf-8"))
        [task] = stack["resource"]["aws_ecs_task_definition"].values()
        expected = rendered(service, PROD)
        if not has_unknown(expected):
            containers = json.loads(unescaped(task["container_definitions"]))
            assert containers == expected["containerDefinitions"]
            tags = {unescaped(key): unescaped(value) for key, value in task.get("tags", {}).items()}
            assert tags == {tag["key"]: tag["value"] for tag in expected.get("tags", [])}


def has_unknown(value: Any) -> bool:
    if is_unknown(value):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(has_unknown, inner))


def unescaped(text: str) -> str:
    """What Terraform makes of a string without references."""
    return re.sub(r"([$%])\1\{", r"\1{", text)


def contents(outdir: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(outdir.parent)): path.read_bytes()
        for path in outdir.parent.rglob("*")
        if path.is_file()
    }
