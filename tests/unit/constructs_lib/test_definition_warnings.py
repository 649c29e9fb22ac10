"""Warnings: what AWS takes and a person hardly means."""

from __future__ import annotations

import pytest

from constructs_lib.definition_warnings import definition_warnings
from tests.unit.definitions import LEGAL, WEB, changed


def sentences(definition: object) -> list[str]:
    return [warning.sentence("shop") for warning in definition_warnings(definition)]


def test_a_definition_without_warnings() -> None:
    assert sentences(LEGAL) == []
    assert sentences(None) == []


def test_a_secret_in_plain_text_names_secrets_and_hides_the_value() -> None:
    definition = changed({(*WEB, "environment", 1): {"name": "API_KEY", "value": "hunter2"}})
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].environment[1].value' looks like a secret in plain text, "
        "as its name says API KEY (got the value of 'API_KEY', hidden); keep it in Secrets Manager "
        "or Parameter Store, and name it in containerDefinitions[0].secrets"
    ]


def test_a_secret_among_the_options_of_a_log_names_secret_options() -> None:
    log = {"logDriver": "splunk", "options": {"splunk-token": "hunter2", "splunk-url": "https://s"}}
    assert sentences(changed({(*WEB, "logConfiguration"): log})) == [
        "shop: 'containerDefinitions[0].logConfiguration.options.splunk-token' looks like a secret "
        "in plain text, as its name says TOKEN (got the value of 'splunk-token', hidden); keep it "
        "in Secrets Manager or Parameter Store, and name it in "
        "containerDefinitions[0].logConfiguration.secretOptions"
    ]


def test_an_empty_variable_is_dropped_by_aws() -> None:
    definition = changed({(*WEB, "environment", 1): {"name": "DEBUG", "value": ""}})
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].environment[1].value' is empty, so AWS drops the variable "
        "(got 'DEBUG'); leave it out, or give it a value"
    ]


@pytest.mark.parametrize("key", ["environment", "secrets"])
def test_a_name_that_the_container_gets_cut(key: str) -> None:
    definition = changed({(*WEB, key, 0, "name"): "DB HOST=x"})
    assert sentences(definition) == [
        f"shop: 'containerDefinitions[0].{key}[0].name' has a '=', so the container gets a "
        "variable 'DB HOST' instead (got 'DB HOST=x'); take it out of the name"
    ]


@pytest.mark.parametrize("value", ["BILLING SECRET!", "my-secret-arn:aws:secretsmanager", "a,b"])
def test_no_parameter_can_have_the_name(value: str) -> None:
    log = {"logDriver": "splunk", "secretOptions": [{"name": "t", "valueFrom": value}]}
    definition = changed(
        {(*WEB, "secrets", 0, "valueFrom"): value, (*WEB, "logConfiguration"): log}
    )
    rest = (
        f"is no name that a parameter can have, so no task would start (got {value!r}); "
        "write a parameter's name or ARN, or a secret's ARN"
    )
    assert sentences(definition) == [
        f"shop: 'containerDefinitions[0].secrets[0].valueFrom' {rest}",
        f"shop: 'containerDefinitions[0].logConfiguration.secretOptions[0].valueFrom' {rest}",
    ]


@pytest.mark.parametrize("value", ["/shop/db", "shop.db_1-a", "/shop/db:3", "shop:live"])
def test_a_parameter_can_have_the_name(value: str) -> None:
    assert sentences(changed({(*WEB, "secrets", 0, "valueFrom"): value})) == []


def test_a_protocol_that_aws_takes_as_tcp() -> None:
    definition = changed({(*WEB, "portMappings", 0, "protocol"): "http"})
    assert sentences(definition) == [
        "shop: 'containerDefinitions[0].portMappings[0].protocol' is neither 'tcp' nor 'udp', so "
        "AWS takes it as 'tcp' (got 'http'); write 'tcp'"
    ]
