"""main.py as it is run: what it writes, and what it says about bad input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from constructs_lib.environment import Environment
from tests import walk
from tests.walk import LOCAL, PROD

PROJECT = Path(__file__).parents[2]
NAME = "'name' must be 1 to 255 letters, digits, hyphens or underscores"
SHORTEN = "use hyphens, and shorten it if need be"

# The entry or entries as a user writes them, and every line that must be said.
BAD_SERVICES: dict[str, tuple[str, list[str]]] = {
    "an unknown key": (
        "Service(name='movie-service', prot=8080)",
        ["movie-service: 'prot' is no argument of Service (got 8080); write 'port'"],
    ),
    "a missing name": (
        "Service(port=80)",
        [
            "services.py, entry 1: 'name' must be given (got nothing);"
            " write name=... (1 to 255 letters, digits, hyphens or underscores, no hyphen first)"
        ],
    ),
    "an empty name": (
        "Service(name='')",
        [f"services.py, entry 1: {NAME} (got ''); {SHORTEN}"],
    ),
    "a name with a space": (
        "Service(name='movie service')",
        [f"movie service: {NAME} (got 'movie service'); {SHORTEN}"],
    ),
    "a name of 256 characters": (
        "Service(name='m' * 256)",
        [f"services.py, entry 1: {NAME} (got '{'m' * 59}... 256 characters in all); {SHORTEN}"],
    ),
    "two services of one name": (
        "Service(name='movie-service'), Service(name='movie-service')",
        [
            "movie-service: 'name' must be of one service only, and entry 1 has it"
            " (got 'movie-service'); choose another"
        ],
    ),
    "a size that Fargate does not have": (
        "Service(name='movie-service', cpu_units=256, memory_mib=4096)",
        [
            "movie-service: 'memory_mib' must be 512, 1024 or 2048 MiB at cpu_units=256 (got 4096);"
            " raise cpu_units or lower memory_mib"
        ],
    ),
    "port 0": (
        "Service(name='movie-service', port=0)",
        ["movie-service: 'port' must be 1 to 65535 (got 0); write 1 or more"],
    ),
    "port 70000": (
        "Service(name='movie-service', port=70000)",
        ["movie-service: 'port' must be 1 to 65535 (got 70000); write 65535 or less"],
    ),
    "an empty environment name": (
        "Service(name='movie-service', environment={'': 'x'})",
        ["movie-service: 'environment['']' must not be empty (got ''); name the variable"],
    ),
    "the same environment name twice": (
        "Service(name='movie-service', environment=[('A', '1'), ('A', '2')])",
        [
            "movie-service: 'environment[1]' must be set once, and is environment[0] (got 'A');"
            " keep one"
        ],
    ),
    "a digest that is none": (
        "Service(name='movie-service', image_digest='sha256:abc')",
        [
            "movie-service: 'image_digest' must be sha256: and 64 lower-case hexadecimal digits"
            " (got 'sha256:abc'); copy the digest from ECR, or give image_tag instead"
        ],
    ),
    "an image with a scheme": (
        "Service(name='movie-service', image='https://example.org/movies:1')",
        [
            "movie-service: 'image' must not have a scheme (got 'https://example.org/movies:1');"
            " write 'example.org/movies:1'"
        ],
    ),
    "retention 42": (
        "Service(name='movie-service', log_retention_days=42)",
        [
            "movie-service: 'log_retention_days' must be a number of days that CloudWatch Logs"
            " takes (got 42); the next longer one is 60; take one of 1, 3, 5, 7, 14, 30, 60, 90,"
            " 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or"
            " leave it out to keep for ever"
        ],
    ),
    "variables that are no mapping": (
        "Service(name='movie-service', environment='A=1', secrets=['A=1'], tags='a')",
        [
            "movie-service: 'tags' must be a mapping of names to values (got 'a');"
            ' write {"NAME": "value"}',
            "movie-service: 'environment' must be a mapping of names to values (got 'A=1');"
            ' write {"NAME": "value"}',
            "movie-service: 'secrets' must be a mapping of names to values (got ['A=1']);"
            ' write {"NAME": "value"}',
        ],
    ),
    "variables without a value": (
        "Service(name='movie-service', environment={'A': None, 'B': '1'})",
        [
            "movie-service: 'environment['A']' must be a string (got None);"
            " give a value, or leave it out"
        ],
    ),
    "a capital letter in the repository of the image": (
        "Service(name='Movie-service'), Service(name='Other', image='ghcr.io/x/other')",
        [
            "Movie-service: 'name' must be in lower case, as the repository of its image has it and"
            " ECR takes no capital letters (got 'Movie-service'); write 'movie-service', or give"
            " image="
        ],
    ),
    "an environment that nobody knows": (
        "Service(name='movie-service', per_environment={'stagng': {'port': 1}})",
        [
            "movie-service: 'per_environment['stagng']' must be an environment of environments.py"
            " (got 'stagng'); known are prod, local"
        ],
    ),
    "a mistake for another environment": (
        "Service(name='movie-service', per_environment={'local': {'prot': 1}})",
        [
            "movie-service: 'per_environment['local']['prot']' is no argument of Service (got 1);"
            " write 'port'"
        ],
    ),
    "several mistakes of several services": (
        "Service(name='one', port=0, cpu_units=300, prot=1), Service(name='good'),"
        " Service(name='two', image='s3://x', environment={'': '1'}), Service(name='good'), 'x'",
        [
            "one: 'prot' is no argument of Service (got 1); write 'port'",
            "one: 'port' must be 1 to 65535 (got 0); write 1 or more",
            "one: 'cpu_units' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on Fargate"
            " (got 300); write 256",
            "two: 'image' must not have a scheme (got 's3://x'); write 'x'",
            "two: 'environment['']' must not be empty (got ''); name the variable",
            "services.py, entry 5: 'SERVICES' must hold Service entries (got 'x');"
            " write Service(...)",
            "good: 'name' must be of one service only, and entry 2 has it (got 'good');"
            " choose another",
        ],
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with the catalogue and the environments of the walk."""
    shutil.copy(PROJECT / "main.py", tmp_path)
    walk.write(tmp_path)
    for name in ("constructs_lib", "stacks", "lean_bindings"):
        (tmp_path / name).symlink_to(PROJECT / name)
    return tmp_path


def run(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs main.py as the cdktf CLI does."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("NETFLUX_")}
    return subprocess.run(
        [sys.executable, "main.py"],
        cwd=project,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def assert_refused(project: Path, lines: list[str], **environment: str) -> None:
    """Exit code 1, these lines and no others, and nothing written."""
    result = run(project, **environment)
    assert (result.stdout, result.stderr.splitlines()) == ("", lines)
    assert result.returncode == 1
    assert not (project / "cdktf.out").exists()
    assert not (project / ".gen").exists()


@pytest.mark.parametrize(("entries", "lines"), BAD_SERVICES.values(), ids=BAD_SERVICES)
def test_a_bad_catalogue(entries: str, lines: list[str], project: Path) -> None:
    (project / "services.py").write_text(
        f"from constructs_lib.service import Service\nSERVICES = [{entries}]\n"
    )
    assert_refused(project, lines)


MENDED = "must be Python that runs"

# services.py as a whole, and the one line that must be said.
BAD_FILES: dict[str, tuple[str, str]] = {
    "no end of a bracket": (
        "SERVICES = [\n    (\n",
        f"services.py, line 2: {MENDED} (got SyntaxError: '(' was never closed); mend it",
    ),
    "a name that is not there": (
        "SERVICES = []\nSERVICES += [Sevice(name='a')]\n",
        f"services.py, line 2: {MENDED} (got NameError: name 'Sevice' is not defined);"
        " write Service, of constructs_lib.service",
    ),
    "a name that is not imported": (
        "SERVICES = [HealthCheck(command=['CMD', 'true'])]\n",
        f"services.py, line 1: {MENDED} (got NameError: name 'HealthCheck' is not defined);"
        " write above it: from constructs_lib.containers import HealthCheck",
    ),
    "a class that is misspelt in its import": (
        "from constructs_lib.containers import Contaner\n",
        f"services.py, line 1: {MENDED} (got ImportError: cannot import name 'Contaner' from"
        " 'constructs_lib.containers'); write Container",
    ),
    "a module that is misspelt": (
        "from constructs_lib.container import Container\n",
        f"services.py, line 1: {MENDED} (got ModuleNotFoundError: No module named"
        " 'constructs_lib.container'); write constructs_lib.containers",
    ),
    "exit 0": (
        "import sys\nsys.exit(0)\n",
        f"services.py, line 2: {MENDED} (got SystemExit: 0); mend it",
    ),
    "an error of two lines in a constructor": (
        "from constructs_lib.service import Service\ndef port():\n    raise ValueError('a\\nb')\n"
        "SERVICES = [Service(name='a', port=port())]\n",
        f"services.py, line 3: {MENDED} (got ValueError: a\\nb); mend it",
    ),
    "a keyword that is none": (
        "from constructs_lib.service import Service\nSERVICES = [Service(**{1: 2})]\n",
        f"services.py, line 2: {MENDED} (got TypeError: keywords must be strings); mend it",
    ),
    "a default that is changed": (
        "from constructs_lib.service import Service\n"
        "SERVICES = [Service(name='a')]\nSERVICES[0].environment['B'] = 'c'\n",
        f"services.py, line 3: {MENDED} (got TypeError: 'mappingproxy' object does not support"
        " item assignment); mend it",
    ),
    "a module that is not there": (
        "import nowhere\n",
        f"services.py, line 1: {MENDED} (got ModuleNotFoundError: No module named 'nowhere');"
        " mend it",
    ),
    "nothing": (
        "",
        "services.py: 'SERVICES' must be given (got nothing); write SERVICES = ..., as the project"
        " netflux has it",
    ),
    "no list": (
        "SERVICES = 'movie-service'\n",
        "services.py: 'SERVICES' must be a list (got 'movie-service');"
        " write SERVICES = [Service(...)]",
    ),
    "a class of one's own": (
        "from constructs_lib.service import Service\n\n\nclass Ours(Service):\n    port = 90\n\n\n"
        "SERVICES = [Ours(name='a')]\n",
        "services.py, entry 1: 'SERVICES' must hold Service entries (got Ours(name='a'));"
        " write Service(...)",
    ),
}


@pytest.mark.parametrize(("text", "line"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file(text: str, line: str, project: Path) -> None:
    (project / "services.py").write_text(text)
    assert_refused(project, [line])


def test_no_file(project: Path) -> None:
    (project / "services.py").unlink()
    assert_refused(project, ["services.py: was not found; write it beside main.py"])


def test_environments_that_are_no_python(project: Path) -> None:
    (project / "environments.py").write_text("ENVIRONMENTS = [\n")
    line = f"environments.py, line 1: {MENDED} (got SyntaxError: '[' was never closed); mend it"
    assert_refused(project, [line])


@pytest.mark.parametrize("cdktf", ["", "import cdktf\n"], ids=["without CDKTF", "with CDKTF"])
def test_what_cdktf_refuses_leaves_what_was_written_before(cdktf: str, project: Path) -> None:
    """A marker of a value that no CDKTF made: without CDKTF it is seen, with it CDKTF sees it."""
    (project / ".gen").symlink_to(PROJECT / ".gen")
    assert run(project).returncode == 0
    before = contents(project)
    (project / "services.py").write_text(
        f"{cdktf}from constructs_lib.service import Service\n"
        "SERVICES = [Service(name='a'), Service(name='b', command=['${TfToken[TOKEN.99]}'])]\n"
    )
    result = run(project)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    last = result.stderr.splitlines()[-1]
    assert last.startswith(
        "cdktf.out: was not written, as " if cdktf else "b: 'command[0]' must not be"
    )
    assert contents(project) == before


def test_ctrl_c_while_jsii_starts_node(project: Path) -> None:
    (project / ".gen").symlink_to(PROJECT / ".gen")
    (project / "sitecustomize.py").write_text(
        "import tempfile\n"
        "def interrupted(): raise KeyboardInterrupt\n"
        "tempfile.TemporaryDirectory = interrupted  # jsii's first step, before it has a process\n"
    )
    done = run(project, PYTHONPATH=str(project))
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert not (project / "cdktf.out").exists()


def contents(project: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(project)): path.read_bytes()
        for folder in project.glob("*cdktf.out*")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_that_cannot_be_written(project: Path) -> None:
    (project / ".gen").symlink_to(PROJECT / ".gen")
    result = run(project, CDKTF_OUTDIR="main.py")
    assert result.returncode == 1
    assert result.stderr.startswith("main.py: was not written, as [Errno 20] Not a directory")
    assert len(result.stderr.splitlines()) == 1
    assert not list(project.glob(".main.py*"))


def test_what_is_wrong_in_all_three_files_is_said_at_once(project: Path) -> None:
    """But for services in an environment whose account or region nobody can tell."""
    wrong = {**PROD.given, "tags": {"a": 1}, "service_defaults": {"cpu_unit": 256}}
    walk.write(project, [Environment(**wrong), LOCAL])
    (project / "images.txt").write_text("prod movie-service\n")
    (project / "services.py").write_text(
        "from constructs_lib.service import Service\nSERVICES = [Service(name='a', port=0)]\n"
    )
    lines = [
        "environments.py, prod: 'tags' must map strings to strings (got {'a': 1});"
        " quote keys and values",
        "images.txt, line 1: 'line' must be ENVIRONMENT SERVICE TAG_OR_DIGEST"
        " (got 'prod movie-service'); write these three words",
        "environments.py, prod: 'service_defaults['cpu_unit']' is no argument of Service"
        " (got 256); write 'cpu_units'",
        "a: 'port' must be 1 to 65535 (got 0); write 1 or more",
    ]
    assert_refused(project, lines)
    walk.write(project, [Environment(**{**wrong, "region": "Ireland"}), LOCAL])
    region = (
        "environments.py, prod: 'region' must be an AWS region such as us-east-1 (got 'Ireland');"
        " copy the region's code, not its name"
    )
    tags, line, defaults, _ = lines
    assert_refused(project, [region, tags, defaults, line])


def test_what_is_wrong_in_images_txt_is_said_with_what_is_wrong_with_services(
    project: Path,
) -> None:
    (project / "images.txt").write_text("prod movie-service\nprod a x/y\nprod b 1\n")
    (project / "services.py").write_text(
        "from constructs_lib.service import Service\nSERVICES = [Service(name='a', port=0)]\n"
    )
    assert_refused(
        project,
        [
            "images.txt, line 1: 'line' must be ENVIRONMENT SERVICE TAG_OR_DIGEST"
            " (got 'prod movie-service'); write these three words",
            "images.txt, line 2: 'image' must be an image tag: 1 to 128 letters, digits, _ . or -,"
            " not beginning with . or - (got 'x/y'); write a tag, or sha256: and the digest,"
            " without the repository",
            "a: 'port' must be 1 to 65535 (got 0); write 1 or more",
            "images.txt, line 3: 'service' must be a service of services.py (got 'b'); take the"
            " line away, if that service is gone",
        ],
    )


def test_what_nobody_acknowledged_is_warned_of_and_written(project: Path) -> None:
    walk.write(project, [Environment(**{**PROD.given, "acknowledged": []}), LOCAL])
    (project / ".gen").symlink_to(PROJECT / ".gen")
    result = run(project)
    assert (result.returncode, result.stdout) == (0, "")
    assert [line.split(" is off")[0] for line in result.stderr.splitlines()] == [
        "warning: environments.py, prod: 'least_privilege'",
        "warning: environments.py, prod: 'least_privilege'",
        "warning: environments.py, prod: 'confused_deputy_conditions'",
    ]
    [metadata] = [
        each
        for each in json.loads((project / "cdktf.out" / "manifest.json").read_text())["stacks"][
            "iam"
        ]["annotations"]
        if "SecretsManagerReadWrite" in each["message"]
    ]
    assert metadata["level"] == "@cdktf/warn"


def test_what_was_written_before_stays_as_it_was(project: Path) -> None:
    stack = project / "cdktf.out" / "stacks" / "iam" / "cdk.tf.json"
    stack.parent.mkdir(parents=True)
    stack.write_text("{}")
    (project / "services.py").write_text("SERVICES = [5]\n")
    assert run(project).returncode == 1
    assert [path for path in (project / "cdktf.out").rglob("*") if path.is_file()] == [stack]
    assert stack.read_text() == "{}"


def test_an_unknown_environment(project: Path) -> None:
    assert_refused(
        project,
        [
            "environments.py: 'NETFLUX_ENV' must be one of prod, local (got 'staging');"
            " choose one of these, or add an entry there"
        ],
        NETFLUX_ENV="staging",
    )


def test_an_environment_whose_name_is_misspelt(project: Path) -> None:
    sentence = "environments.py: 'NETFLUX_ENV' must be one of prod, local (got 'lcoal');"
    assert_refused(project, [f"{sentence} write 'local'"], NETFLUX_ENV="lcoal")


def test_an_account_number_of_11_digits(project: Path) -> None:
    walk.write(project, [Environment(**{**PROD.given, "account_id": "12754974868"}), LOCAL])
    assert_refused(
        project,
        [
            "environments.py, prod: 'account_id' must be 12 digits, as a string"
            " (got '12754974868'); copy the number from the console's account menu, in quotes"
        ],
    )


@pytest.mark.parametrize("environment", ["prod", "local"])
def test_a_good_catalogue_is_written_without_a_word(environment: str, project: Path) -> None:
    (project / ".gen").symlink_to(PROJECT / ".gen")
    result = run(project, NETFLUX_ENV=environment)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    stacks = sorted(path.parent.name for path in project.glob("cdktf.out/stacks/*/cdk.tf.json"))
    assert stacks == ["customer-service", "iam", "movie-service", "state-bucket"]
