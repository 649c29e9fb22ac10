"""In which order and under which heading the page has the messages of each module."""

from __future__ import annotations

from typing import NamedTuple


class Area(NamedTuple):
    """A heading, the modules below it, how their sentences begin, and which commands say them.

    A module stands for all below it that no other area has.
    """

    title: str
    modules: tuple[str, ...]
    begins: str
    commands: tuple[str, ...]
    about: str = ""


SYNTH = "main.py, npx cdktf synth"
DEPLOY = "npx cdktf deploy, diff, destroy"
PLAN, APPLY, ADOPT = "tools.plan", "tools.apply", "tools.adopt"
CONVERT, RENDER, RELEASE, REVISIONS = (
    *("tools.convert", "tools.render"),
    *("tools.release", "tools.revisions"),
)
_SYNTH = (SYNTH, DEPLOY, PLAN, APPLY)
_RULES = (*_SYNTH, CONVERT, ADOPT)
SERVICE = "<service>: "
RULES = "Task definitions:"
"""How the headings of all checks of a task definition begin."""
_AWS = (DEPLOY, PLAN, APPLY, "tools.diagnosis", "tools.state", ADOPT, REVISIONS)


def _rules(title: str, module: str) -> Area:
    return Area(f"{RULES} {title}", (f"constructs_lib.rules.{module}",), SERVICE, _RULES)


AREAS = (
    Area(
        "The files you write",
        ("constructs_lib.user_files", "stacks.output", "constructs_lib.last_words"),
        "",
        (*_SYNTH, RENDER, RELEASE, REVISIONS, ADOPT),
        "`services.py` and `environments.py` as Python, and where the stacks are written.",
    ),
    Area(
        "The catalogue",
        ("constructs_lib.catalogue",),
        "<service, or services.py, entry number>: ",
        _SYNTH,
    ),
    Area(
        "Arguments of a service",
        (
            *("constructs_lib.argument_check", "constructs_lib.arguments", "constructs_lib.forms"),
            *(
                "constructs_lib.images",
                "constructs_lib.definition",
                "constructs_lib.as_written",
                "constructs_lib.service_check",
            ),
            *("constructs_lib.service_in_environment", "constructs_lib.log_retention"),
            "constructs_lib.execution_policy",
        ),
        SERVICE,
        _SYNTH,
        "[arguments.md](arguments.md) has them all; a `service_defaults` of an environment is told"
        " as `environments.py, <environment>`.",
    ),
    Area(
        "Task definition files",
        ("constructs_lib.definition_json", "constructs_lib.service_from_definition"),
        "definition: ",
        (CONVERT, ADOPT, *_SYNTH),
        "`<owner>` is the file as it was given. Of a service's `task_definition_file` they are the"
        " cure behind `must name a task definition in JSON`.",
    ),
    Area(
        f"{RULES} shape",
        ("constructs_lib.definition_shape",),
        SERVICE,
        _RULES,
        "Keys, types and enumerations of"
        " [RegisterTaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
        "API_RegisterTaskDefinition.html). A file is told of in AWS's names, a service in those of"
        " its arguments.",
    ),
    _rules("size", "size"),
    _rules("Fargate", "fargate"),
    _rules("containers", "containers"),
    _rules("variables and secrets", "environment"),
    _rules("ports", "ports"),
    _rules("volumes", "volumes"),
    _rules("logs", "logging"),
    _rules("tags", "tags"),
    _rules("what the AWS provider cannot carry", "provider"),
    Area(
        "Warnings",
        ("constructs_lib.definition_warnings", "constructs_lib.guard_rails"),
        "warning: <service, or environments.py, environment>: ",
        (SYNTH, DEPLOY, PLAN),
        "They stop nothing. The switches are told in [iam.md](iam.md).",
    ),
    Area(
        "Environments",
        (
            *("constructs_lib.chosen_environment", "constructs_lib.environment"),
            *("constructs_lib.environment_check", "constructs_lib.environment_values"),
            "environments",
        ),
        "environments.py, <environment>: ",
        (*_SYNTH, RENDER, CONVERT, RELEASE, ADOPT, REVISIONS, "tools.state"),
        "[environments.md](environments.md) shows how one is added.",
    ),
    Area(
        "Images and releases",
        ("constructs_lib.image_lines",),
        "images.txt, line <number>: ",
        (*_SYNTH, RELEASE),
    ),
    Area(
        "Constructs alone",
        (
            *("constructs_lib.log_group", "constructs_lib.roles", "constructs_lib.task_definition"),
            "constructs_lib.managed_policies",
        ),
        "<role, log group or task definition> <id>: ",
        (SYNTH,),
        "For who uses `constructs_lib` in a stack of their own.",
    ),
    Area(
        "Imports that wait",
        ("stacks.imports",),
        "<file>: ",
        (*_SYNTH, ADOPT),
        "The file that `tools.adopt` leaves for the next deploy.",
    ),
    Area(
        "What Terraform itself prints",
        ("stacks.service",),
        "",
        (DEPLOY, PLAN, APPLY),
        "Below `Error: Resource precondition failed` and `Error: Resource postcondition failed`.",
    ),
    Area(
        "Credentials, state bucket, states and locks",
        ("tools.aws", "tools.diagnosis", "tools.state.stored"),
        "",
        _AWS,
        "[recovery.md](recovery.md) tells of each what it means and what happens meanwhile.",
    ),
    Area(
        "Names of stacks",
        ("tools.stack_names",),
        "<command>: ",
        (DEPLOY, PLAN, APPLY, "tools.diagnosis", "tools.state"),
    ),
    Area(
        "Python, Node and Terraform",
        ("tools.prerequisites", "tools.cdktf_cli"),
        "",
        ("make setup", "make demo", DEPLOY, PLAN, APPLY, "tools.eject", "tools.provider_package"),
    ),
    Area("tools.plan", ("tools.plan",), "plan: ", (PLAN, APPLY, ADOPT, "tools.eject")),
    Area("tools.apply", ("tools.apply", "tools.plan.outdated"), "apply: ", (APPLY,)),
    Area(
        "tools.review",
        ("tools.review",),
        "",
        ("tools.review", APPLY),
        "Its findings are in [review.md](review.md).",
    ),
    Area(
        "tools.picture", ("tools.picture", "tools.terraform_json"), "picture: ", ("tools.picture",)
    ),
    Area("tools.new", ("tools.new",), "new: ", ("tools.new", "make new")),
    Area(
        "An entry and its test, as files to write",
        ("tools.catalogue_file", "tools.service_test"),
        "<command>: ",
        (ADOPT, "tools.new"),
    ),
    Area("tools.adopt", ("tools.adopt",), "adopt: ", (ADOPT,)),
    Area("tools.state", ("tools.state",), "state: ", ("tools.state",)),
    Area("tools.revisions", ("tools.revisions",), "revisions: ", (REVISIONS,)),
    Area("tools.release", ("tools.release",), "release: ", (RELEASE,)),
    Area("tools.render", ("tools.render",), "render: ", (RENDER,)),
    Area("tools.convert", ("tools.convert",), "", (CONVERT,)),
    Area("tools.eject", ("tools.eject",), "eject: ", ("tools.eject",)),
    Area("tools.leave", ("tools.leave",), "leave: ", ("tools.leave",)),
    Area("tools.local_aws", ("tools.local_aws",), "local_aws: ", ("tools.local_aws", "make demo")),
    Area("make demo", ("tools.demo",), "demo: ", ("make demo",)),
    Area("make audit", ("tools.audit",), "audit: ", ("make audit",)),
    Area(
        "Continuous integration",
        ("tools.ci", "tools.provider_package"),
        "",
        ("the workflows of CI",),
    ),
    Area(
        "Numbers on the command line",
        ("tools.command_line",),
        "<command>: error: ",
        (PLAN, APPLY, REVISIONS),
    ),
    Area(
        "Lean bindings",
        ("lean_bindings",),
        "lean bindings: ",
        (SYNTH, "tools.bindings"),
        "The full package is used then, only slower; `NETFLUX_FULL_BINDINGS=1` does so at once.",
    ),
    Area(
        "Pages written from the code",
        (
            *("tools.arguments_page", "tools.errors_page", "tools.review.rules_page"),
            "tools.task_definition_model",
        ),
        "",
        ("make docs", "make reports"),
    ),
)


def area_of(module: str) -> Area | None:
    """The area that names the module, or the package nearest above it."""
    while module:
        for area in AREAS:
            if module in area.modules:
                return area
        module = module.rpartition(".")[0]
    return None
