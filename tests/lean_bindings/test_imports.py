from __future__ import annotations

import pytest

from lean_bindings.imports import provider_uses

AWS = "cdktf_cdktf_provider_aws"


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("from {aws}.iam_role import IamRole", {"iam_role"}),
        ("from {aws}.iam_role import IamRole as R, IamRoleConfig", {"iam_role"}),
        ("import {aws}.iam_role as x", {"iam_role"}),
        ("import {aws}.iam_role", {"iam_role"}),
        ("import {aws}.iam_role\n{aws}.sqs_queue.SqsQueue()", {"iam_role", "sqs_queue"}),
        ("import {aws}.iam_role\nprint({aws})", {"iam_role", "* 2"}),
        ("from {aws} import iam_role, sqs_queue as q", {"iam_role", "sqs_queue"}),
        ("from {aws}.a.b import C", {"a"}),
        ("def f():\n    from {aws}.iam_role import IamRole", {"iam_role"}),
        ("if TYPE_CHECKING:\n    from {aws}.iam_role import IamRole", {"iam_role"}),
        ("try:\n    import {aws}.iam_role as x\nexcept ImportError:\n    x = None", {"iam_role"}),
        ("import {aws} as aws\naws.iam_role.IamRole()", {"iam_role"}),
        ("import {aws}\nx = {aws}.iam_role", {"iam_role"}),
        ("import {aws} as aws\naws.iam_role.IamRole()\nf(aws)", {"iam_role", "* 3"}),
        ("import {aws} as aws\ngetattr(aws, name)", {"* 2"}),
        ("import {aws} as aws", {"* 1"}),
        ("import {aws} as aws\nprint(aws.__version__)", set()),
        ("from {aws} import *", {"* 1"}),
        ("import_module('{aws}.iam_role')", {"iam_role"}),
        ("importlib.import_module('{aws}.iam_role.x')", {"iam_role"}),
        ("patch('{aws}.iam_role.IamRole')", {"iam_role"}),
        ("import_module(f'{aws}.{{name}}')", {"* 1"}),
        ("import_module(f'{aws}.data_aws_{{name}}')", {"* 1"}),
        ("import_module('{aws}.' + name)", {"* 1"}),
        ("import_module('{aws}.%s' % name)", {"* 1"}),
        ("from importlib import import_module as i\nP = '{aws}'\ni(P + name)", {"* 2"}),
        ("print('{aws}')", set()),
        ("print('{aws} is large, so import_module it')\nimport_module(x)", set()),
        ("from . import {aws}", set()),
        ("import boto3", set()),
        ("import {aws}.iam_role as x)", set()),
        ("# {aws}\0", set()),
        ("import {aws}.iam_role; x = " + "-" * 100_000 + "1", set()),
    ],
)
def test_uses_in_a_file(source: str, uses: set[str]) -> None:
    found = provider_uses(source.format(aws=AWS).encode())
    assert found == {f"{AWS}.{use}" for use in uses}


def test_all_kinds_of_prebuilt_packages() -> None:
    source = b"import cdktn_provider_random.pet\nfrom cdktf_cdktf_provider_http import provider\n"
    assert provider_uses(source) == {
        "cdktn_provider_random.pet",
        "cdktf_cdktf_provider_http.provider",
    }


def test_encoding_declared_in_the_file() -> None:
    source = "# coding: latin-1\nimport cdktn_provider_random.pet  # é\n".encode("latin-1")
    assert provider_uses(source) == {"cdktn_provider_random.pet"}
