"""The settings in pyproject.toml, and one sentence for a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.review.settings import Acceptance, Settings, WrongSettings, read_settings

PROJECT = Path(__file__).resolve().parents[4]


def read(text: str, folder: Path) -> Settings:
    file = folder / "pyproject.toml"
    file.write_text(text)
    return read_settings(file)


def test_without_any_the_rules_decide(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()
    assert read("[project]\nname = 'x'\n", tmp_path) == Settings()


def test_they_are_read(tmp_path: Path) -> None:
    found = read(
        """
        [tool.netflux.review]
        fail_on = "warning"
        [tool.netflux.review.severity]
        mutable-tag = "off"
        [[tool.netflux.review.accept]]
        rule = "drift"
        stack = "iam"
        reason = "known"
        [[tool.netflux.review.accept]]
        rule = "CKV_AWS_1"
        reason = "no"
        """,
        tmp_path,
    )
    assert found.fail_on == "warning"
    assert found.severities == {**Settings().severities, "mutable-tag": "off"}
    assert found.accepted == (
        Acceptance("drift", "known", "iam"),
        Acceptance("CKV_AWS_1", "no"),
    )


WRONG = {
    "a key": ("[tool.netflux.review]\nfail = 1", "key: must be one of fail_on, severity, accept"),
    "a rule": ("[tool.netflux.review.severity]\nx = 'off'", ".severity, key: must be one of log-"),
    "a severity": (
        "[tool.netflux.review.severity]\ndrift = 'bad'",
        ".severity.drift: must be one of error, warning, note, off (got 'bad')",
    ),
    "a gate": (
        "[tool.netflux.review]\nfail_on = 1",
        ".fail_on: must be one of error, warning, note, never (got 1)",
    ),
    "an acceptance without a reason": (
        "[[tool.netflux.review.accept]]\nrule = 'drift'",
        ".accept[0].reason: is required",
    ),
    "an empty reason": (
        "[[tool.netflux.review.accept]]\nrule = 'drift'\nreason = ' '",
        ".accept[0].reason: is required",
    ),
    "an acceptance of no rule": (
        "[[tool.netflux.review.accept]]\nrule = 'x'\nreason = 'y'",
        ".accept[0].rule: must be one of",
    ),
    "a reason that is no text": (
        "[[tool.netflux.review.accept]]\nrule = 'drift'\nreason = 1",
        ".accept[0].reason: must be text (got 1)",
    ),
    "an acceptance that is no list": ("[tool.netflux.review]\naccept = 1", ".accept: must be"),
    "no table": ("[tool.netflux]\nreview = 1", ": must be a table (got 1)"),
    "no table above it": ("[tool]\nnetflux = 1", ": must be a table"),
    "no TOML": ("[", "cannot be read"),
    "lists in lists": ("x = " + "[" * 100_000, "cannot be read"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_one_is_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as raised:
        read(text, tmp_path)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as raised:
        read(
            """
            [tool.netflux.review]
            fail_on = "never ever"
            severity.drift = "bad"
            accept = [{ rule = "drift", stacks = "iam" }, 7, { rule = 1, reason = "known" }]
            """,
            tmp_path,
        )
    place, cure = f"{tmp_path}/pyproject.toml: tool.netflux.review", "write it as in docs/review.md"
    assert str(raised.value).splitlines() == [
        f"{place}.severity.drift: must be one of error, warning, note, off (got 'bad'); {cure}",
        f"{place}.fail_on: must be one of error, warning, note, never (got 'never ever');"
        " write 'never'",
        f"{place}.accept[0], key: must be one of rule, reason, stack, address (got 'stacks');"
        " write 'stack'",
        f"{place}.accept[0].reason: is required; {cure}",
        f"{place}.accept[1]: must be a table (got 7); {cure}",
        f"{place}.accept[2].rule: must be text (got 1); {cure}",
    ]


def test_the_projects_own_are_right() -> None:
    read_settings(PROJECT / "pyproject.toml")
