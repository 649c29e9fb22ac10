"""Where stacks keep their state: what of a backend's arguments is its key, and what tells it apart.

https://developer.hashicorp.com/terraform/language/backend (the page of each; read 2026-11)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.terraform_json import labelled

_PLACE = {
    "azurerm": ("storage_account_name", "container_name", "key"),
    "consul": ("address", "path"),
    "cos": ("bucket", "prefix", "key"),
    "gcs": ("bucket", "prefix"),
    "http": ("address",),
    "kubernetes": ("namespace", "secret_suffix"),
    "local": ("path",),
    "oss": ("bucket", "prefix", "key"),
    "pg": ("conn_str", "schema_name"),
    "remote": ("organization", "workspaces"),
    "s3": ("bucket", "key"),
}
"""The arguments that tell one state from another; the last is its key."""

_KEY_HIDDEN = {"http"}
"""Whose key can hold a password."""

_WORDS = {"azurerm": "Azure", "gcs": "GCS", "http": "HTTP", "remote": "HCP Terraform", "s3": "S3"}

MADE_AS = {"s3": ("aws_s3_bucket", "bucket"), "gcs": ("google_storage_bucket", "name")}
"""The resource that holds the states of a backend, and the argument that has its name."""


class State(NamedTuple):
    """The state of a stack, as its backend or another stack's `terraform_remote_state` has it."""

    backend: str
    place: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{_WORDS.get(self.backend, self.backend)} state"

    @property
    def key(self) -> str:
        """The key alone: no path of a machine, no address."""
        if self.backend in _KEY_HIDDEN or not self.place:
            return ""
        return Path(self.place[-1]).name if self.backend == "local" else self.place[-1]


def of_stack(content: Mapping[str, Any], folder: Path) -> State:
    """The state of a stack; `folder` is where Terraform runs."""
    for _, terraform in labelled(content.get("terraform"), 0):
        for [backend], body in labelled(terraform.get("backend"), 1):
            return _state(backend, body, folder)
        for _, body in labelled(terraform.get("cloud"), 0):
            return _state("remote", body, folder)
    return _state("local", {}, folder)


def of_remote_state(body: Mapping[str, Any], folder: Path) -> State:
    """The state that a `terraform_remote_state` reads."""
    backend = str(body.get("backend"))
    config = body.get("config")
    config = config[0] if isinstance(config, list) and config else config
    return _state(backend, config if isinstance(config, Mapping) else {}, folder)


def _state(backend: str, body: Mapping[str, Any], folder: Path) -> State:
    place = [_text(body.get(name)) for name in _PLACE.get(backend, ())]
    if backend == "local":
        place = [os.path.normpath(folder / (place[0] or "terraform.tfstate"))]
    return State(backend, tuple(place))


def _text(value: Any) -> str:
    """An argument as text; of `workspaces`, the name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("prefix")
    return value if isinstance(value, str) else ""
