"""Plans with anything at all in them: reviewed, or refused, and never a traceback."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from tests.plans.recorded import NAMES, plan_file
from tools.review.fingerprint import meaning
from tools.review.machine import machine
from tools.review.markdown import markdown
from tools.review.plan_file import Unusable, parse_plan
from tools.review.report import ALL_RULES, Report, stack_of
from tools.review.sarif import sarif
from tools.review.settings import Settings
from tools.review.terminal import terminal
from tools.review.web_page import web_page

ANYTHING: list[Any] = [
    *(None, True, False, 0, -1.5, "", "x", [], {}, [[]], [None], [{}], {"a": None}, {"": [1]}),
    *("{}", "[]", '{"Statement": 1}', '{"Statement": [{"Effect": 1, "Principal": {"AWS": 2}}]}'),
    *('[{"name": 1}]', '[{"name": "a"}, {"name": "a"}]', "[1]", '{"Statement": []}', "null"),
    *('[{"environment": [{"name": [], "value": {}}]}]', '[{"logConfiguration": 1, "image": {}}]'),
    *(["create"], ["delete", "create"], ["forget"], {"true": True}, "\ud800", "\u202e`|<b>"),
]


def places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Every place in a document: what it is in, and its key or index."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        found.append((value, key))
        if isinstance(item, dict | list):
            places(item, found)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_with_anything_in_it_is_reviewed_or_refused(name: str) -> None:
    chance = random.Random(name)
    document = json.loads(plan_file(name).read_text())
    for part in ("planned_values", "prior_state", "relevant_attributes"):
        document.pop(part, None)
    document["planned_values"] = {}
    text = json.dumps(document)
    for _ in range(15):
        document = json.loads(text)
        for _ in range(chance.choice((1, 1, 2, 5))):
            parent, key = chance.choice(places(document, []))
            parent[key] = copy.deepcopy(chance.choice(ANYTHING))
        try:
            plan = parse_plan(json.dumps(document).encode(), "x.json", "x")
        except Unusable:
            continue
        stack = stack_of(plan, [plan], Settings(), ALL_RULES)
        report = Report([stack], meaning([plan]), "")
        for view in (markdown, terminal, machine, sarif, web_page):
            view(report).encode()
