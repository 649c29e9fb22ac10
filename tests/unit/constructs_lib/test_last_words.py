"""How a command ends by Ctrl-C, or for want of a place to write or of a package."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]

CURE = "let it be written and run this again, as nothing half-written is left"
ENDINGS = {
    "Ctrl-C": ("raise KeyboardInterrupt", ""),
    "a full disk": (
        "raise OSError(28, 'No space left on device', 'cdktf.out/x')",
        f"plan: the disk refused cdktf.out/x: No space left on device; {CURE}\n",
    ),
    "a read-only disk": (
        "raise OSError(30, 'Read-only file system')",
        f"plan: the disk refused Read-only file system; {CURE}\n",
    ),
    "a package of an extra": (
        "raise ModuleNotFoundError('no', name='boto3')",
        "plan: it needs boto3; install it, with: pip install 'netflux-ecs[aws]'\n",
    ),
    "a full disk that Node meets": (
        "from jsii.errors import JavaScriptError\n"
        "raise RuntimeError('Error: ENOSPC: no space left on device, write') "
        "from JavaScriptError('at x')",
        f"plan: the disk refused ENOSPC: no space left on device, write; {CURE}\n",
    ),
}


def run(code: str) -> subprocess.CompletedProcess[str]:
    install = f"from constructs_lib import last_words\nlast_words.install('plan')\n{code}"
    command = [sys.executable, "-c", install]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("code", "said"), ENDINGS.values(), ids=ENDINGS)
def test_in_a_word(code: str, said: str) -> None:
    done = run(code)
    assert done.returncode != 0
    assert (done.stdout, done.stderr) == ("", said)


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        ("signal.raise_signal(signal.SIGINT)", -signal.SIGINT),
        (
            "try: signal.raise_signal(signal.SIGINT)\n"
            "except KeyboardInterrupt: raise SyntaxError('no unicodedata module') from None",
            1,
        ),
        (
            "class Lost:\n"
            "    def __del__(self): signal.raise_signal(signal.SIGINT)\n"
            "Lost()\n"
            "time.sleep(60)\n"
            "print('not interrupted')",
            -signal.SIGINT,
        ),
    ],
    ids=["as it is", "turned into another error", "lost where nothing can be raised"],
)
def test_ctrl_c_whatever_python_makes_of_it(code: str, exit_code: int) -> None:
    done = run(f"import signal, time\n{code}")
    assert (done.returncode, done.stdout, done.stderr) == (exit_code, "", "")


def test_ctrl_c_is_not_heard_in_the_background() -> None:
    code = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "last_words.install('plan')\n"
        "signal.raise_signal(signal.SIGINT)\n"
        "print('not interrupted')"
    )
    done = run(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "not interrupted\n", "")


def test_another_error_where_nothing_can_be_raised_keeps_its_traceback() -> None:
    done = run("class Lost:\n    def __del__(self): raise ValueError(1)\nLost()")
    assert done.returncode == 0
    assert done.stderr.startswith("Exception ignored in: <function Lost.__del__ at ")
    assert done.stderr.endswith("ValueError: 1\n")


@pytest.mark.parametrize(
    "code",
    ["raise ValueError(1)", "raise OSError(5, 'I/O error')", "import there_is_no_such_module"],
)
def test_every_other_keeps_its_traceback(code: str) -> None:
    assert run(code).stderr.startswith("Traceback (most recent call last):")


INSTALLED = "import sys\nfrom constructs_lib import last_words\nlast_words.install('plan')\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", f"{INSTALLED}print(1)"],
        ["-c", f"{INSTALLED}print(1, flush=True)"],
        ["-m", "tools.render", "movie-service"],
        ["-m", "tools.convert", "tests/golden/movie-service.json", "--json"],
        ["-m", "tools.picture", "--help"],
        ["-m", "tools.revisions", "--help"],
        ["-m", "tools.state", "--help"],
    ],
    ids=["at the end", "at once", "render", "convert", "picture", "revisions", "state"],
)
def test_where_nobody_reads_the_output_nothing_is_said(arguments: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.stderr == ""


def test_another_broken_pipe_keeps_its_traceback() -> None:
    assert run("raise BrokenPipeError(32, 'to Node')").stderr.startswith("Traceback ")


@pytest.mark.parametrize("command", ["main.py", "-m tools.plan", "tools/cdktf_cli.py"])
def test_ctrl_c_in_the_first_import(command: str, tmp_path: Path) -> None:
    (tmp_path / "signal.py").write_text("raise KeyboardInterrupt")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
