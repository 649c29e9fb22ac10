"""What Terraform's JSON says, and what the HCL made from it says, to Terraform itself."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.eject.configuration import files
from tools.eject.shapes import Shapes

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


def _outputs(folder: Path) -> dict[str, Any]:
    terraform = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    for command in ("init", "apply -auto-approve -input=false", "output -json"):
        done = subprocess.run(
            [terraform, *command.split(), *([] if "json" in command else ["-no-color"])],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return {name: each["value"] for name, each in json.loads(done.stdout).items()}


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
