"""The Python part of a lean copy: which files it takes from the installed package, and how."""

from __future__ import annotations

import ast
import re
from pathlib import Path, PurePosixPath

from lean_bindings.providers import Provider

# What jsii-pacmak writes between the submodules of one package: relative imports, and in newer
# versions dotted names in strings for imports that wait for their first use.
_RELATIVE_IMPORT = re.compile(r"^\s*from (\.+)([\w.]*) import (\w+)", re.MULTILINE)
_LOAD_CALL = re.compile(r'JSIIAssembly\.load\(\s*"(?P<name>[^"]+)",')
_JSII_TYPE = re.compile(r'jsii_type="([^"]+)"')


class NotLeanError(Exception):
    """The package is built in a way that cannot be cut down without guessing."""


class PythonPart:
    """The Python files of the submodules asked for, and of those that they refer to."""

    def __init__(self, provider: Provider, submodules: set[str]) -> None:
        self._provider = provider
        self._folder = Path(provider.folder)
        self._root = self._read("__init__.py")
        if _JSII_TYPE.search(self._root):
            raise NotLeanError(f"{provider.module} has types outside its submodules")
        self._submodule_names = _all_names(self._root)
        load = _LOAD_CALL.search(self._read("_jsii/__init__.py"))
        if load is None:
            raise NotLeanError(f"{provider.module}._jsii does not load an assembly")
        self.assembly = load["name"]
        self.submodules: dict[str, dict[str, str]] = {}
        waiting = sorted(submodules)
        while waiting:
            name = waiting.pop()
            if name not in self.submodules:
                files = self._files_of(name)
                self.submodules[name] = files
                for path, text in files.items():
                    waiting.extend(self._submodules_referred_to(path, text))

    @property
    def namespaces(self) -> dict[str, str]:
        """jsii's name for each submodule (`iamRole`), with Python's (`iam_role`)."""
        names = {}
        for submodule, files in self.submodules.items():
            types = [fqn for text in files.values() for fqn in _JSII_TYPE.findall(text)]
            if not types:
                raise NotLeanError(f"{self._provider.module}.{submodule} has no jsii types")
            for fqn in types:
                names[fqn.removeprefix(self.assembly + ".").partition(".")[0]] = submodule
        return names

    def write(self, folder: Path, header: str) -> None:
        """Write the package's Python files to `folder`, each with `header` as its first line."""
        texts = {
            "__init__.py": _ROOT.format(
                module=self._provider.module, names=",\n    ".join(map(repr, self._submodule_names))
            ),
            "_jsii/__init__.py": self._read("_jsii/__init__.py"),
        }
        for files in self.submodules.values():
            texts.update(files)
        for path, text in texts.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"{header}\n{text}", encoding="utf-8")
        (folder / "py.typed").touch()

    def _read(self, path: str) -> str:
        return (self._folder / path).read_text(encoding="utf-8")

    def _files_of(self, submodule: str) -> dict[str, str]:
        paths = sorted((self._folder / submodule).rglob("*.py"))
        names = [path.relative_to(self._folder).as_posix() for path in paths]
        return {name: self._read(name) for name in names}

    def _submodules_referred_to(self, path: str, text: str) -> set[str]:
        referred = set(re.findall(rf'"{self._provider.module}\.(\w+)', text))
        package = PurePosixPath(path).parent.parts
        for dots, module, name in _RELATIVE_IMPORT.findall(text):
            base = package[: len(package) - len(dots) + 1]
            referred.add((*base, *filter(None, module.split(".")), name)[0])
        return {name for name in referred if name in self._submodule_names}


def _all_names(root: str) -> list[str]:
    for node in ast.parse(root).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names = ast.literal_eval(node.value)
            return [str(name) for name in names]
    raise NotLeanError("the package does not list its submodules in __all__")


# The root of the installed package imports all submodules, or loads them one by one as they are
# asked for; this one does the latter. It does not extend __path__ to the installed package of the
# same name, whose submodules would run with an assembly that lacks their types.
_ROOT = '''\
"""Lean copy of {module}: the submodules that this project imports."""

import importlib
import typing

__all__ = [
    {names},
]


def __getattr__(name: str) -> typing.Any:
    if name in __all__:
        return importlib.import_module(f"{{__name__}}.{{name}}")
    raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")


def __dir__() -> typing.List[str]:
    return sorted({{*globals(), *__all__}})
'''
