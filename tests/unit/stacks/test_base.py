"""What every stack has: the provider, the backend, the tags."""

from __future__ import annotations

from typing import Any

from constructs_lib.environment import Environment, state_key
from stacks.base import BaseStack, s3_state
from tests.unit.synthesis import ENDPOINT, LOCAL, PROD, synthesized

PROD_STATE = {
    "bucket": "netflux-terraform-state-127549748682",
    "key": "any/terraform.tfstate",
    "region": "us-east-1",
    "allowed_account_ids": ["127549748682"],
}
LOCAL_STATE = {
    "bucket": "netflux-terraform-state-local",
    "key": "any/terraform.tfstate",
    "region": "us-east-1",
    "allowed_account_ids": ["127549748682"],
    "endpoints": {"iam": ENDPOINT, "s3": ENDPOINT, "sts": ENDPOINT},
    "use_path_style": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "max_retries": 2,
    "access_key": "embedded",
    "secret_key": "embedded",
}
REQUIRED_PROVIDERS = {"aws": {"source": "aws", "version": "5.100.0"}}


def base_stack(environment: Environment) -> Any:
    return synthesized(lambda app: BaseStack(app, "any", environment=environment))


def test_in_prod_the_account_is_pinned_and_there_are_no_tags() -> None:
    assert base_stack(PROD) == {
        "provider": {"aws": [{"region": "us-east-1", "allowed_account_ids": ["127549748682"]}]},
        "terraform": {
            "backend": {"s3": PROD_STATE | {"encrypt": True, "use_lockfile": True}},
            "required_providers": REQUIRED_PROVIDERS,
        },
    }


def test_with_an_endpoint_everything_goes_there_with_made_up_credentials() -> None:
    assert base_stack(LOCAL) == {
        "provider": {
            "aws": [
                {
                    "region": "us-east-1",
                    "allowed_account_ids": ["127549748682"],
                    "endpoints": [
                        {
                            "ecs": ENDPOINT,
                            "iam": ENDPOINT,
                            "logs": ENDPOINT,
                            "s3": ENDPOINT,
                            "sts": ENDPOINT,
                        }
                    ],
                    "s3_use_path_style": True,
                    "skip_metadata_api_check": "true",
                    "skip_region_validation": True,
                    "max_retries": 2,
                    "access_key": "embedded",
                    "secret_key": "embedded",
                    "default_tags": [{"tags": {"environment": "local", "managed-by": "cdktf"}}],
                }
            ]
        },
        "terraform": {
            "backend": {"s3": LOCAL_STATE | {"encrypt": True, "use_lockfile": True}},
            "required_providers": REQUIRED_PROVIDERS,
        },
    }


def test_tags_arrive_as_they_are_written() -> None:
    environment = Environment(**{**PROD.given, "tags": {"${a}": "%{b}"}})
    [provider] = base_stack(environment)["provider"]["aws"]
    assert provider["default_tags"] == [{"tags": {"$${a}": "%%{b}"}}]


def test_the_state_that_is_read_is_where_the_backend_writes_it() -> None:
    assert s3_state(PROD, "any") == PROD_STATE
    assert s3_state(LOCAL, "any") == LOCAL_STATE


def test_every_stack_has_a_key_of_its_own() -> None:
    assert state_key("movie-service") == "movie-service/terraform.tfstate"
