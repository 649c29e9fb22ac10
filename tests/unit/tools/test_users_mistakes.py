"""Files of the user's that are no Python: the sentence that main.py has, in every command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from constructs_lib.errors import InvalidInput
from tools.adopt.from_live import service_from_live
from tools.diagnosis import __main__ as diagnosis
from tools.plan.session import Session
from tools.refused import Refused
from tools.revisions.__main__ import main as revisions
from tools.state.__main__ import main as state

MENDED = "must be Python that runs (got SyntaxError: '(' was never closed); mend it"
SERVICES = f"services.py, line 1: {MENDED}"
ENVIRONMENTS = f"environments.py, line 1: {MENDED}"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The file that the test names is another one, and no Python."""
    name = request.param
    (tmp_path / f"{name}.py").write_text(f"{name.upper()} = (\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, name, raising=False)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [("services", SERVICES), ("environments", ENVIRONMENTS)],
    indirect=["broken"],
)
def test_revisions(broken: None, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert revisions(["movie-service"]) == 1
    assert capsys.readouterr() == ("", f"{sentence}\n")


@pytest.mark.parametrize("broken", ["environments"], indirect=True)
def test_state(broken: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert state(["iam"]) == 1
    assert capsys.readouterr() == ("", f"{ENVIRONMENTS}\n")


@pytest.mark.parametrize("broken", ["environments"], indirect=True)
def test_plan_and_apply(broken: None) -> None:
    session = Session(argparse.Namespace(lock_timeout=0, no_shared_provider=True))
    with pytest.raises(Refused) as refused:
        assert session.environment_name
    assert str(refused.value) == ENVIRONMENTS
    with pytest.raises(Refused) as refused:
        assert session.diagnosis
    assert str(refused.value) == ENVIRONMENTS


@pytest.mark.parametrize("broken", ["environments"], indirect=True)
def test_adopt(broken: None) -> None:
    class Reader:
        environment = None

    with pytest.raises(InvalidInput) as wrong:
        service_from_live("movies", [], Reader())  # type: ignore[arg-type]
    assert wrong.value.sentences == [ENVIRONMENTS]


@pytest.mark.parametrize("broken", ["services", "environments"], indirect=True)
def test_diagnosis_leaves_it_to_main(broken: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert diagnosis.main(["--before", "iam"]) == 0
    assert capsys.readouterr() == ("", "")
