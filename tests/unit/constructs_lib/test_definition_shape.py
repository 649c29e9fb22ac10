"""The shape of a definition: keys, types, enumerations, each mistake once."""

from __future__ import annotations

from typing import Any

import pytest

from constructs_lib.definition_shape import check_shape, places
from constructs_lib.findings import ABSENT, Path
from constructs_lib.unknown import is_unknown
from tests.unit.definitions import LEGAL, WEB, changed

MISTAKES: list[tuple[dict[Path, Any], str]] = [
    (
        {("familly",): "shop"},
        "'familly' is not known (got 'shop'); write 'family'",
    ),
    (
        {("Cpu",): "256"},
        "'Cpu' is not known (got '256'); write 'cpu'",
    ),
    (
        {("cpu",): 512},
        "'cpu' must be a string (got 512); write \"512\", in quotes",
    ),
    (
        {("family",): ABSENT},
        "'family' is required (got nothing); give it",
    ),
    (
        {("image",): "shop:1"},
        "'image' does not belong here (got 'shop:1'); write it in containerDefinitions[]",
    ),
    (
        {(*WEB, "networkMode"): "awsvpc"},
        "'containerDefinitions[0].networkMode' does not belong here (got 'awsvpc'); "
        "write it in the task definition",
    ),
    (
        {(*WEB, "sourceVolume"): "data"},
        "'containerDefinitions[0].sourceVolume' does not belong here (got 'data'); "
        "write it in containerDefinitions[].mountPoints[]",
    ),
    (
        {(*WEB, "options"): {}},
        "'containerDefinitions[0].options' does not belong here (got {}); write it in "
        "containerDefinitions[].logConfiguration or "
        "containerDefinitions[].firelensConfiguration",
    ),
    (
        {("sourceVolum",): "data"},
        "'sourceVolum' is not known (got 'data'); leave it out, or write 'sourceVolume' in "
        "containerDefinitions[].mountPoints[]",
    ),
    (
        {(*WEB, "xyzzy"): 1},
        "'containerDefinitions[0].xyzzy' is not known (got 1); leave it out",
    ),
    (
        {(*WEB, "portMappings", 0, "containerPort"): "8080"},
        "'containerDefinitions[0].portMappings[0].containerPort' must be an integer "
        "(got '8080'); write 8080, without quotes",
    ),
    (
        {(*WEB, "portMappings", 0, "containerPort"): 8080.0},
        "'containerDefinitions[0].portMappings[0].containerPort' must be an integer "
        "(got 8080.0); write 8080",
    ),
    (
        {(*WEB, "portMappings", 0, "containerPort"): True},
        "'containerDefinitions[0].portMappings[0].containerPort' must be an integer "
        "(got True); write a whole number",
    ),
    (
        {(*WEB, "stopTimeout"): 2**31},
        "'containerDefinitions[0].stopTimeout' must lie between -2147483648 and 2147483647 "
        "(got 2147483648); give a number that fits in 32 bits",
    ),
    (
        {(*WEB, "environment", 0, "value"): 8080},
        "'containerDefinitions[0].environment[0].value' must be a string (got 8080); "
        'write "8080", in quotes',
    ),
    (
        {(*WEB, "environment", 0, "value"): False},
        "'containerDefinitions[0].environment[0].value' must be a string (got False); "
        'write "false", in quotes',
    ),
    (
        {(*WEB, "essential"): "true"},
        "'containerDefinitions[0].essential' must be true or false (got 'true'); "
        "write it without quotes",
    ),
    (
        {(*WEB, "command"): "run"},
        "'containerDefinitions[0].command' must be a list (got 'run'); write it in square brackets",
    ),
    (
        {(*WEB, "command"): ["run", None]},
        "'containerDefinitions[0].command[1]' must be a string (got None); write it as a string",
    ),
    (
        {(*WEB, "restartPolicy"): "always"},
        "'containerDefinitions[0].restartPolicy' must be an object (got 'always'); "
        "write its members in braces: enabled, ignoredExitCodes, restartAttemptPeriod",
    ),
    (
        {(*WEB, "dockerLabels"): ["a=b"]},
        "'containerDefinitions[0].dockerLabels' must be an object (got ['a=b']); "
        "write its members in braces",
    ),
    (
        {(*WEB, "dockerLabels"): {"a": 1}},
        "'containerDefinitions[0].dockerLabels.a' must be a string (got 1); write \"1\", in quotes",
    ),
    (
        {("networkMode",): "AWSVPC"},
        "'networkMode' must be 'bridge', 'host', 'awsvpc' or 'none' (got 'AWSVPC'); write 'awsvpc'",
    ),
    (
        {("requiresCompatibilities", 0): "FARGAT"},
        "'requiresCompatibilities[0]' must be 'EC2', 'FARGATE', 'EXTERNAL' or "
        "'MANAGED_INSTANCES' (got 'FARGAT'); write 'FARGATE'",
    ),
    (
        {(*WEB, "environmentFiles"): [{"type": "S4", "value": "arn:aws:s3:::b/a.env"}]},
        "'containerDefinitions[0].environmentFiles[0].type' must be 's3' (got 'S4'); write 's3'",
    ),
    (
        {(*WEB, "secrets", 0): {"name": "A", "valuefrom": "b"}},
        "'containerDefinitions[0].secrets[0].valuefrom' is not known (got 'b'); write 'valueFrom'",
    ),
    (
        {(*WEB, "logConfiguration"): {"options": {}}},
        "'containerDefinitions[0].logConfiguration.logDriver' is required (got nothing); give it",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), MISTAKES, ids=lambda value: str(value)[:50])
def test_a_mistake_is_one_whole_sentence(changes: dict[Path, Any], sentence: str) -> None:
    found = [finding.sentence("shop") for finding in check_shape(changed(changes)).findings]
    assert found == [f"shop: {sentence}"]


@pytest.mark.parametrize("definition", [None, 1, "x", [], [LEGAL]], ids=str)
def test_what_is_no_object_is_said_once(definition: object) -> None:
    shape = check_shape(definition)
    assert [finding.rule for finding in shape.findings] == ["must be an object"]
    assert shape.sound == {}


def test_values_that_are_not_known_pass_every_check_of_shape() -> None:
    definition = changed(
        {
            ("networkMode",): "${TfToken[TOKEN.0]}",
            ("containerDefinitions",): ["#{TfToken[TOKEN.1]}"],
            ("ephemeralStorage",): {"sizeInGiB": -1.8881545897087626e289},
            ("runtimePlatform",): {"&{TfToken[TOKEN.2]}": "x"},
        }
    )
    assert check_shape(definition) == ([], definition)


def test_a_value_that_is_not_known_but_of_another_shape_is_refused() -> None:
    definition = changed(
        {
            ("family",): ["#{TfToken[TOKEN.0]}"],
            ("cpu",): {"&{TfToken[TOKEN.1]}": "x"},
            ("volumes",): {"&{TfToken[TOKEN.2]}": "x"},
            ("runtimePlatform",): ["#{TfToken[TOKEN.3]}"],
        }
    )
    assert [finding.sentence("shop") for finding in check_shape(definition).findings] == [
        "shop: 'family' must be a string (got ['#{TfToken[TOKEN.0]}']); write it as a string",
        "shop: 'cpu' must be a string (got {'&{TfToken[TOKEN.1]}': 'x'}); write it as a string",
        "shop: 'volumes' must be a list (got {'&{TfToken[TOKEN.2]}': 'x'}); "
        "write it in square brackets",
        "shop: 'runtimePlatform' must be an object (got ['#{TfToken[TOKEN.3]}']); "
        "write its members in braces: cpuArchitecture, operatingSystemFamily",
    ]


def test_what_is_refused_counts_as_not_known_in_the_sound_copy() -> None:
    sound = check_shape(
        changed(
            {
                ("cpu",): 512,
                (*WEB, "portMappings"): {},
                (*WEB, "healthCheck"): "x",
                (*WEB, "essential"): 1,
            }
        )
    ).sound
    web = sound["containerDefinitions"][0]
    assert is_unknown(sound["cpu"])
    assert is_unknown(web["portMappings"])
    assert is_unknown(web["healthCheck"])
    assert is_unknown(web["essential"])


def test_nulls_and_empty_enumerations_are_absent_in_the_sound_copy() -> None:
    definition = changed({("ipcMode",): None, ("pidMode",): "", (*WEB, "user"): None})
    assert check_shape(definition) == ([], LEGAL)


def test_a_key_that_is_no_string() -> None:
    definition: dict[object, object] = {"family": "shop", "containerDefinitions": [], 1: 2}
    found = check_shape(definition).findings
    assert [finding.sentence("shop") for finding in found] == [
        "shop: 'task definition' must have strings as keys (got 1); write the key in quotes"
    ]


def test_the_definition_itself_is_left_alone() -> None:
    definition = changed({("ipcMode",): None})
    check_shape(definition)
    assert definition == changed({("ipcMode",): None})


def test_the_places_of_a_key_are_those_nearest_to_the_top() -> None:
    assert places()["cpu"] == ["the task definition"]
    assert places()["image"] == ["containerDefinitions[]"]
    assert places()["containerPort"] == ["containerDefinitions[].portMappings[]"]


def test_what_is_meant_by_very_many_keys_is_not_guessed() -> None:
    keys = {f"famly{number}": 1 for number in range(20_000)}
    findings = check_shape({**keys, "family": "a", "containerDefinitions": []}).findings
    assert len(findings) == 20_000
    assert {finding.cure for finding in findings} == {"write 'family'", "leave it out"}


def test_a_number_known_later_is_no_list() -> None:
    number = -1.8881545897087626e289
    [finding] = check_shape(
        {"family": "a", "containerDefinitions": [], "requiresCompatibilities": number}
    ).findings
    assert (finding.path, finding.rule) == (("requiresCompatibilities",), "must be a list")
