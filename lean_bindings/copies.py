"""The folders that hold the lean copies: how they come to be, are checked, held and removed.

A copy is one folder, `<module>-<version>-<key>`, whose key is a digest of all that decides its
content. It is written beside its place and renamed into it, and never changed afterwards, so
whoever reads one reads a whole one. `files` in it names every file with its size, and all of them
carry the same old date, so that a file that was cut, removed or edited shows.

A process that uses a copy holds a shared lock on its `files` until it ends, however it ends; a
copy that nobody holds may be removed. Writing happens under one exclusive lock, so any
half-written folder that a writer meets was left by a process that was killed.
"""

# Plain `os` calls, no pathlib: this module is read at every start.

from __future__ import annotations

import os
import time

try:
    import fcntl
except ImportError:  # Windows has no such locks: there the full packages are used.
    fcntl = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_FILES = "files"
_UNFINISHED = ".unfinished-"
_DATE = 946_684_800  # 2000-01-01
_SPARE_COPIES = 4  # so that going to and fro between two branches does not write each time
_PATIENCE_S = 60.0

_held: dict[str, int] = {}


class CopyError(OSError):
    """A copy cannot be written or used."""


def hold_copy(folder: str) -> bool:
    """Whether `folder` is a whole copy; if so, nobody removes it while this process lives."""
    if fcntl is None:
        return False
    if folder in _held:
        return True
    try:
        descriptor = os.open(os.path.join(folder, _FILES), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        whole = _is_whole(folder, descriptor)
    except (OSError, ValueError):
        whole = False
    if whole:
        _held[folder] = descriptor
    else:
        os.close(descriptor)
    return whole


def _is_whole(folder: str, descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    count, *lines = os.read(descriptor, size).decode().splitlines()
    if len(lines) != int(count):
        return False
    for line in lines:
        file_size, _, name = line.partition(" ")
        stat = os.stat(os.path.join(folder, name))
        if stat.st_size != int(file_size) or stat.st_mtime != _DATE:
            return False
    return True


def write_copy(store: str, name: str, fill: Callable[[str], None], *, force: bool = False) -> None:
    """Hold the copy `name`; if it is not there whole, `fill` writes it, given a folder.

    With `force` it is written even if it is there.

    Raises:
        OSError: it cannot be written.
    """
    folder = os.path.join(store, name)
    if force and folder in _held:
        os.close(_held.pop(folder))
    elif not force and hold_copy(folder):
        return
    os.makedirs(store, exist_ok=True)
    lock = _lock(os.path.join(store, "lock"))
    try:
        if not force and hold_copy(folder):
            return  # another process has just written it
        unfinished = os.path.join(store, f"{_UNFINISHED}{os.getpid()}-{name}")
        try:
            os.mkdir(unfinished)
            fill(unfinished)
            _finish(unfinished, folder)
            if os.path.lexists(folder):  # damaged, or not wanted
                os.rename(folder, os.path.join(store, f"{_UNFINISHED}old-{os.getpid()}-{name}"))
            os.rename(unfinished, folder)
        finally:
            _remove_leftovers(store)  # this one's, if it failed, and those of killed processes
        if not hold_copy(folder):
            raise CopyError(f"{folder} changed while it was being written")
        _remove_spare_copies(store)
    finally:
        os.close(lock)


def _lock(path: str) -> int:
    if fcntl is None:
        raise CopyError("this system has no file locks")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise CopyError(
                    f"another process has been writing for {_PATIENCE_S:.0f} s"
                ) from None
            time.sleep(0.02)
        except OSError:
            os.close(descriptor)
            raise


def _finish(folder: str, final: str) -> None:
    """Date the files, compile the Python ones as of their `final` place, list them all."""
    import py_compile

    paths = [os.path.join(parent, name) for parent, _, names in os.walk(folder) for name in names]
    for path in paths:
        os.utime(path, (_DATE, _DATE))
    for path in [path for path in paths if path.endswith(".py")]:
        compiled = py_compile.compile(
            path, dfile=os.path.join(final, os.path.relpath(path, folder)), doraise=True
        )
        assert compiled is not None  # as doraise is set
        os.utime(compiled, (_DATE, _DATE))
        paths.append(compiled)
    lines = [f"{os.stat(path).st_size} {os.path.relpath(path, folder)}" for path in paths]
    with open(os.path.join(folder, _FILES), "w", encoding="utf-8") as file:
        file.write("\n".join((str(len(lines)), *sorted(lines))))


def _remove_leftovers(store: str) -> None:
    import shutil

    with os.scandir(store) as scan:
        for entry in scan:
            if entry.name.startswith(_UNFINISHED):
                shutil.rmtree(entry.path, ignore_errors=True)


def _remove_spare_copies(store: str) -> None:
    """Remove copies that no process holds, but for the newest few."""
    if fcntl is None:
        return
    with os.scandir(store) as scan:
        copies = [entry for entry in scan if entry.is_dir() and entry.path not in _held]
    copies.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in copies[_SPARE_COPIES:]:
        try:
            descriptor = os.open(os.path.join(entry.path, _FILES), os.O_RDONLY)
        except OSError:
            continue  # not one of ours
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(entry.path, os.path.join(store, f"{_UNFINISHED}spare-{entry.name}"))
        except OSError:
            continue  # a process uses it
        finally:
            os.close(descriptor)
    _remove_leftovers(store)
