"""How the cdktf CLI is started: by its own link, in an environment that suits it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
NEEDED = (
    "Terraform 1.11 or later is needed; "
    "get it from https://developer.hashicorp.com/terraform/install"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose `node` prints how it was started."""
    folder = tmp_path / "project"
    for name in ("tools", "stacks", "constructs_lib"):
        shutil.copytree(PROJECT / name, folder / name)
    commands = folder / ".venv" / "bin"
    commands.mkdir(parents=True)
    (commands / "python").symlink_to(sys.executable)
    links = folder / "node_modules" / ".bin"
    links.mkdir(parents=True)
    (links / "cdktf").symlink_to("../../tools/cdktf")
    print_start = f"""#!{sys.executable} -IS
import json, os, sys
print(json.dumps([sys.argv[1:], dict(os.environ)]))
"""
    (commands / "node").write_text(print_start)
    (commands / "node").chmod(0o755)
    terraform = tmp_path / "bin" / "terraform"
    terraform.parent.mkdir()
    terraform.write_text('#!/bin/sh\necho "Terraform ${VERSION:-v1.11.4}"\n')
    terraform.chmod(0o755)
    return folder


@pytest.fixture
def app(project: Path) -> Path:
    """The project's folder with an app and a diagnosis that prints how it was asked."""
    (project / "cdktf.json").write_text("{}")
    (project / "tools" / "diagnosis" / "__main__.py").write_text(
        "import os, sys\n"
        "print('diagnosis', *sys.argv[1:], file=sys.stderr)\n"
        "sys.exit(int(os.environ.get('FOUND', 0)) if '--before' in sys.argv else 3)\n"
    )
    return project


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{project.parent / 'bin'}:/usr/bin:/bin"
    return subprocess.run(
        [project / "node_modules" / ".bin" / "cdktf", *arguments],
        cwd=project if (project / "cdktf.json").exists() else project.parent,
        env={"PATH": path, "HOME": str(project.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )


def run_as_the_cli(
    app: Path, script: str, verb: str = "deploy"
) -> subprocess.CompletedProcess[str]:
    """`cdktf deploy iam`, or another verb, where the CLI is a script, run by the pinned Node."""
    (app / ".venv" / "bin" / "node").unlink()
    (app / ".venv" / "bin" / "node").symlink_to(PROJECT / ".venv" / "bin" / "node")
    cli = app / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    cli.parent.mkdir(parents=True)
    cli.write_text(script)
    return run(app, verb, "iam")


def test_the_cli_of_the_lock_file_gets_the_arguments_as_they_are(project: Path) -> None:
    result = run(project, "deploy", "movie-service", "--var=a b", "${x}")
    arguments, environment = json.loads(result.stdout)
    cli = project / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    log = project / "tools" / "cdktf_hooks" / "log.cjs"
    given = [str(cli), "deploy", "movie-service", "--var=a b", "${x}"]
    assert arguments == ["--require", str(log), *given]
    assert environment["CHECKPOINT_DISABLE"] == "1"
    assert environment["PATH"].startswith(f"{project / '.venv' / 'bin'}:")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"VERSION": "v1.10.0"}, f"cdktf: 'terraform' is version 1.10.0; {NEEDED}"),
        (
            {"TERRAFORM_BINARY_NAME": "tofu"},
            f"cdktf: 'tofu' was not found on the PATH; {NEEDED}",
        ),
    ],
)
def test_without_a_fitting_terraform_it_says_so_in_one_sentence(
    project: Path, environment: dict[str, str], sentence: str
) -> None:
    result = run(project, "list", **environment)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize("command", ["deploy", "apply", "diff", "plan", "destroy"])
def test_before_what_uses_the_state_the_diagnosis_is_asked(app: Path, command: str) -> None:
    result = run(app, command, "movie-*", "--auto-approve", "iam")
    arguments, environment = json.loads(result.stdout)
    cli = app / "node_modules" / "cdktf-cli" / "bundle" / "bin" / "cdktf"
    hooks = app / "tools" / "cdktf_hooks"
    given = [str(cli), command, "movie-*", "--auto-approve", "iam"]
    assert arguments == [
        "--require",
        str(hooks / "log.cjs"),
        "--require",
        str(hooks / "end.cjs"),
        *given,
    ]
    python = str(app / ".venv" / "bin" / "python")
    asked = [python, "-m", "tools.diagnosis", "movie-*", "iam"]
    assert json.loads(environment["NETFLUX_HOOKS"])["diagnosis"] == [*asked, "--failed"]
    more = {"deploy": " --deploying", "apply": " --deploying", "destroy": " --destroying"}
    assert result.stderr == f"diagnosis movie-* iam --before --certain=2{more.get(command, '')}\n"


@pytest.mark.parametrize(
    ("given", "certain"),
    [
        (["a", "b"], 2),
        (["a", "--auto-approve", "b"], 2),
        (["a", "--var", "b", "c"], 1),
        (["a", "--var=x=y", "b"], 1),
        (["a", "--auto-approve", "true", "b"], 1),
        (["a", "--app", "python other.py"], 0),
        (["a", "--skip-synth"], 0),
    ],
)
def test_only_what_is_no_value_of_an_option_is_a_stack_for_sure(
    app: Path, given: list[str], certain: int
) -> None:
    assert f" --certain={certain}\n" in run(app, "diff", *given).stderr


def test_where_the_environment_names_another_app_no_name_is_certain(app: Path) -> None:
    assert " --certain=0\n" in run(app, "diff", "a", CDKTF_SKIP_SYNTH="true").stderr


def test_what_speaks_against_beginning_ends_it(app: Path) -> None:
    result = run(app, "deploy", "iam", FOUND="3")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "diagnosis iam --before --certain=1 --deploying\n"


def test_a_diagnosis_that_breaks_stops_nothing(app: Path) -> None:
    result = run(app, "deploy", "iam", FOUND="1")
    assert result.returncode == 0
    assert json.loads(result.stdout)[0][-2:] == ["deploy", "iam"]


@pytest.mark.parametrize("arguments", [["synth"], ["list"], ["deploy"], ["diff", "--help"]])
def test_for_anything_else_the_diagnosis_is_not_asked(app: Path, arguments: list[str]) -> None:
    result = run(app, *arguments)
    given, environment = json.loads(result.stdout)
    assert given[3:] == arguments
    assert result.stderr == ""
    assert "NETFLUX_HOOKS" not in environment


WARNED = "diagnosis iam --before --certain=1 --deploying"
STOPPED = (
    "cdktf: stopped; no lock and no process of it is left, and the same command goes on from there"
)


@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        ("process.exit(0)", 0, ["", WARNED]),  # the pages of plan came after the first
        ("process.exit(1)", 1, ["diagnosis iam --failed"]),
        ("process.exitCode = 2", 2, ["diagnosis iam --failed"]),
        ("process.exit(130)", 130, []),
        ("process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 9e8)", 130, ["", STOPPED]),
        ("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 9e8)", -9, []),
    ],
)
def test_after_a_failure_the_diagnosis_is_asked_at_the_end(
    app: Path, ending: str, code: int, said: list[str]
) -> None:
    result = run_as_the_cli(app, ending)
    assert result.returncode == code
    assert result.stderr.splitlines() == [WARNED, *said]


def test_a_warning_before_a_destroy_comes_once_more_after_its_pages(app: Path) -> None:
    result = run_as_the_cli(app, "console.error('pages')", "destroy")
    warned = "diagnosis iam --before --certain=1 --destroying"
    assert (result.returncode, result.stderr) == (0, f"{warned}\npages\n\n{warned}\n")


@pytest.mark.parametrize(
    "thrown", ["Promise.reject('the reason')", "throw new Error('the reason')"]
)
def test_the_diagnosis_comes_last_after_an_error_that_no_one_caught(app: Path, thrown: str) -> None:
    result = run_as_the_cli(app, thrown)
    assert result.returncode == 1
    assert "the reason" in result.stderr
    assert result.stderr.splitlines()[-1] == "diagnosis iam --failed"


def test_an_interrupt_reaches_terraform_once_and_the_cli_never(app: Path) -> None:
    """The CLI would abort it by its signal, and end with the first Terraform that has failed."""
    terraform = app.parent / "bin" / "terraform"
    terraform.write_text(f"""#!{sys.executable} -IS
import signal, sys, time
if sys.argv[1:] == ["version"]:
    print("Terraform v1.11.4")
    sys.exit()
interrupts = []
signal.signal(signal.SIGINT, lambda *_: interrupts.append(1))
print("begun", flush=True)
while not interrupts:
    time.sleep(0.01)
time.sleep(0.5)
print("interrupts:", len(interrupts))
sys.exit(1)
""")
    result = run_as_the_cli(
        app,
        """
        const { spawn } = require("node:child_process");
        const abort = new AbortController();
        process.on("SIGINT", () => abort.abort());
        process.on("exit", () => console.log("drawn once more"));
        const child = spawn("terraform", ["apply"], { signal: abort.signal });
        child.stdout.on("data", (said) => {
          process.stdout.write(said);
          if (String(said).includes("begun")) process.kill(-process.pid, "SIGINT");
        });
        child.on("close", () => process.exit(1));
        """,
    )
    assert (result.returncode, result.stdout) == (130, "begun\ninterrupts: 1\ndrawn once more\n")
    assert result.stderr.splitlines() == [WARNED, "", STOPPED]


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        ("exitCode: 0, signal: 9", 137),
        ("exitCode: 0, signal: 0", 0),
        ("exitCode: 1, signal: 0", 1),
        ("exitCode: 0", 0),
    ],
)
def test_a_terraform_that_was_killed_has_failed(app: Path, ended: str, code: int) -> None:
    """As the pseudo-terminal tells it, and the CLI takes it: by the exit code alone."""
    (app / "node-pty.js").write_text(
        f"exports.spawn = () => ({{ get onExit() {{ return (told) => told({{ {ended} }}); }} }});"
    )
    program = f"""
        const pty = require({str(app / "node-pty.js")!r});
        require({str(app / "node-pty.js")!r});
        pty.spawn("terraform").onExit(({{ exitCode }}) => process.exit(exitCode));
    """
    assert run_as_the_cli(app, program).returncode == code


def test_where_nobody_can_approve_that_is_all_that_is_said(app: Path) -> None:
    """As the CLI's menu does it without a terminal: on both streams, with its code's lines."""
    raw = "Raw mode is not supported on the current process.stdin"
    result = run_as_the_cli(
        app,
        f"console.log('the plan'); console.log('ERROR {raw}'); console.log('  at x.js:1');"
        f"console.error('{raw}'); process.exit(1)",
    )
    assert (result.returncode, result.stdout) == (1, "the plan\n")
    assert result.stderr == (
        "diagnosis iam --before --certain=1 --deploying\n\n"
        "cdktf: nobody can approve here, so nothing is changed; type it in a terminal, or set "
        "CDKTF_AUTO_APPROVE=true\n"
    )


LOG = r"""
const begin = `\x1b[91m[2026-11-26T08:27:49.305] [ERROR] default - \x1b[39m`;
const log = (text) => process.stdout.write(`${begin}${text}\n`);
log("movies: 'por");
log("t' must be 1; write 1\n");
console.log("Synthesizing");
"""
"""How cdktf-cli 0.21.0 logs what main.py prints, piece by piece, without CI."""


def test_what_the_cli_says_again_is_not_in_its_log(app: Path) -> None:
    again = (
        "console.error(`Command output on stderr:\\n\\n    movies: 'port' must`); process.exit(130)"
    )
    result = run_as_the_cli(app, LOG + again)
    assert (result.returncode, result.stdout) == (130, "Synthesizing\n")
    assert result.stderr == f"{WARNED}\nCommand output on stderr:\n\n    movies: 'port' must\n"


def test_what_it_does_not_say_again_comes_at_the_end_as_it_was_printed(app: Path) -> None:
    result = run_as_the_cli(app, LOG.replace("\\x1b[91m", "").replace("\\x1b[39m", ""))
    assert (result.returncode, result.stdout) == (0, "Synthesizing\n")
    assert result.stderr == f"{WARNED}\nmovies: 'port' must be 1; write 1\n\n{WARNED}\n"
