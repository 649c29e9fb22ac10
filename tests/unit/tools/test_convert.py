"""The commands `render` and `convert`, as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import environments
import services
from constructs_lib.definition import rendered
from constructs_lib.errors import READABLE
from constructs_lib.service import Service
from tests import walk
from tools import arguments_page, convert, render

GOLDEN = Path(__file__).parents[2] / "golden"
PLATFORM = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}


@pytest.fixture(autouse=True)
def the_walks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NETFLUX_ENV", raising=False)
    monkeypatch.setattr(environments, "PROJECT", tmp_path)
    monkeypatch.setattr(environments, "ENVIRONMENTS", [walk.PROD, walk.LOCAL])
    monkeypatch.setattr(services, "SERVICES", walk.SERVICES)


@pytest.mark.parametrize("service", ["movie-service", "customer-service"])
def test_render_prints_what_will_be_registered(
    service: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render.main([service]) == 0
    reference = json.loads((GOLDEN / f"{service}.json").read_text())
    assert json.loads(capsys.readouterr().out) == reference | {"runtimePlatform": PLATFORM}


def test_render_names_the_nearest_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert render.main(["movies"]) == 1
    assert capsys.readouterr() == (
        "",
        "render: 'SERVICE' must be a service of services.py (got 'movies');"
        " write 'movie-service'\n",
    )


def test_convert_gives_back_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    file = GOLDEN / "movie-service.json"
    assert convert.main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(file.read_text())


def test_convert_writes_the_entry_below_its_imports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    definition["containerDefinitions"][0]["healthCheck"] = {"command": ["CMD", "true"]}
    file = tmp_path / "checked.json"
    file.write_text(json.dumps(definition))
    assert convert.main([str(file), "--python"]) == 0
    assert capsys.readouterr().out == (
        "from constructs_lib.containers import HealthCheck\n"
        "from constructs_lib.service import Service\n"
        "\n"
        "Service(\n"
        '    name="movie-service",\n'
        '    health_check=HealthCheck(command=["CMD", "true"]),\n'
        "    runtime_platform=None,\n"
        "),\n"
    )


def test_convert_gives_the_service_the_group_that_ecs_would_make(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    [container] = definition["containerDefinitions"]
    container["logConfiguration"]["options"] |= {
        "awslogs-create-group": "true",
        "awslogs-group": "/netflux/movies",
    }
    file = tmp_path / "grouped.json"
    file.write_text(json.dumps(definition))
    assert convert.main([str(file), "--python"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    entry = printed.out.partition("\n\n")[2]
    [service] = eval(f"[{entry}]", {"Service": Service})
    assert service.log_group_name == "/netflux/movies"
    assert rendered(service, walk.PROD) == definition


def test_convert_says_what_services_py_would_refuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    definition["containerDefinitions"][0]["image"] = "https://ghcr.io/netflux/movies:1"
    file = tmp_path / "scheme.json"
    file.write_text(json.dumps(definition))
    assert convert.main([str(file), "--python"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("from constructs_lib.service import Service\n\nService(\n")
    assert printed.err == (
        "warning: services.py refuses this entry as it is; mend what follows in it\n"
        "warning: movie-service: 'image' must not have a scheme (got 'https://ghcr.io/netflux/movies');"
        " write 'ghcr.io/netflux/movies'\n"
    )


@pytest.mark.parametrize("form", ["--json", "--python"])
def test_convert_warns_of_what_aws_drops(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    definition["containerDefinitions"][0]["environment"] = [{"name": "EMPTY", "value": ""}]
    monkeypatch.chdir(tmp_path)
    Path("empty.json").write_text(json.dumps(definition))
    assert convert.main(["empty.json", form]) == 0
    said = capsys.readouterr()
    assert "EMPTY" not in said.out
    assert said.err == (
        "warning: empty.json: 'containerDefinitions[0].environment[0].value' is empty, so AWS "
        "drops the variable (got 'EMPTY'); leave it out, or give it a value\n"
    )


def test_convert_refuses_with_a_sentence_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = json.loads((GOLDEN / "movie-service.json").read_text())
    definition["cpu"] = "300"
    definition["containerDefinitions"][0]["portMappings"][0]["containerPort"] = 70000
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(definition))
    assert convert.main([str(file), "--json"]) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert error.splitlines() == [
        f"{file}: 'containerDefinitions[0].portMappings[0].containerPort' must be 1 to 65535"
        " (got 70000); write 65535 or less",
        f"{file}: 'containerDefinitions[0].portMappings[0].hostPort' must be absent or equal to"
        " containerDefinitions[0].portMappings[0].containerPort=70000 under awsvpc"
        " (got 8080); leave it out",
        f"{file}: 'cpu' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on Fargate"
        " (got 300); write 256",
    ]


def test_convert_says_that_a_file_is_of_another_kind(capsys: pytest.CaptureFixture[str]) -> None:
    file = GOLDEN / "iam.prod.tf.json"
    assert convert.main([str(file), "--python"]) == 1
    assert capsys.readouterr() == (
        "",
        f"{file}: has neither family nor containerDefinitions; "
        "name a file of one task definition, as RegisterTaskDefinition takes it\n",
    )


def test_convert_says_that_there_is_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "none.json"
    assert convert.main([str(file), "--python"]) == 1
    assert capsys.readouterr().err == (
        f"{file}: cannot be read: No such file or directory; {READABLE}\n"
    )


def test_the_page_of_arguments_is_current() -> None:
    assert arguments_page.PAGE.read_text("utf-8") == arguments_page.page()
