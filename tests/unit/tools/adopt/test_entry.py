"""What to write in the catalogue to keep what is live: as little as can be, and enough."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from constructs_lib.containers import Container, LogConfiguration
from constructs_lib.definition import rendered
from constructs_lib.definition_json import read_definition
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.findings import ABSENT
from constructs_lib.image_lines import ImageLine
from constructs_lib.service import Service
from tests.unit.synthesis import LOCAL, PROD
from tools.adopt.definitions import new_revision_fields, registered
from tools.adopt.entry import Places, places, to_keep, veiled, whole_entry

TESTS = Path(__file__).parents[3]
PLATFORM = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
MOVIES = Service(name="movie-service")


def walk(**changes: Any) -> dict[str, Any]:
    """The walk's definition with other members of its container."""
    definition: dict[str, Any] = json.loads((TESTS / "golden" / "movie-service.json").read_text())
    definition["runtimePlatform"] = PLATFORM
    definition["containerDefinitions"][0].update(changes)
    return definition


def environment(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


LOG = walk()["containerDefinitions"][0]["logConfiguration"]
PROFILE = ("SPRING_PROFILES_ACTIVE", "prod")
IMAGE = "127549748682.dkr.ecr.us-east-1.amazonaws.com/movie-service"
KEPT: dict[str, tuple[Service, dict[str, Any], dict[str, Any]]] = {
    "nothing differs": (MOVIES, walk(), {}),
    "one variable more": (
        MOVIES,
        walk(environment=environment(PROFILE, ("A", "1"))),
        {"environment": {"A": "1", "SPRING_PROFILES_ACTIVE": "prod"}},
    ),
    "no variable": (MOVIES, walk(environment=[]), {"environment": {}}),
    "no platform": (
        MOVIES,
        {key: value for key, value in walk().items() if key != "runtimePlatform"},
        {"runtime_platform": None},
    ),
    "another size, beside arguments that stay": (
        Service(name="movie-service", cpu_units=".5 vCPU", port=8080, log_retention_days=30),
        walk() | {"memory": "2048"},
        {"memory_mib": 2048},
    ),
    "an argument too much": (
        Service(name="movie-service", secrets={"A": "/a"}, port=8080),
        walk(),
        {"secrets": ABSENT},
    ),
    "another tag of the image": (
        Service(name="movie-service", image_tag="1.0"),
        walk(image=f"{IMAGE}:2.0"),
        {"image_tag": "2.0"},
    ),
    "a digest instead of a tag": (
        Service(name="movie-service", image_tag="1.0"),
        walk(image=f"{IMAGE}@sha256:{'a' * 64}"),
        {"image": f"{IMAGE}@sha256:{'a' * 64}", "image_tag": ABSENT},
    ),
    "a digest that stays, beside another size": (
        Service(name="movie-service", image_digest=f"sha256:{'a' * 64}"),
        walk(image=f"{IMAGE}@sha256:{'a' * 64}") | {"memory": "2048"},
        {"memory_mib": 2048},
    ),
    "no secret options, as the console writes it": (
        MOVIES,
        walk(logConfiguration={**LOG, "secretOptions": []}),
        {
            "log_configuration": LogConfiguration(
                log_driver="awslogs", options=LOG["options"], secret_options={}
            )
        },
    ),
    "a sidecar less": (
        Service(name="movie-service", sidecars=[Container(name="a", image="a:1")]),
        walk(),
        {"sidecars": ABSENT},
    ),
    "another family than the name": (
        Service(name="movies", family="movie-service", container_name="movie-service"),
        walk(image=IMAGE.replace("movie-service", "movies:latest"), user="me"),
        {"log_group_name": ..., "user": ...},
    ),
}


@pytest.mark.parametrize(("service", "live", "changes"), KEPT.values(), ids=KEPT)
def test_as_little_as_can_be(
    service: Service, live: dict[str, Any], changes: dict[str, Any]
) -> None:
    found = to_keep(service, live, PROD, {})
    if ... in changes.values():  # what is said of it is long; which is said, counts
        found = dict.fromkeys(found, ...)
    assert found == changes


@pytest.mark.parametrize(
    "file", sorted((TESTS / "definitions").glob("*.json")), ids=lambda file: file.stem
)
def test_it_yields_what_is_live(file: Path) -> None:
    whole = registered(read_definition(file.read_bytes()), PROD)
    live = {key: value for key, value in whole.items() if key != "tags"}
    tags = {tag["key"]: tag.get("value", "") for tag in whole.get("tags", [])}
    service = Service(name=live["family"], port=1, log_retention_days=30, user="me")
    given = {**service.given, **to_keep(service, live, PROD, tags)}
    entry = Service(**{key: value for key, value in given.items() if value is not ABSENT})
    code = rendered(entry, PROD)
    assert new_revision_fields(whole, code, PROD) == []
    assert code.get("tags") == whole.get("tags")
    assert entry.given["log_retention_days"] == 30


def test_an_entry_of_a_file_can_be_kept_beside_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("constructs_lib.definition.PROJECT", tmp_path)
    (tmp_path / "movies.json").write_text(json.dumps(walk()))
    service = Service(name="movie-service", task_definition_file="movies.json")
    live = walk(environment=environment(("A", "1")))
    assert to_keep(service, live, PROD, {}) == {"environment": {"A": "1"}}


def in_staging(**more: Any) -> Environment:
    return Environment(**{**PROD.given, "name": "staging", **more})


def test_what_a_prefix_makes_of_names_is_no_difference() -> None:
    staging = in_staging(name_prefix="stg-", role_path="/netflux/")
    live = rendered(MOVIES, staging)
    assert live["family"] == "stg-movie-service"
    assert to_keep(MOVIES, live, staging, {}) == {}
    assert to_keep(MOVIES, live | {"memory": "2048"}, staging, {}) == {"memory_mib": 2048}
    assert whole_entry(live, staging, {}) == MOVIES


def test_what_only_this_environment_says_is_changed_there() -> None:
    staging = in_staging(service_defaults={"cpu_units": 512, "memory_mib": 2048})
    overrides: dict[str, dict[str, Any]] = {
        "staging": {"port": 1, "image_tag": "1.0"},
        "prod": {"port": 2},
    }
    service = Service(name="movie-service", per_environment=overrides)
    live = walk(image=f"{IMAGE}:2.0") | {"cpu": "512"}
    live["containerDefinitions"][0]["portMappings"] = [{"containerPort": 9, "protocol": "tcp"}]
    changes = to_keep(service, live, staging, {})
    assert changes == {"port": 9, "image_tag": "2.0", "memory_mib": 1024}
    assert places(changes, f"{IMAGE}:2.0", service, staging) == Places(
        {
            "memory_mib": 1024,
            "per_environment": {"staging": {"port": 9, "image_tag": "2.0"}, "prod": {"port": 2}},
        }
    )
    without = places({"port": ABSENT, "image_tag": ABSENT}, IMAGE, service, staging)
    assert without == Places({"per_environment": {"prod": {"port": 2}}})


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (f"{IMAGE}:1.0", Places({})),
        (f"{IMAGE}:2.0", Places({}, "2.0")),
        (f"{IMAGE}@sha256:{'a' * 64}", Places({}, f"sha256:{'a' * 64}")),
        ("movies:2.0", Places({"image": "movies"}, "2.0")),
        (IMAGE, Places({}, "")),
    ],
)
def test_the_image_of_images_txt_is_changed_there(image: str, expected: Places) -> None:
    line = ImageLine("staging", "movie-service", "1.0", "images.txt, line 1")
    staging = in_staging().with_images({("staging", "movie-service"): line})
    assert places(to_keep(MOVIES, walk(image=image), staging, {}), image, MOVIES, staging) == (
        expected
    )


def test_what_no_arguments_yield_is_a_sentence() -> None:
    """The stack's log group has the prefix, whatever the service calls it."""
    staging = in_staging(name_prefix="stg-")
    live = walk() | {"family": "stg-movie-service"}
    with pytest.raises(InvalidInput, match=r"^movie-service: no arguments of Service yield it in "):
        to_keep(MOVIES, live, staging, {})


def test_tags_are_its_own_without_the_environments() -> None:
    live = {"environment": "local", "managed-by": "hand", "team": "movies"}
    tags = {"managed-by": "hand", "team": "movies"}
    assert to_keep(MOVIES, walk(), LOCAL, live) == {"tags": tags}
    assert whole_entry(walk(), LOCAL, live) == Service(name="movie-service", tags=tags)


def test_what_the_provider_cannot_carry_is_a_sentence() -> None:
    with pytest.raises(InvalidInput, match=r"^movie-service: 'cpu' must be"):
        to_keep(MOVIES, walk() | {"cpu": "300"}, PROD, {})


def test_what_may_be_a_secret_is_hidden_wherever_it_stands() -> None:
    key = "AKIAIOSFODNN7EXAMPLE"
    assert veiled(
        {
            "environment": {"DB_PASSWORD": "hunter2hunter2", "A": "1"},
            "sidecars": [
                Container(name="a", image="a:1", environment={"API_TOKEN": "abcdefgh12345"})
            ],
            "command": ["run", key],
            "secrets": {"DB_PASSWORD": "/movies/db-password"},
            "port": 1,
        }
    ) == {
        "environment": {"DB_PASSWORD": "(hidden)", "A": "1"},
        "sidecars": [Container(name="a", image="a:1", environment={"API_TOKEN": "(hidden)"})],
        "command": ["run", "(hidden)"],
        "secrets": {"DB_PASSWORD": "/movies/db-password"},
        "port": 1,
    }
