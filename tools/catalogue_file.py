"""Writes an entry into services.py, and leaves everything else in it as it is, byte for byte."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from constructs_lib.errors import READABLE, WRITABLE
from constructs_lib.service import Service
from tools.catalogue_entry import import_line, imports, nested_entry
from tools.refused import Refused
from tools.whole_file import write_whole

_LIST = "SERVICES"


def add_entry(file: Path, service: Service) -> None:
    """Adds an entry at the end of the list, and the imports that it needs, in one step.

    Raises:
        Refused: the file cannot be read or written, or has no list to write into, or makes
            another of it.
    """
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file.name}: cannot be read: {error}; {READABLE}") from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = mark + with_entry(text.removeprefix(mark), service, file.name)
    if _held(text.removeprefix(mark), file).count(service) != 1:
        raise Refused(
            f"{file.name}: makes something else of its list {_LIST} = [...] than what stands there;"
            f" {_by_hand(service)}"
        )
    try:
        write_whole(file, text)
    except OSError as error:
        raise Refused(f"{file.name}: cannot be written: {error.strerror}; {WRITABLE}") from None


def with_entry(text: str, service: Service, name: str = "services.py") -> str:
    """The text of a catalogue with one more entry, laid out as the formatter does.

    Raises:
        Refused: it is no Python, has no `SERVICES = [...]`, or has an entry of that name.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise Refused(f"{name}: is not Python that can be read: {error}; mend it first") from None
    services = _list(tree)
    if services is None:
        raise Refused(f"{name}: has no list {_LIST} = [...] to write into; {_by_hand(service)}")
    if service.name in _names(services):
        raise Refused(f"{name}: has an entry '{service.name}' already; change that one")
    edits = [_entry_edit(text, services, service), *_import_edits(text, tree, service)]
    line_end = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, reverse=True):
        text = text[: edit.begin] + re.sub("\r?\n", line_end, edit.text) + text[edit.end :]
    return text


def _by_hand(service: Service) -> str:
    return f"write the entry yourself:\n{nested_entry(service, 4)}"


def _held(text: str, file: Path) -> list[object]:
    """What the list holds once the text has run."""
    module = {"__name__": file.stem, "__file__": str(file)}
    try:
        exec(compile(text, file, "exec", dont_inherit=True), module)
    except (Exception, SystemExit):
        return []
    held = module.get(_LIST)
    return held if isinstance(held, list) else []


class _Edit(NamedTuple):
    """A piece of the text, and what takes its place."""

    begin: int
    end: int
    text: str


def _list(tree: ast.Module) -> ast.List | None:
    for statement in tree.body:
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        else:
            continue
        if [each.id for each in targets if isinstance(each, ast.Name)] == [_LIST]:
            return statement.value if isinstance(statement.value, ast.List) else None
    return None


def _names(services: ast.List) -> list[object]:
    """The names that stand in the list in plain text."""
    return [
        keyword.value.value
        for entry in services.elts
        if isinstance(entry, ast.Call)
        for keyword in entry.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    ]


def _entry_edit(text: str, services: ast.List, service: Service) -> _Edit:
    opening = _begin(text, services) + 1
    closing = _offset(text, services.end_lineno, services.end_col_offset) - 1
    if services.lineno == services.end_lineno:
        entries = [f"    {ast.get_source_segment(text, entry)},\n" for entry in services.elts]
        whole = "".join(["\n", *entries, nested_entry(service, 4), "\n"])
        return _Edit(opening, closing, whole)
    indent = _indent(text, services)
    entry = re.sub(f"^ {{{len(indent)}}}", indent, nested_entry(service, len(indent)), flags=re.M)
    last, end = _last_token(text, closing)
    comma = "" if last in ("[", ",") else ","
    line = text.rfind("\n", 0, closing) + 1
    if text[line:closing].strip():
        return _Edit(end, closing, f"{comma}\n{entry}\n")
    return _Edit(end, line, f"{comma}{text[end:line]}{entry}\n")


def _indent(text: str, services: ast.List) -> str:
    """What stands before the first entry that begins a line."""
    for entry in services.elts:
        before = text[: _begin(text, entry)].rpartition("\n")[2]
        if not before.strip():
            return before
    return "    "


def _last_token(text: str, end: int) -> tuple[str, int]:
    """The last token before a place, comments aside, and where it ends."""
    last = ("", 0)
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        row, column = token.end
        if row > len(starts) or starts[row - 1] + column > end:
            break
        if token.string.strip() and token.type != tokenize.COMMENT:
            last = (token.string, starts[row - 1] + column)
    return last


def _import_edits(text: str, tree: ast.Module, service: Service) -> list[_Edit]:
    """Names added to the imports of their modules, and imports in their alphabetical place."""
    edits = []
    there = [each for each in tree.body if isinstance(each, ast.ImportFrom) and not each.level]
    for module, names in sorted(imports(service).items()):
        same = next((each for each in there if each.module == module), None)
        if same is not None:
            known = {alias.name for alias in same.names if alias.asname is None}
            if names - known:
                written = [
                    f"{alias.name} as {alias.asname}" if alias.asname else alias.name
                    for alias in same.names
                ]
                end = _offset(text, same.end_lineno, same.end_col_offset)
                line = import_line(module, {*written, *names})
                edits.append(_Edit(_begin(text, same), end, line))
            continue
        after = [each for each in there if str(each.module) < module]
        ours = [each for each in after if str(each.module).startswith("constructs_lib.")]
        before = next((each for each in there if str(each.module) > module), None)
        if ours or before is None:
            place = _line_after(text, [*_head(tree), *after, *ours][-1:])
        else:
            place = _begin(text, before)
        edits.append(_Edit(place, place, f"{import_line(module, names)}\n"))
    return edits


def _head(tree: ast.Module) -> list[ast.stmt]:
    """The text of the module, behind which an import may stand."""
    first = tree.body[:1]
    return [each for each in first if isinstance(each, ast.Expr)]


def _line_after(text: str, statements: Sequence[ast.stmt]) -> int:
    if not statements:
        return 0
    end = _offset(text, statements[0].end_lineno, statements[0].end_col_offset)
    newline = text.find("\n", end)
    return len(text) if newline < 0 else newline + 1


def _begin(text: str, node: ast.expr | ast.stmt) -> int:
    return _offset(text, node.lineno, node.col_offset)


def _offset(text: str, line: int | None, column: int | None) -> int:
    """A place of Python's parser, which counts bytes of UTF-8, as one in the text."""
    assert line is not None
    assert column is not None
    lines = text.split("\n")
    before = sum(len(each) + 1 for each in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:column].decode())
