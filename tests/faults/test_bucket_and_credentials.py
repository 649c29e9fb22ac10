"""The state bucket or the credentials are wrong: one sentence with the cure, before any write."""

from __future__ import annotations

import pytest

from tests.faults.faulty_aws import Fault, caller_of, query_error, s3_error
from tests.faults.stage import BUCKET, Stage

pytestmark = pytest.mark.integration

COMMANDS = {
    "cdktf deploy": ("npx", "cdktf", "deploy", "iam"),
    "tools.plan": ("python", "-m", "tools.plan", "iam"),
}
_ELSEWHERE = s3_error(301, "PermanentRedirect", "x-amz-bucket-region: eu-west-1")
OF_BUCKET = {
    "does not exist": (
        Fault(f"/{BUCKET}", "answer", answer=s3_error(404, "NoSuchBucket")),
        f"local: the state bucket {BUCKET} does not exist; "
        "deploy it first, with: NETFLUX_ENV=local npx cdktf deploy state-bucket",
    ),
    "is in another region": (
        Fault(f"/{BUCKET}", "answer", answer=_ELSEWHERE),
        f"local: the state bucket {BUCKET} is in the region eu-west-1, and the environment is in "
        "us-east-1; name another bucket, or that region, in environments.py",
    ),
    "access is denied": (
        Fault(f"/{BUCKET}", "answer", answer=s3_error(403, "AccessDenied")),
        f"local: the state bucket {BUCKET} refuses these credentials; choose others with "
        "AWS_PROFILE, or let them have s3:ListBucket on it, and s3:GetObject and s3:PutObject in "
        "it",
    ),
}
WHOSE = "GetCallerIdentity"
OF_CREDENTIALS = {
    "expired": (
        [Fault(WHOSE, "answer", answer=query_error(403, "ExpiredToken"))],
        "prod: the AWS credentials were not taken (",
        "); log in again, or choose others with AWS_PROFILE",
    ),
    "missing": (
        [],
        "prod: the AWS credentials were not taken (Unable to locate credentials",
        "); log in again, or choose others with AWS_PROFILE",
    ),
    "of another account": (
        [Fault(WHOSE, "answer", answer=caller_of("999999999999"))],
        "prod: the AWS credentials belong to the account 999999999999, and the environment is the "
        "account 127549748682; choose credentials of 127549748682 with AWS_PROFILE, ",
        "or another environment with NETFLUX_ENV",
    ),
}


@pytest.mark.row("the state bucket does not exist, is elsewhere, or denies access")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("wrong", OF_BUCKET)
def test_of_the_state_bucket(stage: Stage, wrong: str, command: str) -> None:
    fault, sentence = OF_BUCKET[wrong]
    with stage.faulty.wrong(fault):
        done = stage.run(*COMMANDS[command], CDKTF_AUTO_APPROVE="true")
        asked = stage.faulty.requests
    assert done.returncode == 1
    # Where Terraform's own error says it all, `tools.plan` puts it into the same words.
    assert _sentence(done.stdout).removeprefix("local: ") == sentence.removeprefix("local: ")
    # Terraform tries to lock before it reads, and that is refused like all else.
    assert set(_writes(asked)) <= {f"PUT /{BUCKET}/iam/terraform.tfstate.tflock "}


@pytest.mark.row("expired or missing credentials, wrong account")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("wrong", OF_CREDENTIALS)
def test_of_the_credentials(stage: Stage, wrong: str, command: str) -> None:
    faults, begins, ends = OF_CREDENTIALS[wrong]
    prod = {"NETFLUX_ENV": "prod", "AWS_ENDPOINT_URL": stage.faulty.endpoint}
    if wrong == "missing":
        prod |= {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    with stage.faulty.wrong(*faults):
        done = stage.run(*COMMANDS[command], CDKTF_AUTO_APPROVE="true", **prod)
        asked = stage.faulty.requests
    assert done.returncode == 1
    sentence = _sentence(done.stdout)
    assert sentence.startswith(begins)
    assert sentence.endswith(ends)
    assert set(asked) <= {f"POST / {WHOSE}"}


def _sentence(said: str) -> str:
    """The one sentence; before it, `tools.plan` may show Terraform's own."""
    assert "Traceback" not in said
    *before, sentence = [
        line.strip().removeprefix("plan: ")
        for line in said.splitlines()
        if line and not line.startswith(("npm warn", "1 planned in"))
    ]
    assert before == [] or before[0].startswith("[1/1] iam  FAILED")
    return sentence


def _writes(requests: list[str]) -> list[str]:
    reading = ("GET ", "HEAD ", f"POST / {WHOSE}")
    return [each for each in requests if not each.startswith(reading)]
