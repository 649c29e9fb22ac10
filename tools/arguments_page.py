"""Writes docs/arguments.md, the reference of every argument, from the classes that declare them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from constructs_lib import containers, service
from constructs_lib.arguments import Argument, Arguments, Required
from constructs_lib.environment import Environment
from constructs_lib.forms import Form
from tools.catalogue_entry import import_line
from tools.command_line import Command
from tools.generated_file import written_or_current

PAGE = Path(__file__).resolve().parent.parent / "docs" / "arguments.md"
_API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference"
_REQUEST = f"{_API}/API_RegisterTaskDefinition.html#ECS-RegisterTaskDefinition-request-"
_INTRODUCTION = """# Arguments

Written by `python -m tools.arguments_page` from the code; change the code, not this page.

All arguments are given by name. What is left out has its default; what is given replaces it whole.
Wherever a class stands, AWS's own JSON may stand too. Every rule is checked at synth.
Each source is AWS's page on the field (read 2026-11).
"""

# The classes in the order of reading, and the structure of AWS's API that each renders to.
_CLASSES: tuple[tuple[type[Arguments], str], ...] = (
    (service.Service, ""),
    (containers.Container, "ContainerDefinition"),
    (containers.PortMapping, "PortMapping"),
    (containers.HealthCheck, "HealthCheck"),
    (containers.RestartPolicy, "ContainerRestartPolicy"),
    (containers.LogConfiguration, "LogConfiguration"),
    (containers.FirelensConfiguration, "FirelensConfiguration"),
    (containers.MountPoint, "MountPoint"),
    (containers.VolumeFrom, "VolumeFrom"),
    (containers.Ulimit, "Ulimit"),
    (containers.LinuxParameters, "LinuxParameters"),
    (containers.KernelCapabilities, "KernelCapabilities"),
    (containers.Device, "Device"),
    (containers.Tmpfs, "Tmpfs"),
    (containers.ResourceRequirement, "ResourceRequirement"),
    (service.Volume, "Volume"),
    (service.EfsVolume, "EFSVolumeConfiguration"),
    (service.EfsAuthorization, "EFSAuthorizationConfig"),
    (service.FsxWindowsVolume, "FSxWindowsFileServerVolumeConfiguration"),
    (service.FsxAuthorization, "FSxWindowsFileServerAuthorizationConfig"),
    (service.DockerVolume, "DockerVolumeConfiguration"),
    (service.RuntimePlatform, "RuntimePlatform"),
    (service.ProxyConfiguration, "ProxyConfiguration"),
    (service.PlacementConstraint, "TaskDefinitionPlacementConstraint"),
    (service.InferenceAccelerator, "InferenceAccelerator"),
    (Environment, ""),
)


def page() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *(line for each in _CLASSES for line in _section(*each))])


def _section(of: type[Arguments], structure: str) -> Iterator[str]:
    yield f"## {of.__name__}"
    yield ""
    yield (of.__doc__ or "").strip().partition("\n")[0]
    yield ""
    yield f"`{import_line(of.__module__, [of.__name__])}`"
    yield ""
    yield "| argument | type | unit | default | what it is | rule | source |"
    yield "|---|---|---|---|---|---|---|"
    for known in of.declared.values():
        yield _row(known, of, structure)
    yield ""


def _row(known: Argument, of: type[Arguments], structure: str) -> str:
    cells = (
        f"`{known.name}`",
        known.form.type if isinstance(known.form, Form) else "str",
        known.unit,
        _default(known),
        known.says,
        known.rule,
        _source(known, of, structure),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _default(known: Argument) -> str:
    if isinstance(known.default, Required):
        return "must be given"
    if known.default is None and "when left out" in known.says:
        return "left out"  # None may mean something else
    shown = dict(known.default) if isinstance(known.default, Mapping) else known.default
    return f"`{shown!r}`"


def _source(known: Argument, of: type[Arguments], structure: str) -> str:
    if not known.aws:
        return known.source
    if of is service.Service:
        if known.name in service.Task.declared:
            return f"[{known.aws}]({_REQUEST}{known.aws})"
        structure = "ContainerDefinition"
    return f"[{known.aws}]({_API}/API_{structure}.html#ECS-Type-{structure}-{known.aws})"


def main(arguments: list[str] | None = None) -> int:
    """Writes the page; with --check, 1 when it is stale."""
    parser = Command(prog="python -m tools.arguments_page", description=__doc__)
    if written_or_current(parser, arguments, PAGE, page):
        return 0
    print("docs/arguments.md is stale; write it with: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
