"""Values that no one expects, and values of each form of argument."""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import pathlib
import types
from collections.abc import Callable
from typing import Any

from cdktf import Fn, Token
from hypothesis import strategies as st

from constructs_lib import containers, service
from constructs_lib.arguments import Argument, Arguments
from constructs_lib.forms import Form, ListOf, Pairs, Structure, Within


class Hostile:
    """Raises wherever it is looked at."""

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("hostile")

    __repr__ = __str__ = __eq__ = __bool__ = __len__ = __iter__ = __hash__ = _raise
    __lt__ = __int__ = __index__ = __float__ = __fspath__ = __getattr__ = _raise


class HostileList(list[Any]):
    __iter__ = __len__ = __getitem__ = __eq__ = __bool__ = Hostile._raise
    __hash__ = None


class HostileDict(dict[Any, Any]):
    __iter__ = __len__ = __getitem__ = __eq__ = items = Hostile._raise
    __hash__ = None


class HostileText(str):
    __slots__ = ()
    __eq__ = __len__ = __repr__ = __str__ = lower = Hostile._raise
    __hash__ = str.__hash__


class LongName:
    def __repr__(self) -> str:
        return "long\n" * 10_000


class Colour(str, enum.Enum):
    RED = "red"


def within_itself() -> list[Any]:
    value: list[Any] = []
    value += [value, {"a": value}, (value,)]
    return value


def deep(depth: int = 3000) -> Any:
    value: Any = 1
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


TEXTS = st.sampled_from(
    [
        *(
            "",
            " ",
            "\t",
            "\n",
            "a\nb",
            "\0",
            "\x1b[31mred",
            "\u202eabc",
            "\ufeff",
            "\u2028",
            "ünïcödé",
        ),
        *("e\u0301", "漢字", "😀", "\ud800", "a\udfffb", "İ", "ß", "ﬁ", "٣"),
        *("${x}", "%{if x}", "$${x}", "%%{x}", "{0}", "{}", "{a!r}", "%s", "\\", '"', "'", "`id`"),
        *("__proto__", "constructor", "toString", "self", "None", "null", "true", "NaN", "0", "-1"),
        *(
            "a" * 64,
            "a" * 65,
            "a" * 255,
            "a" * 256,
            "x" * 70_000,
            "9" * 5000,
            "-" * 300,
            "../" * 50,
        ),
        *(
            "https://x/y",
            "arn:",
            "arn:aws:",
            "arn:aws:iam::1:role/x",
            "sha256:",
            ":",
            "@",
            "/",
            "a:b:c",
        ),
        *(
            "1e400",
            "1 vCPU",
            ".5 vcpu",
            "1 GB",
            "٣ GB",
            "512.0",
            " 512",
            "0x200",
            "1-2",
            "-1--2",
            "--5",
        ),
        *("TfToken[", "${TfToken[", "eyJ" * 300, "AKIA" + "A" * 16, "-----BEGIN PRIVATE KEY-----"),
        *(
            Colour.RED,
            "aws:x",
            "AWS:X",
            "/ecs/x",
            "latest",
            "movie-service",
        ),
    ]
)
NUMBERS = st.sampled_from(
    [
        *(0, -1, 1, 2, 5, 20, 21, 80, 256, 1024, 65535, 65536, 2**31, -(2**31) - 1, 2**63, 10**300),
        *(-(10**300), 10**5000, 0.0, -0.0, 0.5, 512.0, 1e308, -1e300, 5e-324),
        *(float("nan"), float("inf"), float("-inf"), True, False),
    ]
)
OBJECTS = st.sampled_from(
    [
        *(None, object, object(), NotImplemented, ..., len, Hostile),
        *(LongName(), Colour.RED, b"bytes", bytearray(b"a"), {1, 2}, frozenset("a"), 1j),
        *(
            range(3),
            range(10**12),
            memoryview(b"a"),
            types,
            decimal.Decimal("1"),
            pathlib.Path("a"),
        ),
        *(
            datetime.date(2026, 1, 1),
            Colour,
            types.SimpleNamespace(a=1),
            collections.ChainMap({"a": 1}),
        ),
        *(
            collections.UserList([1]),
            collections.UserDict({"a": 1}),
            types.MappingProxyType({"a": 1}),
        ),
        *(within_itself(), {}, [], (), [[]], [{}], {"": ""}, {None: None}),
        *(
            {1: 2},
            {"a": None},
            {("a", "b"): "c"},
            {Hostile: 1},
            [None],
            [("a",)],
            [("a", "b", "c")],
        ),
        *([("a", "b"), ("a", "b")], [["a", "b"]], [{"name": "a"}], {"name": "a", "value": 1}),
        *(
            lambda: 1,
            iter([1]),
            ValueError("x"),
            Arguments,
            containers.HealthCheck,
            service.Service,
        ),
    ]
)
# Made anew each time: hypothesis looks at what it samples from.
_MAKERS: list[Callable[[], Any]] = [
    Hostile,
    deep,
    lambda: HostileList([1]),
    lambda: HostileDict({"a": 1}),
    lambda: HostileText("hostile"),
    lambda: {"a": Hostile(), HostileText("b"): [Hostile()]},
    lambda: [HostileText("a"), HostileList()],
]
HOSTILE = st.sampled_from(_MAKERS).map(lambda make: make())
GENERATORS = st.builds(lambda: (number for number in range(3)))
TOKENS = st.one_of(
    st.builds(Fn.timestamp),
    st.builds(lambda: f"before ${Fn.timestamp()} behind"),
    st.builds(lambda: Token.as_number(Fn.length_of("abc"))),
    st.builds(lambda: Token.as_list(Fn.split(",", "a,b"))),
    st.builds(lambda: Token.as_any(Fn.upper("a"))),
)
ODD: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    NUMBERS,
    OBJECTS,
    HOSTILE,
    GENERATORS,
    TOKENS,
    st.text(max_size=20),
    st.integers(),
    st.floats(),
)

WORDS = st.sampled_from(
    [
        *(
            "a",
            "app",
            "web",
            "movie-service",
            "512",
            "1024",
            "ENABLED",
            "DISABLED",
            "LINUX",
            "ARM64",
        ),
        *("awsvpc", "bridge", "host", "none", "task", "tcp", "udp", "http", "START", "HEALTHY"),
        *(
            "awslogs",
            "splunk",
            "awsfirelens",
            "fluentbit",
            "nofile",
            "ALL",
            "SYS_PTRACE",
            "CMD",
            "GPU",
        ),
        *(
            "fs-0123456789abcdef0",
            "fsap-1",
            "/srv",
            "cache",
            "FARGATE",
            "EC2",
            "8000-8010",
            "memberOf",
        ),
        *("arn:aws:secretsmanager:us-east-1:127549748682:secret:db-AbCdEf", "/shop/db"),
        "arn:aws:kms:us-east-1:127549748682:key/0f0f0f0f-0000-0000-0000-000000000000",
        *("arn:aws:iam::127549748682:role/x", "arn:aws:s3:::files/prod.env", "repo.example/a:1"),
    ]
)
INTEGERS = st.sampled_from([1, 2, 3, 5, 10, 30, 60, 80, 128, 256, 512, 1024, 8080, 65535]) | (
    st.integers(-1, 70_000)
)


def of_form(form: Any) -> st.SearchStrategy[Any]:
    """Values that an argument of this form is meant for, and often does not take all the same."""
    if isinstance(form, Structure):
        return arguments(form.of)
    if isinstance(form, ListOf):
        return st.lists(of_form(form.item), max_size=2)
    if isinstance(form, Pairs):
        texts = WORDS | TEXTS
        pairs = st.lists(st.tuples(texts, texts), max_size=2)
        return st.dictionaries(texts, texts, max_size=2) | pairs
    if isinstance(form, Within):
        return of_type(form.type)
    return of_type(form.type if isinstance(form, Form) else "any")


def of_type(type_: str) -> st.SearchStrategy[Any]:
    if type_.startswith("list of "):
        return st.lists(of_type(type_.removeprefix("list of ")), max_size=3)
    if type_.startswith("mapping"):
        return st.dictionaries(WORDS | TEXTS, WORDS | TEXTS, max_size=3)
    kinds = {"str": WORDS | TEXTS, "int": INTEGERS, "bool": st.booleans()}
    kinds["int or str"] = INTEGERS | WORDS
    return kinds.get(type_, WORDS | INTEGERS)


def argument(known: Argument) -> st.SearchStrategy[Any]:
    """A value of the argument's form, or seldom one of none."""
    return of_form(known.form) | of_form(known.form) | ODD


@st.composite
def arguments(draw: st.DrawFn, of: type[Arguments], most: int = 3) -> Any:
    """An instance with some of its arguments, seldom without what it needs, or with a typo."""
    given = {}
    needed = [name for name, known in of.declared.items() if known.default is not None]
    chosen = draw(st.lists(st.sampled_from(sorted(of.declared)), max_size=most, unique=True))
    for name in [
        *(needed if draw(st.integers(0, 5)) and of is not service.Service else ()),
        *chosen,
    ]:
        given[name] = draw(argument(of.declared[name]))
    if draw(st.integers(0, 9)) == 0:
        given[draw(st.sampled_from(sorted(of.declared)))[1:] or "x"] = draw(ODD)
    if draw(st.integers(0, 19)) == 0:
        given[draw(TEXTS)] = draw(ODD)
    unnamed = (draw(ODD),) if draw(st.integers(0, 19)) == 0 else ()
    return of(*unnamed, **given)
