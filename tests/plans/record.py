"""`python -m tests.plans.record [CASE ...]`: records the plans anew, on embedded AWSes.

What a machine or a moment leaves in a plan is evened out, so that a second recording differs only
where Terraform or the provider does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stacks.provider_mirror import PROVIDER_VERSION
from tests.plans.cases import CASES, Case
from tests.plans.configurations import ACCOUNT, Config
from tools.command_line import Command
from tools.local_aws import LocalAws
from tools.prerequisites import terraform_program
from tools.shared_provider import shared_provider
from tools.terraform_environment import terraform_environment

FOLDER = Path(__file__).parent
_AT_ONCE = 2
_SERVICES = ("dynamodb", "ec2", "ecs", "iam", "logs", "s3", "sqs", "ssm", "sts")
_EVENED_OUT = {
    r"http://127\.0\.0\.1:\d+": "http://127.0.0.1:4599",
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z": "2026-01-01T00:00:00Z",
    r"\bAROA[A-Z0-9]{17}\b": "AROAAAAAAAAAAAAAAAAAA",
}


def main(arguments: list[str] | None = None) -> int:
    """Records the cases of these names, or all; 1 when one cannot be."""
    parser = Command(prog="python -m tests.plans.record", description="Records the plans anew.")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="all when left out")
    wanted = parser.parse_args(arguments).cases or list(CASES)
    for name in wanted:
        if name not in CASES:
            parser.error(f"{name} is no case of tests/plans/cases.py")
    shares = [wanted[number::_AT_ONCE] for number in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        return max(workers.map(_record_all, shares))


def _record_all(names: list[str]) -> int:
    """One after another, as a provider that runs already works for one AWS at a time."""
    failed = 0
    with (
        LocalAws() as nowhere,
        shared_provider(terraform_environment(nowhere.environment)) as provider,
    ):
        for name in names:
            try:
                _record(name, provider)
            except AssertionError as error:
                failed = 1
                print(f"{name}: {error}", file=sys.stderr, flush=True)
            else:
                print(name, flush=True)
    return failed


def _record(name: str, provider: dict[str, str]) -> None:
    with LocalAws(account_id=ACCOUNT) as aws, tempfile.TemporaryDirectory() as folder:
        environment = terraform_environment(aws.environment) | provider
        text = _planned(CASES[name], aws, Path(folder), environment)
    assert folder not in text, f"{name}: the plan names a path of this machine"
    for pattern, replacement in _EVENED_OUT.items():
        text = re.sub(pattern, replacement, text)
    target = FOLDER / name / "plan.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(json.loads(text), indent=1) + "\n")


def _planned(case: Case, aws: LocalAws, folder: Path, environment: dict[str, str]) -> str:
    """The JSON of the plan, after what goes before is there."""

    def terraform(*arguments: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            [terraform_program(environment), *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert may_fail or done.returncode == 0, f"{arguments[0]}: {done.stdout}{done.stderr}"
        return done.stdout

    _write(folder, case.before or {}, aws.endpoint)
    terraform("init", "-input=false")
    if case.before is not None:
        terraform("apply", "-input=false", "-auto-approve")
    if case.outside is not None:
        case.outside(aws.client)
    _write(folder, case.after, aws.endpoint)
    terraform("plan", "-input=false", "-out=saved", may_fail=True)
    return terraform("show", "-json", "saved")


def _write(folder: Path, configuration: Config | str, endpoint: str) -> None:
    for file in ("main.tf", "main.tf.json"):
        (folder / file).unlink(missing_ok=True)
    provider = _provider(endpoint)
    if isinstance(configuration, str):
        (folder / "main.tf").write_text(configuration)
    else:
        blocks = dict(configuration)
        provider["provider"]["aws"] |= blocks.pop("provider", {}).get("aws", {})
        (folder / "main.tf.json").write_text(json.dumps(blocks))
    (folder / "provider.tf.json").write_text(json.dumps(provider))


def _provider(endpoint: str) -> Config:
    return {
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": PROVIDER_VERSION}}
        },
        "provider": {
            "aws": {
                "region": "us-east-1",
                "endpoints": dict.fromkeys(_SERVICES, endpoint),
                "s3_use_path_style": True,
                "skip_metadata_api_check": "true",
                "max_retries": 2,
            }
        },
    }


if __name__ == "__main__":
    sys.exit(main())
