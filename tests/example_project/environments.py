"""Where it runs: one place."""

from constructs_lib.environment import Environment

KITCHEN = Environment(
    name="kitchen",
    account_id="210987654321",
    region="eu-west-3",
    state_bucket="kitchen-states",
    tags={"team": "kitchen"},
)


def names() -> list[str]:
    return [KITCHEN.name]


def selected() -> Environment:
    return KITCHEN
