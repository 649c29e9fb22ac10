"""`python -m tools.new SERVICE`: a new microservice, as an entry of services.py and its test.

The entry is the name alone, so the service is what the console's walk chose; services.py stays as
it is otherwise. The test in tests/unit/services, with a JSON file beside it, says what the entry
makes. All are written, or none. Exit codes: 0, 1 when it cannot be, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from constructs_lib import catalogue, user_files
from constructs_lib.commands import cdktf_command
from constructs_lib.errors import InvalidInput, Problem
from constructs_lib.service import Service
from tools.command_line import Parser
from tools.ending import ended
from tools.service_test import add_with_test, code_file, service_test


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the files and says what to do next, or a sentence a mistake."""
    parser = Parser(
        prog="python -m tools.new",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("service", metavar="SERVICE", help="a name that no service has yet")
    service = Service(name=parser.parse_args(arguments).service)
    return ended("new", lambda: _add(service), stopped="stopped; nothing is written")


def _add(service: Service) -> int:
    _check(service)
    project: Path = user_files.held("environments", "PROJECT")
    test = service_test(service.name)
    add_with_test(project, service, test)
    code, golden = test
    print(
        f"services.py: has {service.name} as its last entry",
        f"{code}: its test, which compares",
        f"{golden}: what that entry makes",
        "",
        "next:",
        "  say in services.py what is different, if anything (docs/arguments.md), then",
        f"  make golden     # writes {golden.name} anew",
        "  make test-unit",
        f"  {cdktf_command('deploy', service.name)}   # iam first, if it names secrets",
        "or to take it back: delete the entry and both files, then make picture",
        sep="\n",
    )
    return 0


def _check(service: Service) -> None:
    """Refuses a name that synth would refuse beside the services that are there.

    Raises:
        InvalidInput: a sentence a mistake.
    """
    if not service.name:
        cure = "name it, as in: make new SERVICE=rating-service"
        problem = Problem("SERVICE", "must be the name of a service", service.name, cure)
        raise InvalidInput.of("new", [problem])
    services = user_files.held("services", "SERVICES")
    environment = user_files.held("environments", "selected")()
    known = user_files.held("environments", "names")()
    catalogue.check(services, environment, known)
    try:
        catalogue.check([*services, service], environment, known)
    except InvalidInput as wrong:
        # A name that tells nothing is told by its entry, which is not there.
        entry = f"services.py, entry {len(services) + 1}: "
        said = (
            sentence.replace(entry, "new: ", 1) if sentence.startswith(entry) else sentence
            for sentence in wrong.sentences
        )
        raise InvalidInput(list(said)) from None
    for other in services:
        if code_file(other.name) == code_file(service.name):
            rule = f"must differ from {other.name} in more than - and _, for the file of its test"
            problem = Problem("SERVICE", rule, service.name, "choose another")
            raise InvalidInput.of("new", [problem])


if __name__ == "__main__":
    sys.exit(main())
