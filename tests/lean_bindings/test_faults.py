"""Whatever happens to the lean bindings, the program gets the right modules."""

from __future__ import annotations

import re
import resource
import shutil
import signal
import time
from pathlib import Path

import pytest

from lean_bindings import copies
from tests.lean_bindings.fake_provider import MODULE, Project, install
from tests.lean_bindings.test_activate import BOTH, wrote

# Before lean_bindings is imported, so as what main.py runs first.
DURING_WRITING = """
import lean_bindings.refresh as refresh
original = refresh.write_lean_assembly
def write_lean_assembly(full, lean, *rest):
    lean.write_bytes(b'half of it')
    {action}
    original(full, lean, *rest)
refresh.write_lean_assembly = write_lean_assembly
"""
KILL = DURING_WRITING.format(action="os.kill(os.getpid(), 9)")
WAIT = DURING_WRITING.format(
    action="open('writing', 'w').close(); import time\n"
    "    while not os.path.exists('go'): time.sleep(0.01)"
)


def unfinished(project: Project) -> list[str]:
    return [path.name for path in project.store.iterdir() if path.name.startswith(".unfinished")]


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not come"
        time.sleep(0.01)


def full_because(reason: str) -> str:
    return (
        rf"(Writing lean bindings for cdktf-cdktf-provider-fake 1\.0\.0 \(2 modules\) to \.gen/"
        rf" \.\.\., failed; )?lean bindings: {MODULE} is imported in full, as its lean copy cannot"
        rf" be written: {reason}; nothing need be done, it only starts slower\n"
    )


def test_several_at_once(project: Project) -> None:
    processes = [project.start() for _ in range(4)]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4
    assert re.fullmatch(wrote(), "".join(err for _, err in outputs))
    assert len({out for out, _ in outputs}) == 1
    assert str(project.store) in outputs[0][0]
    assert unfinished(project) == []


def test_second_waits_for_the_first_and_leaves_its_half_written_copy_alone(
    project: Project,
) -> None:
    first = project.start(WAIT)
    wait_for(project.folder / "writing")
    second = project.start()
    time.sleep(0.5)
    assert second.poll() is None
    assert len(unfinished(project)) == 1
    (project.folder / "go").touch()
    first_out, first_err = first.communicate(timeout=60)
    second_out, second_err = second.communicate(timeout=60)
    assert re.fullmatch(wrote(), first_err)
    assert second_err == ""
    assert first_out == second_out
    assert unfinished(project) == []


def test_second_that_has_waited_too_long(project: Project) -> None:
    first = project.start(WAIT)
    wait_for(project.folder / "writing")
    run = project.run("import lean_bindings.copies as c; c._PATIENCE_S = 0.1")
    assert re.fullmatch(
        full_because("CopyError: another process has been writing for 0 s"), run.err
    )
    assert run.places == {"installed"}
    (project.folder / "go").touch()
    first.communicate(timeout=60)


def test_kill_during_writing(project: Project) -> None:
    assert project.run(KILL).code == -signal.SIGKILL
    assert len(unfinished(project)) == 1
    assert not (project.store / "state").exists()
    run = project.run()
    assert re.fullmatch(wrote(), run.err)
    assert (run.versions, run.places) == (BOTH, {"lean"})
    assert unfinished(project) == []


def test_kill_during_writing_keeps_what_was_there(project: Project) -> None:
    project.run()
    install(project.site, version="2.0.0")
    assert project.run(KILL).code == -signal.SIGKILL
    install(project.site)
    run = project.run()
    assert run.err == ""
    assert (run.versions, run.places) == (BOTH, {"lean"})


@pytest.mark.parametrize("damage", ["cut", "empty", "delete", "edit", "folder"])
def test_damaged_files(project: Project, damage: str) -> None:
    project.run()
    whole = project.tree()
    names = [name for name in whole if "/" in name.removeprefix("lean-bindings/")]
    assert len(names) == 11
    for name in [*names, "lean-bindings/state"]:
        path = project.folder / ".gen" / name
        if damage == "cut":
            path.write_bytes(whole[name][: len(whole[name]) // 2])
        elif damage == "empty":
            path.write_bytes(b"")
        elif damage == "edit":
            path.write_bytes(b"\0" * len(whole[name]))
        else:
            path.unlink()
            if damage == "folder":
                path.mkdir()
        run = project.run()
        assert (run.versions, run.places) == (BOTH, {"lean"}), name
        if path.name == "state":
            assert run.err == "" or damage == "folder", name
        elif whole[name]:
            assert re.fullmatch(wrote(), run.err), name
        assert unfinished(project) == []
        if damage == "folder" and path.name == "state":
            continue
        without_times = {
            key: value
            for key, value in project.tree().items()
            if not key.endswith((".pyc", "/files", "/state"))
        }
        assert without_times == {key: whole[key] for key in without_times}
        assert project.tree().keys() == whole.keys()


def test_removed_gen(project: Project) -> None:
    project.run()
    shutil.rmtree(project.folder / ".gen")
    run = project.run()
    assert re.fullmatch(wrote(), run.err)
    assert (run.versions, run.places) == (BOTH, {"lean"})


@pytest.mark.parametrize("name", [".gen", ".gen/lean-bindings"])
def test_file_in_the_way(project: Project, name: str) -> None:
    path = project.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    for _ in range(2):
        run = project.run()
        assert re.fullmatch(full_because(r"(FileExists|NotADirectory)Error: .*"), run.err)
        assert run.places == {"installed"}
    assert path.read_text() == "mine"


READ_ONLY = """
import builtins, errno
def refuse(function, decides):
    def wrapper(*args, **options):
        if decides(*args):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(args[0]))
        return function(*args, **options)
    return wrapper
inside = lambda path, *rest: '.gen' in str(path)
for name in ('mkdir', 'rename', 'replace', 'unlink', 'rmdir', 'utime'):
    setattr(os, name, refuse(getattr(os, name), inside))
os.open = refuse(os.open, lambda path, flags, *rest: '.gen' in str(path) and flags & 3)
writes = lambda path, mode='r', *rest: '.gen' in str(path) and mode.strip('rbt')
builtins.open = refuse(open, writes)
import io
io.open = builtins.open
"""


def test_read_only_without_bindings(project: Project) -> None:
    run = project.run(READ_ONLY)
    reason = re.escape(f"OSError: [Errno 30] Read-only file system: '{project.store}'")
    other = re.escape(f"OSError: [Errno 30] Read-only file system: '{project.store.parent}'")
    assert re.fullmatch(full_because(f"({reason}|{other})"), run.err)
    assert run.places == {"installed"}
    assert not (project.folder / ".gen").exists()


def test_read_only_with_current_bindings(project: Project) -> None:
    project.run()
    run = project.run(READ_ONLY)
    assert run.err == ""
    assert (run.versions, run.places) == (BOTH, {"lean"})


def test_read_only_with_bindings_that_are_outdated(project: Project) -> None:
    project.run()
    before = project.tree()
    project.imports("iron_bar", "oak_door", "provider")
    run = project.run(READ_ONLY)
    lock = re.escape(f"OSError: [Errno 30] Read-only file system: '{project.store}/lock'")
    assert re.fullmatch(full_because(lock), run.err)
    assert run.places == {"installed"}
    assert project.tree() == before


def test_read_only_with_the_right_copy_under_an_outdated_state(project: Project) -> None:
    project.run()
    (project.folder / "other.py").touch()
    run = project.run(READ_ONLY)
    assert run.err == ""
    assert (run.versions, run.places) == (BOTH, {"lean"})


def test_full_disk(project: Project) -> None:
    def no_space() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    run = project.run(preexec_fn=no_space)
    assert re.fullmatch(full_because(r"OSError: \[Errno 27\] File too large.*"), run.err)
    assert run.places == {"installed"}
    assert unfinished(project) == []
    run = project.run()
    assert re.fullmatch(wrote(), run.err)
    assert (run.versions, run.places) == (BOTH, {"lean"})


def test_truncated_tarball_of_the_installed_package(project: Project) -> None:
    (tarball,) = (project.site / MODULE / "_jsii").glob("*.tgz")
    tarball.write_bytes(tarball.read_bytes()[:-200])
    run = project.run()
    assert re.fullmatch(full_because(r"\w*Error: .*"), run.err)
    assert run.places == {"installed"}


def test_unreadable_source(project: Project) -> None:
    (project.folder / "broken.py").write_text(f"import {MODULE}.oak_door as (")
    run = project.run()
    assert re.fullmatch(wrote(), run.err)
    assert (run.versions, run.places) == (BOTH, {"lean"})


def test_what_cdktf_get_writes(project: Project) -> None:
    generated = project.folder / ".gen" / "tidy_shelf"
    generated.mkdir(parents=True)
    (generated / "__init__.py").write_text("NAME = 'tidy'\n")
    (project.folder / ".gen" / "constraints.json").write_text("{}")
    project.imports("iron_bar", body="import tidy_shelf; assert tidy_shelf.NAME == 'tidy'")
    project.environment["PYTHONDONTWRITEBYTECODE"] = "1"
    for version in ("1.0.0", "2.0.0"):
        install(project.site, version=version)
        run = project.run()
        assert (run.versions, run.places) == ({"iron_bar": version}, {"lean"})
    foreign = {k: v for k, v in project.tree().items() if not k.startswith("lean-bindings/")}
    assert foreign == {"constraints.json": b"{}", "tidy_shelf/__init__.py": b"NAME = 'tidy'\n"}


def test_what_cdktf_get_writes_does_not_hide_the_standard_library(project: Project) -> None:
    (project.folder / ".gen" / "random").mkdir(parents=True)
    (project.folder / ".gen" / "random" / "__init__.py").touch()
    project.imports("iron_bar", body="import random; random.random()")
    assert project.run().code == 0


def test_copy_in_use_stays_while_newer_ones_come_and_go(project: Project) -> None:
    project.imports(
        "iron_bar",
        body="open('running', 'w').close(); import time\n"
        "while not os.path.exists('end'): time.sleep(0.01)\n"
        f"from {MODULE} import provider",
    )
    running = project.start()
    wait_for(project.folder / "running")
    (first,) = project.store.glob(f"{MODULE}-*")
    project.imports("iron_bar")
    for version in range(2, 9):
        install(project.site, version=f"{version}.0.0")
        assert project.run().places == {"lean"}
    kept = {path.name for path in project.store.glob(f"{MODULE}-*")}
    newest = {f"{MODULE}-{version}.0.0" for version in range(8 - copies._SPARE_COPIES, 9)}
    assert {name.rpartition("-")[0] for name in kept - {first.name}} == newest
    assert first.name in kept
    (project.folder / "end").touch()
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert str(first) in out
    install(project.site, version="9.0.0")
    project.run()
    assert not first.exists()
