"""A mistake in services.py or environments.py is told as its sentences, not as a traceback."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from constructs_lib.errors import InvalidInput


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    said = []
    try:
        yield
    except InvalidInput as wrong:
        said = wrong.sentences
    if said:
        pytest.fail("\n".join(said), pytrace=False)
