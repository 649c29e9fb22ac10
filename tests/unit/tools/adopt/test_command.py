"""`python -m tools.adopt` as it is typed, as far as that needs no AWS."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from constructs_lib.definition import rendered
from constructs_lib.errors import WRITABLE
from constructs_lib.findings import ABSENT
from constructs_lib.service import Service
from stacks.imports import Imports
from tests.unit.synthesis import LOCAL, PROD
from tools.adopt import imports_file
from tools.adopt.__main__ import main
from tools.adopt.code import Wanted
from tools.adopt.live.kind import Found
from tools.adopt.looking import Looked, Status
from tools.adopt.showing import stack_lines
from tools.refused import Refused
from tools.review.differences import FieldChange
from tools.review.hidden import Cleaner


def test_its_help_says_the_exit_codes() -> None:
    command = [sys.executable, "-m", "tools.adopt", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--from-live" in done.stdout
    assert "Exit codes: 0 when nothing differs, 2 when something does" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--service", "x"], "--service and --from-live belong together"),
        (["--from-live"], "--service and --from-live belong together"),
        (["iam", "--service", "x", "--from-live"], "name no stacks beside it"),
        (["--print"], "--print is for --service and --from-live"),
    ],
)
def test_options_that_do_not_go_together(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert sentence in capsys.readouterr().err


def test_another_folder_than_the_projects_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    assert capsys.readouterr().err == (
        f"adopt: there is no main.py in {tmp_path}; run it in the project's folder\n"
    )


def test_the_file_is_there_as_long_as_there_is_something_to_import(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "adopt.prod.json"
    imports = Imports(file.name, {"iam": {"aws_iam_role.x": "x"}})
    imports_file.write(file, imports, PROD)
    assert Imports.read(file, PROD) == imports
    imports_file.write(file, Imports(file.name, {}), PROD)
    imports_file.write(file, Imports(file.name, {}), PROD)
    assert list(file.parent.iterdir()) == []


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way")
    file = tmp_path / "folder" / "adopt.prod.json"
    imports = Imports(file.name, {"iam": {"aws_iam_role.x": "x"}})
    with pytest.raises(Refused, match=rf"^adopt.prod.json cannot be written: [^;]+; {WRITABLE}$"):
        imports_file.write(file, imports, PROD)


def looked(type_: str, status: Status, name: str, *fields: FieldChange, **more: object) -> Looked:
    wanted = Wanted("movie-service", f"{type_}.x", {})
    return Looked(wanted, status, name, Found(name, {}), fields, **more)  # type: ignore[arg-type]


def test_a_stack_that_is_managed_is_one_line() -> None:
    one = looked("aws_iam_role", Status.MANAGED, "movies")
    assert list(stack_lines("iam", [one, one], None, PROD)) == ["iam: all 2 managed"]


def test_a_revision_that_the_state_does_not_know_is_told() -> None:
    task = looked("aws_ecs_task_definition", Status.MANAGED, "movies:1")
    newer = task._replace(found=Found("arn:aws:ecs:x:1:task-definition/movies:2", {}))
    same = task._replace(found=Found("arn:aws:ecs:x:1:task-definition/movies:1", {}))
    assert list(stack_lines("movies", [newer], None, PROD)) == [
        "movies: all 1 managed",
        "  not in the state: movies:2, the newest ACTIVE revision, and movies:1 is",
    ]
    assert list(stack_lines("movies", [same], None, PROD)) == ["movies: all 1 managed"]


def test_what_the_environment_can_say_of_the_roles_is_to_be_written_there() -> None:
    live = [
        FieldChange("path", "/apps/", "/"),
        FieldChange("permissions_boundary", ABSENT, "arn:aws:iam::1:policy/b"),
    ]
    role = looked("aws_iam_role", Status.DIFFERENT, "tasks", *live, replaced=True)
    role = role._replace(wanted=role.wanted._replace(stack="iam"))
    assert list(stack_lines("iam", [role], None, PROD))[-4:] == [
        "      to keep what is live, write in environments.py, prod:",
        '        role_path="/apps/",',
        "      to keep what is live, write in environments.py, prod:",
        "        without permissions_boundary",
    ]


def test_every_difference_comes_with_what_follows() -> None:
    secret = Cleaner().cleaned("hunter2hunter2", name="DB_PASSWORD")
    other = Cleaner().cleaned("another-secret", name="DB_PASSWORD")
    found = [
        looked("aws_iam_role", Status.MANAGED, "a"),
        looked("aws_iam_role", Status.GONE, "b"),
        looked("aws_x", Status.UNKNOWN, "aws_x.c"),
        looked(
            "aws_iam_role",
            Status.DIFFERENT,
            "d",
            FieldChange("tags.environment", ABSENT, "local"),
            FieldChange("description", secret, other),
        ),
        looked(
            "aws_iam_role",
            Status.DIFFERENT,
            "e\x1b[2J",
            FieldChange("path", "/apps/", "/"),
            replaced=True,
        ),
    ]
    service = Service(name="movie-service")
    assert list(stack_lines("movie-service", found, service, LOCAL)) == [
        "movie-service: 1 of 5 managed, 2 different, 1 gone, 1 not known",
        "  gone       role b",
        "      is in the state, but not in AWS; the next deploy makes it anew",
        "  not known  resource aws_x.c",
        "      cannot be looked for; if it exists, import it by hand: terraform import",
        "  different  role d",
        "      field             live      code",
        "      tags.environment  nothing   local",
        "      description       (hidden)  (hidden, another)",
        "      the next deploy imports it and changes it to what the code says",
        "      environment: the 'tags' of local in environments.py are on everything; to do "
        "without one, take it out there",
        "  different  role e\\x1b[2J",
        "      field  live    code",
        "      path   /apps/  /",
        "      not imported: Terraform would destroy it to make what the code says; "
        "a deploy of movie-service fails until the code says what is live",
    ]


def test_tags_of_a_log_group_are_not_of_an_entry() -> None:
    live = [
        FieldChange("tags.team", "movies", ABSENT),
        FieldChange("tags.managed-by", "hand", "cdktf"),
    ]
    group = looked("aws_cloudwatch_log_group", Status.DIFFERENT, "/ecs/x", *live)
    assert list(stack_lines("x", [group], Service(name="x"), LOCAL))[-3:] == [
        "      the next deploy imports it and changes it to what the code says",
        "      managed-by: the 'tags' of local in environments.py are on everything; to do "
        "without one, take it out there",
        "      team: kept only by 'tags' of local in environments.py, which are on everything",
    ]


def test_a_tag_of_a_task_definition_is_kept_by_its_entry() -> None:
    """Also where the environment has it with another value; not where live has it not."""
    service = Service(name="movie-service")
    live = [
        FieldChange("tags.environment", ABSENT, "local"),
        FieldChange("tags.managed-by", "hand", "cdktf"),
    ]
    values = {"definition": rendered(service, LOCAL), "tags": {"managed-by": "hand"}}
    task = looked("aws_ecs_task_definition", Status.DIFFERENT, "movie-service:1", *live)
    task = task._replace(found=Found("movie-service:1", values))
    assert list(stack_lines("movie-service", [task], service, LOCAL))[-4:] == [
        "      the next deploy imports it and changes it to what the code says",
        "      environment: the 'tags' of local in environments.py are on everything; to do "
        "without one, take it out there",
        "      to keep what is live, write in services.py, movie-service:",
        '        tags={"managed-by": "hand"},',
    ]


def test_what_is_empty_no_entry_keeps_and_the_rest_it_does() -> None:
    service = Service(name="movie-service", environment={"EMPTY": ""})
    definition = rendered(service, PROD)
    definition["containerDefinitions"][0]["environment"] = [{"name": "EMPTY", "value": ""}]
    field = FieldChange("environment EMPTY", "", ABSENT)
    task = looked("aws_ecs_task_definition", Status.DIFFERENT, "movie-service:1", field)
    values = {"definition": definition | {"memory": "2048"}, "tags": {}}
    task = task._replace(found=Found("movie-service:1", values), replaced=True)
    assert list(stack_lines("movie-service", [task], service, PROD))[-5:] == [
        "      not imported: as the code is, the next deploy registers a new revision beside it, "
        "and movie-service:1 stays ACTIVE",
        "      no entry keeps what is empty: environment EMPTY",
        "      movie-service: 'containerDefinitions[0].environment[0].value' is empty, so AWS "
        "drops the variable (got 'EMPTY'); leave it out, or give it a value",
        "      to keep the rest of what is live, write in services.py, movie-service:",
        "        memory_mib=2048,",
    ]
