"""Writes the shape of RegisterTaskDefinition, as botocore has it, into `constructs_lib/`.

botocore is needed here, at development time, and nowhere at run time.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tools.command_line import Command
from tools.generated_file import written_or_current

MODULE = (
    Path(__file__).parents[1] / "constructs_lib" / "generated" / "register_task_definition_model.py"
)
REQUEST = "RegisterTaskDefinitionRequest"
TOOL = "tools.task_definition_model"

HEADER = '''\
"""RegisterTaskDefinition's shape. Generated: do not edit; run `python -m {tool}`.

From the `ecs` service model of botocore {version}. Each structure has its members; a member is
`string`, `integer`, `boolean`, `=one|two` (an enumeration), the name of a structure, `[what]`
(a list), or `{{what}}` (a map from strings). `!` marks a required one.
"""

# ruff: noqa: E501

from __future__ import annotations

REQUEST = "{request}"

#: What DescribeTaskDefinition returns and RegisterTaskDefinition does not take.
DESCRIBE_ONLY = (
{describe_only})

STRUCTURES: dict[str, dict[str, str]] = {{
'''


def structures(model: Any) -> dict[str, dict[str, str]]:
    """Every structure that the request leads to, the request first, in the order of the model."""
    found: dict[str, dict[str, str]] = {}
    waiting = [model.shape_for(REQUEST)]
    while waiting:
        shape = waiting.pop(0)
        if shape.name in found:
            continue
        found[shape.name] = {
            name: written(member) + "!" * (name in shape.required_members)
            for name, member in shape.members.items()
        }
        waiting += [inner for member in shape.members.values() for inner in inside(member)]
    return found


def written(shape: Any) -> str:
    if shape.type_name == "list":
        return f"[{written(shape.member)}]"
    if shape.type_name == "map":
        return f"{{{written(shape.value)}}}"
    if shape.type_name == "structure":
        return str(shape.name)
    if shape.type_name == "string" and shape.enum:
        return "=" + "|".join(shape.enum)
    return str(shape.type_name)


def inside(shape: Any) -> list[Any]:
    """The structures that a member is made of."""
    if shape.type_name == "list":
        return inside(shape.member)
    if shape.type_name == "map":
        return inside(shape.value)
    return [shape] if shape.type_name == "structure" else []


def module() -> str:
    """The text of the generated module."""
    import botocore
    import botocore.session

    model = botocore.session.get_session().get_service_model("ecs")
    taken = model.shape_for(REQUEST).members
    returned = model.shape_for("TaskDefinition").members
    header = HEADER.format(
        tool=TOOL,
        version=botocore.__version__,
        request=REQUEST,
        describe_only="".join(f'    "{name}",\n' for name in returned if name not in taken),
    )
    lines = [header]
    for structure, members in structures(model).items():
        lines.append(f'    "{structure}": {{\n')
        for name, kind in members.items():
            lines.append(f'        "{name}": "{kind}",\n')
        lines.append("    },\n")
    lines.append("}\n")
    return "".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Writes the module; with --check, 1 when it is stale."""
    parser = Command(prog=f"python -m {TOOL}", description=__doc__.splitlines()[0])
    if written_or_current(parser, arguments, MODULE, module):
        return 0
    print(f"{MODULE.name} is stale; write it with: .venv/bin/python -m {TOOL}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
