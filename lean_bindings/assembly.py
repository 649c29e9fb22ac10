"""The jsii part of a lean copy: an assembly (`*.jsii.tgz`) with only some submodules' types.

The assembly of a prebuilt provider is an npm package in a gzipped tar: `.jsii` (all types as
JSON, 120 MB for AWS), `lib/index.js` (requires every submodule), `lib/<submodule>/index.js`.
"""

from __future__ import annotations

import gzip
import io
import json
import posixpath
import re
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from lean_bindings.python_part import NotLeanError

_EXPORT = re.compile(
    r'^exports\.(\w+) = (?:__importStar\()?require\("\./([^"]+)"\)\)?;$', re.MULTILINE
)
_REQUIRE = re.compile(rb'\brequire\("(\.[^"]*)"\)')
_UNUSED_BY_KERNEL = {"docs", "locationInModule", "readme", "symbolId"}

Files = dict[str, bytes]
Json = dict[str, Any]


def write_lean_assembly(
    full: Path, lean: Path, assembly: str, namespaces: dict[str, str], header: str
) -> None:
    """Write to `lean` what the tarball `full` has of `namespaces`, and nothing else.

    `namespaces` maps the name of each submodule in jsii to its name in Python; the latter serves
    only to read the right files in one go.

    Raises:
        NotLeanError: the assembly is not built as cdktf's provider generator builds them.
    """
    # The names differ in case and separators alone, iamRole, iam_role, lib/iam-role, so the first
    # reading finds all; if it does not, the next one does.
    asked = set(namespaces.values())
    files = _read_tarball(full, asked)
    folders = _folders_to_export(files, namespaces)
    while missing := _folders_required(files, folders) - {_folder_of(name) for name in files}:
        if missing <= asked:
            raise NotLeanError(f"the assembly has no {', '.join(sorted(missing))}")
        asked |= missing
        files = _read_tarball(full, asked)
    spec = _lean_spec(files, assembly, namespaces)
    kept = {
        name: content
        for name, content in files.items()
        if name == "package/package.json" or name.startswith(("package/LICENSE", "package/lib/"))
    }
    kept["package/.jsii"] = json.dumps(spec, separators=(",", ":")).encode()
    kept["package/lib/index.js"] = _index(folders, header).encode()
    _write_tarball(lean, kept)


def _squash(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _folder_of(name: str) -> str:
    """`iam-role` of `package/lib/iam-role/index.js`; empty for what is not in a folder of lib."""
    parts = name.split("/")
    return parts[2] if parts[:2] == ["package", "lib"] and len(parts) > 3 else ""


def _read_tarball(tarball: Path, folders: set[str]) -> Files:
    """The files at the root, `lib/index.js`, and the JavaScript of the folders asked for."""
    squashed_folders = {_squash(name) for name in folders}

    def wanted(name: str) -> bool:
        if name.startswith("package/lib/"):
            return name == "package/lib/index.js" or (
                name.endswith(".js") and _squash(_folder_of(name)) in squashed_folders
            )
        return name.count("/") == 1

    files = {}
    with tarball.open("rb") as compressed:
        stream: Any = _Inflated(compressed)
        with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 18) as tar:
            for member in tar:
                content = tar.extractfile(member) if wanted(member.name) else None
                if content is not None:
                    files[member.name] = content.read()
    return files


class _Inflated:
    """A gzip file as a stream. Five times as fast as tarfile's own `r|gz` on a large file."""

    def __init__(self, compressed: IO[bytes]) -> None:
        self._compressed = compressed
        self._inflate = zlib.decompressobj(wbits=31)

    def read(self, size: int) -> bytes:
        while not self._inflate.eof:
            more = self._inflate.unconsumed_tail or self._compressed.read(1 << 16)
            if not more:
                raise EOFError("the tarball ends too soon")
            content = self._inflate.decompress(more, size)
            if content:
                return content
        return b""


def _folders_to_export(files: Files, namespaces: dict[str, str]) -> dict[str, str]:
    """The folder under lib that holds each of the namespaces."""
    index = files["package/lib/index.js"].decode()
    exports = dict(_EXPORT.findall(index))
    if len(exports) != len(_REQUIRE.findall(index.encode())):
        raise NotLeanError("lib/index.js does more than export submodules")
    if unknown := namespaces.keys() - exports.keys():
        raise NotLeanError(f"lib/index.js does not export {', '.join(sorted(unknown))}")
    return {name: exports[name].removesuffix("/index") for name in sorted(namespaces)}


def _folders_required(files: Files, folders: dict[str, str]) -> set[str]:
    """The folders to export, and those whose files they require."""
    required = set(folders.values())
    for name, content in files.items():
        for path in _REQUIRE.findall(content) if _folder_of(name) else ():
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path.decode()))
            required.add(_folder_of(f"{target}/index.js"))
    if "" in required:
        raise NotLeanError("a submodule's JavaScript requires a file outside the submodules")
    return required


def _lean_spec(files: Files, assembly: str, namespaces: dict[str, str]) -> Json:
    def wanted(fqn: str) -> bool:
        return fqn.removeprefix(assembly + ".").partition(".")[0] in namespaces

    spec = _spec_with_types(files, wanted)
    spec["submodules"] = {fqn: one for fqn, one in spec["submodules"].items() if wanted(fqn)}
    for fqn in _named_types(spec["types"]):
        if fqn.startswith(assembly + ".") and fqn not in spec["types"]:
            raise NotLeanError(f"a type that is kept refers to {fqn}, which is not")
    return spec


def _spec_with_types(files: Files, wanted: Callable[[str], bool]) -> Json:
    text = files["package/.jsii"]
    # jsii writes JSON with an indent of two, so the types can be told apart without parsing all
    # of them, which takes three times as long and 400 MB more.
    start = text.find(b'\n  "types": {\n')
    end = text.find(b"\n  }", start)
    if start != -1 and end != -1:
        spec: Json = _without_unused(json.loads(text[:start] + b'"types": {' + text[end:]))
        separator = b'\n    "'
        at = text.find(separator, start)
        while at != -1:
            following = text.find(separator, at + 1, end)
            name_end = text.index(b'": ', at)
            fqn = text[at + len(separator) : name_end].decode()
            if wanted(fqn):
                body = text[name_end + 3 : end if following == -1 else following]
                spec["types"][fqn] = _without_unused(json.loads(body.rstrip(b", \n")))
            at = following
        return spec
    spec = json.loads(text)
    if spec.get("schema") == "jsii/file-redirect":
        spec = json.loads(gzip.decompress(files[f"package/{spec['filename']}"]))
    spec = _without_unused(spec)
    spec["types"] = {fqn: one for fqn, one in spec["types"].items() if wanted(fqn)}
    return spec


def _without_unused(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_unused(v) for k, v in value.items() if k not in _UNUSED_BY_KERNEL}
    if isinstance(value, list):
        return [_without_unused(item) for item in value]
    return value


def _named_types(value: Any) -> set[str]:
    """All that is referred to: `{"fqn": ...}` is a type; bases and interfaces are bare names."""
    if isinstance(value, list):
        return set().union(*map(_named_types, value))
    if not isinstance(value, dict):
        return set()
    named = {value["fqn"]} if isinstance(value.get("fqn"), str) else set()
    if isinstance(value.get("base"), str):
        named.add(value["base"])
    for item in value.get("interfaces") or ():
        if isinstance(item, str):
            named.add(item)
    return named.union(*map(_named_types, value.values()))


def _index(folders: dict[str, str], header: str) -> str:
    lines = [
        '"use strict";',
        f"// {header}",
        'Object.defineProperty(exports, "__esModule", { value: true });',
        "function lazily(name, get) {",
        "  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });",
        "}",
    ]
    lines += [f'lazily("{name}", () => require("./{path}"));' for name, path in folders.items()]
    return "\n".join(lines) + "\n"


def _write_tarball(path: Path, files: Files) -> None:
    """The same bytes for the same files: jsii's cache knows a tarball by its digest."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for name, content in sorted(files.items()):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
