"""What looks like a secret, and what is only about one."""

from __future__ import annotations

import pytest

from constructs_lib.secret_names import looks_secret

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("DB_PASSWORD", "its name says PASSWORD"),
        ("PGPASSWORD", "its name says PGPASSWORD"),
        ("MYSQL_ROOT_PASSWORD", "its name says PASSWORD"),
        ("db.passwd", "its name says PASSWD"),
        ("DB_PASS", "its name says PASS"),
        ("MYSQL_PWD", "its name says PWD"),
        ("clientSecret", "its name says SECRET"),
        ("TWITCH__API__CLIENTSECRET", "its name says CLIENTSECRET"),
        ("SECRET_KEY_BASE", "its name says SECRET"),
        ("AUTH_TOKEN", "its name says TOKEN"),
        ("githubToken", "its name says TOKEN"),
        ("API_KEY", "its name says API KEY"),
        ("openai-api-key", "its name says API KEY"),
        ("APIKEY", "its name says APIKEY"),
        ("SSH_PRIVATE_KEY", "its name says PRIVATE KEY"),
        ("AWS_SECRET_ACCESS_KEY", "its name says SECRET"),
        ("STORAGE_ACCESS_KEY", "its name says ACCESS KEY"),
        ("REGISTRY_CREDENTIALS", "its name says CREDENTIALS"),
    ],
)
def test_a_name_that_says_secret(name: str, reason: str) -> None:
    assert looks_secret(name, "hunter2") == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("AKIAIOSFODNN7EXAMPLE", "its value looks like an AWS access key"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMII", "its value looks like a private key"),
        ("-----BEGIN PRIVATE KEY-----", "its value looks like a private key"),
        (JWT, "its value looks like a JSON web token"),
        ("postgres://shop:hunter2@db:5432/shop", "its value looks like a URL with a password"),
        ("redis://:hunter2@cache", "its value looks like a URL with a password"),
        (
            "Server=db;Database=shop;Password=hunter2;",
            "its value looks like a connection string with a password",
        ),
        ("ghp_" + "a1" * 18, "its value looks like a GitHub token"),
        ("github_pat_" + "a1" * 20, "its value looks like a GitHub token"),
        ("glpat-" + "a1" * 10, "its value looks like a GitLab token"),
        ("xoxb-123456789012-abc", "its value looks like a Slack token"),
        ("sk_live_" + "a1" * 10, "its value looks like a Stripe key"),
        ("AIza" + "a" * 35, "its value looks like a Google API key"),
        ("npm_" + "a1" * 18, "its value looks like an npm token"),
        ("pypi-AgE" + "a1" * 10, "its value looks like a PyPI token"),
        ("SG." + "a1" * 8 + "." + "b2" * 8, "its value looks like a SendGrid key"),
        ("sk-" + "a1" * 12, "its value looks like an API key that begins with sk-"),
    ],
)
def test_a_value_with_the_mark_of_a_secret(value: str, reason: str) -> None:
    assert looks_secret("SETTING", value) == reason


@pytest.mark.parametrize(
    "name",
    [
        "SPRING_PROFILES_ACTIVE",
        "PATH",
        "PRIMARY_KEY",
        "KEY",
        "PUBLIC_KEY",
        "COMPASS",
        "BYPASS_CACHE",
        "TOKENIZER",
        "AWS_ACCESS_KEY_ID",
        "DB_SECRET_ARN",
        "DB_SECRET_NAME",
        "DB_SECRET_ID",
        "TOKEN_URL",
        "TOKEN_ENDPOINT",
        "PASSWORD_FILE",
        "PRIVATE_KEY_PATH",
        "JWT_ACCESS_EXPIRES_IN",
        "TOKEN_TTL",
        "PASSWORD_MIN_LENGTH",
        "SECRET_PROVIDER",
    ],
)
def test_a_name_that_says_none(name: str) -> None:
    assert looks_secret(name, "something") is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "  ",
        "true",
        "No",
        "0",
        "3600",
        "15m",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop",
        "/run/secrets/db",
        "../db.txt",
        "${DB_PASSWORD}",
        "{{ssm:/shop/db}}",
        "<password>",
        "%PASSWORD%",
        "https://auth.example/token",
        "${TfToken[TOKEN.0]}",
    ],
)
def test_a_value_that_is_none(value: str) -> None:
    assert looks_secret("DB_PASSWORD", value) is None


@pytest.mark.parametrize(
    "value",
    [
        "postgres://db:5432/shop",
        "postgres://shop@db/shop",
        "postgres://shop:${DB_PASSWORD}@db/shop",
        "http://localhost:8080/@scope",
        "Server=db;Password=${PASSWORD};",
        "task-force-of-twenty-people-and-more",
        "my-disk-is-a-long-name-of-something",
        "eyJhbGciOiJIUzI1NiJ9",
    ],
)
def test_a_value_that_only_resembles_one(value: str) -> None:
    assert looks_secret("SETTING", value) is None
