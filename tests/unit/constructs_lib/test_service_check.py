"""Everything that is wrong with a service, and everything that only looks wrong."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from constructs_lib.containers import Container, HealthCheck, PortMapping
from constructs_lib.service import EfsVolume, Service, Volume
from constructs_lib.service_check import problems, warnings
from tests.unit.synthesis import PROD

DIGEST = f"sha256:{'0123456789abcdef' * 4}"


def sentences(**arguments: Any) -> list[str]:
    service = Service(**{"name": "movie-service", **arguments})
    return [problem.sentence("movie-service") for problem in problems(service, PROD)]


@pytest.mark.parametrize("name", ["iam", "state-bucket", "ci-roles"])
def test_the_ids_of_the_projects_own_stacks_are_reserved(name: str) -> None:
    assert sentences(name=name) == [
        "movie-service: 'name' must not be the id of a stack of the project"
        f" (got '{name}'); rename it"
    ]


TAG_RULE = "must be an image tag: 1 to 128 letters, digits, _ . or -, not beginning with . or -"
TAG_CURE = "write the tag alone, without the repository; for a digest give image_digest"
IMAGE_RULE = "must be letters, digits or the characters _ . / : # @ -"
IMAGE_CURE = "write the repository, with its tag behind it if wanted"
ROLE_RULE = "must be 1 to 64 letters, digits or +=,.@-_"

WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no list of acknowledged variables": (
        {"not_secret": None},
        ["'not_secret' must be a list (got None); write it in square brackets"],
    ),
    "keys that are none": (
        {"kms_key_arns": [5, "alias/mine"]},
        [
            "'kms_key_arns[0]' must be a string (got 5); write it in quotes",
            "'kms_key_arns[1]' must be the ARN of a KMS key (got 'alias/mine');"
            " copy the key's ARN from KMS; an alias does not do",
        ],
    ),
    "half a character": (
        {"environment": {"A": "\ud800"}},
        [
            "'environment['A']' must not hold half a character (a lone surrogate)"
            " (got '\\ud800'); take it out"
        ],
    ),
    "a label that is no string": (
        {"docker_labels": {1: "x"}},
        ["'docker_labels' must have strings as keys (got 1); write the key in quotes"],
    ),
    "a size of 5000 digits": (
        {"cpu_units": "9" * 5000},
        [
            "'cpu_units' must be CPU units, or vCPU that make a whole number, like '512' or"
            f" '.5 vCPU' (got '{'9' * 59}... 5000 characters in all);"
            " write the CPU units, 1024 a vCPU"
        ],
    ),
    "a range of 5000 digits": (
        {"port_mappings": [PortMapping(container_port_range="9" * 5000 + "-1")]},
        [
            "'port_mappings[0].container_port_range' must be 'first-last', two ports"
            f" (got '{'9' * 59}... 5002 characters in all); write it like '8000-8010'"
        ],
    ),
    "a port like none that a person means": (
        {"port": -(10**300)},
        ["'port' must be an integer (got <int of 997 bits>); write a whole number"],
    ),
    "a tag that JavaScript loses": (
        {"tags": {"__proto__": "x"}},
        [
            "'tags['__proto__']' must not be '__proto__', which JavaScript does not keep"
            " (got '__proto__'); rename it"
        ],
    ),
    "an unknown argument": (
        {"prot": 80},
        ["'prot' is no argument of Service (got 80); write 'port'"],
    ),
    "an unknown argument of a part": (
        {"port_mappings": [PortMapping(container_port=80, host_prt=80)]},  # type: ignore[call-arg]
        ["'port_mappings[0].host_prt' is no argument of PortMapping (got 80); write 'host_port'"],
    ),
    "a part without what it needs": (
        {"health_check": HealthCheck()},  # type: ignore[call-arg]
        ["'health_check.command' must be given (got nothing); write command=... (not empty)"],
    ),
    "a size that Fargate does not have": (
        {"cpu_units": 300},
        [
            "'cpu_units' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on Fargate"
            " (got 300); write 256"
        ],
    ),
    "a pair that Fargate does not have, as it was written": (
        {"cpu_units": ".25 vCPU", "memory_mib": "4 GB"},
        [
            "'memory_mib' must be 512, 1024 or 2048 MiB at cpu_units=256 (got '4 GB');"
            " raise cpu_units or lower memory_mib"
        ],
    ),
    "a size that is none": (
        {"memory_mib": "1 TB"},
        [
            "'memory_mib' must be MiB or GB, like '1024' or '1 GB' (got '1 TB');"
            " write the MiB, 1024 a GB"
        ],
    ),
    "half a unit": (
        {"cpu_units": 0.5},
        [
            "'cpu_units' must be CPU units, or vCPU that make a whole number, like '512' or"
            " '.5 vCPU' (got 0.5);"
            " write the CPU units, 1024 a vCPU"
        ],
    ),
    "no size": (
        {"cpu_units": None},
        [
            "'cpu_units' is required on Fargate (got nothing);"
            " give 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768"
        ],
    ),
    "port 0": ({"port": 0}, ["'port' must be 1 to 65535 (got 0); write 1 or more"]),
    "port 70000": (
        {"port": 70000},
        ["'port' must be 1 to 65535 (got 70000); write 65535 or less"],
    ),
    "a port in quotes": (
        {"port": "80"},
        ["'port' must be an integer (got '80'); write 80, without quotes"],
    ),
    "an empty environment name": (
        {"environment": {"": "x"}},
        ["'environment['']' must not be empty (got ''); name the variable"],
    ),
    "the same environment name twice": (
        {"environment": [("A", "1"), ("B", "2"), ("A", "3")]},
        ["'environment[2]' must be set once, and is environment[0] (got 'A'); keep one"],
    ),
    "a number as a value": (
        {"environment": {"A": 1}},
        ["'environment['A']' must be a string (got 1); write \"1\", in quotes"],
    ),
    "a name that is a secret too": (
        {"environment": {"A": "1"}, "secrets": {"A": "/a"}},
        [
            "'secrets['A']' must not be a plain variable too, as environment['A'] (got 'A');"
            " keep the secret and take the variable away"
        ],
    ),
    "a digest that is none": (
        {"image_digest": "sha256:12"},
        [
            "'image_digest' must be sha256: and 64 lower-case hexadecimal digits"
            " (got 'sha256:12'); copy the digest from ECR, or give image_tag instead"
        ],
    ),
    "a tag that is none": (
        {"image_tag": "a:b"},
        [f"'image_tag' {TAG_RULE} (got 'a:b'); {TAG_CURE}"],
    ),
    "an empty tag": ({"image_tag": ""}, [f"'image_tag' {TAG_RULE} (got ''); {TAG_CURE}"]),
    "a tag and a digest": (
        {"image_tag": "1", "image_digest": DIGEST},
        [f"'image_digest' must not stand beside image_tag (got '{DIGEST}'); keep one of the two"],
    ),
    "a tag that is none beside a digest": (
        {"image_tag": "a:b", "image_digest": DIGEST},
        [
            f"'image_tag' {TAG_RULE} (got 'a:b'); {TAG_CURE}",
            f"'image_digest' must not stand beside image_tag (got '{DIGEST}'); keep one of the two",
        ],
    ),
    "a health check that is not there": (
        {
            "sidecars": [
                Container(name="a", image="a", depends_on={"movie-service": "HEALTHY"}),
                Container(name="b", image="b", depends_on={"a": "HEALTHY"}),
            ]
        },
        [
            "'sidecars[0].depends_on['movie-service']' needs health_check (got 'HEALTHY');"
            " give that container a health check, or wait for START",
            "'sidecars[1].depends_on['a']' needs sidecars[0].health_check (got 'HEALTHY');"
            " give that container a health check, or wait for START",
        ],
    ),
    "text for a truth value": (
        {"essential": "True", "readonly_root_filesystem": "yes"},
        [
            "'essential' must be true or false (got 'True'); write it without quotes",
            "'readonly_root_filesystem' must be true or false (got 'yes');"
            " write one of the two, without quotes",
        ],
    ),
    "a tag in the image and beside it": (
        {"image": "b:1", "image_tag": "2"},
        [
            "'image' must be a repository alone where image_tag is given (got 'b:1');"
            " leave the tag or digest out of it, or leave image_tag out"
        ],
    ),
    "an image with a scheme": (
        {"image": "https://h.io/b:1"},
        ["'image' must not have a scheme (got 'https://h.io/b:1'); write 'h.io/b:1'"],
    ),
    "an empty image": ({"image": ""}, [f"'image' {IMAGE_RULE} (got ''); {IMAGE_CURE}"]),
    "an image that is no text": (
        {"image": 5},
        ["'image' must be a string (got 5); write \"5\", in quotes"],
    ),
    "retention 42": (
        {"log_retention_days": 42},
        [
            "'log_retention_days' must be a number of days that CloudWatch Logs takes (got 42);"
            " the next longer one is 60; take one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180,"
            " 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or leave it out to"
            " keep for ever"
        ],
    ),
    "skip_destroy that is neither": (
        {"skip_destroy": "yes"},
        ["'skip_destroy' must be True or False (got 'yes'); choose one"],
    ),
    "a role's name that IAM refuses": (
        {"task_role_arn": "task role", "execution_role_arn": ""},
        [
            f"'task_role_arn' {ROLE_RULE} (got 'task role'); write a role's name or its ARN",
            f"'execution_role_arn' {ROLE_RULE} (got ''); write a role's name or its ARN",
        ],
    ),
    "no network mode": (
        {"network_mode": None},
        ["'network_mode' must be 'awsvpc' on Fargate (got nothing); write 'awsvpc'"],
    ),
    "the default port without a network": (
        {"network_mode": "none", "requires_compatibilities": ["EC2"]},
        [
            "'port' must be None where network_mode is 'none' (got 8080);"
            " write port=None, or take another network mode"
        ],
    ),
    "mapped ports without a network": (
        {
            "network_mode": "none",
            "requires_compatibilities": ["EC2"],
            "port_mappings": [{"containerPort": 80}],
        },
        [
            "'port_mappings' must be empty under network_mode='none' (got"
            " [{'containerPort': 80}]); leave it out, or take another network mode"
        ],
    ),
    "what a misspelt argument would have decided": (
        {"cpu_unit": 256, "memory_mib": "0.5 GB"},
        ["'cpu_unit' is no argument of Service (got 256); write 'cpu_units'"],
    ),
    "variables as text": (
        {"environment": ["A=B"]},
        [
            "'environment' must be a mapping of names to values (got ['A=B']);"
            ' write {"NAME": "value"}'
        ],
    ),
    "what is missing in a volume is said once": (
        {"volumes": [Volume(name="v", efs=EfsVolume())]},  # type: ignore[call-arg]
        [
            "'volumes[0].efs.file_system_id' must be given (got nothing);"
            " write file_system_id=... (fs-...)"
        ],
    ),
    "what is no reference to a secret is said once": (
        {"secrets": {"A": {"arn": "x"}}},
        ["'secrets['A']' must be a string (got {'arn': 'x'}); write it as a string"],
    ),
    "a launch type without brackets": (
        {"requires_compatibilities": "FARGATE"},
        ["'requires_compatibilities' must be a list (got 'FARGATE'); write it in square brackets"],
    ),
    "a sidecar without brackets": (
        {"sidecars": Container(name="b", image="c")},
        [
            "'sidecars' must be a list (got Container(name='b', image='c'));"
            " write it in square brackets"
        ],
    ),
    "sidecars that are text": (
        {"sidecars": "proxy"},
        ["'sidecars' must be a list (got 'proxy'); write it in square brackets"],
    ),
    "a sidecar that is none": (
        {"sidecars": [5]},
        ["'sidecars[0]' must be of the class Container (got 5); write Container(...)"],
    ),
    "a sidecar without an image": (
        {"sidecars": [Container(name="b")]},  # type: ignore[call-arg]
        [
            "'sidecars[0].image' must be given (got nothing);"
            " write image=... (at most 255 characters, no scheme)"
        ],
    ),
    "a sidecar's image with a scheme": (
        {"sidecars": [Container(name="b", image="c"), {"name": "d", "image": "oci://e"}]},
        ["'sidecars[1].image' must not have a scheme (got 'oci://e'); write 'e'"],
    ),
    "a sidecar with the service's name": (
        {"sidecars": [Container(name="movie-service", image="c")]},
        [
            "'sidecars[0].name' must be unique in the task, and 'name' is the same"
            " (got 'movie-service'); rename one"
        ],
    ),
    "AWS's own JSON is named as it was written": (
        {"health_check": {"command": ["CMD"], "interval": 3}},
        ["'health_check.interval' must be 5 to 300 s (got 3); write 5 or more"],
    ),
}


@pytest.mark.parametrize(("arguments", "expected"), WRONG.values(), ids=WRONG)
def test_bad_input(arguments: dict[str, Any], expected: list[str]) -> None:
    assert sentences(**arguments) == [f"movie-service: {sentence}" for sentence in expected]


def test_a_missing_name_does_not_hide_what_else_is_wrong() -> None:
    service = Service(port=0)  # type: ignore[call-arg]
    assert [problem.argument for problem in problems(service, PROD)] == ["name", "port"]


def test_a_name_that_is_none_is_said_once() -> None:
    for name in ("", "a b", "a" * 256, None, 5, ["a"], "é", "a\n"):
        assert [problem.argument for problem in problems(Service(name=name), PROD)] == ["name"]  # type: ignore[arg-type]


def test_the_longest_name_makes_the_image_too_long() -> None:
    [sentence] = sentences(name="m" * 255)
    assert sentence == (
        "movie-service: 'image' must have at most 255 characters before a digest"
        " (got '127549748682.dkr.ecr.us-east-1.amazonaws.com/mmmmmmmmmmmmmm... 307 characters in"
        " all); take 52 characters off it"
    )
    assert sentences(name="m" * 255, image="m") == []


def test_all_mistakes_at_once() -> None:
    wrong = sentences(port=0, image_digest="x", log_retention_days=42, cpu_units=1, prot=1)
    assert [sentence.split("'")[1] for sentence in wrong] == [
        *("prot", "image_digest", "log_retention_days", "port", "cpu_units"),
    ]


@pytest.mark.parametrize("name", ["-movie", "-", "--help"])
def test_a_name_that_commands_would_take_for_an_option_is_none_of_a_stack(name: str) -> None:
    assert sentences(name=name, image="movies:1") == [
        "movie-service: 'name' must not begin with a hyphen, as commands would take the stack for"
        f" an option (got '{name}'); rename it, and give this one as family"
    ]
    assert sentences(family=name) == []


@pytest.mark.parametrize("name", ["movie-", "_movie", "movie___x", "Movie_"])
def test_a_name_that_no_repository_has_needs_an_image(name: str) -> None:
    assert sentences(name=name) == [
        "movie-service: 'name' must be what ECR takes for the repository of the image: lower-case"
        " letters or digits, between them hyphens or one or two underscores"
        f" (got '{name}'); rename it, or give image="
    ]
    assert sentences(name=name, image="movies:1") == []
    assert sentences(name=name, per_environment={"prod": {"image": "movies:1"}}) == []
    assert sentences(name=name, task_definition_file="tests/golden/movie-service.json") == []


@pytest.mark.parametrize("name", ["movie_service", "movie__x", "movie--x", "0-9", "mo"])
def test_a_name_that_a_repository_has_needs_none(name: str) -> None:
    assert sentences(name=name) == []


@pytest.mark.parametrize("name", ["constructor", "__proto__", "toString"])
def test_a_name_that_every_object_of_javascript_has_is_none_of_a_stack(name: str) -> None:
    assert sentences(name=name, image="movies:1") == [
        "movie-service: 'name' must not be a word that JavaScript has taken, which names the"
        f" stacks (got '{name}'); rename it, and give this one as family"
    ]


def test_a_marker_that_no_cdktf_has_made_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cdktf")
    marker = "${TfToken[TOKEN.9]}"
    assert sentences(environment={"A": marker}) == [
        "movie-service: 'environment['A']' must not be what CDKTF writes for a value that"
        f" Terraform knows later (got '{marker}'); write the value itself"
    ]


def test_a_list_that_was_changed_later_is_checked_as_it_is_now() -> None:
    service = Service(name="movie-service", environment={"A": "1"})
    service.environment["B"] = object  # type: ignore[index]
    assert [problem.argument for problem in problems(service, PROD)] == ["environment['B']"]


def test_the_default_of_a_misspelt_argument_is_not_held_against_it() -> None:
    assert sentences(cpu_units="1 vCPU", memory_mb="2 GB") == [
        "movie-service: 'memory_mb' is no argument of Service (got '2 GB'); write 'memory_mib'"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"port": 9000, "port_mappings": [PortMapping(container_port=80)]}, True),
        ({"port": 9000, "port_mappings": []}, True),
        ({"port": 80, "port_mappings": [PortMapping(container_port=80)]}, False),
        ({"port": None, "port_mappings": [PortMapping(container_port=80)]}, False),
        ({"port": 9000, "port_mappings": None}, False),
        ({"port_mappings": [PortMapping(container_port=80)]}, False),
    ],
)
def test_a_port_that_the_mappings_drop_is_told(arguments: dict[str, Any], said: bool) -> None:
    found = [each.sentence("a") for each in warnings(Service(name="a", **arguments), PROD)]
    sentence = "a: 'port' is none of port_mappings, which takes its place (got 9000); leave one of"
    assert found == ([f"{sentence} the two out"] if said else [])
