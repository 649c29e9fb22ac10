"""What is to be typed stays in the same environment."""

from __future__ import annotations

import pytest

from constructs_lib.commands import cdktf_command, tool_command


def test_without_an_environment_it_is_the_command_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    assert cdktf_command("deploy", "iam") == "npx cdktf deploy iam"
    assert tool_command("adopt iam") == ".venv/bin/python -m tools.adopt iam"


def test_the_environment_comes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETFLUX_ENV", "local")
    assert cdktf_command("deploy", "iam") == "NETFLUX_ENV=local npx cdktf deploy iam"
    assert tool_command("adopt iam") == "NETFLUX_ENV=local .venv/bin/python -m tools.adopt iam"
