"""What the pages of the project point to is there."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGES = [
    PROJECT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split("\0")
    if name
] or [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
TARGETS = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.M))


def of(page: Path) -> str:
    return str(page.relative_to(PROJECT))


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


def code(text: str) -> str:
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.S))


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text("utf-8")))
    relative = [link for link in links if not re.match(r"[a-z]+:", link)]
    broken = [link for link in relative if not leads_somewhere(page, link)]
    assert broken == []


def test_every_page_that_a_message_names_is_there() -> None:
    code = [*PROJECT.glob("constructs_lib/**/*.py"), *PROJECT.glob("tools/**/*.py")]
    named = {
        link
        for file in code
        for link in re.findall(r"\bdocs/[\w./-]+\.md#[\w-]+", file.read_text())
    }
    assert named
    assert [link for link in named if not leads_somewhere(PROJECT / "README.md", link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target.read_text("utf-8"))


def anchors(text: str) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.S), re.M)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.strip().replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_every_command_is_there(page: Path) -> None:
    commands = code(page.read_text("utf-8"))
    if page.name == "errors.md":  # its messages have `make` as a word of English
        commands = re.sub(r"make (a|essential|its|the|what|with)\b", "", commands)
    made = set(re.findall(r"(?<![\w./-])make ([a-z][a-z-]*)", commands))
    modules = set(re.findall(r"-m ((?:tools|tests|benchmarks|lean_bindings)[\w.]*)", commands))
    assert made - TARGETS == set()
    assert [name for name in sorted(modules) if importlib.util.find_spec(name) is None] == []


@pytest.mark.parametrize("page", PAGES, ids=of)
def test_no_example_in_python_is_a_tuple(page: Path) -> None:
    """The formatter makes one of an entry that ends in a comma, and such an entry is refused."""
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.S)
    statements = [statement for block in blocks for statement in ast.parse(block).body]
    values = [getattr(statement, "value", None) for statement in statements]
    assert [ast.unparse(value) for value in values if isinstance(value, ast.Tuple)] == []


def test_there_are_pages() -> None:
    assert {"README.md", "SECURITY.md", "docs/decisions/README.md"} <= set(map(of, PAGES))


def test_every_decision_has_a_number_and_is_in_the_index() -> None:
    decisions = PROJECT / "docs" / "decisions"
    index = re.findall(
        r"^\| \[(\d+)\]\((.+)\) \| (.+) \|$", (decisions / "README.md").read_text("utf-8"), re.M
    )
    pages = {path.name: path for path in decisions.glob("*.md") if path.name != "README.md"}
    titles = {
        name: path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        for name, path in pages.items()
    }
    assert {name: title for _, name, title in index} == titles
    assert [int(number) for number, _, _ in index] == [*range(1, len(pages) + 1)]
    assert [name.partition("-")[0] for _, name, _ in index] == [number for number, _, _ in index]


def test_the_page_of_faults_has_the_rows_that_are_tried() -> None:
    tried = {
        row
        for file in (PROJECT / "tests" / "faults").glob("test_*.py")
        for row in re.findall(r'pytest\.mark\.row\(\s*"([^"]+)"', file.read_text("utf-8"))
    }
    page = (PROJECT / "docs" / "faults.md").read_text("utf-8")
    _, _, *rows = [
        line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if "|" in line
    ]
    assert sorted(rows) == sorted(tried)
