"""The state file is truncated or replaced: refused, and the way back works as it is said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.stage import BUCKET, Stage, plain

pytestmark = [
    pytest.mark.integration,
    pytest.mark.row("the state file is truncated or replaced by an older one"),
]

KEY = "iam/terraform.tfstate"
DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "truncated to half": lambda whole: whole[: len(whole) // 2],
    "all but its last byte": lambda whole: whole.rstrip()[:-1],
    "empty": lambda whole: b"",
    "not JSON": lambda whole: b"<html>503</html>",
    "an older version": lambda whole: _older(json.loads(whole)),
    "deleted": lambda whole: None,
}


def _older(state: dict[str, Any]) -> bytes:
    """As the first version was: a lower serial, without the roles' policies."""
    roles = [each for each in state["resources"] if each["type"] == "aws_iam_role"]
    return json.dumps(state | {"serial": 0, "resources": roles}).encode()


@pytest.mark.parametrize("command", [("npx", "cdktf", "deploy"), ("python", "-m", "tools.plan")])
@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_refused_and_the_way_back_works(
    stage: Stage, damage: str, command: tuple[str, ...]
) -> None:
    whole = stage.s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read()
    body = DAMAGES[damage](whole)
    if body is None:
        stage.s3.delete_object(Bucket=BUCKET, Key=KEY)
    else:
        stage.s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)
    before = stage.aws.client("iam").list_roles()["Roles"]
    refused = stage.run(*command, "iam", CDKTF_AUTO_APPROVE="true")
    assert refused.returncode == 1, refused.stdout
    assert "Traceback" not in refused.stdout
    said = plain(refused.stdout)
    sentence = re.search(rf"iam: the state s3://{BUCKET}/{KEY} .+?; put back .+?, with: (.+)", said)
    assert sentence, said
    assert stage.aws.client("iam").list_roles()["Roles"] == before
    way_back = re.match(r"\S+ \S+ -m tools\.state iam --restore \S+", sentence[1])
    assert way_back, said
    done = stage.run("env", *way_back[0].split())
    assert done.returncode == 0, done.stdout
    again = stage.state("iam")
    assert again == json.loads(whole) | {"serial": again and again["serial"]}
    stage.plans_nothing("iam")
