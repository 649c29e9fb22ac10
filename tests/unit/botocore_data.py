"""AWS's own models and endpoints, as botocore brings them."""

from __future__ import annotations

import functools
from typing import Any

from botocore.loaders import Loader

_LOADER = Loader()


@functools.cache
def model(service: str, version: str) -> Any:
    """The API model of a service."""
    return _LOADER.load_service_model(service, "service-2", api_version=version)


@functools.cache
def endpoint_partitions() -> Any:
    """The partitions with their regions, without the pseudo regions of the global services."""
    return _LOADER.load_data("endpoints")["partitions"]


@functools.cache
def rule_partitions() -> Any:
    """The partitions of the endpoint rules, with their patterns of regions."""
    return _LOADER.load_data("partitions")["partitions"]
