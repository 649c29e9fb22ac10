"""The catalogue of this project."""

from __future__ import annotations

import pytest

from constructs_lib import catalogue
from constructs_lib.environment import Environment
from constructs_lib.service import Service
from environments import ENVIRONMENTS
from services import SERVICES


def test_the_two_services_of_the_walk_by_their_names_alone() -> None:
    for name in ("movie-service", "customer-service"):
        assert Service(name=name) in SERVICES


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda environment: environment.name)
def test_the_catalogue_is_good_in_every_environment(environment: Environment) -> None:
    catalogue.check(SERVICES, environment)
    assert catalogue.warned(SERVICES, environment) == []
