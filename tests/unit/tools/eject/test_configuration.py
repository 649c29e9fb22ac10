"""Whole configurations; alignment is Terraform's, so runs of spaces count as one here."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.golden import eject as golden
from tools.eject.configuration import files
from tools.eject.shapes import Shapes
from tools.refused import Refused


def _spaces(text: str) -> str:
    return re.sub(r"(?<=\S) +", " ", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE))


def _attributes(**types: Any) -> dict[str, Any]:
    return {name: {"type": type} for name, type in types.items()}


def _blocks(**inside: Any) -> dict[str, Any]:
    return {name: {"nesting_mode": "set", "block": block} for name, block in inside.items()}


INGRESS = {"attributes": {}, "block_types": _blocks(source={"attributes": {}})}
SCHEMAS = {
    "registry.terraform.io/hashicorp/aws": {
        "provider": {"block": {"block_types": _blocks(assume_role={})}},
        "resource_schemas": {
            "aws_group": {
                "block": {
                    "attributes": _attributes(arn="string", port="number"),
                    "block_types": {
                        **_blocks(ingress=INGRESS, timeouts={}),
                        "by_name": {"nesting_mode": "map", "block": {}},
                    },
                }
            }
        },
        "data_source_schemas": {
            "aws_group": {"block": {"block_types": _blocks(filter={}), "attributes": {}}}
        },
    }
}


def _main(content: dict[str, Any], file: str = "main.tf") -> str:
    return _spaces(files(content, Shapes(SCHEMAS))[file])


def _group(**body: Any) -> str:
    written = _main({"resource": {"aws_group": {"a": body}}})
    start, end = 'resource "aws_group" "a" {\n', "}\n"
    assert written.startswith(start)
    assert written.endswith(end)
    return re.sub("^  ", "", written[len(start) : -len(end)], flags=re.MULTILINE)


@pytest.mark.parametrize("name", golden.STACKS)
def test_the_stacks_are_as_in_their_golden_files(name: str) -> None:
    """When the change is wanted: make golden, and read the difference."""
    text = (golden.FOLDER / f"{name}.prod.tf").read_text("utf-8")
    assert _spaces(golden.hcl(name)) == _spaces(text)


def test_arguments_come_before_blocks_and_what_it_depends_on_last() -> None:
    assert _group(
        depends_on=["aws_group.b", "data.aws_group.c"],
        ingress=[{"source": {"id": 1}}, {"source": []}],
        lifecycle={"ignore_changes": ["tags", "ingress[0]"]},
        name="a",
        provider="aws.west",
        timeouts={"create": "5m"},
        count=2,
    ) == (
        "count = 2\n"
        "provider = aws.west\n"
        'name = "a"\n'
        "\n"
        "ingress {\n"
        "  source {\n"
        "    id = 1\n"
        "  }\n"
        "}\n"
        "\n"
        "ingress {}\n"
        "\n"
        "lifecycle {\n"
        "  ignore_changes = [tags, ingress[0]]\n"
        "}\n"
        "\n"
        "timeouts {\n"
        '  create = "5m"\n'
        "}\n"
        "\n"
        "depends_on = [aws_group.b, data.aws_group.c]\n"
    )


def test_values_of_every_kind() -> None:
    assert _group(
        a=None,
        b=[True, Decimal("1.50"), 10**30, Decimal("1E-9"), -1],
        c={"for": 1, "a-b": "", "": {}, "${x}!": "${x}"},
        d="${merge(\n{}, {})}",
        e=["x" * 80],
        f=[["a"], []],
    ) == (
        "a = null\n"
        "b = [true, 1.50, 1000000000000000000000000000000, 1e-9, -1]\n"
        "c = {\n"
        '  "for" = 1\n'
        '  "a-b" = ""\n'
        '  "" = {}\n'
        '  "${x}!" = x\n'
        "}\n"
        "d = (merge(\n"
        "{}, {}))\n"
        "e = [\n"
        f'  "{"x" * 80}",\n'
        "]\n"
        'f = [["a"], []]\n'
    )


def test_references_in_json_are_bare_where_they_are_strings_for_sure() -> None:
    policy = (
        '{"b":"${aws_group.b.arn}","a":["${aws_group.b.port}","${upper(\\"x\\")}"],'
        '"c":"arn:${aws_group.b.arn}:\\"$${x}\\"","n":${aws_group.b.port}}'
    ).replace('\\"x\\"', "x")
    assert _group(policy=policy) == (
        "policy = jsonencode({\n"
        "  b = aws_group.b.arn\n"
        "  a = [tostring(aws_group.b.port), tostring(upper(x))]\n"
        '  c = "arn:${aws_group.b.arn}:\\"$${x}\\""\n'
        "  n = jsondecode(aws_group.b.port)\n"
        "})\n"
    )


def test_json_of_which_the_text_counts_is_left_as_it_is() -> None:
    assert _group(description='{"b": 1, "a": 2}', tags={"t": '{"a":1}'}) == (
        'description = "{\\"b\\": 1, \\"a\\": 2}"\n'
        "tags = {\n  t = jsonencode({\n    a = 1\n  })\n}\n"
    )


def test_dynamic_blocks_provisioners_and_labelled_blocks() -> None:
    assert _group(
        by_name={"x": {"a": 1}, "y": {}},
        dynamic={
            "ingress": {
                "content": {"source": {"id": "${each.value}"}},
                "for_each": "${var.ids}",
                "iterator": "each",
            }
        },
        provisioner=[{"local-exec": {"command": "echo", "when": "destroy"}}],
    ) == (
        'by_name "x" {\n'
        "  a = 1\n"
        "}\n"
        "\n"
        'by_name "y" {}\n'
        "\n"
        'dynamic "ingress" {\n'
        "  for_each = var.ids\n"
        "  iterator = each\n"
        "\n"
        "  content {\n"
        "    source {\n"
        "      id = each.value\n"
        "    }\n"
        "  }\n"
        "}\n"
        "\n"
        'provisioner "local-exec" {\n'
        '  command = "echo"\n'
        "  when = destroy\n"
        "}\n"
    )


def test_each_kind_of_block_has_its_file() -> None:
    written = files(
        {
            "//": {"metadata": {}},
            "data": {"aws_group": {"a": {"//": {}, "filter": [{"name": "n"}]}}},
            "import": [{"id": "i-1", "to": "aws_group.a"}],
            "locals": {"a": "${1 + 1}"},
            "moved": [{"from": "aws_group.z", "to": "aws_group.a"}],
            "output": {"o": {"description": "${text}", "sensitive": True, "value": "${local.a}"}},
            "provider": {"aws": [{"region": "eu"}, {"alias": "w", "assume_role": {"r": "${x}"}}]},
            "removed": {"from": "aws_group.y", "lifecycle": {"destroy": False}},
            "terraform": {"backend": {"remote": {"workspaces": {"name": "${text}"}}}},
            "variable": {"v": {"default": "${text}", "type": "list(string)"}},
        },
        Shapes(SCHEMAS),
    )
    assert {name: _spaces(text) for name, text in written.items()} == {
        "main.tf": (
            'data "aws_group" "a" {\n  filter {\n    name = "n"\n  }\n}\n\n'
            'import {\n  id = "i-1"\n  to = aws_group.a\n}\n\n'
            "locals {\n  a = 1 + 1\n}\n\n"
            "moved {\n  from = aws_group.z\n  to = aws_group.a\n}\n\n"
            "removed {\n  from = aws_group.y\n\n  lifecycle {\n    destroy = false\n  }\n}\n"
        ),
        "outputs.tf": (
            'output "o" {\n  description = "$${text}"\n  sensitive = true\n  value = local.a\n}\n'
        ),
        "providers.tf": (
            'provider "aws" {\n  region = "eu"\n}\n\n'
            'provider "aws" {\n  alias = "w"\n\n  assume_role {\n    r = x\n  }\n}\n'
        ),
        "terraform.tf": (
            'terraform {\n  backend "remote" {\n    workspaces {\n      name = "$${text}"\n'
            "    }\n  }\n}\n"
        ),
        "variables.tf": 'variable "v" {\n  default = "$${text}"\n  type = list(string)\n}\n',
    }


def test_a_block_without_a_way_is_said() -> None:
    with pytest.raises(Refused, match=r"^the block 'check' has no known way into HCL; "):
        files({"check": {"c": {}}}, Shapes({}))
