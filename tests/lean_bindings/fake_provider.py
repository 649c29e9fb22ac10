"""A prebuilt provider package in miniature, and programs that import it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MODULE = "cdktf_cdktf_provider_fake"


def install(
    site: Path,
    version: str = "1.0.0",
    submodules: tuple[str, ...] = ("iron_bar", "oak_door", "provider", "tin_can"),
    refers: dict[str, str] | None = None,
    root: str = "",
    index: str = "",
    compact: bool = False,
) -> Path:
    """Put a provider package into `site`; `refers` names the submodule that each refers to."""
    refers = refers or {}
    package = site / MODULE
    texts = {
        "__init__.py": f"__all__ = {list(submodules)!r}\nWHERE = 'installed'\n{root}\n"
        + "".join(f"from . import {name}\n" for name in submodules),
        "_jsii/__init__.py": "class JSIIAssembly:\n"
        "    load = staticmethod(lambda *names: names)\n\n\n"
        f'__jsii_assembly__ = JSIIAssembly.load(\n    "@cdktf/provider-fake", "{version}"\n)\n',
    }
    types, exports = {}, ""
    files = {"package/package.json": "{}", "package/LICENSE": "MPL", "package/README.md": "long"}
    for name in submodules:
        camel, dashed = jsii_name(name), name.replace("_", "-")
        fqn = f"@cdktf/provider-fake.{camel}.Main"
        other = refers.get(name)
        texts[f"{name}/__init__.py"] = (
            "'''Docs.'''\nfrom .._jsii import *\n"
            + (f"from ..{other} import VERSION as _other\n" if other else "")
            + f'VERSION = {version!r}\nTYPE = dict(jsii_type="{fqn}")\n'
        )
        types[fqn] = {
            "fqn": fqn,
            "docs": {"summary": "long"},
            "properties": [
                {"type": {"fqn": f"@cdktf/provider-fake.{jsii_name(other)}.Main"}} if other else {}
            ],
        }
        exports += f'exports.{camel} = require("./{dashed}");\n'
        required = f'require("../{other.replace("_", "-")}");\n' if other else ""
        files[f"package/lib/{dashed}/index.js"] = f"// {camel}\n{required}"
        files[f"package/lib/{dashed}/index.d.ts"] = "long"
    files["package/lib/index.js"] = exports + index
    files["package/.jsii"] = json.dumps(
        {
            "name": "@cdktf/provider-fake",
            "readme": {"markdown": "long"},
            "submodules": {fqn.rpartition(".")[0]: {"symbolId": "long"} for fqn in types},
            "types": types,
            "version": version,
        },
        indent=None if compact else 2,
    )
    for path, text in texts.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text)
    for old in (package / "_jsii").glob("*.tgz"):
        old.unlink()
    with tarfile.open(package / "_jsii" / f"provider-fake@{version}.jsii.tgz", "w:gz") as tar:
        for path, text in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return package


def jsii_name(submodule: str) -> str:
    """`ironBar` of `iron_bar`."""
    head, *rest = submodule.split("_")
    return head + "".join(map(str.capitalize, rest))


class Project:
    """A folder with a main.py that imports from the fake provider, to be run as a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        self.site = folder / "site"
        self.store = self.folder / ".gen" / "lean-bindings"
        self.environment: dict[str, str] = {}
        install(self.site)
        self.imports("iron_bar", "provider")

    def imports(self, *submodules: str, body: str = "") -> None:
        """Let main.py import these submodules; `body` follows the imports."""
        lines = [f"from {MODULE} import {name}\n" for name in submodules]
        (self.folder / "main.py").write_text(
            "import json, os, sys\n"
            "if os.environ.get('PATCH'):\n    exec(os.environ['PATCH'])\n"
            "import lean_bindings\n"
            "lean_bindings.activate(__file__, switch='FULL')\n"
            + "".join(lines)
            + body
            + "\nprint(json.dumps({n: [m.VERSION, m.__file__] for n, m in sys.modules.items()"
            " if '_provider_fake.' in n and hasattr(m, 'VERSION')}))\n"
        )

    def start(self, patch: str = "", **options: Any) -> subprocess.Popen[str]:
        """Start main.py; `patch` is Python code that it runs first."""
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(self.site))),
            "PATCH": patch,
            **self.environment,
        }
        process: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, "main.py"],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        return process

    def run(self, patch: str = "", **options: Any) -> Run:
        """Run main.py to its end."""
        process = self.start(patch, **options)
        out, err = process.communicate(timeout=60)
        return Run(self, process.returncode, out, err)

    def tree(self) -> dict[str, bytes]:
        """All files under .gen with their content."""
        return {
            str(path.relative_to(self.folder / ".gen")): path.read_bytes()
            for path in sorted((self.folder / ".gen").rglob("*"))
            if path.is_file()
        }


class Run:
    """What came out of a run of main.py."""

    def __init__(self, project: Project, code: int, out: str, err: str) -> None:
        self.code = code
        self.err = err
        loaded = json.loads(out) if code == 0 else {}
        self.versions = {name.partition(".")[2]: one[0] for name, one in loaded.items()}
        self.places = {
            "lean" if one[1].startswith(str(project.store)) else "installed"
            for one in loaded.values()
        }
