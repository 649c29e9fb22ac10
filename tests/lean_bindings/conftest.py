from __future__ import annotations

from pathlib import Path

import pytest

from tests.lean_bindings.fake_provider import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose main.py uses two of the fake provider's four submodules."""
    return Project(tmp_path)
