"""What has been worked out of a service once, as the check and every stack ask for the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from constructs_lib.environment import Environment
from constructs_lib.service import Service

Of = TypeVar("Of")


def remembered(
    function: Callable[[Service, Environment], Of],
) -> Callable[[Service, Environment], Of]:
    """`function`, which remembers its answer for the environment that was asked for last.

    The answer is kept with the service, and is for reading only.
    """

    @wraps(function)
    def looked_up(service: Service, environment: Environment) -> Of:
        memory = vars(service).setdefault("_remembered", {})
        known = memory.get(function)
        if known is None or known[0] is not environment:
            known = memory[function] = (environment, function(service, environment))
        answer: Of = known[1]
        return answer

    return looked_up
