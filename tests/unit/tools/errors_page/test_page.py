"""docs/errors.md is as the code is, and has every message of it."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tools.errors_page.__main__ import main
from tools.errors_page.areas import AREAS
from tools.errors_page.causes import CAUSES
from tools.errors_page.code import Code, called
from tools.errors_page.messages import EXCEPTIONS, INSIDE
from tools.errors_page.page import PAGE, PROJECT, page, read_code

# Exceptions of the project that carry no message.
WITHOUT_TEXT = {"NotThisForm", "Stopped"}
# What prints or writes more than messages: reports, pages, and what a command did.
OUTPUT = re.compile(
    r"tools\.(review\.(markdown|terminal|web\w*|words|rules.*|hidden|report|checkov)|eject\.readme"
    r"|adopt\.(__main__|adoption|showing)|arguments_page|review\.rules_page"
    r"|task_definition_model|demo|release|service_test|wheel|picture\.svg"
    r"|(picture|plan|state|revisions)\.__main__)"
    r"|lean_bindings\.(__main__|assembly|refresh|python_part|missing)"
)
DECLARING = {
    "add_argument",
    "ArgumentParser",
    "Command",
    "Parser",
    "argument",
    "add_parser",
    "rule",
}
MOST_SHOWN = 40


@cache
def code() -> Code:
    return read_code(PROJECT)


@cache
def written() -> str:
    return " ".join(PAGE.read_text("utf-8").replace("\\|", "|").split())


def test_it_is_not_stale() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it with: make docs"


def test_check_says_how_to_write_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.errors_page.__main__.page", lambda: "another")
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "docs/errors.md is stale; write it with: make docs\n"


def test_every_exception_of_the_project_is_read() -> None:
    """So that the sentences of a new one are not left out."""
    found = {
        node.name
        for module in code().modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name not in WITHOUT_TEXT
        if any(
            re.search(r"(Exception|Error|Refused|InvalidInput)$", ast.unparse(b))
            for b in node.bases
        )
    }
    assert found - EXCEPTIONS - INSIDE == set()


def test_every_sentence_with_a_cure_is_there() -> None:
    """Found in another way than the page's: every text of the code that has a `;`."""
    assert [each for each in sentences(code()) if each not in written()][:MOST_SHOWN] == []


def sentences(of: Code) -> list[str]:
    """The parts between placeholders of texts that end one thing and go on with its cure."""
    return [
        part
        for module in of.modules.values()
        if not OUTPUT.fullmatch(module.name)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "; " in node.value
        if not any(is_no_message(each) for each in module.above(node))
        for text in re.split(r"; |\{\d\}|[|\n]", node.value)
        for part in [re.sub(r"^[a-z_]*: ", "", " ".join(text.split()).strip(" ."))]
        if len(part.split()) > 2
    ]


def is_no_message(above: ast.AST) -> bool:
    """A docstring, or a declaration."""
    return (isinstance(above, ast.Expr) and isinstance(above.value, ast.Constant)) or (
        isinstance(above, ast.Call) and called(above) in DECLARING
    )


def test_what_is_loaded_into_the_cli_makes_no_message_of_its_own() -> None:
    """It is JavaScript, which this page does not read: Python hands it what to say."""
    files = sorted((PROJECT / "tools").rglob("*.cjs"))
    text = "".join(file.read_text("utf-8") for file in files if "node_modules" not in file.parts)
    code_alone = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
    assert re.findall(r"""["'`]\w+: .*["'`]""", code_alone) == []


def test_every_cause_is_of_a_message() -> None:
    with_cures = re.sub(r"` \| [^|]* \| `", "; ", written())
    assert [words for words in CAUSES if words not in with_cures] == []


def test_every_message_has_a_cause_and_a_cure() -> None:
    rows = re.findall(r"^\| (`.+) \| (.*) \| (.*) \|$", PAGE.read_text("utf-8"), re.M)
    assert len(rows) > 400
    assert [message for message, cause, cure in rows if not cause or not cure] == []


def test_no_placeholder_is_an_expression_of_python() -> None:
    placeholders = set(re.findall(r"<(?!!--|/)([^<>]*)>", PAGE.read_text("utf-8")))
    plain = re.compile(r"[a-z][a-z0-9' ,.-]*(, environment|, or services.py, entry number)?")
    assert [each for each in sorted(placeholders) if not plain.fullmatch(each)] == []


def test_every_area_has_messages() -> None:
    assert [a.title for a in AREAS if f"## {a.title}\n" not in PAGE.read_text("utf-8")] == []
