"""The generated model is botocore's, and the command says when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import task_definition_model


def test_the_model_is_that_of_the_installed_botocore(capsys: pytest.CaptureFixture[str]) -> None:
    assert task_definition_model.main(["--check"]) == 0, capsys.readouterr().err


def test_a_stale_model_is_said_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = tmp_path / "model.py"
    monkeypatch.setattr(task_definition_model, "MODULE", module)
    assert task_definition_model.main(["--check"]) == 1
    assert capsys.readouterr().err == (
        "model.py is stale; write it with: .venv/bin/python -m tools.task_definition_model\n"
    )
    assert task_definition_model.main([]) == 0
    assert task_definition_model.main(["--check"]) == 0
