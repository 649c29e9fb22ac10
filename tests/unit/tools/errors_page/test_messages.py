"""How messages are found in code, and how they read."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tools.errors_page.code import Code
from tools.errors_page.messages import Messages


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    file = folder / "made.py"
    file.write_text(dedent(text), "utf-8")
    code = Code(folder, [file])
    return [(each.said, each.cure) for each in Messages(code, {"cpu": "cpu_units"}).all()]


CASES = {
    "a problem": (
        """
        def check(name):
            yield Problem("name", f"must not be {name!r}", name, "choose another")
        """,
        [("'name' must not be '<name>' (got <value>)", "choose another")],
    ),
    "a value that is not there": (
        'x = Problem("name", "is required", ABSENT, "give it")',
        [("'name' is required (got nothing)", "give it")],
    ),
    "a finding, in the words of arguments": (
        """
        def check(task):
            for index, each in enumerate(task):
                place = ("containers", index, "cpu")
                yield Finding(place, "needs {0}", each, "give {0}", (("memory",),))
        """,
        [("'containers[<number>].cpu_units' needs memory (got <value>)", "give memory")],
    ),
    "each branch with what belongs to it": (
        """
        def check(value):
            if value:
                rule, cure = "must be one", "write 1"
            else:
                rule, cure = "must be two", "write 2"
            yield Problem("x", rule, value, cure)
        """,
        [
            ("'x' must be one (got <value>)", "write 1"),
            ("'x' must be two (got <value>)", "write 2"),
        ],
    ),
    "a branch that ends the function": (
        """
        def check(value):
            cure = "write it"
            if value:
                cure = "never"
                return
            yield Problem("x", "is missing", value, cure)
        """,
        [("'x' is missing (got <value>)", "write it")],
    ),
    "each turn of a loop over what stands in the code": (
        """
        def check(task):
            for key, least in (("a", 1), ("b", 2)):
                yield Problem(key, f"must be {least} or more", task[key], "raise it")
        """,
        [
            ("'a' must be 1 or more (got <value>)", "raise it"),
            ("'b' must be 2 or more (got <value>)", "raise it"),
        ],
    ),
    "each call of a function that is given the words": (
        """
        def _refused(key, value):
            yield Problem(key, "is not supported", value, "leave it out")

        def check(task):
            yield from _refused("a", task)
            yield from _refused("b", task)
        """,
        [
            ("'a' is not supported (got <value>)", "leave it out"),
            ("'b' is not supported (got <value>)", "leave it out"),
        ],
    ),
    "a sentence of an exception": (
        """
        def read(file):
            raise Refused(f"{file.name}: cannot be read: {error.strerror}; try again")
        """,
        [("<file>: cannot be read: <the system's reason>", "try again")],
    ),
    "sentences of a list": (
        """
        def read(names):
            sentences = [f"{name} was not planned; plan it" for name in names]
            raise Refused("\\n".join([*sentences, "nothing is applied"]))
        """,
        [("<name> was not planned", "plan it"), ("nothing is applied", "")],
    ),
    "a sentence that is returned": (
        """
        def fault(stack):
            when = shown(stack.time)
            return f"{stack.name}: was deleted at {when}; put it back" if when else None
        """,
        [("<stack>: was deleted at <when>", "put it back")],
    ),
    "what is printed to standard error only": (
        """
        def main():
            print("this goes on well; go on")
            print("this goes wrong badly", file=sys.stderr)
        """,
        [("this goes wrong badly", "")],
    ),
    "an error message of a condition of Terraform": (
        'x = {"condition": "true", "error_message": f"{stack} has no roles; deploy it first."}',
        [("<stack> has no roles", "deploy it first.")],
    ),
    "nothing where a sentence is passed on": (
        """
        def main(wrong):
            print(*wrong.sentences, file=sys.stderr)
            raise Refused(str(wrong))
        """,
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_messages(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(tmp_path, text) == expected


def test_a_value_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match="made: lambda: 1 has no name in plain words; give it one there"
    ):
        found(tmp_path, 'raise Refused(f"it is {(lambda: 1)} and no more")')
