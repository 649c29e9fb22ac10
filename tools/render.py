"""`python -m tools.render SERVICE`: the RegisterTaskDefinition JSON of a service, as registered."""

from __future__ import annotations

import json
import sys

from constructs_lib import catalogue
from constructs_lib.definition import rendered
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.nearest import instead
from tools.command_line import Command


def main(arguments: list[str] | None = None) -> int:
    """Prints the JSON; 1 and a sentence a mistake when there is no such service, or it is wrong."""
    parser = Command(
        prog="python -m tools.render",
        description="Prints the RegisterTaskDefinition JSON of a service of services.py, exactly"
        " what will be registered in the environment of NETFLUX_ENV, but for that environment's"
        " tags, which the provider adds.",
    )
    parser.add_argument("service", metavar="SERVICE", help="the name of a service")
    name = parser.parse_args(arguments).service
    try:
        environment, services = catalogue.of_project()
        found = {str(service.name): service for service in services}
        if name not in found:
            rule, cure = "must be a service of services.py", instead(name, found)
            raise InvalidInput.of("render", [Problem("SERVICE", rule, name, cure)])
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return 1
    print(json.dumps(rendered(found[name], environment), indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
