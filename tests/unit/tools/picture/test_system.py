"""What of a project is in its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.tools.picture.project import NETWORK, STACKS, of_s3, reads, s3, written
from tools.picture.stack import Node
from tools.picture.synthesized import read
from tools.picture.system import System, system
from tools.refused import Refused


def drawn(output: Path, stacks: Any, **dependencies: list[str]) -> System:
    return system(read(written(output, stacks, **dependencies), "some folder"))


def arrows(found: System) -> set[str]:
    """Each arrow as a line; a stack is `name:`, a box in it `name:address`."""
    return {" -> ".join(":".join(place) for place in arrow) for arrow in found.arrows}


def test_a_project_never_seen_here(tmp_path: Path) -> None:
    found = drawn(tmp_path, STACKS)
    assert found.stacks == {
        "app": {
            "state": Node("HCP Terraform state", "app", is_state=True),
            "kubernetes_deployment.api": Node("kubernetes deployment", "api"),
            "cloudflare_record.www": Node("cloudflare record", "www"),
            "null_resource.wait": Node("null resource", "wait"),
        },
        "checks": {
            "state": Node("HTTP state", "", is_state=True),
            "datadog_monitor.up": Node("datadog monitor", "api is down"),
        },
        "data": {
            "state": Node("S3 state", "data/terraform.tfstate", is_state=True),
            "aws_db_instance.db": Node("DB instance", "orders"),
            "aws_instance.bastion": Node("EC2 instance", "bastion"),
            "aws_s3_bucket.states": Node("S3 bucket", "some-states"),
            "data.aws_ami.ubuntu": Node("data AMI", "ubuntu"),
        },
        "network": {
            "state": Node("local state", "network.tfstate", is_state=True),
            "aws_security_group.web": Node("security group", "web", ("rule in", "rule https")),
            "aws_lb.front": Node("load balancer", "front", ("listener", "listener rule")),
            "module.vpc": Node("module", "vpc"),
        },
        "": {"gcs/old/cluster": Node("GCS state", "cluster", is_state=True)},
    }
    assert arrows(found) == {
        "app:kubernetes_deployment.api -> data:aws_db_instance.db",
        "app:cloudflare_record.www -> network:",
        "app:null_resource.wait -> app:kubernetes_deployment.api",
        "app: -> :gcs/old/cluster",
        "data:state -> data:aws_s3_bucket.states",
        "data:aws_db_instance.db -> network:aws_security_group.web",
        "data:aws_instance.bastion -> data:data.aws_ami.ubuntu",
        "data:aws_instance.bastion -> network:module.vpc",
        "network:aws_security_group.web -> network:module.vpc",
    }


def test_a_dependency_of_stacks_is_an_arrow_unless_a_reference_is_one(tmp_path: Path) -> None:
    stacks = {"a": s3("a"), "b": s3("b"), "c": s3("c")}
    stacks["c"]["data"] = reads(a=of_s3("a"))
    assert arrows(drawn(tmp_path, stacks, b=["a", "no-such"], c=["a"])) == {"b: -> a:", "c: -> a:"}


def test_states_that_read_each_other_end(tmp_path: Path) -> None:
    stacks: dict[str, Any] = {"a": s3("a"), "b": s3("b")}
    for own, other in ("ab", "ba"):
        value = f"${{data.terraform_remote_state.{other}.outputs.x}}"
        stacks[own] |= {
            "data": reads(**{other: of_s3(other)}),
            "output": {"x": {"value": value}},
            "resource": {"null_resource": {"r": {"triggers": value}}},
        }
    assert arrows(drawn(tmp_path, stacks)) == {"a:null_resource.r -> b:", "b:null_resource.r -> a:"}


@pytest.mark.parametrize(
    ("config", "backend"),
    [
        ({"bucket": "b", "prefix": "p"}, "gcs"),
        ({"storage_account_name": "a", "container_name": "c", "key": "k"}, "azurerm"),
        ({"path": "terraform.tfstate"}, "local"),
        ({"organization": "o", "workspaces": [{"name": "w"}]}, "remote"),
    ],
)
def test_a_state_is_found_again_in_every_backend(
    tmp_path: Path, config: dict[str, Any], backend: str
) -> None:
    read_state = reads(a={"backend": backend, "config": config})
    path = "../0/terraform.tfstate"
    if backend == "local":  # the path is seen from the folder of each stack
        read_state = reads(a={"backend": "local", "config": {"path": path}})
    stacks = {"a": {"terraform": {"backend": {backend: config}}}, "b": {"data": read_state}}
    assert arrows(drawn(tmp_path, stacks)) == {"b: -> a:"}


def test_states_of_a_backend_that_is_not_known_are_not_taken_for_each_other(tmp_path: Path) -> None:
    stacks = {
        "a": {"terraform": {"backend": {"swift": {"container": "x"}}}},
        "b": s3("b") | {"data": reads(x={"backend": "swift", "config": {"container": "y"}})},
    }
    assert arrows(drawn(tmp_path, stacks)) == {"b: -> :swift"}


def test_a_part_of_two_is_a_box_of_its_own(tmp_path: Path) -> None:
    rule = {"a": "${aws_security_group.one.id}", "b": "${aws_security_group.two.id}"}
    groups: dict[str, Any] = {"one": {}, "two": {}}
    resources = {"aws_security_group": groups, "aws_security_group_rule": {"r": rule}}
    found = drawn(tmp_path, {"s": s3("s") | {"resource": resources}})
    assert found.stacks["s"]["aws_security_group_rule.r"] == Node("security group rule", "r")
    assert arrows(found) == {
        "s:aws_security_group_rule.r -> s:aws_security_group.one",
        "s:aws_security_group_rule.r -> s:aws_security_group.two",
    }


def test_no_value_is_drawn_and_no_character_that_a_line_does_not_show(tmp_path: Path) -> None:
    bucket = {"bucket": "a\nb\ud800\u202e", "tags": {"owner": "hunter2"}}
    found = drawn(tmp_path, {"s\t": {"resource": {"aws_s3_bucket": {"x": bucket}}}})
    assert found.stacks == {
        "s\t": {
            "state": Node("local state", "terraform.tfstate", is_state=True),
            "aws_s3_bucket.x": Node("S3 bucket", "a\\nb\\ud800\\u202e"),
        }
    }


@pytest.mark.parametrize("kind", ["resource", "data", "module", "output", "locals", "terraform"])
def test_what_is_no_terraform_is_one_sentence(tmp_path: Path, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        drawn(tmp_path, {"net": NETWORK | {kind: {"x": "y"} if kind == "output" else "x"}})
    assert str(refused.value) == (
        "the stack 'net' is no Terraform JSON: "
        "there is something else where Terraform's JSON has an object"
    )
