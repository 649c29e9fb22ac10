"""A CDKTF project that has nothing of ours, as `cdktf synth` writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def written(output: Path, stacks: Mapping[str, Any], **dependencies: list[str]) -> Path:
    """A cdktf.out with these stacks' Terraform JSON."""
    manifest = {}
    for number, (name, content) in enumerate(stacks.items()):
        folder = output / "stacks" / str(number)
        folder.mkdir(parents=True)
        (folder / "cdk.tf.json").write_text(json.dumps(content), "utf-8")
        manifest[name] = {
            "name": name,
            "dependencies": dependencies.get(name, []),
            "synthesizedStackPath": f"stacks/{number}/cdk.tf.json",
            "workingDirectory": f"stacks/{number}",
        }
    (output / "manifest.json").write_text(json.dumps({"stacks": manifest}), "utf-8")
    return output


def s3(key: str) -> dict[str, Any]:
    """A stack with its state under this key, and nothing in it."""
    return {"terraform": {"backend": {"s3": {"bucket": "some-states", "key": key}}}}


def reads(**states: Any) -> dict[str, Any]:
    """Reads of the states with these configurations."""
    return {"terraform_remote_state": states}


def of_s3(key: str) -> dict[str, Any]:
    return {"backend": "s3", "config": {"bucket": "some-states", "key": key, "region": "eu-west-1"}}


NETWORK = {
    "terraform": {"backend": {"local": {"path": "/home/someone/network.tfstate"}}},
    "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "us", "region": "us-east-1"}]},
    "locals": {"group": "${aws_security_group.web.id}", "around": "${local.around}"},
    "module": {"vpc": {"source": "terraform-aws-modules/vpc/aws", "cidr": "10.0.0.0/16"}},
    "resource": {
        "aws_security_group": {"web": {"name": "web", "vpc_id": "${module.vpc.vpc_id}"}},
        "aws_security_group_rule": {
            "in": {"security_group_id": "${local.group}"},
            "https": {"security_group_id": "${aws_security_group.web.id}"},
        },
        "aws_lb": {"front": {"name": "front-${terraform.workspace}", "provider": "aws.us"}},
        "aws_lb_listener": {"http": {"load_balancer_arn": "${aws_lb.front.arn}"}},
        "aws_lb_listener_rule": {
            "all": {"listener_arn": "${aws_lb_listener.http.arn}"},
        },
    },
    "output": {
        "group": {"value": "${local.group}"},
        "cross-stack-output-module_vpc": {"value": "${module.vpc.vpc_id}", "sensitive": True},
        "domain": {"value": "example.com"},
    },
}

DATA = s3("data/terraform.tfstate") | {
    "data": {
        **reads(network={"backend": "local", "config": {"path": "/home/someone/network.tfstate"}}),
        "aws_s3_objects": {"looked_up": {"bucket": "some-states"}},
        "aws_ami": {"ubuntu": {"most_recent": True}},
    },
    "resource": {
        "aws_db_instance": {
            "db": {
                "identifier": "orders",
                "password": "hunter2",
                "vpc_security_group_ids": ["${data.terraform_remote_state.network.outputs.group}"],
            }
        },
        "aws_instance": {
            "bastion": {
                "ami": "${data.aws_ami.ubuntu.id}",
                "vpc": '${data.terraform_remote_state.network.outputs["cross-stack-output-'
                'module_vpc"]}',
            }
        },
        "aws_s3_bucket": {"states": {"bucket": "some-states"}},
    },
    "output": {"url": {"value": "postgres://${aws_db_instance.db.endpoint}"}},
}
DATA["data"]["terraform_remote_state"]["network"]["lifecycle"] = {
    "precondition": [{"condition": "${length(data.aws_s3_objects.looked_up.keys) > 0}"}]
}

APP = {
    "terraform": {"cloud": {"organization": "acme", "workspaces": {"name": "app"}}},
    "provider": {"kubernetes": [{"host": "${data.terraform_remote_state.old.outputs.host}"}]},
    "data": reads(
        data=of_s3("data/terraform.tfstate"),
        network={"backend": "local", "config": {"path": "/home/someone/network.tfstate"}},
        old={"backend": "gcs", "config": {"bucket": "old", "prefix": "cluster"}},
    ),
    "resource": {
        "kubernetes_deployment": {
            "api": {"env": '${jsonencode({url = data.terraform_remote_state.data.outputs["url"]})}'}
        },
        "cloudflare_record": {
            "www": {"name": "www", "v": "${data.terraform_remote_state.network.outputs.domain}"}
        },
        "null_resource": {"wait": {"depends_on": ["kubernetes_deployment.api"]}},
    },
}

CHECKS = {
    "terraform": {"backend": {"http": {"address": "https://me:hunter2@example.com/checks"}}},
    "resource": {"datadog_monitor": {"up": {"name": "api is down"}}},
}

STACKS = {"app": APP, "checks": CHECKS, "data": DATA, "network": NETWORK}
