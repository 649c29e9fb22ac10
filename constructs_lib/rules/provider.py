"""Rules about what the Terraform AWS provider 5.100.0 cannot carry: an error, never a silent drop.

Determined in 2026-11 with Terraform and provider 5.100.0 itself, in four ways:

- schema: `terraform providers schema -json`; `aws_ecs_task_definition` has no such argument.
- validate: `terraform validate` refuses the value, with the message that stands at the rule.
- jsii: synth; an object of JavaScript has no key of that name.
- request: an apply against a server that records what it is sent. A container with every member
  that botocore 1.44.5 has (each leaf filled from the generated model) arrived complete but for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from constructs_lib import names
from constructs_lib.definition_reading import in_containers, known, on_fargate, structures
from constructs_lib.findings import ABSENT, Definition, Finding, Path
from constructs_lib.generated.register_task_definition_model import REQUEST, STRUCTURES
from constructs_lib.provider_version import PROVIDER_VERSION
from constructs_lib.rules.rule import outside, rule
from constructs_lib.unknown import is_unknown, was_refused

_PROVIDER = "AWS provider 5.100.0"
_RULE = f"cannot be carried by {_PROVIDER}"
_CURE = "leave it out"

_LOST_KEY = "__proto__"
_LOST_RULE = f"must not be '{_LOST_KEY}', which JavaScript does not keep"

_SCHEMA = "terraform-provider-aws 5.100.0, schema (seen 2026-11)"
_VALIDATE = "terraform-provider-aws 5.100.0, validate (seen 2026-11)"
_JSII = "terraform-provider-aws 5.100.0, through jsii 1.142.0 (seen 2026-11)"
_REQUEST = "terraform-provider-aws 5.100.0, recorded request (seen 2026-11)"
_SCHEMA_6 = "terraform-provider-aws 6.25.0, schema (seen 2026-11)"

# validate: "expected operating_system_family to be one of [...]", which ends with these.
_OPERATING_SYSTEMS_TOO_NEW = ("WINDOWS_SERVER_2025_CORE", "WINDOWS_SERVER_2025_FULL")

# A short name is made an ARN before the provider has it: see `canonical`.
_ROLE_NAME = re.compile(names.ROLE.pattern)
_ROLE_ARN = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")


@rule("provider-trusted-execution", "No trustedExecutionConfiguration", _SCHEMA)
def trusted_execution(task: Definition) -> Iterator[Finding]:
    if "trustedExecutionConfiguration" in task:
        value = task["trustedExecutionConfiguration"]
        yield Finding(("trustedExecutionConfiguration",), _RULE, value, _CURE)


if int(PROVIDER_VERSION.partition(".")[0]) >= 6:  # docs/leaving-cdktf.md

    @rule("provider-accelerators", "No inferenceAccelerators from provider 6 on", _SCHEMA_6)
    def accelerators(task: Definition) -> Iterator[Finding]:
        value = known(task, "inferenceAccelerators")
        if value and not on_fargate(task):  # there `fargate-accelerators` refuses them
            said = f"cannot be carried by AWS provider {PROVIDER_VERSION}"
            yield Finding(("inferenceAccelerators",), said, value, _CURE)


@rule("provider-s3files", "No S3 Files volumes", _SCHEMA)
def s3files(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        value = volume.get("s3filesVolumeConfiguration")
        if value is not None:
            yield Finding((*path, "s3filesVolumeConfiguration"), _RULE, value, "mount EFS instead")


@rule("provider-gpu-sharing", "No sharing of GPUs", _REQUEST)
def gpu_sharing(task: Definition) -> Iterator[Finding]:
    """The one member of a container that is dropped without a word."""
    for path, requirement in in_containers(task, "resourceRequirements"):
        if "sharingStrategy" in requirement:
            value = requirement["sharingStrategy"]
            yield Finding((*path, "sharingStrategy"), _RULE, value, "give whole GPUs in 'value'")


@rule("provider-managed-instances", "No MANAGED_INSTANCES", _VALIDATE)
def managed_instances(task: Definition) -> Iterator[Finding]:
    """validate: expected requires_compatibilities.0 to be one of EC2, FARGATE, EXTERNAL."""
    for index, launch_type in enumerate(known(task, "requiresCompatibilities", [])):
        if launch_type == "MANAGED_INSTANCES":
            yield Finding(("requiresCompatibilities", index), _RULE, launch_type, _CURE)


@rule("provider-operating-system", "No Windows Server 2025", _VALIDATE)
def operating_system(task: Definition) -> Iterator[Finding]:
    family = known(known(task, "runtimePlatform", {}), "operatingSystemFamily")
    if family in _OPERATING_SYSTEMS_TOO_NEW:
        place = ("runtimePlatform", "operatingSystemFamily")
        yield Finding(place, _RULE, family, f"write '{family.replace('2025', '2022')}'")


@rule("provider-role", "A role is a name or a whole ARN", _VALIDATE)
def role(task: Definition) -> Iterator[Finding]:
    """validate: invalid account ID value; AWS says that such a role is not valid, too."""
    for key in ("taskRoleArn", "executionRoleArn"):
        value = known(task, key)
        if value and not _ROLE_NAME.fullmatch(value) and not _ROLE_ARN.fullmatch(value):
            rule = "must be a role's name, or its ARN with an account of 12 digits"
            cure = "write arn:aws:iam::ACCOUNT:role/NAME"
            yield Finding((key,), rule, value, cure)


@rule("provider-volume-name", "A volume has a name", _VALIDATE)
def volume_name(task: Definition) -> Iterator[Finding]:
    """validate: The argument "name" is required."""
    for path, volume in structures(task, "volumes"):
        if "name" not in volume:
            yield Finding((*path, "name"), f"is required by {_PROVIDER}", ABSENT, "name the volume")


@rule("provider-placement", "A placement constraint is whole, and one of ten", _VALIDATE)
def placement(task: Definition) -> Iterator[Finding]:
    """validate: The argument "type" is required; apply: Expression cannot be nil."""
    constraints = list(structures(task, "placementConstraints"))
    for path, constraint in constraints:
        for key in ("type", "expression"):
            if key not in constraint:
                yield Finding((*path, key), "is required", ABSENT, "give it")
    if len(constraints) > 10:
        place: Path = ("placementConstraints",)
        yield Finding(place, "must be at most 10", len(constraints), "join some with 'and'")


@rule("provider-efs-port", "An encrypted connection has a port", _VALIDATE)
def efs_port(task: Definition) -> Iterator[Finding]:
    """validate: expected ... to be a valid port number or 0."""
    for path, volume in structures(task, "volumes"):
        place = (*path, "efsVolumeConfiguration")
        efs = known(volume, "efsVolumeConfiguration", {})
        yield from outside(efs, place, "transitEncryptionPort", 0, 65535)


@rule("provider-fsx-credentials", "FSx's credentials are an ARN", _VALIDATE)
def fsx_credentials(task: Definition) -> Iterator[Finding]:
    """validate: ... is an invalid ARN: arn: invalid prefix."""
    for path, volume in structures(task, "volumes"):
        fsx = known(volume, "fsxWindowsFileServerVolumeConfiguration", {})
        value = known(known(fsx, "authorizationConfig", {}), "credentialsParameter")
        if value is not None and not value.startswith("arn:"):
            place = (*path, "fsxWindowsFileServerVolumeConfiguration", "authorizationConfig")
            cure = "write the ARN of the secret or of the parameter"
            yield Finding((*place, "credentialsParameter"), "must be an ARN", value, cure)


@rule("provider-proxy-properties", "A property of the proxy has a name of its own", _SCHEMA)
def proxy_properties(task: Definition) -> Iterator[Finding]:
    """schema: `properties` is a map."""
    first: dict[str, Path] = {}
    proxy = known(task, "proxyConfiguration", {})
    for path, item in structures(proxy, "properties", ("proxyConfiguration",)):
        name, here = known(item, "name"), (*path, "name")
        if "name" not in item:
            yield Finding(here, "is required", ABSENT, "name the property")
        elif name in first:
            yield Finding(here, "must stand once, and is {0}", name, "keep one", (first[name],))
        elif name is not None:
            first[name] = here


@rule("provider-map-key", "A key of a map is one that JavaScript keeps", _JSII)
def map_key(task: Definition) -> Iterator[Finding]:
    """CDKTF brings these maps to the provider through JavaScript objects."""
    proxy = known(task, "proxyConfiguration", {})
    named = [
        *((path, "key", tag) for path, tag in structures(task, "tags")),
        *(
            (path, "name", item)
            for path, item in structures(proxy, "properties", ("proxyConfiguration",))
        ),
    ]
    for path, member, item in named:
        if known(item, member) == _LOST_KEY:
            yield Finding((*path, member), _LOST_RULE, _LOST_KEY, "rename it")
    for path, volume in structures(task, "volumes"):
        docker = known(volume, "dockerVolumeConfiguration", {})
        for key in ("driverOpts", "labels"):
            if _LOST_KEY in known(docker, key, {}):
                place = (*path, "dockerVolumeConfiguration", key)
                yield Finding(place, _LOST_RULE, _LOST_KEY, "rename it")


@rule("provider-blocks", "A block of Terraform is known at synth", _SCHEMA)
def blocks(task: Definition) -> Iterator[Finding]:
    """schema: what becomes a block, or a map, cannot be one reference."""
    for path, value, kind in _unknown(task, REQUEST, ()):
        if kind.strip("[]!") in STRUCTURES:
            rule = "must be known at synth, as Terraform has a block for it"
            yield Finding(path, rule, value, "write its members, which may be references")


@rule("provider-own-type", "Text that is not known stands for text, beside the containers", _JSII)
def own_type(task: Definition) -> Iterator[Finding]:
    """jsii: CDKTF takes a number, a flag or a list in its own type only; containers are JSON."""
    for path, value, kind in _unknown(task, REQUEST, ()):
        of_text = kind.startswith(("string", "=")) or kind.strip("[]!") in STRUCTURES
        if isinstance(value, str) and not of_text:
            rule = "must not be a reference in text, as Terraform has no text there"
            yield Finding(path, rule, value, "write the value, or a reference of its own type")


def _unknown(value: Any, kind: str, path: Path) -> Iterator[tuple[Path, Any, str]]:
    """What is not known outside of containers, and the kind of value that stands there."""
    structure = kind.strip("[]!")
    if is_unknown(value):
        if not was_refused(value):
            yield path, value, kind
    elif structure not in STRUCTURES:
        return
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown(item, structure, (*path, index))
    elif structure != "ContainerDefinition":
        for name, item in value.items():
            yield from _unknown(item, STRUCTURES[structure][name], (*path, name))
