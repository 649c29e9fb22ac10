"""What a project decides: its folder, the files to read, the output folder, the switch."""

# Plain `os` calls, no pathlib and no typing: this module is read at every start.

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OUTPUT = ".gen"
SWITCH = "LEAN_BINDINGS_FULL"

# Never the project's own code, so never read. Folders with a dot in their name (`.git`,
# `cdktf.out`) are no Python packages, and virtual environments are left out as well.
_SKIPPED = frozenset({"__pycache__", "node_modules"})


class Settings:
    """One project's settings; every path in them is absolute, `sources` as they were given."""

    def __init__(
        self,
        project: str | os.PathLike[str],
        sources: Sequence[str] = (".",),
        output: str = OUTPUT,
        switch: str = SWITCH,
    ) -> None:
        path = os.path.abspath(project)
        self.project = os.path.dirname(path) if os.path.isfile(path) else path
        self.sources = tuple(sources)
        self.output = os.path.join(self.project, output)
        self.store = os.path.join(self.output, "lean-bindings")
        self.switch = switch

    @property
    def switched_off(self) -> bool:
        """Whether the environment asks for the full packages."""
        return os.environ.get(self.switch, "") not in ("", "0")

    @property
    def also_imported(self) -> str:
        """A source file of our own: the imports that only showed at run time."""
        return os.path.join(self.store, "also_imported.py")

    def source_stamps(self) -> dict[str, str]:
        """Path (from the project's folder) and `size mtime` of every Python file to read."""
        stamps: dict[str, str] = {}
        links_followed: set[str] = set()
        for source in (*self.sources, self.also_imported):
            path = os.path.normpath(os.path.join(self.project, source))
            try:
                if os.path.isdir(path):
                    found = _python_files(path, links_followed)
                else:
                    found = iter([(path, os.stat(path))])
                for name, stat in found:
                    relative = name.removeprefix(self.project + os.sep)
                    stamps[relative] = f"{stat.st_size} {stat.st_mtime_ns}"
            except (FileNotFoundError, NotADirectoryError):
                continue  # a source that does not exist (yet) has no imports
        return stamps


def _python_files(folder: str, links_followed: set[str]) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as scan:
        entries = list(scan)
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        name = entry.name
        if name.endswith(".py"):
            if entry.is_file():
                yield entry.path, entry.stat()
        elif "." not in name and name not in _SKIPPED and entry.is_dir():
            if entry.is_symlink():
                target = os.path.realpath(entry.path)
                if target in links_followed:
                    continue
                links_followed.add(target)
            yield from _python_files(entry.path, links_followed)
