"""Secrets in every place from which one might come into a report. All are invented.

Each begins with the same word, so that a test can look for it in every output.
"""

from __future__ import annotations

import json

from tests.plans.configurations import Config, container, pairs, service, with_

MARK = "hunter2"


def planted(place: str) -> str:
    return f"{MARK}-{place}"


def configuration(turn: str) -> Config:
    """A secret in every place, another one each turn."""

    def secret(place: str) -> str:
        return planted(f"{place}-{turn}")

    web = container(
        environment=pairs(
            DB_PASSWORD=secret("variable"),
            JDBC_URL=f"postgres://movies:{secret('url')}@db/movies",
            JAVA_OPTS=f"-Ddb.password={secret('option')} -Xmx512m",
        ),
        command=["run", "--api-token", secret("argument"), f"--db-password={secret('flag')}"],
        logConfiguration={
            "logDriver": "splunk",
            "options": {"splunk-token": secret("log"), "splunk-url": "https://logs.example.com"},
        },
        dockerLabels={"license": json.dumps({"apiKey": secret("label")})},
    )
    return with_(
        service(web),
        variable={"marked": {"default": secret("marked"), "sensitive": True}},
        output={
            "marked": {"value": "${var.marked}", "sensitive": True},
            "db_password": {"value": secret("output")},
            "connection": {"value": {"host": "db", "client_secret": secret("nested-output")}},
        },
        resource={
            "terraform_data": {
                "marked": {"input": {"free": "${var.marked}", "whole": ["${var.marked}"]}},
                "unmarked": {
                    "input": {
                        "api_key": secret("attribute"),
                        "credentials": {"user": secret("user"), "pass": [secret("pass")]},
                        "text": json.dumps({"clientSecret": secret("inside-json")}),
                        "script": f"export TOKEN='{secret('script')}'; run",
                    },
                    "triggers_replace": {"auth_token": secret("trigger")},
                },
            },
            "aws_ssm_parameter": {
                "password": {
                    "name": "/movies/db-password",
                    "type": "SecureString",
                    "value": secret("parameter"),
                },
                "plain": {
                    "name": "/movies/token",
                    "type": "String",
                    "value": secret("plain-parameter"),
                },
            },
        },
    )
