"""What Terraform's JSON says, and what the HCL made from it says, to Terraform itself."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.local_aws.conftest import Project
from tools.eject.configuration import files
from tools.eject.shapes import Shapes
from tools.prerequisites import terraform_program

pytestmark = pytest.mark.integration

TEXTS = ("$", "%", "{", "}", "$$", "%%", "${", "%{", '"', "\\", "\n", "\r\n", "\t", "#", "//", "~")
MORE_TEXTS = ("a", " ", "\\n", "é", "漢😀", "\u200b\ufeff", "\x01\x7f", "<&>", "e\u0301", "]")
SEQUENCES = (
    "${local.x}",
    '${"}"}',
    '${"${"nested"}"}',
    "a${~ local.x ~}b",
    '${join("\\n", ["a\\"", local.x])}',
    "${1 + 1}",
    " %{if true}yes%{else}no%{endif}",
    "${\nlocal.x\n}",
)
LOCALS = {
    "x": 'a "local" value',
    "list": [1, "${local.x}", 1.50, 1e30, None],
    "object": {"${local.x}?": None, "for": True, "": {}, "a b": [], "null": 1, "it-s": "${1}"},
}


def _literal(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")


def _text(chance: random.Random) -> str:
    return "".join(chance.choices(TEXTS + MORE_TEXTS, k=chance.randrange(8)))


def _template(chance: random.Random) -> str:
    sequences = chance.choices(SEQUENCES, k=chance.randrange(4))
    return "".join(_literal(_text(chance)) + each for each in (*sequences, ""))


def _json(chance: random.Random, depth: int = 3) -> Any:
    if depth and chance.random() < 0.6:
        items = [_json(chance, depth - 1) for _ in range(chance.randrange(4))]
        return items if chance.random() < 0.5 else {_text(chance): item for item in items}
    return chance.choice([_text(chance), None, True, 0, -7, 10**30, 1.25, 1e-9, 1e30])


def _json_text(chance: random.Random) -> str:
    value = {"all": _json(chance), "of": [_json(chance)]}
    written = json.dumps(
        value,
        ensure_ascii=chance.random() < 0.3,
        sort_keys=chance.random() < 0.5,
        separators=(",", ":") if chance.random() < 0.7 else None,
    )
    return _literal(written)


def _said(folder: Path, *commands: str, environment: Mapping[str, str] = os.environ) -> Any:
    """What the last of some Terraform commands says, as JSON."""
    terraform = terraform_program(environment)
    said = ""
    for command in commands:
        done = subprocess.run(
            [terraform, *command.split()],
            cwd=folder,
            env=dict(environment),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said = done.stdout
    return json.loads(said)


def _outputs(folder: Path) -> dict[str, Any]:
    commands = ("init -no-color", "apply -auto-approve -input=false -no-color", "output -json")
    return {name: each["value"] for name, each in _said(folder, *commands).items()}


@pytest.mark.usefixtures("_terraform")
@pytest.mark.parametrize("seed", range(3))
def test_strings_are_what_they_were(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    strings = [_template(chance) for _ in range(150)] + [_json_text(chance) for _ in range(100)]
    content = {
        "terraform": {"backend": {"local": {"path": "it.tfstate"}}},
        "locals": LOCALS,
        "output": {
            "locals": {
                "value": {"//": "no comment", "all": "${jsonencode([local.list, local.object])}"}
            },
            **{f"o{n}": {"value": string} for n, string in enumerate(strings)},
        },
    }
    (tmp_path / "json").mkdir()
    (tmp_path / "hcl").mkdir()
    (tmp_path / "json" / "it.tf.json").write_text(json.dumps(content))
    for name, text in files(content, Shapes({})).items():
        (tmp_path / "hcl" / name).write_text(text)
    assert _outputs(tmp_path / "hcl") == _outputs(tmp_path / "json")
    assert "jsonencode({" in (tmp_path / "hcl" / "outputs.tf").read_text()


AWKWARD = '${upper("a}")} $${b} "quoted" back\\slash\nnew <>& é 漢 😀'
BLOCKS: dict[str, Any] = {
    "data": {
        "aws_iam_policy_document": {
            "d": {
                "statement": [
                    {
                        "actions": ["s3:*"],
                        "resources": ["*"],
                        "condition": {"test": "Bool", "variable": "a:b", "values": ["$${c}"]},
                    },
                    {"actions": ["ecs:*"], "resources": ["*"], "effect": "Deny"},
                ]
            }
        }
    },
    "resource": {
        "aws_iam_role": {
            "r": {
                "assume_role_policy": "${data.aws_iam_policy_document.d.json}",
                "description": AWKWARD,
                "inline_policy": [
                    {"name": "a", "policy": '{"Statement": [{"Sid": "$${x} <1>"}]}'},
                    {"name": "b", "policy": '{"Resource": "${aws_s3_bucket.b.arn}/*"}'},
                ],
                "lifecycle": {"ignore_changes": ["tags"], "create_before_destroy": True},
                "tags": {"//": "no comment", "a b": AWKWARD, "json": '{"a":[1,"<"]}'},
            }
        },
        "aws_iam_policy": {
            "p": {
                "name": "p",
                "policy": '{"Statement": [{"Sid": "${local.number}", "N": ${local.number}, '
                '"Resource": "${aws_s3_bucket.b.arn}"}]}',
            }
        },
        "aws_s3_bucket": {
            "b": {
                "bucket": "some-bucket",
                "provider": "aws.west",
                "timeouts": {"create": "5m"},
                "depends_on": ["aws_security_group.g"],
            }
        },
        "aws_s3_bucket_lifecycle_configuration": {
            "l": {
                "bucket": "${aws_s3_bucket.b.bucket}",
                "rule": [
                    {
                        "id": "1",
                        "status": "Enabled",
                        "filter": [{"and": [{"prefix": "a", "tags": {"b": "c"}}]}],
                        "expiration": [{"days": 1}],
                    }
                ],
            }
        },
        "aws_security_group": {
            "g": {
                "name": "g",
                "count": 2,
                "ingress": [
                    {
                        **dict.fromkeys(("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids")),
                        **{"description": None, "security_groups": None, "self": None},
                        **{"from_port": 1, "to_port": 2, "protocol": "tcp"},
                    }
                ],
            }
        },
        "aws_autoscaling_group": {
            "a": {
                "min_size": 1,
                "max_size": 1,
                "availability_zones": ["us-east-1a"],
                "dynamic": {
                    "tag": {
                        "for_each": '${{ a = "1", b = "2" }}',
                        "iterator": "it",
                        "content": {
                            "key": "${it.key}",
                            "value": "${it.value}$",
                            "propagate_at_launch": True,
                        },
                    }
                },
                "launch_template": {"id": "lt-1"},
            }
        },
    },
    "locals": {"number": 5},
    "output": {
        "o": {
            "value": "${aws_security_group.g[*].name}",
            "sensitive": True,
            "precondition": {"condition": "${local.number > 1}", "error_message": AWKWARD},
        }
    },
}


def test_blocks_are_what_they_were(project: Project, tmp_path: Path) -> None:
    """A plan of everything that the project's own stacks have not, from both languages."""
    ours = json.loads((project.folder / "cdktf.out/stacks/state-bucket/cdk.tf.json").read_text())
    [aws] = ours["provider"]["aws"]
    content = BLOCKS | {
        "provider": {"aws": [aws, aws | {"alias": "west", "region": "us-west-2"}]},
        "terraform": {"required_providers": ours["terraform"]["required_providers"]},
    }
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "it.tf.json").write_text(json.dumps(content))
    environment = project.environment | project.provider
    schemas = _said(tmp_path / "json", "providers schema -json", environment=environment)
    shapes = Shapes(schemas["provider_schemas"])
    (tmp_path / "hcl").mkdir()
    for name, text in files(content, shapes).items():
        (tmp_path / "hcl" / name).write_text(text)
    planned = []
    for language in ("json", "hcl"):
        commands = ("init -no-color", "plan -input=false -no-color -out=plan", "show -json plan")
        plan = _said(tmp_path / language, *commands, environment=environment)
        planned.append({key: plan[key] for key in ("planned_values", "resource_changes", "checks")})
    assert _decoded(planned[1]) == _decoded(planned[0])


def _decoded(value: Any) -> Any:
    """The value, with the JSON in its policies as values; their text may differ."""
    if isinstance(value, dict):
        return {
            key: json.loads(item) if key == "policy" and isinstance(item, str) else _decoded(item)
            for key, item in value.items()
        }
    return [_decoded(item) for item in value] if isinstance(value, list) else value
