from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lean_bindings.fake_provider import ROOT

# What jsii does when it starts Node; the stand-in for Node says which process it is.
JSII = """
import os, subprocess, sys
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
process.stdin.write(b"hello\\n")
process.stdin.flush()
print(process.stdout.readline().decode().strip())
process.stdin.close()
print([*iter(process.stderr.readline, b"")], process.wait(timeout=5))
print(subprocess.Popen.__module__, len(open("started").readlines()))
"""
NODE = """#!/bin/sh
echo $$ >> started
for program; do :; done
case $program in
  *jsii-runtime.js) read line; echo "starter $line" ;;
  *) read line <&3; echo "program $1 $(basename "$program") $line" >&3; echo printed ;;
esac
"""


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
            "PYTHONPATH": os.pathsep.join((str(ROOT), "site")),
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
    assert run(folder, JSII.format(before="")) == [
        "True",
        "another process",
        "program --max-old-space-size=4069 program.js hello",
        """[b'{"stdout": "cHJpbnRlZAo="}'] 0""",
        "subprocess 1",
    ]


def test_environment_that_changes_in_between(folder: Path) -> None:
    assert run(folder, JSII.format(before="os.environ['NODE_OPTIONS'] = '--x'")) == [
        "True",
        "another process",
        "starter hello",
        "[] 0",
        "subprocess 2",
    ]


def test_another_file_at_the_number_of_the_socket(folder: Path) -> None:
    taken = "import os; os.dup2(os.open(os.devnull, os.O_RDONLY), 3)"
    assert run(folder, taken + JSII.format(before=""))[2] == (
        "program --max-old-space-size=4069 program.js hello"
    )


def test_process_that_nobody_needs(folder: Path) -> None:
    program = "from lean_bindings.early_node import start_node_early as s; print(s())"
    assert run(folder, program) == ["True"]
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
