"""`python -m tools.convert FILE`: a task definition file through the constructs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from constructs_lib import catalogue, user_files
from constructs_lib.definition import rendered
from constructs_lib.definition_json import ONE_DEFINITION, read_file
from constructs_lib.definition_rules import definition_findings
from constructs_lib.definition_warnings import definition_warnings
from constructs_lib.environment import Environment
from constructs_lib.errors import READABLE, InvalidInput, one_line
from constructs_lib.findings import Definition
from constructs_lib.service import Service
from constructs_lib.service_from_definition import service_from_definition
from tools.catalogue_entry import catalogue_entry, import_line, imports
from tools.command_line import Command


def main(arguments: list[str] | None = None) -> int:
    """Prints the definition or the entry; 1 and a sentence a reason when the file is refused."""
    parser = Command(
        prog="python -m tools.convert",
        description="Takes a task definition file, as AWS registers or describes it, through the"
        " constructs: out again as RegisterTaskDefinition JSON, or as an entry of services.py."
        " A file that AWS or the provider would refuse is refused, with a sentence a reason.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the JSON file")
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument("--json", action="store_true", help="print the JSON that is registered")
    form.add_argument(
        "--python",
        action="store_true",
        help="print the entry of the catalogue, below what it imports",
    )
    chosen = parser.parse_args(arguments)
    try:
        environment = user_files.held("environments", "selected")()
        definition = read(chosen.file)
        service = service_from_definition(definition, environment)
    except InvalidInput as refused:
        print(*refused.sentences, sep="\n", file=sys.stderr)
        return 1
    for warning in definition_warnings(definition):
        print(f"warning: {warning.sentence(one_line(str(chosen.file)))}", file=sys.stderr)
    if chosen.json:
        print(json.dumps(rendered(service, environment), indent=2, ensure_ascii=False))
    else:
        refused_there = _refused_in_services(service, environment)
        if refused_there:
            told = "warning: services.py refuses this entry as it is; mend what follows in it"
            reasons = (f"warning: {each}" for each in refused_there)
            print(told, *reasons, sep="\n", file=sys.stderr)
        lines = (import_line(module, names) for module, names in sorted(imports(service).items()))
        print(*lines, "", f"{catalogue_entry(service)},", sep="\n")
    return 0


def _refused_in_services(service: Service, environment: Environment) -> list[str]:
    """What only an entry may not have, such as a role that cannot read its secrets."""
    try:
        catalogue.check([service], environment, user_files.held("environments", "names")())
    except InvalidInput as refused:
        return list(refused.sentences)
    return []


def read(file: Path) -> Definition:
    """The definition of a file.

    Raises:
        InvalidInput: the file cannot be read, or its definition is one that AWS or the provider
            would refuse, with a sentence a reason.
    """
    owner = one_line(str(file))
    try:
        definition = read_file(file, owner)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", error)
        raise InvalidInput([f"{owner}: cannot be read: {reason}; {READABLE}"]) from None
    if definition.keys().isdisjoint(("family", "containerDefinitions")):
        raise InvalidInput(
            [f"{owner}: has neither family nor containerDefinitions; {ONE_DEFINITION}"]
        )
    findings = definition_findings(definition)
    if findings:
        raise InvalidInput(finding.sentence(owner) for finding in findings)
    return definition


if __name__ == "__main__":
    sys.exit(main())
