"""Roles, what is attached to them, their own policies, and identity providers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.adopt.asking import Reader
from tools.adopt.live.kind import Found, Kind, tags_of

_MISSING = ("NoSuchEntity",)


def _role(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    name = wanted["name"]
    what = f"role {name}"
    answer = reader.ask(what, "iam", "get_role", missing=_MISSING, RoleName=name)
    if answer is None:
        return None
    role = answer["Role"]
    return Found(
        name,
        {
            "assume_role_policy": role["AssumeRolePolicyDocument"],
            "description": role.get("Description", ""),
            "max_session_duration": role.get("MaxSessionDuration", 3600),
            "path": role["Path"],
            "permissions_boundary": role.get("PermissionsBoundary", {}).get(
                "PermissionsBoundaryArn", ""
            ),
            "tags": tags_of(role.get("Tags", ())),
        },
        _beside(reader, name),
    )


def _beside(reader: Reader, role: str) -> dict[str, str]:
    what = f"role {role}"
    attached = reader.pages(
        what, "iam", "list_attached_role_policies", "AttachedPolicies", RoleName=role
    )
    own = reader.pages(what, "iam", "list_role_policies", "PolicyNames", RoleName=role)
    return {
        **{f"attached {each['PolicyName']}": f"{role}/{each['PolicyArn']}" for each in attached},
        **{f"own policy {name}": f"{role}:{name}" for name in own},
    }


def _attachment(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    role, arn = wanted["role"], wanted["policy_arn"]
    what = f"role {role}"
    if reader.ask(what, "iam", "get_role", missing=_MISSING, RoleName=role) is None:
        return None
    attached = reader.pages(
        what, "iam", "list_attached_role_policies", "AttachedPolicies", RoleName=role
    )
    if arn not in [each["PolicyArn"] for each in attached]:
        return None
    return Found(f"{role}/{arn}", {})


def _own_policy(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    role, name = wanted["role"], wanted["name"]
    answer = reader.ask(
        f"policy {name} of role {role}",
        "iam",
        "get_role_policy",
        missing=_MISSING,
        RoleName=role,
        PolicyName=name,
    )
    if answer is None:
        return None
    return Found(f"{role}:{name}", {"policy": answer["PolicyDocument"]})


def _identity_provider(reader: Reader, wanted: Mapping[str, Any]) -> Found | None:
    host = wanted["url"].removeprefix("https://")
    environment = reader.environment
    arn = f"arn:{environment.partition.name}:iam::{environment.account_id}:oidc-provider/{host}"
    answer = reader.ask(
        f"identity provider {host}",
        "iam",
        "get_open_id_connect_provider",
        missing=_MISSING,
        OpenIDConnectProviderArn=arn,
    )
    if answer is None:
        return None
    return Found(
        arn,
        {
            "client_id_list": answer.get("ClientIDList", []),
            "thumbprint_list": answer.get("ThumbprintList", []),
            "tags": tags_of(answer.get("Tags", ())),
        },
    )


KINDS = {
    "aws_iam_role": Kind(
        noun="role",
        name=lambda values: str(values["name"]),
        find=_role,
        same_by=frozenset({"name"}),
        defaults={
            "description": "",
            "max_session_duration": 3600,
            "path": "/",
            "permissions_boundary": "",
            "tags": {},
        },
        own=frozenset({"force_detach_policies"}),
        replacing=frozenset({"path"}),
    ),
    "aws_iam_role_policy_attachment": Kind(
        noun="policy attachment",
        name=lambda values: f"{values['role']}/{values['policy_arn']}",
        find=_attachment,
        same_by=frozenset({"role", "policy_arn"}),
    ),
    "aws_iam_role_policy": Kind(
        noun="role's policy",
        name=lambda values: f"{values['role']}:{values['name']}",
        find=_own_policy,
        same_by=frozenset({"role", "name"}),
    ),
    "aws_iam_openid_connect_provider": Kind(
        noun="identity provider",
        name=lambda values: str(values["url"]).removeprefix("https://"),
        find=_identity_provider,
        same_by=frozenset({"url"}),
        defaults={"tags": {}},
    ),
}
