"""The project's files, and what becomes of each on a way: copied, renamed, or taken from `locks/`.

A copy keeps a list of what was written to it, so that the next run can remove what is gone.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.leave.ways import LOCKS, WAYS, Way, distribution
from tools.leave.words import renamed
from tools.refused import Refused
from tools.target_folder import file_in_the_way
from tools.whole_file import write_whole

LIST = ".copied"
"""In a copy: the files that were written to it, one a line."""

_REQUIREMENTS = "requirements.in"

_AS_THEY_ARE = (
    *("services.py", "environments.py", "images.txt"),  # they name what is deployed
    "benchmarks/",  # compares the frameworks by name
    "tests/unit/benchmarks/",
    "lean_bindings/",  # a library that knows the packages of both
    "tests/lean_bindings/",
    "tests/plans/",  # recorded
    "tools/leave/",
    "tests/unit/tools/leave/",
    "tests/leaving/",
    "docs/leaving-cdktf.md",
    "requirements.txt",
    "package",
)
_DATA = (".json", ".tfstate")
"""Task definitions, what is to be imported, states: they too name what is deployed."""

_RENAMED_ALL_THE_SAME = ("tests/lean_bindings/test_aws.py", "tests/golden/")


def files(project: Path) -> list[str]:
    """The paths of the project's files: what Git does not ignore; of a copy outside Git, its list.

    Raises:
        Refused: it is neither a Git work tree nor a copy.
    """
    listed = project / LIST
    if listed.is_file() and not (project / ".git").exists():
        return listed.read_text("utf-8").splitlines()
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Refused(f"git cannot be started: {error.strerror}; it lists the files") from error
    if done.returncode != 0:
        raise Refused(f"{project} is no Git work tree; run this in a clone of the project")
    paths = {path for path in done.stdout.split("\0") if (project / path).is_file()}
    copies = tuple(path.removesuffix(LIST) for path in paths if path.endswith(f"/{LIST}"))
    return sorted(path for path in paths if not path.startswith(copies))


def go(way: Way, project: Path, target: Path) -> list[str]:
    """Brings `target` to what `project` is on `way`; they may be the same folder.

    Returns:
        The paths that were written or removed; empty when all of it was so already.

    Raises:
        Refused: the way does not lead on from here, or `target` is something else than a copy.
    """
    paths = files(project)
    _check_direction(way, project)
    in_place = target.resolve() == project.resolve()
    before = [] if in_place else _written_before(target)
    contents: dict[str, bytes] = {}
    modes: dict[str, int] = {}
    for path in paths:
        new = renamed(path, way) if _has_words(path) else path
        contents[new] = _content(way, project, path)
        modes[new] = (project / path).stat().st_mode
    if not in_place:
        contents[LIST] = "".join(f"{path}\n" for path in sorted(contents)).encode()
    gone = set(paths if in_place else before) - contents.keys()
    changed = sorted(
        [path for path, content in contents.items() if _write(target / path, content)]
        + [path for path in gone if _remove(target / path)]
    )
    for path, mode in modes.items():
        (target / path).chmod(mode)
    return changed


def _content(way: Way, project: Path, path: str) -> bytes:
    if path == "requirements.txt":
        return way.lock.read_bytes()
    if path in ("package.json", "package-lock.json") and way.changes_framework:
        return (LOCKS / path).read_bytes()
    content = (project / path).read_bytes()
    if not _has_words(path):
        return content
    try:
        return renamed(content.decode(), way).encode()
    except UnicodeDecodeError:  # a picture, say
        return content


def _has_words(path: str) -> bool:
    as_it_is = path.startswith(_AS_THEY_ARE) or path.endswith(_DATA)
    return path.startswith(_RENAMED_ALL_THE_SAME) or not as_it_is


def _check_direction(way: Way, project: Path) -> None:
    """No way leads from cdktn back to cdktf."""
    try:
        lines = (project / _REQUIREMENTS).read_text("utf-8").splitlines()
    except OSError as error:
        raise Refused(f"{_REQUIREMENTS} cannot be read: {error.strerror}") from error
    here = {distribution(line) for line in lines}
    there = {distribution(way.framework), distribution(way.provider)}
    for new, old in (("cdktn", "cdktf"), ("cdktn-provider-aws", "cdktf-cdktf-provider-aws")):
        if new in here and old in there:
            onward = [name for name, each in WAYS.items() if each.changes_provider]
            raise Refused(
                f"this project is on {new} already, and {way.name} would take it back to {old}; "
                f"go on with: .venv/bin/python -m tools.leave {' or '.join(onward)} ."
            )


def _written_before(target: Path) -> list[str]:
    """The files of an earlier copy in `target`.

    Raises:
        Refused: there is something else.
    """
    folder = file_in_the_way(target)
    if folder:
        raise Refused(f"{folder} is a file; name a folder for the copy")
    listed = target / LIST
    if listed.is_file():
        return listed.read_text("utf-8").splitlines()
    if target.is_dir() and any(target.iterdir()):
        raise Refused(f"{target} is not empty, and not a copy of this command; name another folder")
    return []


def _write(path: Path, content: bytes) -> bool:
    """Writes what is not there already; whether it had to."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return True


def _remove(path: Path) -> bool:
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there
