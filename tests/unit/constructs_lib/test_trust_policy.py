"""The trust policy, as the console writes it."""

from __future__ import annotations

from constructs_lib.trust_policy import CONSOLE_DESCRIPTION, ecs_tasks_trust_policy


def test_text_for_text_and_key_for_key_in_the_consoles_order() -> None:
    assert ecs_tasks_trust_policy() == (
        '{"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow",'
        ' "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}'
    )


def test_the_description_is_the_consoles() -> None:
    assert CONSOLE_DESCRIPTION == "Allows ECS tasks to call AWS services on your behalf."
