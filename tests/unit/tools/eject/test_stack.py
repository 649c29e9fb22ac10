from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tools.eject import stack


def _read(project: Path, becomes: Path, terraform: dict[str, Any]) -> dict[str, Any]:
    folder = project / "cdktf.out" / "stacks" / "a"
    folder.mkdir(parents=True)
    (folder / "cdk.tf.json").write_text(json.dumps({"terraform": terraform, "locals": {"n": 1.50}}))
    return stack.read(folder, becomes=becomes, project=project)


@pytest.mark.parametrize(
    ("path", "becomes", "path_then"),
    [
        ("../../../a.tfstate", "project/hcl/a", "../../a.tfstate"),
        ("../../../a.tfstate", "project/a/b/c/d", "../../../../a.tfstate"),
        ("../../../a.tfstate", "elsewhere/a", "{}/project/a.tfstate"),
        ("../../../../a.tfstate", "project/hcl/a", "{}/a.tfstate"),
        ("{}/project/a.tfstate", "project/hcl/a", "../../a.tfstate"),
    ],
)
def test_a_state_in_a_file_is_found_from_the_new_folder(
    tmp_path: Path, path: str, becomes: str, path_then: str
) -> None:
    backend = {"local": {"path": path.format(tmp_path)}}
    content = _read(tmp_path / "project", tmp_path / becomes, {"backend": backend})
    assert stack.local_state(content) == path_then.format(tmp_path)


def test_everything_else_is_kept_and_a_provider_has_its_whole_name(tmp_path: Path) -> None:
    required = {"aws": {"source": "aws", "version": "1"}, "b": {"source": "c/b"}}
    terraform = {"backend": {"s3": {"bucket": "b"}}, "required_providers": required}
    content = _read(tmp_path, tmp_path / "hcl", terraform)
    required["aws"]["source"] = "hashicorp/aws"
    assert content == {"terraform": terraform, "locals": {"n": Decimal("1.5")}}
    assert stack.required_providers(content) == required
    assert stack.local_state(content) is None
