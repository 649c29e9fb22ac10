"""What a service is in one environment, of all that is said of it in all the places."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from constructs_lib import catalogue
from constructs_lib import definition as definition_module
from constructs_lib.definition import described, rendered
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput
from constructs_lib.image_lines import ImageLine
from constructs_lib.service import Service
from constructs_lib.service_in_environment import in_environment, place_of
from tests.unit.constructs_lib.test_service_file import FILE
from tests.unit.synthesis import PROD

DIGEST = "sha256:" + "0f" * 32
STAGING: dict[str, Any] = {
    **PROD.given,
    "name": "staging",
    "account_id": "111122223333",
    "region": "eu-west-1",
}
REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com"


def staging(*, image: str | None = None, **given: Any) -> Environment:
    """The environment, images.txt having a line for the service `a` when an image is given."""
    environment = Environment(**{**STAGING, **given})
    if image is None:
        return environment
    line = ImageLine("staging", "a", image, "images.txt, line 3")
    return environment.with_images({("staging", "a"): line})


def whole(environment: Environment, **given: Any) -> dict[str, Any]:
    service = in_environment(Service(name="a", **given), environment)
    assert in_environment(service, environment) == service, "once more is the same"
    return dict(service.given)


def sentences(environment: Environment, *services: Service) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        catalogue.check(services, environment, ["prod", "staging"])
    return raised.value.sentences


def image(environment: Environment, **given: Any) -> str:
    [container] = rendered(Service(name="a", **given), environment)["containerDefinitions"]
    return str(container["image"])


def test_where_nothing_is_said_it_is_the_entry_itself() -> None:
    service = Service(name="a", cpu_units=256)
    assert in_environment(service, staging()) is service
    other = Service(name="a", per_environment={"prod": {"cpu_units": 1024}})
    assert in_environment(other, staging()) == Service(name="a")


def test_the_walk_then_the_defaults_then_the_entry_then_what_is_said_for_the_environment() -> None:
    defaults = {"cpu_units": 1, "memory_mib": 2, "port": 3}
    environment = staging(service_defaults=defaults)
    override = {"staging": {"port": 30}, "prod": {"port": 31, "user": "x"}}
    assert whole(environment, memory_mib=20, port=25, per_environment=override) == {
        "name": "a",
        "cpu_units": 1,
        "memory_mib": 20,
        "port": 30,
    }


def test_what_stands_for_the_same_thing_replaces_it() -> None:
    digest = {"staging": {"image_digest": DIGEST, "port_mappings": []}}
    assert whole(staging(), image_tag="1", port=80, per_environment=digest) == {
        "name": "a",
        "image_digest": DIGEST,
        "port_mappings": [],
    }
    environment = staging(service_defaults={"image_digest": DIGEST, "port_mappings": []})
    assert whole(environment, image_tag="1", port=80) == {"name": "a", "image_tag": "1", "port": 80}


def test_the_sizes_and_variables_of_an_environment_reach_the_definition() -> None:
    override = {"cpu_units": ".25 vCPU", "memory_mib": "0.5 GB", "environment": {"A": "1"}}
    service = Service(name="a", log_retention_days=30, per_environment={"staging": override})
    definition = rendered(service, staging())
    assert (definition["cpu"], definition["memory"]) == ("256", "512")
    assert definition["containerDefinitions"][0]["environment"] == [{"name": "A", "value": "1"}]
    in_prod = rendered(service, PROD)
    assert in_prod == rendered(Service(name="a", log_retention_days=30), PROD)


def test_family_log_group_and_shared_roles_have_the_names_of_the_environment() -> None:
    environment = staging(name_prefix="staging-", name_suffix="-x", role_path="/netflux/")
    described_ = described(Service(name="movie-service"), environment)
    definition = described_.definition
    role = "arn:aws:iam::111122223333:role/netflux"
    assert definition["family"] == "staging-movie-service-x"
    assert definition["taskRoleArn"] == f"{role}/staging-netflux-task-role-x"
    assert definition["executionRoleArn"] == f"{role}/staging-ecs-task-execution-role-x"
    [container] = definition["containerDefinitions"]
    assert container["name"] == "movie-service"
    assert container["image"] == f"{REGISTRY}/movie-service:latest"
    assert container["logConfiguration"]["options"] == {
        "awslogs-group": "/ecs/staging-movie-service-x",
        "awslogs-create-group": "true",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "ecs",
    }
    assert described_.log_group == "/ecs/staging-movie-service-x"


def test_names_that_are_given_have_the_prefix_too() -> None:
    service = Service(name="a", family="movies", log_group_name="/old/movies")
    described_ = described(service, staging(name_prefix="staging-"))
    assert described_.definition["family"] == "staging-movies"
    assert described_.log_group == "/old/staging-movies"


def test_a_file_of_another_environment_gets_the_names_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definition_module, "PROJECT", tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(FILE))
    defaults = {"cpu_units": 4096, "log_retention_days": 7}
    environment = staging(
        name_prefix="staging-", role_path="/n/", service_defaults=defaults, image="1.4.2"
    )
    service = Service(name="a", task_definition_file="a.json")
    whole = described(service, environment)
    [app, otel] = whole.definition["containerDefinitions"]
    role = "arn:aws:iam::111122223333:role/n"
    assert whole.definition["family"] == "staging-movie-service"
    assert whole.definition["taskRoleArn"] == f"{role}/staging-netflux-task-role"
    assert whole.definition["executionRoleArn"] == f"{role}/staging-ecs-task-execution-role"
    assert (whole.definition["cpu"], whole.log_group) == ("256", "/staging-movies")
    assert app["image"] == "public.ecr.aws/movie:1.4.2"
    assert otel["image"] == "public.ecr.aws/otel:1"
    assert app["logConfiguration"]["options"] == {
        "awslogs-group": "/staging-movies",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "app",
    }
    assert in_environment(service, environment).log_retention_days == 7


@pytest.mark.parametrize(
    ("line", "expected"),
    [("1.4.2", f"{REGISTRY}/a:1.4.2"), (DIGEST, f"{REGISTRY}/a@{DIGEST}"), (None, None)],
)
def test_the_image_is_the_one_of_the_line(line: str | None, expected: str | None) -> None:
    expected = expected or f"{REGISTRY}/a:latest"
    assert image(staging(image=line)) == expected
    assert image(staging(image=line, service_defaults={"image_tag": "latest"})) == expected


def test_the_line_is_of_one_environment_and_one_service() -> None:
    environment = staging(image="1.4.2")
    other = Environment(**{**STAGING, "name": "prod"}).with_images(environment.images)
    assert image(other) == f"{REGISTRY}/a:latest"
    assert "latest" in str(rendered(Service(name="b"), environment))


def test_the_line_gives_the_tag_of_another_repository() -> None:
    assert image(staging(image="2"), image="ghcr.io/x/y") == "ghcr.io/x/y:2"
    assert image(staging(image=DIGEST), image="ghcr.io/x/y", image_tag=None) == (
        f"ghcr.io/x/y@{DIGEST}"
    )


@pytest.mark.parametrize(
    ("given", "argument", "value", "cure"),
    [
        ({"image_tag": "1"}, "image_tag", "1", "take it out of services.py, or take the line away"),
        (
            {"image_digest": DIGEST},
            "image_digest",
            DIGEST,
            "take it out of services.py, or take the line away",
        ),
        (
            {"image": "ghcr.io/x/y:1"},
            "image",
            "ghcr.io/x/y:1",
            "write 'ghcr.io/x/y', or take the line away",
        ),
        (
            {"per_environment": {"staging": {"image_tag": "3"}}},
            "per_environment['staging']['image_tag']",
            "3",
            "take it out of services.py, or take the line away",
        ),
    ],
    ids=["tag", "digest", "image", "tag of the environment"],
)
def test_two_images_are_a_contradiction(
    given: dict[str, Any], argument: str, value: str, cure: str
) -> None:
    assert sentences(staging(image="2"), Service(name="a", **given)) == [
        f"a: '{argument}' must not say which image runs, as images.txt, line 3 does (2)"
        f" (got {value!r}); {cure}"
    ]


def test_a_line_of_no_service() -> None:
    assert sentences(staging(image="2"), Service(name="aa")) == [
        "images.txt, line 3: 'service' must be a service of services.py (got 'a'); write 'aa'"
    ]


def test_mistakes_of_the_environment_at_hand_are_said_where_they_are_written() -> None:
    override = {
        "cpu_units": 300,
        "prot": 1,
        "environment": {"A": None, "": "x"},
        "sidecars": [{"name": "a b"}],
    }
    service = Service(name="a", port=0, per_environment={"staging": override})
    found = [re.split(" must | is ", each)[0] for each in sentences(staging(), service)]
    place = "a: 'per_environment['staging']"
    assert sorted(found) == [
        f"{place}['cpu_units']'",
        f"{place}['environment']['']'",
        f"{place}['environment']['A']'",
        f"{place}['prot']'",
        f"{place}['sidecars'][0].image'",
        f"{place}['sidecars'][0].name'",
        "a: 'port'",
    ]


def test_names_are_checked_in_every_environment() -> None:
    overrides = {
        "prod": {"prot": 1, "name": "b", "per_environment": {}, 5: 6, "cpu_units": "not checked"},
        "stagng": {},
        "staging": 5,
    }
    service = Service(name="a", per_environment=overrides)  # type: ignore[arg-type]
    entrys = "must not be given here"
    assert sentences(staging(), service) == [
        "a: 'per_environment['stagng']' must be an environment of environments.py"
        " (got 'stagng'); write 'staging'",
        "a: 'per_environment['prod']['prot']' is no argument of Service (got 1); write 'port'",
        f"a: 'per_environment['prod']['name']' {entrys} (got 'b');"
        " take it away; only the entry itself has it",
        f"a: 'per_environment['prod']['per_environment']' {entrys} (got {{}});"
        " take it away; only the entry itself has it",
        "a: 'per_environment['prod'][5]' is no argument of Service (got 6);"
        " write the name of an argument (docs/arguments.md has them all)",
        "a: 'per_environment['staging']' must map arguments to values (got 5);"
        ' write {"cpu_units": 256}',
    ]


@pytest.mark.parametrize("overrides", [None, 5, ["staging"]])
def test_what_is_no_mapping_of_environments(overrides: Any) -> None:
    assert sentences(staging(), Service(name="a", per_environment=overrides)) == [
        f"a: 'per_environment' must map an environment to arguments (got {overrides!r});"
        ' write {"staging": {"cpu_units": 256}}'
    ]


def test_mistakes_of_the_defaults_are_said_once_as_the_environments() -> None:
    environment = staging(service_defaults={"cpu_units": 300, "prot": 1, "name": "x"})
    services = [Service(name="a"), Service(name="b"), Service(name="c", cpu_units=256)]
    owner = "environments.py, staging: 'service_defaults"
    assert sentences(environment, *services) == [
        f"{owner}['name']' must not be given here (got 'x');"
        " take it away; only the entry itself has it",
        f"{owner}['prot']' is no argument of Service (got 1); write 'port'",
        f"{owner}['cpu_units']' must be 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768 on"
        " Fargate (got 300); write 256",
    ]


def test_defaults_that_only_some_services_complete_are_no_mistake() -> None:
    environment = staging(service_defaults={"cpu_units": 4096, "log_retention_days": 7})
    no_logs = {"logDriver": "splunk", "options": {"splunk-url": "x", "splunk-token": "y"}}
    services = [
        Service(name="a", memory_mib=8192),
        Service(name="b", memory_mib=8192, log_configuration=no_logs),
    ]
    catalogue.check(services, environment)


def test_a_name_is_too_long_only_with_the_prefix() -> None:
    environment = staging(name_prefix="staging-")
    assert sentences(environment, Service(name="a" * 248, image="x", log_group_name="g" * 505)) == [
        "services.py, entry 1: 'name' must have at most 247 characters in staging, where"
        " name_prefix and name_suffix add 8 (got '248 characters');"
        " shorten it, or name_prefix in environments.py",
        "services.py, entry 1: 'log_group_name' must have at most 504 characters in staging, where"
        " name_prefix and name_suffix add 8 (got '505 characters');"
        " shorten it, or name_prefix in environments.py",
    ]
    catalogue.check([Service(name="a" * 247, image="x", log_group_name="g" * 504)], environment)


def test_warnings_name_the_place_too() -> None:
    override = {"staging": {"environment": {"API_KEY": "x1y2z3"}, "not_secret": []}}
    service = Service(name="a", not_secret=["API_KEY"], per_environment=override)
    [(_, sentence)] = catalogue.warned([service], staging())
    assert sentence.startswith("a: 'per_environment['staging']['environment']['API_KEY']' looks")
    assert catalogue.warned([service], PROD) == []


def test_only_what_looks_like_a_secret_can_be_settled_as_none() -> None:
    variables = {"API_KEY": "x1y2z3", "EMPTY": ""}
    empty = (
        "a",
        "a: 'environment['EMPTY']' is empty, so AWS drops the variable (got 'EMPTY'); "
        "leave it out, or give it a value",
    )
    secret = (
        "a",
        "a: 'environment['API_KEY']' looks like a secret in plain text, as its name says API KEY "
        "(got the value of 'API_KEY', hidden); keep it in Secrets Manager or Parameter Store, "
        "and name it in secrets, or name it in 'not_secret'",
    )
    told = catalogue.warned([Service(name="a", environment=variables)], PROD)
    assert list(told) == [secret, empty]
    settled = Service(name="a", environment=variables, not_secret=["API_KEY", "EMPTY"])
    assert list(catalogue.warned([settled], PROD)) == [empty]


def test_where_an_argument_was_written() -> None:
    environment = staging(image="2", service_defaults={"port": 1})
    service = Service(name="a", cpu_units=1, per_environment={"staging": {"sidecars": []}})
    places = ["image_tag", "port", "cpu_units", "sidecars[0].image", "memory_mib"]
    assert [place_of(each, service, environment) for each in places] == [
        "images.txt, line 3",
        "service_defaults['port']",
        "cpu_units",
        "per_environment['staging']['sidecars'][0].image",
        "memory_mib",
    ]
