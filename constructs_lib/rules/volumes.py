"""Rules about volumes and where they are mounted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from constructs_lib.definition_reading import complete, containers, in_containers, known, structures
from constructs_lib.findings import ABSENT, Definition, Finding
from constructs_lib.names import ECS
from constructs_lib.nearest import nearest
from constructs_lib.rules.rule import api, repeated, rule

_NAME = re.compile(ECS.pattern)
_KINDS = (
    "host",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "configuredAtLaunch",
)


@rule("volume-name", "A volume's name is letters, digits, _ and -", api("Volume"))
def volume_name(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        name = known(volume, "name")
        if name and not _NAME.fullmatch(name):
            rule = "must be 1 to 255 letters, digits, hyphens or underscores"
            yield Finding((*path, "name"), rule, name, "rename it, also where it is mounted")


@rule("volume-name-unique", "Volume names are unique", api("Volume"))
def volume_name_unique(task: Definition) -> Iterator[Finding]:
    for path, name, first in repeated(task, "volumes", (), "name"):
        yield Finding(
            path, "must be unique in the task, and '{0}' is the same", name, "rename one", (first,)
        )


@rule("volume-one-kind", "A volume is of one kind", api("Volume"))
def volume_one_kind(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        # An empty `host` is what AWS returns for a volume without a kind.
        kinds = [kind for kind in _KINDS if known(volume, kind) not in (None, False, {})]
        for kind in kinds[1:]:
            other = (*path, kinds[0])
            yield Finding((*path, kind), "excludes {0}", volume[kind], "keep one", (other,))


@rule("volume-one-at-launch", "One volume is configured at launch", api("Volume"))
def volume_one_at_launch(task: Definition) -> Iterator[Finding]:
    at_launch = [
        (*path, "configuredAtLaunch")
        for path, volume in structures(task, "volumes")
        if known(volume, "configuredAtLaunch")
    ]
    for path in at_launch[1:]:
        rule = "must be true for one volume of the task, and is in {0}"
        yield Finding(path, rule, True, "configure one volume at launch", (at_launch[0],))


@rule("mount-point-volume", "A mounted volume is in the task", api("MountPoint"))
def mount_point_volume(task: Definition) -> Iterator[Finding]:
    if not complete(task, "volumes", "name"):
        return
    names = [volume.get("name") for _, volume in structures(task, "volumes")]
    for path, mount in in_containers(task, "mountPoints"):
        name = known(mount, "sourceVolume")
        if name is not None and name not in names:
            near = nearest(str(name), map(str, filter(None, names)))
            there = f"write {near!r}" if near else "name one that is there"
            cure = f"add the volume to {{0}}, or {there}"
            rule = "must be a volume of the task"
            yield Finding((*path, "sourceVolume"), rule, name, cure, (("volumes",),))


@rule("volumes-from-container", "Volumes come from a container here", api("VolumeFrom"))
def volumes_from_container(task: Definition) -> Iterator[Finding]:
    if not complete(task, "containerDefinitions", "name"):
        return
    names = [container.get("name") for _, container in containers(task)]
    for path, source in in_containers(task, "volumesFrom"):
        name = known(source, "sourceContainer")
        if name is not None and name not in names:
            rule, cure = "must be a container of the task", "name one that is there"
            yield Finding((*path, "sourceContainer"), rule, name, cure)


@rule("efs-encryption", "IAM and access points need encryption", api("EFSVolumeConfiguration"))
def efs_encryption(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        place = (*path, "efsVolumeConfiguration")
        efs = known(volume, "efsVolumeConfiguration", {})
        encryption = efs.get("transitEncryption", ABSENT)
        authorization = known(efs, "authorizationConfig", {})
        needed_by = [
            (*place, "authorizationConfig", key)
            for key in ("iam", "accessPointId")
            if known(authorization, key, "DISABLED") not in ("DISABLED", "")
        ]
        if needed_by and encryption in (ABSENT, "DISABLED"):
            rule, cure = "is needed by {0}", "write 'ENABLED'"
            yield Finding((*place, "transitEncryption"), rule, encryption, cure, (needed_by[0],))


@rule("efs-root", "An access point has its own root", api("EFSVolumeConfiguration"))
def efs_root(task: Definition) -> Iterator[Finding]:
    for path, volume in structures(task, "volumes"):
        efs = known(volume, "efsVolumeConfiguration", {})
        authorization = known(efs, "authorizationConfig", {})
        root = known(efs, "rootDirectory", "/")
        if known(authorization, "accessPointId") and root not in ("/", ""):
            place = (*path, "efsVolumeConfiguration")
            other = (*place, "authorizationConfig", "accessPointId")
            rule = "must be absent or '/' beside {0}"
            yield Finding((*place, "rootDirectory"), rule, root, "leave it out", (other,))
