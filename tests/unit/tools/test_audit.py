"""The packages of the locks against advisories: found, accepted, or not looked up at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tools.audit import __main__ as audit

CLEAN_PYTHON = {"dependencies": [{"name": "moto", "version": "5", "vulns": []}]}
FOUND_PYTHON = {
    "dependencies": [
        {"name": "moto", "version": "5", "vulns": []},
        {
            "name": "flask",
            "version": "3.1.3",
            "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3.1.4"]}],
        },
    ]
}
SKIPPED_PYTHON = {
    "dependencies": [
        {"name": "moto", "version": "5", "vulns": []},
        {"name": "flask", "skip_reason": "Dependency not found on PyPI"},
    ]
}
CLEAN_NPM: dict[str, Any] = {"vulnerabilities": {}, "metadata": {}}
FOUND_NPM = {
    "vulnerabilities": {
        "jsii": {"range": "1.2.3", "via": ["semver"]},
        "semver": {
            "range": "<7",
            "via": [{"title": "slow", "url": "https://github.com/advisories/GHSA-a-b"}],
        },
    },
    "metadata": {},
}
NO_NPM = {"message": "405 Method Not Allowed"}
AGAIN = "see that the advisories can be reached, and look again, with: make audit"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(audit, "PROJECT", tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def answer(project: Path, python: object, npm: object) -> None:
    """What pip-audit and npm will say."""
    for place, says in ((".venv/audit/bin/python", python), ("bin/npm", npm)):
        program = project / place
        program.parent.mkdir(parents=True, exist_ok=True)
        text = says if isinstance(says, str) else json.dumps(says)
        program.write_text(f"#!/bin/sh\necho 'no route' >&2\ncat <<'END'\n{text}\nEND\n")
        program.chmod(0o755)


def said(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = audit.main([])
    captured = capsys.readouterr()
    return code, (captured.out + captured.err).splitlines()


def test_nothing_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(project, CLEAN_PYTHON, CLEAN_NPM)
    assert said(capsys) == (
        0,
        ["audit: Python: 0 advisories, 0 accepted", "audit: npm: 0 advisories, 0 accepted"],
    )


def test_each_advisory_is_told_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(project, FOUND_PYTHON, FOUND_NPM)
    assert said(capsys) == (
        1,
        [
            "audit: Python: 1 advisories, 0 accepted",
            "audit: npm: 1 advisories, 0 accepted",
            "  flask 3.1.3: PYSEC-2026-1: mended in 3.1.4",
            "  semver <7: GHSA-a-b: slow",
        ],
    )


def test_an_accepted_advisory_is_counted_only(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(project, CLEAN_PYTHON, FOUND_NPM)
    (project / "pyproject.toml").write_text(
        '[[tool.netflux.audit.accept]]\nadvisory = "GHSA-a-b"\nreason = "runs at synth only"\n'
    )
    assert said(capsys) == (
        0,
        ["audit: Python: 0 advisories, 0 accepted", "audit: npm: 0 advisories, 1 accepted"],
    )


@pytest.mark.parametrize(
    ("python", "npm", "lines"),
    [
        (
            SKIPPED_PYTHON,
            CLEAN_NPM,
            [
                "audit: npm: 0 advisories, 0 accepted",
                "audit: Python: NOT CHECKED: PyPI's advisories do not know 1 of 2 packages; "
                f"{AGAIN}",
            ],
        ),
        (
            "",
            NO_NPM,
            [
                f"audit: Python: NOT CHECKED: no route; {AGAIN}",
                f"audit: npm: NOT CHECKED: 405 Method Not Allowed; {AGAIN}",
            ],
        ),
        (
            {"dependencies": []},
            [],
            [
                f"audit: Python: NOT CHECKED: pip-audit looked at no package; {AGAIN}",
                f"audit: npm: NOT CHECKED: []; {AGAIN}",
            ],
        ),
    ],
    ids=["a skipped package", "no database", "no answer"],
)
def test_what_was_not_looked_up_is_no_pass(
    python: object,
    npm: object,
    lines: list[str],
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer(project, python, npm)
    assert said(capsys) == (3, lines)


def test_a_finding_counts_more_than_a_check_that_was_not_made(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(project, FOUND_PYTHON, NO_NPM)
    assert said(capsys)[0] == 1


def test_pip_audit_that_is_not_installed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(project, CLEAN_PYTHON, CLEAN_NPM)
    (project / ".venv/audit/bin/python").unlink()
    code, lines = said(capsys)
    assert code == 3
    assert lines[-1] == (
        f"audit: Python: NOT CHECKED: .venv/audit/bin/python was not found; {AGAIN}"
    )


def test_nothing_is_accepted_without_a_reason(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text(
        '[[tool.netflux.audit.accept]]\nadvisory = "GHSA-a-b"\n'
    )
    assert said(capsys) == (
        1,
        [
            "pyproject.toml: 'tool.netflux.audit.accept[0]' must have both"
            " (got {'advisory': 'GHSA-a-b'}); write advisory = \"GHSA-...\" and reason = \"...\""
        ],
    )
