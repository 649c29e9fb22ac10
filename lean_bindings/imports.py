"""What a Python file takes from provider packages, found by reading it, never by importing it.

A use is a string: `cdktf_cdktf_provider_aws.iam_role` is a submodule of a provider package,
and `cdktf_cdktf_provider_aws.* 12` says that line 12 uses the package in a way from which the
submodules cannot be told, so that the package is needed as a whole.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lean_bindings.providers import PREFIXES

_MODULE = re.compile(rf"(?P<module>(?:{'|'.join(PREFIXES)})\w+)(?:\.(?P<rest>.*))?", re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z]\w*")
_DYNAMIC = {"import_module", "__import__", "resolve_name"}


def provider_uses(source: bytes) -> set[str]:
    """The uses in one file. A file that is not Python has none: nobody can import it either."""
    if not any(prefix.encode() in source for prefix in PREFIXES):
        return set()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last: nested too deeply
        return set()
    nodes = list(ast.walk(tree))
    return {
        *_imported(nodes),
        *_attributes(nodes, _whole_packages(nodes)),
        *_named_in_strings(nodes),
    }


def _split(name: str | None) -> tuple[str, str] | None:
    """`("cdktf_cdktf_provider_aws", "iam_role.IamRole")` of a dotted name in a provider package."""
    match = _MODULE.fullmatch(name or "")
    return (match["module"], match["rest"] or "") if match else None


def _submodule(module: str, rest: str, line: int) -> str:
    """The use of `rest` in `module`; when it names no submodule, of the module as a whole."""
    name = _IDENTIFIER.match(rest)
    return f"{module}.{name[0]}" if name else f"{module}.* {line}"


def _imported(nodes: list[ast.AST]) -> Iterator[str]:
    """`import aws.iam_role`, `from aws.iam_role import IamRole`, `from aws import iam_role`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                split = _split(alias.name)
                if split and split[1]:
                    yield _submodule(*split, node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            split = _split(node.module)
            if split and split[1]:
                yield _submodule(*split, node.lineno)
            elif split:
                for alias in node.names:
                    yield _submodule(split[0], alias.name, node.lineno)


def _whole_packages(nodes: list[ast.AST]) -> dict[str, tuple[str, int | None]]:
    """The names that stand for a whole package, each with the package, and with the line of the
    import if that gives nothing but the whole package."""
    names: dict[str, tuple[str, int | None]] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                split = _split(alias.name)
                if split and not split[1]:
                    names[alias.asname or split[0]] = (split[0], node.lineno)
                elif split and not alias.asname:
                    names.setdefault(split[0], (split[0], None))
    return names


def _attributes(nodes: list[ast.AST], packages: dict[str, tuple[str, int | None]]) -> Iterator[str]:
    """`aws.iam_role.IamRole`; any other use of the name `aws` needs the whole package, and so
    does an import that nothing in the file uses, for then another file takes the name from it."""
    attributes = {id(node.value): node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used = set()
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in packages:
            used.add(node.id)
            attribute = attributes.get(id(node), "")
            if not attribute.startswith("_"):
                yield _submodule(packages[node.id][0], attribute, node.lineno)
    for name, (module, line) in packages.items():
        if line is not None and name not in used:
            yield f"{module}.* {line}"


def _named_in_strings(nodes: list[ast.AST]) -> Iterator[str]:
    """`import_module("aws.iam_role")`, `patch("aws.iam_role.IamRole")`; where the file imports by
    computed names, a string that begins such a name needs the whole package."""
    pieces: set[int] = set()
    dynamic = False
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            pieces.update(map(id, node.values))
        elif isinstance(node, ast.BinOp):
            pieces.update((id(node.left), id(node.right)))
        elif isinstance(node, ast.alias):
            dynamic |= node.name in _DYNAMIC
        elif isinstance(node, ast.Name):
            dynamic |= node.id in _DYNAMIC
        elif isinstance(node, ast.Attribute):
            dynamic |= node.attr in _DYNAMIC
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            split = _split(node.value)
            if split is None:
                continue
            module, rest = split
            if id(node) not in pieces and all(map(str.isidentifier, rest.split("."))):
                yield _submodule(module, rest, node.lineno)
            elif dynamic and not re.search(r"\s", rest):
                yield f"{module}.* {node.lineno}"
