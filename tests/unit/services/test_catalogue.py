"""The catalogue of this project, whatever it is."""

from __future__ import annotations

import pytest

import environments
from constructs_lib import catalogue
from services import SERVICES


@pytest.mark.parametrize("environment", environments.names())
def test_it_is_good_in_every_environment(environment: str) -> None:
    catalogue.check(SERVICES, environments.named(environment), environments.names())
