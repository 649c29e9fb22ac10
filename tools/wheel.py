"""What `pip wheel .` calls: constructs_lib for other projects, with the commands that serve any.

`tools` and `stacks` are what other projects call folders of their own, so these two are installed
as `netflux_tools` and `netflux_stacks`, and all that is said of them says so. Nothing but the
standard library is needed, and the same files give the same bytes: docs/decisions/14-wheel.md.

Sources, read 2026-11: https://peps.python.org/pep-0517/ and
https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGES = {
    "constructs_lib": "constructs_lib",
    "lean_bindings": "lean_bindings",
    "stacks": "netflux_stacks",
    "tools": "netflux_tools",
}
"""The folders that are packed, and what each is called where it is installed."""

ONLY_HERE = (
    # They belong to this repository: its pages, locks, CI, CLI and demo.
    *("tools/arguments_page.py", "tools/review/rules_page.py", "tools/task_definition_model.py"),
    *("tools/errors_page/", "tools/generated_file.py", "tools/new.py", "tools/service_test.py"),
    *("tools/audit/", "tools/leave/", "tools/ci/", "tools/provider_package.py", "tools/wheel.py"),
    *("tools/cdktf", "tools/demo.py"),
    # `python -m lean_bindings` is for any project.
    "tools/bindings.py",
    # What adopt finds, this project's main.py takes over.
    *("tools/adopt/", "tools/catalogue_file.py", "stacks/imports.py"),
)

_BEGIN_OF_ZIP = 315532800
"""1980, the first time that a zip file can tell."""

_IMPORT = re.compile(r"^(\s*(?:from|import) )(?=(?:stacks|tools)\b)", re.M)
_MODULE = re.compile(r"(?<![\w./])(?=tools\.[a-z_{])")
_PYTHON = re.compile(r"\.venv/bin/(?=python -m tools\.)")


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Writes the wheel of the project in the current folder; its file's name."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    requirements = Path("requirements.in").read_text("utf-8")
    name = f"{project['name'].replace('-', '_')}-{project['version']}"
    file = f"{name}-py3-none-any.whl"
    contents = dict(_code())
    about = f"{name}.dist-info"
    contents[f"{about}/licenses/LICENSE"] = Path("LICENSE").read_bytes()
    contents[f"{about}/METADATA"] = metadata(project, requirements).encode()
    contents[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: netflux-ecs\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    contents[f"{about}/RECORD"] = _record(contents, f"{about}/RECORD").encode()
    _write(Path(wheel_directory, file), contents)
    return file


def renamed(text: str) -> str:
    """The text with the names that the packages have where they are installed."""
    for found, becomes in ((_PYTHON, ""), (_IMPORT, r"\1netflux_"), (_MODULE, "netflux_")):
        text = found.sub(becomes, text)
    return text


def metadata(project: dict[str, Any], requirements: str) -> str:
    """What pyproject.toml and requirements.in say, as the wheel says it.

    The first part of requirements.in is what the constructs need; an extra's packages are looked
    up in the other parts, so that a version stands there and nowhere else.
    """
    parts = [
        [line for line in part.splitlines() if not line.startswith("#")]
        for part in requirements.split("\n\n")
    ]
    pinned = {re.split(r"[=<> ;]", line)[0]: line for part in parts for line in part}
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", project["version"]),
        ("Summary", project["description"]),
        ("License-Expression", project["license"]),
        ("License-File", "LICENSE"),
        ("Requires-Python", project["requires-python"]),
        *(("Requires-Dist", line) for line in parts[0]),
    ]
    for extra, names in project["optional-dependencies"].items():
        fields.append(("Provides-Extra", extra))
        fields += [("Requires-Dist", f"{pinned[name]} ; extra == '{extra}'") for name in names]
    fields.append(("Description-Content-Type", "text/markdown"))
    head = "".join(f"{name}: {value}\n" for name, value in fields)
    return f"{head}\n{Path(project['readme']).read_text('utf-8')}"


def _code() -> Iterator[tuple[str, bytes]]:
    """Every file of the packages, by its installed name."""
    for folder, package in PACKAGES.items():
        for path in Path(folder).rglob("*"):
            if path.suffix not in (".py", ".mjs", ".typed"):
                continue
            if path.as_posix().startswith(ONLY_HERE):
                continue
            installed = f"{package}/{path.relative_to(folder).as_posix()}"
            yield installed, renamed(path.read_text("utf-8")).encode()


def _record(contents: dict[str, bytes], itself: str) -> str:
    """The list that an installer checks the files against."""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    for name, content in sorted(contents.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        table.writerow((name, f"sha256={digest}", len(content)))
    table.writerow((itself, "", ""))
    return lines.getvalue()


def _write(path: Path, contents: dict[str, bytes]) -> None:
    """A zip file of nothing but names and contents; packed, it would depend on the zlib."""
    seconds = max(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), _BEGIN_OF_ZIP)
    when = time.gmtime(seconds)[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, when)
            entry.create_system = 3  # Unix, whose rights the next line has
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
