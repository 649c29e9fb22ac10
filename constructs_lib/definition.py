"""From a service and an environment to its task definition, as RegisterTaskDefinition takes it.

The way: the arguments that were given, over the file or the walk's defaults -> AWS's JSON
(`described`) -> everything that is wrong with it (`problems`) -> as AWS returns it (`rendered`).
No Terraform here: the roles are named by the ARNs that they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from constructs_lib import names
from constructs_lib.arguments import Arguments
from constructs_lib.canonical import canonical
from constructs_lib.definition_rules import definition_findings
from constructs_lib.environment import Environment
from constructs_lib.errors import Problem
from constructs_lib.fargate_sizes import cpu_units, memory_mib
from constructs_lib.findings import Path
from constructs_lib.forms import Named, is_list, render
from constructs_lib.images import digest_problem, image_problem, repository_of, tag_problem
from constructs_lib.log_retention import retention_problem
from constructs_lib.service import OwnContainer, Service, Task
from constructs_lib.unknown import is_unknown

RESERVED_NAMES = ("iam", "state-bucket", "ci-roles")
"""The ids of the project's own stacks."""

_TASK_ARGUMENTS = frozenset(Task.declared)
_CONTAINER_ARGUMENTS = frozenset(OwnContainer.declared) - _TASK_ARGUMENTS - {"name", "image"}
_OWN: Path = ("containerDefinitions", 0)


class Described(NamedTuple):
    """A definition, and which argument stands behind each place of it."""

    definition: dict[str, Any]
    named: Named

    def name(self, path: Path) -> str:
        """What the user wrote at `path` of the definition."""
        for length in range(len(path), 0, -1):
            argument = self.named.get(path[:length])
            if argument is not None:
                return argument + _aws_path(path[length:], beginning=False)
        return _aws_path(path, beginning=True)


def log_group_name(service: Service) -> str:
    """The log group that the service's stack makes."""
    return f"/ecs/{service.name}"


def described(service: Service, environment: Environment) -> Described:
    """The definition of `service` in `environment`, before it is checked."""
    named: Named = {}
    definition = _task(service, environment, named)
    own = _own_container(service, environment, named)
    sidecars = [
        _sidecar(service, environment, sidecar, index, named)
        for index, sidecar in enumerate(service.sidecars if is_list(service.sidecars) else ())
    ]
    definition["containerDefinitions"] = [own, *sidecars]
    return Described(definition, named)


def rendered(service: Service, environment: Environment) -> dict[str, Any]:
    """The definition as AWS returns it: exactly what will be registered."""
    return canonical(described(service, environment).definition)


def problems(service: Service, environment: Environment) -> Iterator[Problem]:
    """Everything that is wrong with a service in an environment; nothing when all is well."""
    whole = described(_with_some_name(service), environment)
    of_arguments = [*service.names_problems(), *_argument_problems(service, whole.definition)]
    yield from of_arguments
    said = {problem.argument for problem in of_arguments}
    for finding in definition_findings(whole.definition):
        problem = finding.problem(whole.name)
        if problem.argument not in said:
            yield _as_given(problem, service)


def _argument_problems(service: Service, definition: dict[str, Any]) -> Iterator[Problem]:
    """What only the arguments show, as the definition has it no more."""
    if "name" in service.given:
        wrong_name = names.ECS.problem(
            "name", service.name, "use hyphens, and shorten it if need be"
        )
        if wrong_name:
            yield wrong_name
    if service.name in RESERVED_NAMES:
        yield Problem(
            "name", "must not be the id of a stack of the project", service.name, "rename it"
        )
    for argument in ("task_role_arn", "execution_role_arn"):
        role = service.given.get(argument)
        if isinstance(role, str) and not role.startswith("arn:") and not is_unknown(role):
            wrong_role = names.ROLE.problem(argument, role, "write a role's name or its ARN")
            if wrong_role:
                yield wrong_role
    yield from _image_problems(service)
    retention = retention_problem("log_retention_days", service.log_retention_days)
    if retention:
        yield retention
    if type(service.skip_destroy) is not bool:
        yield Problem("skip_destroy", "must be True or False", service.skip_destroy, "choose one")
    if service.sidecars is not None and not is_list(service.sidecars):
        yield Problem("sidecars", "must be a list", service.sidecars, "write it in square brackets")
    for index, sidecar in enumerate(definition["containerDefinitions"][1:]):
        if isinstance(sidecar, dict) and sidecar.get("image"):
            wrong_image = image_problem(f"sidecars[{index}].image", sidecar["image"])
            if wrong_image:
                yield wrong_image


def _with_some_name(service: Service) -> Service:
    """The service itself, or under a name that is one, so that only the rest is checked."""
    if names.ECS.problem("name", service.name) is None:
        return service
    return Service(**{**service.given, "name": "service"})


def _as_given(problem: Problem, service: Service) -> Problem:
    """The problem with the value that the user wrote, where AWS's JSON has another for it."""
    given = service.given.get(problem.argument)
    return problem._replace(value=given) if isinstance(given, str | int | float) else problem


def _task(service: Service, environment: Environment, named: Named) -> dict[str, Any]:
    defaults = {name: Service.declared[name].default for name in _TASK_ARGUMENTS}
    definition: dict[str, Any] = {
        "family": service.name,
        "runtimePlatform": {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"},
        **render(Service(**{**defaults, **service.given}), (), "", named, _TASK_ARGUMENTS),
    }
    named[("family",)] = "family" if "family" in service.given else "name"
    named[("cpu",)] = "cpu_units"
    named[("memory",)] = "memory_mib"
    definition["cpu"] = _units(definition.get("cpu"), cpu_units)
    definition["memory"] = _units(definition.get("memory"), memory_mib)
    for role in ("taskRoleArn", "executionRoleArn"):
        arn = definition.get(role)
        if isinstance(arn, str) and not arn.startswith("arn:") and not is_unknown(arn):
            definition[role] = environment.role_arn(arn)
    return {key: value for key, value in definition.items() if value is not None}


def _units(value: Any, parse: Any) -> Any:
    """A size in AWS's units, as AWS's string; what is no size stays as it was given.

    Another number than a whole one becomes a string, so that it is refused as a size, not as a
    string that lacks its quotes.
    """
    if is_unknown(value):
        return value
    units = parse(value)
    if units is None:
        return str(value) if isinstance(value, int | float) else value
    return str(units)


def _own_container(service: Service, environment: Environment, named: Named) -> dict[str, Any]:
    container: dict[str, Any] = {
        "name": service.name,
        "image": _image(service, environment),
        "essential": True,
        "environment": _default_environment(),
    }
    if "log_configuration" not in service.given:
        container["logConfiguration"] = _awslogs(service, environment)
    if "port_mappings" not in service.given and service.port is not None:
        container["portMappings"] = [{"containerPort": service.port, "protocol": "tcp"}]
        port: Path = (*_OWN, "portMappings", 0)
        named |= {port: "port", (*port, "containerPort"): "port"}
    images = ("image_digest", "image", "image_tag")
    image = next((name for name in images if name in service.given), "image")
    named |= {(*_OWN, "name"): "name", (*_OWN, "image"): image}
    container.update(render(service, _OWN, "", named, _CONTAINER_ARGUMENTS))
    if "environment" in service.given and service.environment is None:
        del container["environment"]
    return container


def _default_environment() -> list[dict[str, str]]:
    walk = Service.declared["environment"].default
    return [{"name": name, "value": value} for name, value in walk.items()]


def _sidecar(
    service: Service, environment: Environment, sidecar: Any, index: int, named: Named
) -> Any:
    place = ("containerDefinitions", index + 1)
    named[place] = f"sidecars[{index}]"
    if not isinstance(sidecar, Arguments):
        return sidecar
    container = render(sidecar, place, f"sidecars[{index}].", named)
    if "log_configuration" not in sidecar.given:
        container["logConfiguration"] = _awslogs(service, environment)
    return container


def _awslogs(service: Service, environment: Environment) -> dict[str, Any]:
    return {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": log_group_name(service),
            "awslogs-create-group": "true",
            "awslogs-region": environment.region,
            "awslogs-stream-prefix": "ecs",
        },
    }


def _image(service: Service, environment: Environment) -> Any:
    image = service.image
    if image is None:
        repository = f"{environment.registry}/{service.name}"
    elif isinstance(image, str) and not is_unknown(image):
        repository = repository_of(image)
        if repository != image and not _pins(service):
            return image
    else:
        return image
    if service.image_digest is not None:
        return f"{repository}@{service.image_digest}"
    return f"{repository}:{service.image_tag}"


def _pins(service: Service) -> list[str]:
    """The arguments given that say which image of the repository to run."""
    pins = ("image_tag", "image_digest")
    return [name for name in pins if service.given.get(name) is not None]


def _image_problems(service: Service) -> Iterator[Problem]:
    if service.image_digest is not None:
        problem = digest_problem("image_digest", service.image_digest)
    else:
        problem = tag_problem("image_tag", service.image_tag)
    if problem:
        yield problem
    pins = _pins(service)
    if len(pins) == 2:
        yield Problem(
            "image_digest",
            "must not stand beside image_tag",
            service.image_digest,
            "keep one of the two",
        )
    image = service.image
    wrong_image = image_problem("image", image)
    if wrong_image:
        yield wrong_image
    elif (
        pins and isinstance(image, str) and not is_unknown(image) and repository_of(image) != image
    ):
        yield Problem(
            "image",
            f"must be a repository alone where {pins[0]} is given",
            image,
            f"leave the tag or digest out of it, or leave {pins[0]} out",
        )


def _aws_path(path: Path, *, beginning: bool) -> str:
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += step if beginning and not text else f".{step}"
    return text
