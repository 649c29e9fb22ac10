"""Stacks from Python to Terraform's JSON, as values that a test can compare whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

from cdktf import App, TerraformStack, Testing
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from constructs_lib.environment import Environment
from tests.walk import ENDPOINT, LOCAL, PROD, SERVICES, WALK

__all__ = ["ENDPOINT", "LOCAL", "PROD", "SERVICES", "WALK"]


CHINA = Environment(
    name="china", account_id="210987654321", region="cn-north-1", state_bucket="state-china"
)

_JSON_TEXTS = ("assume_role_policy", "container_definitions", "policy")


def decoded(value: Any) -> Any:
    """The value without cdktf's metadata, and with every JSON text in it decoded."""
    if isinstance(value, dict):
        return {
            key: json.loads(item) if key in _JSON_TEXTS and isinstance(item, str) else decoded(item)
            for key, item in value.items()
            if key != "//"
        }
    if isinstance(value, list):
        return [decoded(item) for item in value]
    return value


def an_app() -> App:
    """An app that writes nothing: the folder that it has made for its output is taken away."""
    app = Testing.app()
    shutil.rmtree(app.outdir)
    return app


def synthesized(make: Callable[[App], TerraformStack], *, decode: bool = True) -> Any:
    """The decoded JSON of the stack that `make` makes; cdktf's own validations are run.

    Without `decode` the JSON texts in it stay texts, where a reference makes them no JSON yet.
    """
    stack = json.loads(Testing.synth(make(an_app()), True))
    return decoded(stack) if decode else stack


def empty_stack() -> TerraformStack:
    """A stack for what is refused before anything is made."""
    return TerraformStack(an_app(), "stack")


def resources(make: Callable[[Construct], object], *, decode: bool = True) -> Any:
    """The decoded resources of what `make` makes in a stack of its own."""

    def stack_with_provider(app: App) -> TerraformStack:
        stack = TerraformStack(app, "stack")
        AwsProvider(stack, "aws")
        make(stack)
        return stack

    return synthesized(stack_with_provider, decode=decode)["resource"]
