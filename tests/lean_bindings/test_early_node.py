from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lean_bindings.fake_provider import ROOT

# What jsii does when it starts Node; the stand-in for Node says which process it is.
JSII = """
import os, subprocess, sys
sys.path = [entry for entry in sys.path if "site-packages" not in entry]
from lean_bindings.early_node import start_node_early
print(start_node_early())
sys.stdout.flush()
subprocess.run([sys.executable, "-c", "print('another process')"], check=True)
{before}
env = {{**os.environ, "JSII_AGENT": "Python/" + sys.version.split()[0]}}
pipe = subprocess.PIPE
process = subprocess.Popen(
    ["./node", "--max-old-space-size=4069", "elsewhere/jsii-runtime.js"],
    stdin=pipe, stdout=pipe, stderr=pipe, env=env,
)
for message in {messages}:
    process.stdin.write(message + b"\\n")
    process.stdin.flush()
    print(process.stdout.readline().decode().strip())
process.stdin.close()
process.stdout.close()
print([*iter(process.stderr.readline, b"")], process.wait(timeout=5))
print(subprocess.Popen.__module__, len(open("started").readlines()))
"""
ASK = [b'{"api": "naming"}']
NODE = """#!/bin/sh
echo $$ >> started
for program; do :; done
case $program in
  *jsii-runtime.js) while read -r line; do echo "starter $line"; done ;;
  *)
    echo printed
    while read -r line <&3; do
      [ "$line" = '{"exit":0}' ] && echo "by itself" > ended && exit
      echo "$(basename "$program") $1 $line" >&3
    done ;;
esac
"""
PRINTED = """[b'{"stdout": "cHJpbnRlZAo="}'] 0"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    embedded = tmp_path / "site" / "jsii" / "_embedded" / "jsii"
    embedded.mkdir(parents=True)
    (embedded / "bin__jsii-runtime.js").touch()
    (embedded / "lib__program.js").touch()
    (tmp_path / "node").write_text(NODE)
    (tmp_path / "node").chmod(0o755)
    (tmp_path / "tmp").mkdir()
    return tmp_path


def run(folder: Path, program: str) -> list[str]:
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder / "site"))),
            "JSII_NODE": "./node",
            "TMPDIR": str(folder / "tmp"),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert process.stderr == ""
    assert list((folder / "tmp").iterdir()) == []
    return process.stdout.splitlines()


def test_process_that_is_handed_over(folder: Path) -> None:
    assert run(folder, JSII.format(before="", messages=ASK)) == [
        "True",
        "another process",
        'program.js --max-old-space-size=4069 {"api": "naming"}',
        PRINTED,
        "subprocess 1",
    ]


def install(folder: Path, name: str, version: str) -> bytes:
    """A library of which jsii's Python will ask Node to load it; returns what it asks."""
    tarball = folder / "site" / name / "_jsii" / f"{name}@{version}.jsii.tgz"
    tarball.parent.mkdir(parents=True)
    tarball.touch()
    request = {"name": name, "version": version, "tarball": str(tarball), "api": "load"}
    return json.dumps(request).encode()


def test_libraries_are_loaded_before_python_asks(folder: Path) -> None:
    messages = [install(folder, "constructs", "10.8.1"), install(folder, "cdktf", "0.21.0"), *ASK]
    assert run(folder, JSII.format(before="", messages=messages))[2:] == [
        *(f"program.js --max-old-space-size=4069 {message.decode()}" for message in messages),
        PRINTED,
        "subprocess 1",
    ]


@pytest.mark.parametrize("asked_before", [0, 1])
def test_answers_to_what_python_does_not_ask_are_dropped(folder: Path, asked_before: int) -> None:
    loads = [install(folder, "constructs", "10.8.1"), install(folder, "cdktf", "0.21.0")]
    messages = [*loads[:asked_before], *ASK, b'{"api": "stats"}', loads[1]]
    assert run(folder, JSII.format(before="", messages=messages))[2:] == [
        *(f"program.js --max-old-space-size=4069 {message.decode()}" for message in messages),
        PRINTED,
        "subprocess 1",
    ]


def test_environment_that_changes_in_between(folder: Path) -> None:
    before = "os.environ['NODE_OPTIONS'] = '--x'"
    assert run(folder, JSII.format(before=before, messages=ASK)) == [
        "True",
        "another process",
        'starter {"api": "naming"}',
        "[] 0",
        "subprocess 2",
    ]


def test_another_file_at_the_number_of_the_socket(folder: Path) -> None:
    taken = "import os; os.dup2(os.open(os.devnull, os.O_RDONLY), 3)"
    assert run(folder, taken + JSII.format(before="", messages=ASK))[2] == (
        'program.js --max-old-space-size=4069 {"api": "naming"}'
    )


def test_ctrl_c_is_for_python(folder: Path) -> None:
    program = (
        "import os, time\n"
        "from lean_bindings.early_node import start_node_early as s; s()\n"
        "while not (node := os.path.exists('started') and open('started').read()):\n"
        "    time.sleep(0.01)\n"
        "print(os.getpgid(int(node)) == int(node))"
    )
    assert run(folder, program) == ["True"]


def test_process_that_nobody_needs(folder: Path) -> None:
    program = (
        "import os, time\n"
        "from lean_bindings.early_node import start_node_early as s; print(s())\n"
        "while not os.path.exists('started') or not os.path.getsize('started'): time.sleep(0.01)"
    )
    assert run(folder, program) == ["True"]
    assert (folder / "ended").read_text() == "by itself\n"
    for pid in (folder / "started").read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_no_jsii_to_be_found(folder: Path) -> None:
    (folder / "site" / "jsii" / "_embedded" / "jsii" / "lib__program.js").unlink()
    program = (
        "import sys; sys.path = [p for p in sys.path if 'site-packages' not in p]\n"
        "from lean_bindings.early_node import start_node_early as s; print(s())"
    )
    assert run(folder, program) == ["False"]


def test_jsii_that_is_imported_already(folder: Path) -> None:
    program = "import jsii\nfrom lean_bindings.early_node import start_node_early as s; print(s())"
    assert run(folder, program) == ["False"]
