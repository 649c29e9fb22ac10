"""The page: an index by command and by argument, then a table an area."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from constructs_lib import containers, service
from constructs_lib.arguments import Arguments
from tools.errors_page.areas import AREAS, RULES, Area, area_of
from tools.errors_page.causes import cause_of
from tools.errors_page.code import Code, Scope, called
from tools.errors_page.messages import Message, Messages
from tools.errors_page.texts import texts

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "errors.md"
SOURCES = ("environments.py", "main.py", "constructs_lib", "stacks", "tools", "lean_bindings")
_GENERATED, _HERE = "generated", "errors_page"

_ONLY_MEMBERS = ("sizeInGiB", "sourcePath")
"""Members that the argument of their structure stands for."""

_HEAD = """# Every message, its cause and its cure

Written by `python -m tools.errors_page` from the code that says them; change that, not this page.

Look for a few words of the message that are not of your own: a name or a value of yours stands here
as `<words>`. A sentence says who is meant, which argument, the rule, the value that was given, and
behind the `;` the cure; a row has the cure in a column of its own. All mistakes come at once, and
nothing is written until there is none. `<your environment>` before a command is `NETFLUX_ENV=NAME`,
where you have chosen one. Every command ends with another exit code than 0.
"""


def page() -> str:
    """The whole page."""
    code = read_code(PROJECT)
    by_area = _by_area(Messages(code, arguments_by_key()).all())
    lines = [_HEAD, *_by_command(by_area), *_by_argument(by_area)]
    for area in AREAS:
        if area in by_area:
            lines += _section(area, by_area[area], code)
    return "\n".join(lines)


def read_code(project: Path) -> Code:
    """The source of everything that a user runs."""
    files = [
        file
        for name in SOURCES
        for file in ([project / name] if name.endswith(".py") else (project / name).rglob("*.py"))
        if not {_GENERATED, _HERE} & set(file.parts)
    ]
    return Code(project, sorted(files))


def arguments_by_key() -> dict[str, str]:
    """The arguments that stand for AWS's keys; of two for one key, that of the inner structure."""
    classes = [
        each
        for module in (service, containers)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Arguments)
    ]
    found = {
        known.aws: known.name
        for each in classes
        for known in each.declared.values()
        if known.aws and each is not service.Task
    }
    return found | dict.fromkeys(_ONLY_MEMBERS, "")


def _by_area(messages: Iterable[Message]) -> dict[Area, list[Message]]:
    found: dict[Area, list[Message]] = defaultdict(list)
    for message in messages:
        area = area_of(message.module.name)
        assert area, f"tools/errors_page/areas.py has no area for {message.module.name}"
        found[area].append(message)
    return found


def _link(area: Area) -> str:
    anchor = re.sub(r"[^\w\- ]", "", area.title.lower()).replace(" ", "-")
    return f"[{area.title}](#{anchor})"


def _by_command(by_area: Iterable[Area]) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for area in AREAS:
        for command in area.commands if area in by_area else ():
            if not (area.title.startswith(RULES) and RULES in "".join(found[command])):
                found[command].append(_link(area))
    yield "## By command\n\n| command | messages |\n|---|---|"
    yield from (f"| `{command}` | {', '.join(areas)} |" for command, areas in found.items())
    yield ""


def _by_argument(by_area: dict[Area, list[Message]]) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    keys = {name: key for key, name in arguments_by_key().items() if name != key}
    for area in AREAS:
        for message in by_area.get(area, ()):
            name = re.sub(r"\[.*?\]+", "", message.argument).rpartition(".")[2]
            if re.fullmatch(r"[-\w]+", name) and _link(area) not in found[name]:
                found[name].append(_link(area))
    yield "## By argument\n\n| argument | messages |\n|---|---|"
    for name in sorted(found, key=str.lower):
        if found[name]:
            shown = f"`{name}` (`{keys[name]}`)" if name in keys else f"`{name}`"
            yield f"| {shown} | {', '.join(found[name])} |"
    yield ""


def _section(area: Area, messages: list[Message], code: Code) -> Iterator[str]:
    yield f"## {area.title}\n"
    begins = f"Each begins with `{area.begins.strip()}`." if area.begins else ""
    about = " ".join(filter(None, (area.about, begins)))
    if about:
        yield f"{about}\n"
    yield "| message | cause | cure |\n|---|---|---|"
    rows: dict[tuple[str, str], list[str]] = {}
    for message in messages:
        cures = rows.setdefault((message.said.removeprefix(area.begins), _cause(message, code)), [])
        cures += [message.cure] if message.cure and message.cure not in cures else []
    for (said, cause), cures in sorted(
        rows.items(), key=lambda row: row[0][0].lstrip("'<").lower()
    ):
        yield _row(_code(said), cause, ", or: ".join(map(_code, cures)))
    yield ""


def _code(text: str) -> str:
    """Markdown for a text as it stands; one with backticks needs more of them around it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _row(*cells: str) -> str:
    plain = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(plain)} |"


def _cause(message: Message, code: Code) -> str:
    """What the rule says of itself, or what `CAUSES` says."""
    function, module = message.function, message.module
    for decorator in function.decorator_list if function else ():
        if isinstance(decorator, ast.Call) and called(decorator) == "rule":
            _, title, source = (texts(each, Scope(module), code)[0] for each in decorator.args[:3])
            linked = f"[AWS]({source})" if source.startswith("https:") else f"({source})"
            return f"{title}. {linked}"
    return cause_of(f"{message.said}; {message.cure}")
