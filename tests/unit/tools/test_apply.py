"""What apply compares, and what it refuses before Terraform is asked."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from constructs_lib.errors import READABLE
from tools.apply.__main__ import _check, last_plan
from tools.apply.__main__ import main as apply
from tools.apply.reviewed_meaning import differing, not_there, planned_meaning, reviewed_meaning
from tools.plan.index import Index, Planned
from tools.refused import Refused
from tools.review.__main__ import main as review
from tools.review.fingerprint import sum_of


def _plan_file(path: Path, image: str, actions: list[str]) -> Path:
    change = {"actions": actions, "before": None, "after": {"image": image}, "after_unknown": {}}
    resource = {
        **{"address": "aws_x.y", "type": "aws_x", "name": "y", "mode": "managed"},
        "change": change,
    }
    path.write_text(json.dumps({"format_version": "1.2", "resource_changes": [resource]}))
    return path


def test_the_meaning_is_of_the_changes_and_of_nothing_else(tmp_path: Path) -> None:
    one = {"movie": _plan_file(tmp_path / "1.json", "a", ["create"])}
    same = {"movie": _plan_file(tmp_path / "2.json", "a", ["create"])}
    other = {"movie": _plan_file(tmp_path / "3.json", "b", ["create"])}
    unchanged = {"iam": _plan_file(tmp_path / "4.json", "b", ["no-op"])}
    meaning = planned_meaning(one)
    assert meaning == planned_meaning(same) == planned_meaning(one | unchanged)
    assert differing(meaning, planned_meaning(other)) == [
        '  reviewed, not now: movie aws_x.y: create, + image = "a"',
        '  now, not reviewed: movie aws_x.y: create, + image = "b"',
    ]
    assert planned_meaning(unchanged) == []
    assert differing(None, []) == ["  now: nothing changes"]
    kind = ["movie aws_x.y: new revision", 'movie aws_x.y: new revision, cpu: "1" -> "2"']
    assert differing(None, kind) == ["  now: movie aws_x.y: new revision, cpu 1 -> 2"]
    line = 'movie aws_x.y: new revision id "movie" skip_destroy true actions ["delete", "create"]'
    assert differing(None, [line]) == ["  now: movie aws_x.y: new revision"]
    assert differing(None, ["\x1b[2Ja"]) == ["  now: \\x1b[2Ja"]


def test_what_was_reviewed_and_is_another_value_now(tmp_path: Path) -> None:
    def stays(name: str, image: str) -> Path:
        file = _plan_file(tmp_path / name, image, ["no-op"])
        text = file.read_text().replace('"before": null', f'"before": {{"image": "{image}"}}')
        file.write_text(text)
        return file

    reviewed = [
        'movie aws_x.y: update actions ["update"]',
        'movie aws_x.y: update, image: "a" -> "b"',
        'movie aws_x.y: update, other: "a" -> "b"',
        'gone aws_x.y: update, image: "a" -> "b"',
        'movie aws_x.y: update, image: {"": "absent"} -> "c"',
    ]
    assert not_there(reviewed, {"movie": stays("1.json", "b")}) == []
    assert not_there(reviewed, {"movie": stays("2.json", "a")}) == [
        "  reviewed, not there: movie aws_x.y: update, image a -> b"
    ]
    assert not_there(reviewed, {"movie": _plan_file(tmp_path / "3.json", "a", ["create"])}) == []


def test_what_differs_is_said_as_the_review_says_it() -> None:
    head = "movie aws_x.y: new revision"
    absent = '{"": "absent"}'
    reviewed = [
        f'{head} id "movie" skip_destroy true actions ["delete", "create"]',
        f'{head}, port 8080/tcp: "" -> {absent}',
        f'{head}, environment A: {absent} -> "b: -> c"',
        f'{head}, cpu: "256" -> "512"',
        f'{head}, image: "r:5000/a:1.0" -> "r:5000/a:2.0"',
        f'{head}, image: "r/a:1.0" -> "r/b:2.0"',
        f'{head}, rating: image: "r:5000/a:1.0" -> "r:5000/a:2.0"',
    ]
    now = [f'{head}, cpu: "256" -> {{"": "known after apply"}}', f'{head}, A: "1" -> {absent}']
    assert differing(reviewed, now) == [
        f"  reviewed, not now: {head}",
        f"  reviewed, not now: {head}, - port 8080/tcp",
        f'  reviewed, not now: {head}, + environment A = "b: -> c"',
        f"  reviewed, not now: {head}, cpu 256 -> 512",
        f"  reviewed, not now: {head}, image 1.0 -> 2.0",
        f"  reviewed, not now: {head}, image r/a:1.0 -> r/b:2.0",
        f"  reviewed, not now: {head}, rating: image 1.0 -> 2.0",
        f'  now, not reviewed: {head}, cpu: "256" -> (known after apply)',
        f'  now, not reviewed: {head}, - A = "1"',
    ]
    other = [f'{head} id "movie" actions ["delete", "create"]']
    assert differing(reviewed[:1], other) == [
        f"  reviewed, not now: {reviewed[0]}",
        f"  now, not reviewed: {other[0]}",
    ]


def test_a_plan_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{")
    with pytest.raises(Refused, match=r"plan\.json: is not JSON, or is cut off"):
        planned_meaning({"iam": tmp_path / "plan.json"})


def test_what_was_reviewed_is_read_from_the_reviews_json(tmp_path: Path) -> None:
    plan = _plan_file(tmp_path / "movie.json", "a", ["create"])
    written = tmp_path / "review.json"
    assert review([str(plan), "--no-checkov", f"--json={written}"]) == 0
    meaning = planned_meaning({"movie": plan})
    found = json.loads(written.read_text())["fingerprint"]
    assert sum_of(meaning) == found
    assert reviewed_meaning(written, found) == meaning
    sentence = (
        f"{written}: is the review of {found}, and {'0' * 16} is to be applied; "
        "name the review of that one"
    )
    with pytest.raises(Refused, match=f"^{re.escape(sentence)}$"):
        reviewed_meaning(written, "0" * 16)
    written.write_text(written.read_text().replace("image", "picture"))
    with pytest.raises(Refused, match=r"is the review of"):
        reviewed_meaning(written, found)


def test_a_name_that_no_stack_has_gets_the_nearest_and_one_that_was_not_planned_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.apply.__main__.stacks_of_code", lambda: ["iam", "movie-service"])
    monkeypatch.setenv("NETFLUX_ENV", "local")
    index = Index("local", [Planned("iam", "changes")], [])
    sentences = [
        "there is no stack 'move-service'; write 'movie-service'",
        "movie-service was not planned, only iam; plan it, with: NETFLUX_ENV=local "
        ".venv/bin/python -m tools.plan movie-service",
        "nothing is applied; do that first, then apply again",
    ]
    with pytest.raises(Refused, match=f"^{re.escape(chr(10).join(sentences))}$"):
        _check(index, ["move-service", "movie-service", "iam"], "local", tmp_path)


CURE = "write one, with: .venv/bin/python -m tools.review --json FILE"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, f"cannot be read: No such file or directory; {READABLE}"),
        ("{", f"is no review that can be read; {CURE}"),
        ("[]", f"is no review that can be read; {CURE}"),
        ('{"meaning": [1]}', f"is no review that can be read; {CURE}"),
        ('{"meaning": 1}', f"is no review that can be read; {CURE}"),
        ("[" * 100_000, f"is no review that can be read; {CURE}"),
    ],
    ids=str,
)
def test_a_review_that_is_none_is_one_sentence(tmp_path: Path, text: str | None, says: str) -> None:
    file = tmp_path / "review.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(Refused, match=f"^{re.escape(f'{file}: {says}')}$"):
        reviewed_meaning(file, "0" * 16)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--fingerprint="],
            "must be 16 characters of 0-9 and a-f (got ''); copy it from the review",
        ),
        (
            ["--fingerprint=0000"],
            "must be 16 characters of 0-9 and a-f (got '0000'); copy it from the review",
        ),
        (
            ["--changed-since=main"],
            "--changed-since needs --fingerprint; give what the review printed",
        ),
        (
            ["--reviewed=review.json"],
            "--reviewed needs --fingerprint; give what the review printed",
        ),
    ],
)
def test_a_gate_that_is_none_is_refused(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"^1$"):
        apply(arguments)
    assert capsys.readouterr().err.splitlines()[-1].endswith(says)


def test_what_changed_after_the_plans_were_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("services.py", "environments.py"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / "cdktf.out").mkdir()
    index = Index("prod", [], [])
    index.write(tmp_path)
    assert last_plan(tmp_path) == index
    assert capsys.readouterr() == ("", "")
    os.utime(tmp_path / "services.py", (2**32, 2**32))
    assert last_plan(tmp_path) == index
    assert capsys.readouterr() == (
        "",
        "apply: services.py changed after these plans were made, and they lack that; to have it, "
        "plan and review anew\n",
    )
