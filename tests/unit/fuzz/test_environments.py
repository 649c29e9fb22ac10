"""Random environments, whose every argument may be anything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import environments
from constructs_lib import catalogue
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.service import Service
from tests.unit.fuzz.test_catalogues import SENTENCE, fuzz
from tests.unit.fuzz.values import ODD, argument
from tests.unit.synthesis import PROD


@st.composite
def odd_environments(draw: st.DrawFn) -> list[Any]:
    found: list[Any] = []
    for number in range(draw(st.integers(1, 2))):
        given = dict(PROD.given)
        if number:
            given |= {"name": "other", "state_bucket": "other", "name_prefix": "other-"}
        names = sorted(Environment.declared)
        for name in draw(st.lists(st.sampled_from(names), max_size=3, unique=True)):
            given[name] = draw(argument(Environment.declared[name]))
        if draw(st.integers(0, 9)) == 0:
            given["acount_id"] = draw(ODD)
        found.append(Environment(**given) if draw(st.integers(0, 19)) else draw(ODD))
    return found


@fuzz(400)
@given(entries=odd_environments())
def test_an_odd_environment_is_taken_or_every_mistake_is_named(entries: list[Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environments, "ENVIRONMENTS", entries)
        sentences = said_of()
    for sentence in sentences:
        assert sentence.isprintable()
        assert SENTENCE.fullmatch(sentence), sentence


def said_of() -> list[str]:
    services = [Service(name="a"), Service(name="b", secrets={"A": "/x"})]
    try:
        names = environments.names()
        environment = environments.named(names[0])
        catalogue.check(services, environment, names)
    except InvalidInput as wrong:
        return wrong.sentences or ["InvalidInput without a sentence"]
    catalogue.warned(services, environment)
    return []
