"""Nothing secret is in any output, wherever it stood."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.plans.planted import MARK
from tests.plans.recorded import nobody, plan_file
from tests.unit.tools.review.plans import change, document, plan
from tools.review.__main__ import main
from tools.review.fingerprint import meaning
from tools.review.hidden import Cleaner, Hidden, masked, scrubbed
from tools.review.plan_file import read_plan
from tools.review.report import Report
from tools.review.review import entry_of, review
from tools.review.settings import Settings

FILES = ("markdown", "html", "json", "sarif")
PLANTED = ("sensitive-values", "sensitive-values-created", "secret-in-plain-text")
AWS_KEY = "AKIA" + "ABCDEFGHIJKLMNOP"


def outputs(folder: Path, files: list[Path], capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Everything that the command writes."""
    options = [f"--{kind}={folder / kind}" for kind in FILES]
    main([*map(str, files), *options, "--no-checkov"])
    printed = capsys.readouterr()
    written = {kind: (folder / kind).read_text() for kind in FILES}
    return {**written, "terminal": printed.out, "errors": printed.err}


@pytest.mark.parametrize("name", PLANTED)
def test_no_output_of_a_recorded_plan_has_a_planted_secret(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert MARK in plan_file(name).read_text()
    found = outputs(tmp_path, [plan_file(name)], capsys)
    assert {kind: MARK in text for kind, text in found.items()} == dict.fromkeys(found, False)
    assert "(hidden)" in found["markdown"]
    assert "(hidden)" in found["html"].split("<footer>")[0]


@pytest.mark.parametrize("name", PLANTED)
def test_the_lines_of_the_fingerprint_have_no_planted_secret(name: str) -> None:
    assert MARK not in "\n".join(meaning([read_plan(plan_file(name))]))


def _unknown_provider() -> dict[str, Any]:
    return change(
        "acme_gateway.main",
        "update",
        before={"admin_password": 12345678, "nested": [{"apiKey": f"{MARK}-a"}], "free": "x"},
        after={
            "admin_password": 87654321,
            "nested": [{"apiKey": f"{MARK}-b"}],
            "free": f"see {MARK}-marked for more",
            "marked": [f"{MARK}-marked"],
            "url": f"https://user:{MARK}-c@example.com",
            "key": AWS_KEY,
            "arguments": ["--token", f"{MARK}-d", f"--secret={MARK}-e"],
            "headers": [{"key": "X-Auth-Token", "value": f"{MARK}-f"}],
        },
        after_sensitive={"marked": [True]},
    )


def test_attributes_of_a_provider_never_seen_are_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "acme.json"
    file.write_text(
        json.dumps(
            document(
                _unknown_provider(),
                resource_drift=[_unknown_provider()],
                output_changes={
                    "marked": {
                        "actions": ["create"],
                        "before": None,
                        "after": f"{MARK}-g",
                        "after_sensitive": True,
                    },
                    "api_token": {"actions": ["update"], "before": "a", "after": f"{MARK}-h"},
                },
                checks=[{"instances": [{"problems": [{"message": f"password={MARK}-i"}]}]}],
                variables={"free": {"value": f"{MARK}-j"}},
            )
        )
    )
    for text in outputs(tmp_path, [file], capsys).values():
        for secret in (MARK, AWS_KEY, "12345678", "87654321"):
            assert secret not in text


def test_the_text_of_an_error_is_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cdktf.out").mkdir()
    error = (
        f'Error: db_password = "{MARK}-a" is refused\n  --auth-token {MARK}-b\n'
        f'  postgres://movies:{MARK}-c@db\n  {{"apiKey": "{MARK}-d"}}'
    )
    stacks = [{"stack": "shop", "status": "failed", "plan": None, "error": error}]
    index = tmp_path / "cdktf.out" / "plans.json"
    index.write_text(json.dumps({"stacks": stacks, "environment": "prod"}))
    for text in outputs(tmp_path, [], capsys).values():
        assert MARK not in text


def test_a_password_that_is_set_anew_is_a_change_that_hides_both() -> None:
    report: Report = review([entry_of(plan_file("secret-in-plain-text"))], Settings(), ask=nobody)
    [task] = [each for each in report.stacks[0].resources if each.kind == "new revision"]
    hidden = [each.field for each in task.fields if isinstance(each.after, Hidden)]
    assert hidden == ["environment DB_PASSWORD"]


def test_hidden_values_are_equal_when_what_they_hide_is() -> None:
    assert Hidden("a", "why") == Hidden("a", "other")
    assert Hidden("a", "why") != Hidden("b", "why")
    assert "a-long-secret" not in str(Hidden("a-long-secret", "why"))


@pytest.mark.parametrize(
    "innocent",
    [
        {"name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:us-east-1:1:secret:db"},
        {"secret_arn": "arn:aws:secretsmanager:us-east-1:1:secret:db"},
        {"token_ttl": "3600", "password_length": 20, "use_token": True},
        {
            "Statement": [
                {"Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "r"}}}
            ]
        },
        {"text": "a: b, c = d"},
    ],
    ids=str,
)
def test_what_is_only_about_secrets_is_shown(innocent: dict[str, Any]) -> None:
    assert Cleaner().cleaned(innocent) == innocent


def test_a_sentence_keeps_what_is_no_secret() -> None:
    assert scrubbed("run --user=me --password=x1 -v") == "run --user=me --password=(hidden) -v"


IN_TEXTS = {
    "on a line of its own": "db:\n  password: {}\n  user: x",
    "after a name that is innocent": "Error: password: {}",
    "of a bearer": "Authorization: Bearer {}",
    "of a bearer alone": "sent 'bearer {}'",
    "of another authorization": "-H 'Authorization: Basic {}' x",
    "of curl": "curl -u movies:{} http://localhost",
    "of curl in words": 'curl --user="movies:{}"',
}


@pytest.mark.parametrize("text", IN_TEXTS.values(), ids=IN_TEXTS)
def test_a_secret_in_a_text_is_hidden(text: str) -> None:
    assert scrubbed(text.format(MARK)) == text.format("(hidden)").replace('"(hidden)"', "(hidden)")


@pytest.mark.parametrize(
    "text",
    [
        "ExpiredToken: The security token included in the request is expired",
        "docker run -u 1000:1000 --user 0:0 x",
        "the bearer of this",
        "Error: no such role: movies",
    ],
)
def test_a_text_without_a_secret_is_as_it_was(text: str) -> None:
    assert masked(text) == text


def test_of_a_text_only_what_has_a_mark_is_hidden() -> None:
    key = f"-----BEGIN RSA PRIVATE KEY-----\n{MARK}\n-----END RSA PRIVATE KEY-----"
    hook = f"https://hooks.slack.com/services/T00000000/B00000000/{MARK}"
    assert masked(f"one {AWS_KEY} two\n{key} three {hook} four") == (
        "one (hidden) two\n(hidden) three https://(hidden) four"
    )


def test_a_fingerprint_does_not_depend_on_a_secret() -> None:
    """From a sum over a short password, the password could be guessed."""
    [one] = [read_plan(plan_file("secret-in-plain-text"))]
    text = plan_file("secret-in-plain-text").read_text().replace(f"{MARK}-variable", "other")
    from tools.review.plan_file import parse_plan

    other = parse_plan(text.encode(), "x", one.stack)
    assert meaning([one]) == meaning([other])


def test_digests_of_two_processes_differ() -> None:
    program = "from tools.review.hidden import Hidden; print(str(Hidden('a', '')))"
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(said) == 2


def test_a_secret_in_the_key_of_an_address_is_hidden() -> None:
    token = f"ghp_{'a1B2' * 9}"
    found = plan(
        change(f'aws_a.b["{token}"]', "update", previous_address=f'aws_a.c["{token}"]'),
        change('aws_a.b["hunter22"]', "update", before={"password": "hunter22"}, after={}),
    ).changes
    assert [(each.address, each.previous_address) for each in found] == [
        ('aws_a.b["(hidden)"]', 'aws_a.c["(hidden)"]'),
        ('aws_a.b["(hidden)"]', None),
    ]
