"""The Python files that people edit: what they hold, or one sentence that says why they do not."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

from constructs_lib.errors import InvalidInput, one_line
from constructs_lib.nearest import nearest

_BESIDE = Path(__file__).resolve().parent.parent
PROJECT = _BESIDE if (_BESIDE / "cdktf.json").is_file() else Path.cwd()
"""The project's folder: the one that this code is part of; installed, it serves the current one."""

_NOT_THE_USERS = ("constructs_lib", "main.py", "tools", "tests")
"""What calls these files or is called by them, and whose lines tell their author nothing."""

_LONGEST_REASON = 300


def held(module: str, name: str) -> Any:
    """What `name` is in the file of `module`: SERVICES in services.py.

    Raises:
        InvalidInput: the file is not there, is no Python, raises, exits, or has no such name.
    """
    try:
        found = importlib.import_module(module)
    except (Exception, SystemExit) as error:
        raise InvalidInput([one_line(_sentence(module, error))]) from None
    if not hasattr(found, name):
        near = nearest(name, vars(found))
        cure = f"rename {near}" if near else f"write {name} = ..., as the project netflux has it"
        raise InvalidInput([f"{module}.py: '{name}' must be given (got nothing); {cure}"])
    return getattr(found, name)


def _sentence(module: str, error: BaseException) -> str:
    """The error, and the line of the user's where it can be mended."""
    import importlib.util  # costs milliseconds, and only a mistake needs it

    if isinstance(error, ModuleNotFoundError) and error.name == module:
        return f"{module}.py: was not found; write it beside main.py"
    spec = importlib.util.find_spec(module)
    file = Path(spec.origin) if spec and spec.origin else Path(f"{module}.py")
    if isinstance(error, SyntaxError) and error.filename:
        place, reason = (Path(error.filename), error.lineno or 0), error.msg
    else:
        place, reason = _innermost(file, error), str(error)
        if isinstance(error, ImportError):
            reason = reason.removesuffix(f" ({error.path})")
    reason = f"{type(error).__name__}: {reason}".removesuffix(": ")
    if len(reason) > _LONGEST_REASON:
        reason = f"{reason[:_LONGEST_REASON]}..."
    path, line = place
    shown = path.relative_to(file.parent) if path.is_relative_to(file.parent) else path
    where = f"{shown}, line {line}" if line else str(shown)
    return f"{where}: must be Python that runs (got {reason}); {_cure(error)}"


def _cure(error: BaseException) -> str:
    """What to write, where a name of `constructs_lib` was misspelt or not imported."""
    classes = _classes()
    if isinstance(error, NameError) and error.name:
        near = nearest(error.name, classes)
        if near:
            module = classes[near]
            is_right = near == error.name
            return (
                f"write above it: from {module} import {near}"
                if is_right
                else f"write {near}, of {module}"
            )
    elif isinstance(error, ImportError):
        missing = re.match(r"cannot import name '(\w+)'", str(error))
        beside = [name for name, module in classes.items() if module == error.name]
        modules = set(classes.values())
        near = nearest(missing[1], beside) if missing else nearest(error.name or "", modules)
        if near:
            return f"write {near}"
    return "mend it"


def _classes() -> dict[str, str]:
    """What a person imports from `constructs_lib`: each class, and its module."""
    modules = (
        importlib.import_module(f"constructs_lib.{name}")
        for name in ("containers", "environment", "service")
    )
    return {
        name: module.__name__
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, type) and each.__module__ == module.__name__
    }


def _innermost(file: Path, error: BaseException) -> tuple[Path, int]:
    """The last line on the way to the error that stands in a file of the user's."""
    place, trace = (file, 0), error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        in_project = path.is_relative_to(file.parent) and not path.is_relative_to(sys.prefix)
        if in_project and path.relative_to(file.parent).parts[0] not in _NOT_THE_USERS:
            place = (path, trace.tb_lineno)
        trace = trace.tb_next
    return place
