"""Which words change on which way, and which never do."""

from __future__ import annotations

import pytest

from tools.leave.ways import WAYS, Way
from tools.leave.words import renamed

CDKTN = WAYS["cdktn"]
CDKTN_6 = WAYS["cdktn-aws-6"]
AWS_6 = WAYS["aws-6"]

EVERYTHING = """\
cdktf==0.21.0
cdktf-cdktf-provider-aws==20.1.0
from cdktf import App
from cdktf_cdktf_provider_aws.iam_role import IamRole
"What cdktf-cdktf-provider-aws 20.1.0 is made from"
PROVIDER_VERSION = "5.100.0"
{"source": "aws", "version": "5.100.0"}
      version = "5.100.0"
re.compile(r"\\bcdktf deploy")
npx cdktf deploy; node_modules/.bin/cdktf; tools/cdktf_cli.py; node_modules/cdktf-cli
from tools.cdktf_cli import main; test_cdktf_cli.py
cli / "bundle" / "bin" / "cdktf"
"""

KEPT = [
    "cdktf.json",
    "cdktf.out/stacks",
    r"^cdktf\.out/",
    '"managed-by": "cdktf"',
    '"managed-by" = "cdktf"',
    'managed-by = "cdktf"',
    "acme-cdktf-state, cdktf-runner, /ecs/cdktf",
    "ghcr.io/acme/cdktf:1, acme/app:cdktf, me@cdktf.example, docs.cdktf.example",
    "from stacks.cdktf import CdktfStack",
    "CDKTF_OUTDIR",
    "CDKTF",
    "cdktf-cdktf-provider-random",
    "import cdktf_cdktf_provider_http",
    "@cdktf/provider-aws",
    "docs/leaving-cdktf.md",
    "would take it back to cdktf, or back to cdktf-cdktf-provider-aws",
    "as seen in cdktf 0.21.0",
    "AWS provider 5.100.0",
    "mycdktf, cdktfs",
]


def test_on_cdktn_the_bindings_stay() -> None:
    assert renamed(EVERYTHING, CDKTN) == (
        """\
cdktn==0.23.4
cdktf-cdktf-provider-aws==20.1.0
from cdktn import App
from cdktf_cdktf_provider_aws.iam_role import IamRole
"What cdktf-cdktf-provider-aws 20.1.0 is made from"
PROVIDER_VERSION = "5.100.0"
{"source": "aws", "version": "5.100.0"}
      version = "5.100.0"
re.compile(r"\\bcdktn deploy")
npx cdktn deploy; node_modules/.bin/cdktn; tools/cdktn_cli.py; node_modules/cdktn-cli
from tools.cdktn_cli import main; test_cdktn_cli.py
cli / "bin" / "cdktn"
"""
    )


def test_on_cdktn_with_aws_6_all_of_it_changes() -> None:
    assert renamed(EVERYTHING, CDKTN_6) == (
        """\
cdktn==0.24.0
cdktn-provider-aws==25.8.1
from cdktn import App
from cdktn_provider_aws.iam_role import IamRole
"What cdktn-provider-aws 25.8.1 is made from"
PROVIDER_VERSION = "6.69.1"
{"source": "hashicorp/aws", "version": "6.69.1"}
      version = "6.69.1"
re.compile(r"\\bcdktn deploy")
npx cdktn deploy; node_modules/.bin/cdktn; tools/cdktn_cli.py; node_modules/cdktn-cli
from tools.cdktn_cli import main; test_cdktn_cli.py
cli / "bin" / "cdktn"
"""
    )


def test_on_aws_6_only_versions_change() -> None:
    expected = EVERYTHING.replace("20.1.0", "21.22.1").replace("5.100.0", "6.25.0")
    assert renamed(EVERYTHING, AWS_6) == expected


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
@pytest.mark.parametrize("text", KEPT)
def test_these_never_change(text: str, way: Way) -> None:
    assert renamed(text, way) == text


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: way.name)
def test_what_is_renamed_stays_as_it_is(way: Way) -> None:
    once = renamed(EVERYTHING, way)
    assert renamed(once, way) == once


@pytest.mark.parametrize("first", [CDKTN, AWS_6], ids=lambda way: way.name)
def test_from_each_other_way_on_to_cdktn_with_aws_6(first: Way) -> None:
    assert renamed(renamed(EVERYTHING, first), CDKTN_6) == renamed(EVERYTHING, CDKTN_6)


def test_names_of_files() -> None:
    paths = ["tools/cdktf", "tools/cdktf_cli.py", "tests/unit/tools/test_cdktf_cli.py"]
    assert [renamed(path, CDKTN) for path in paths] == [
        *("tools/cdktn", "tools/cdktn_cli.py", "tests/unit/tools/test_cdktn_cli.py"),
    ]
