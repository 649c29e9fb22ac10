"""Task definition files, mutated, through tools.convert and through a service that names them."""

from __future__ import annotations

import copy
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructs_lib import catalogue, definition
from constructs_lib.errors import InvalidInput
from constructs_lib.service import Service
from tests.unit.fuzz.test_catalogues import SENTENCE, fuzz
from tests.unit.synthesis import PROD
from tools import convert

PROJECT = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("NETFLUX_CORPUS", PROJECT.parent / "shared" / "corpus"))
FILES = [
    *sorted((PROJECT / "tests" / "definitions").glob("*.json")),
    *sorted(CORPUS.glob("*.json")),
]
TEXTS = [file.read_bytes() for file in FILES]
ABOUT_THE_FILE = re.compile(
    r"fuzz\.json: (is not JSON at line \d+, column \d+: .+; mend it there"
    r"|is not UTF-8 at byte \d+; save it as UTF-8"
    r"|the key '.*' stands twice in one object; keep one|.+ is not a number that JSON has; .+"
    r"|a number has \d+ digits; write a shorter one"
    r"|(is larger than any task definition, 1 MiB|must be a JSON object \(got .+\)"
    r"|is nested too deeply to be a task definition|has neither family nor containerDefinitions)"
    r"; name a file of one task definition, as RegisterTaskDefinition takes it)"
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["", "\0", "\ud800", "${x}", 2**31, -1, 10**39, 1e308, "x" * 70_000, "9" * 5000]
    ),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definition, "PROJECT", folder)
        patch.chdir(folder)
        patch.delenv("NETFLUX_ENV", raising=False)
        yield folder / "fuzz.json"


def check(file: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether both take the content; they do or they do not, and say so in the known form."""
    file.write_bytes(content)
    codes = [convert.main(["fuzz.json", form]) for form in ("--json", "--python")]
    out, said = capsys.readouterr()
    assert len(set(codes)) == 1
    lines = [line for line in said.splitlines() if not line.startswith("warning: ")]
    if codes[0] == 0:
        assert (lines, out[:1]) == ([], "{")
    else:
        assert (codes[0], out) == (1, "")
        assert lines
        for line in lines:
            assert line.isprintable()
            assert SENTENCE.fullmatch(line) or ABOUT_THE_FILE.fullmatch(line), line
    try:
        catalogue.check([Service(name="shop", task_definition_file="fuzz.json")], PROD)
    except InvalidInput as wrong:
        sentences = wrong.sentences
    else:
        return codes[0] == 0
    assert sentences
    for sentence in sentences:
        parts = SENTENCE.fullmatch(sentence)
        assert parts, sentence
        assert parts["owner"] == "shop"
    return codes[0] == 0


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every parent and key of a JSON value."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [
        place for key in keys if isinstance(value[key], dict | list) for place in places(value[key])
    ]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A file with one to three of its values removed, renamed, moved or replaced."""
    value = json.loads(draw(st.sampled_from(TEXTS)).decode("utf-8-sig"))
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value).encode()
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        parent, key = draw(st.sampled_from(places(value) or [(value, None)]))
        if key is None:
            break
        kind = draw(st.sampled_from(["remove", "rename", "replace", "replace", "wrap", "repeat"]))
        if kind == "remove":
            del parent[key]
        elif kind == "rename" and isinstance(parent, dict):
            parent[
                draw(st.sampled_from([key.upper(), f"{key}s", key[1:], "\0", "{0}", "name"]))
            ] = parent.pop(key)
        elif kind == "wrap":
            parent[key] = draw(
                st.sampled_from([[parent[key]], {"a": parent[key]}, str(parent[key])])
            )
        elif kind == "repeat" and isinstance(parent, list):
            parent += [copy.deepcopy(parent[key])] * draw(st.integers(1, 60))
        else:
            parent[key] = draw(ANYTHING)
    return json.dumps(value).encode()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file whose bytes are no longer those of JSON, or of another kind of JSON."""
    text = draw(st.sampled_from(TEXTS))
    at = draw(st.integers(0, len(text)))
    insert = st.sampled_from(
        [
            b"\0",
            b"\xff",
            b"\xed\xa0\x80",
            b"NaN",
            b"-Infinity",
            b"1e999",
            b"9" * 5000,
            b'"',
            b"{",
            b"]",
        ]
    )
    return draw(
        st.sampled_from(
            [
                text[:at],
                text[at:],
                text[:at] + draw(insert) + text[at:],
                b"\xef\xbb\xbf" + text,
                b"\xef\xbb\xbf\xef\xbb\xbf" + text,
                text.replace(b"\n", b"\r\n"),
                text.decode("utf-8-sig").encode("utf-16"),
                text.decode("utf-8-sig").encode("utf-32"),
                text.replace(b'"name"', b'"name": "twice", "name"'),
                text + text,
            ]
        )
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_as_it_is(path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(file, path.read_bytes(), capsys)


@settings(fuzz(250))
@given(content=mutated())
def test_a_mutated_file(file: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    check(file, content, capsys)


@settings(fuzz(150))
@given(content=damaged())
def test_a_damaged_file(file: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    check(file, content, capsys)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{}", b"[]", b"null", b"1", b'""', b"{", b"\xff\xfe", b"\0" * 100),
        b"[" * 10_000 + b"]" * 10_000,
        b'{"family":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"containerDefinitions":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"taskDefinition": {"taskDefinition": {}}}',
        b'{"taskDefinition": null}',
        b'{"family": "a", "containerDefinitions": [null, 1, [], {}, "x"]}',
        b" " * 50_000_000,
        json.dumps({"containerDefinitions": [{"name": "a"}] * 2000}).encode(),
        json.dumps({str(number): number for number in range(8_000)}).encode(),
        json.dumps({"family": "x" * 900_000}).encode(),
    ],
    ids=range(19),
)
def test_a_file_like_no_other(
    content: bytes, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not check(file, content, capsys)
