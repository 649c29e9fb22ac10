"""How the JSON comes into cdktf.out: whole, or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from cdktf import App, TerraformOutput, TerraformStack

from constructs_lib.errors import InvalidInput
from stacks import output


@pytest.fixture
def outdir(tmp_path: Path) -> Path:
    """cdktf.out of an earlier synth, with what Terraform and the plan left there."""
    folder = tmp_path / "cdktf.out"
    (folder / "stacks" / "iam").mkdir(parents=True)
    (folder / "manifest.json").write_text("old")
    (folder / "stacks" / "iam" / "plan.json").write_text("a plan")
    return folder


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def add_zebra(app: App) -> None:
    TerraformOutput(TerraformStack(app, "zebra"), "stripes", value="many")


def test_what_is_written_takes_its_place_at_the_end(outdir: Path) -> None:
    def add(app: App) -> None:
        add_zebra(app)
        assert (outdir / "manifest.json").read_text() == "old"

    output.write(add, outdir)
    written = contents(outdir)
    assert sorted(written) == [
        "manifest.json",
        "stacks/iam/plan.json",
        "stacks/zebra/cdk.tf.json",
    ]
    assert '"name": "zebra"' in written["manifest.json"]
    assert written["stacks/iam/plan.json"] == "a plan"
    assert [path.name for path in outdir.parent.iterdir()] == ["cdktf.out"]


def test_the_manifest_comes_last(outdir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    replace = Path.replace

    def noted(path: Path, target: Path) -> Path:
        moved.append(target.name)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", noted)
    output.write(add_zebra, outdir)
    assert moved == ["cdk.tf.json", "manifest.json"]


def test_what_fails_halfway_changes_nothing(outdir: Path) -> None:
    before = contents(outdir)

    def add(app: App) -> None:
        add_zebra(app)
        app.synth()
        raise OSError(28, "No space left on device")

    with pytest.raises(InvalidInput) as wrong:
        output.write(add, outdir)
    assert wrong.value.sentences == [
        "cdktf.out: was not written, as [Errno 28] No space left on device; mend that, and run this"
        " again"
    ]
    assert contents(outdir) == before
    assert [path.name for path in outdir.parent.iterdir()] == ["cdktf.out"]


def test_what_a_killed_synth_left_goes_once_it_is_old(outdir: Path) -> None:
    old, young, others = (
        outdir.with_name(name) for name in (".cdktf.out.1", ".cdktf.out.2", ".cdktf.out.notes")
    )
    for folder in (old, young, others):
        folder.mkdir()
    before = time.time() - 2 * 3600
    for folder in (old, others):
        os.utime(folder, (before, before))
    output.write(add_zebra, outdir)
    assert [folder.exists() for folder in (old, young, others)] == [False, True, True]
