"""Disk full or a read-only folder: a sentence, no traceback, and no half-written file."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.faults.stage import Stage

pytestmark = [
    pytest.mark.integration,
    pytest.mark.row("disk full, read-only folder, Ctrl-C in every command"),
]

COMMANDS = {
    "main.py": "python main.py",
    "cdktf synth": "npx cdktf synth",
    "cdktf deploy": "npx cdktf deploy movie-service",
    "tools.plan": "python -m tools.plan movie-service",
    "tools.apply": "python -m tools.apply movie-service",
    "tools.review": "python -m tools.review --markdown cdktf.out/r.md --json cdktf.out/r.json",
    "tools.adopt": "python -m tools.adopt",
}
"""All that write into the project."""

FULL = "mount -t tmpfs -o size={size}k none kept && cp -a cdktf.out/. kept/ && "
FULL += "mount --bind kept cdktf.out && "
READ_ONLY = "mount --bind cdktf.out cdktf.out && mount -o remount,ro,bind cdktf.out && "


@pytest.fixture(scope="module")
def planned(stage: Stage) -> Stage:
    """A saved plan of movie-service."""
    stage.a_service()
    done = stage.run("python", "-m", "tools.plan", "movie-service")
    assert done.returncode == 2, done.stdout
    allowed = stage.run("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
    if allowed.returncode != 0:
        pytest.skip(f"this user may not mount anything, not even for itself: {allowed.stdout}")
    return stage


def _used_kib(folder: Path) -> int:
    """What the folder takes on a file system with pages of 4 KiB."""
    every = [path for path in folder.rglob("*") if not path.is_symlink()]
    return sum(-(-path.stat().st_size // 4096) * 4 if path.is_file() else 0 for path in every)


@pytest.mark.parametrize("free_kib", [0, 8])
@pytest.mark.parametrize("command", COMMANDS)
def test_disk_full(planned: Stage, command: str, free_kib: int) -> None:
    (planned.folder / "kept").mkdir(exist_ok=True)
    size = _used_kib(planned.folder / "cdktf.out") + free_kib + 4
    _ends_well(planned, FULL.format(size=size), command)


@pytest.mark.parametrize("command", COMMANDS)
def test_read_only_folder(planned: Stage, command: str) -> None:
    _ends_well(planned, READ_ONLY, command)


def _ends_well(stage: Stage, mounts: str, command: str) -> None:
    """In a name space of its own, that has the mounts; what lies there then is whole."""
    words = COMMANDS[command].replace("python ", f"{shlex.quote(_python(stage))} ", 1)
    look = "code=$?; rm -rf seen; cp -rL cdktf.out seen 2>/dev/null; exit $code"
    done = stage.run(
        *("unshare", "-rm", "sh", "-c", f"{mounts} {words}; {look}"), CDKTF_AUTO_APPROVE="true"
    )
    assert "Traceback" not in done.stdout, done.stdout
    assert "    at " not in done.stdout, done.stdout  # as a stack trace of Node has it
    assert done.returncode in (0, 1, 2), done.stdout
    for file in (stage.folder / "seen").rglob("*.json"):
        if ".terraform" not in file.parts:
            json.loads(file.read_text("utf-8"))
    assert stage.locked() == []


def _python(stage: Stage) -> str:
    return str(stage.folder / ".venv" / "bin" / "python")
