"""From a service and an environment to its task definition, as RegisterTaskDefinition takes it.

The way: the arguments that were given, over the service's file or the walk's defaults, become AWS's
JSON (`described`); `service_check.py` says what is wrong with it; `rendered` gives it as AWS
returns it. No Terraform here: the roles are named by the ARNs that they have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from constructs_lib.canonical import canonical
from constructs_lib.containers import Container
from constructs_lib.definition_json import read_file
from constructs_lib.environment import Environment
from constructs_lib.errors import InvalidInput, Problem, Unreadable
from constructs_lib.fargate_sizes import cpu_units, memory_mib
from constructs_lib.findings import Path, aws_name
from constructs_lib.forms import Named, is_list, render
from constructs_lib.images import repository_of
from constructs_lib.names_in_environment import own_roles, with_names
from constructs_lib.remembered import remembered
from constructs_lib.service import OwnContainer, Service, Task
from constructs_lib.service_in_environment import in_environment
from constructs_lib.unknown import is_unknown
from constructs_lib.user_files import PROJECT

OWN_CONTAINER: Path = ("containerDefinitions", 0)
"""The service's own container comes first."""

_TASK_ARGUMENTS = frozenset(Task.declared)
_CONTAINER_ARGUMENTS = frozenset(OwnContainer.declared) - _TASK_ARGUMENTS - {"name", "image"}
IMAGE_ARGUMENTS = ("image_digest", "image", "image_tag")
_ARGUMENTS: dict[Path, str] = {
    **{(Service.declared[name].aws,): name for name in _TASK_ARGUMENTS},
    **{(*OWN_CONTAINER, Service.declared[name].aws): name for name in _CONTAINER_ARGUMENTS},
    (*OWN_CONTAINER, "logConfiguration", "secretOptions"): "log_configuration.secret_options",
}
"""How every argument is called that a sentence may send to, given or not."""


class Described(NamedTuple):
    """A definition, which argument stands behind each place of it, and the log group of its stack.

    `log_group` is None where no container writes to a group that the stack makes.
    """

    definition: dict[str, Any]
    named: Named
    log_group: str | None

    def name(self, path: Path) -> str:
        """What the user wrote at `path` of the definition; AWS's name where a file says it."""
        for length in range(len(path), 0, -1):
            argument = self.named.get(path[:length])
            if argument is not None:
                rest = aws_name(path[length:])
                return f"{argument}.{rest}" if rest and rest[0] != "[" else argument + rest
        return aws_name(path)


def rendered(service: Service, environment: Environment) -> dict[str, Any]:
    """The definition as AWS returns it: exactly what will be registered."""
    return canonical(described(service, environment).definition)


@remembered
def described(service: Service, environment: Environment) -> Described:
    """The definition of `service` in `environment`, before it is checked.

    Raises:
        Unreadable: the file of the service cannot be read.
    """
    service = in_environment(service, environment)
    named: Named = {("family",): "name", ("cpu",): "cpu_units", ("memory",): "memory_mib"}
    if service.task_definition_file is not None:
        file = _read(str(service.name), service.task_definition_file)
        file |= own_roles(file, environment)
        base = {"family": service.name, **file}
        own, *others = _containers(file)
    else:
        named = _ARGUMENTS | named
        base = _walk_task(service)
        own, others = _walk_container(service, environment), []
    definition = _over(base, service, (), named, _TASK_ARGUMENTS)
    _write_units(definition)
    for role in ("taskRoleArn", "executionRoleArn"):
        definition |= _role(definition.get(role), role, environment)
    if "sidecars" in service.given:
        sidecars = service.sidecars if is_list(service.sidecars) else ()
        others = [
            _sidecar(service, environment, sidecar, index, named)
            for index, sidecar in enumerate(sidecars)
        ]
    definition["containerDefinitions"] = [_own(own, service, environment, named), *others]
    from_file = service.task_definition_file is not None
    wanted = None if from_file and not service.log_group_name else default_log_group(service)
    definition, log_group = with_names(definition, wanted, environment, from_file=from_file)
    return Described(definition, named, log_group)


def default_log_group(service: Service) -> str:
    """The log group of a service that names none, before the environment's prefix and suffix."""
    return service.log_group_name or f"/ecs/{service.name}"


def image_pins(service: Service) -> list[str]:
    """The arguments given that say which image of the repository to run."""
    pins = ("image_tag", "image_digest")
    return [name for name in pins if service.given.get(name) is not None]


def _walk_task(service: Service) -> dict[str, Any]:
    defaults = {name: Service.declared[name].default for name in _TASK_ARGUMENTS}
    platform = {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}
    walk = render(Service(**defaults), (), "", {}, _TASK_ARGUMENTS)
    return {"family": service.name, "runtimePlatform": platform, **walk}


def _walk_container(service: Service, environment: Environment) -> dict[str, Any]:
    variables = Service.declared["environment"].default
    return {
        "name": service.name,
        "essential": True,
        "environment": [{"name": name, "value": value} for name, value in variables.items()],
        "logConfiguration": _awslogs(service, environment),
    }


def _read(owner: str, file: str) -> dict[str, Any]:
    """The file's definition; what is wrong with the file is said of the argument that names it."""
    argument, cure = "task_definition_file", "name a file beside services.py"
    if not isinstance(file, str):
        raise Unreadable(owner, Problem(argument, "must be a string", file, cure))
    try:
        return read_file(PROJECT / file, "the file")
    except InvalidInput as wrong:
        rule, cure = "must name a task definition in JSON", wrong.sentences[0]
    except (OSError, ValueError) as error:
        rule = "must be a file that can be read, seen from services.py"
        cure = f"the system says: {getattr(error, 'strerror', error)}"
    raise Unreadable(owner, Problem(argument, rule, file, cure))


def _containers(file: Mapping[str, Any]) -> list[Any]:
    """The containers of a file, the service's own first; there may be anything in a file."""
    found = file.get("containerDefinitions")
    return found if isinstance(found, list) and found else [{}]


def _over(
    base: Mapping[str, Any], service: Service, at: Path, named: Named, names: frozenset[str]
) -> dict[str, Any]:
    """`base` with the arguments that were given; None takes away what the base has."""
    over = {**base, **render(service, at, "", named, names)}
    for name in names & set(service.given):
        if service.given[name] is None:
            over.pop(Service.declared[name].aws, None)
    return over


def _write_units(definition: dict[str, Any]) -> None:
    """Writes sizes in AWS's units, as AWS's strings; what is no size stays as it was given.

    Another number than a whole one becomes a string, so that it is refused as a size, not as a
    string that lacks its quotes.
    """
    sizes: tuple[tuple[str, Callable[[object], int | None]], ...]
    sizes = (("cpu", cpu_units), ("memory", memory_mib))
    for key, parse in sizes:
        value = definition.get(key)
        units = None if is_unknown(value) else parse(value)
        if units is not None:
            definition[key] = str(units)
        elif isinstance(value, int | float) and not is_unknown(value):
            definition[key] = str(value)


def _role(role: Any, key: str, environment: Environment) -> dict[str, str]:
    """The ARN of a role that is given by its name."""
    if not isinstance(role, str) or not role or role.startswith("arn:") or is_unknown(role):
        return {}
    return {key: environment.role_arn(role)}


def _own(base: Any, service: Service, environment: Environment, named: Named) -> Any:
    """The service's own container."""
    from_file = service.task_definition_file is not None
    if not isinstance(base, Mapping):
        return base
    container = dict(base)
    given = [name for name in IMAGE_ARGUMENTS if name in service.given]
    if given or not from_file:
        container["image"] = _image(service, environment, container.get("image"))
        named |= {(*OWN_CONTAINER, "image"): given[0] if given else "image"}
    if not from_file:
        named |= {(*OWN_CONTAINER, "name"): "name"}
    if "port_mappings" not in service.given and ("port" in service.given or not from_file):
        container.pop("portMappings", None)
        if service.port is not None:
            container["portMappings"] = [{"containerPort": service.port, "protocol": "tcp"}]
            place: Path = (*OWN_CONTAINER, "portMappings", 0)
            named |= dict.fromkeys((place[:-1], place, (*place, "containerPort")), "port")
    return _over(container, service, OWN_CONTAINER, named, _CONTAINER_ARGUMENTS)


def _sidecar(
    service: Service, environment: Environment, sidecar: Any, index: int, named: Named
) -> Any:
    place = ("containerDefinitions", index + 1)
    named[place] = f"sidecars[{index}]"
    if not isinstance(sidecar, Container) or isinstance(sidecar, Service):
        return sidecar
    container = render(sidecar, place, f"sidecars[{index}].", named)
    if "log_configuration" not in sidecar.given:
        container["logConfiguration"] = _awslogs(service, environment)
    return container


def _awslogs(service: Service, environment: Environment) -> dict[str, Any]:
    return {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": default_log_group(service),
            "awslogs-create-group": "true",
            "awslogs-region": environment.region,
            "awslogs-stream-prefix": "ecs",
        },
    }


def _image(service: Service, environment: Environment, of_file: Any) -> Any:
    """The image: the argument's, the file's or the account's own, by the tag or digest given."""
    image = of_file if service.image is None else service.image
    if image is None:
        repository = f"{environment.registry}/{service.name}"
    elif isinstance(image, str) and not is_unknown(image):
        repository = repository_of(image)
        if repository != image and not image_pins(service):
            return image
    else:
        return image
    if service.image_digest is not None:
        return f"{repository}@{service.image_digest}"
    return repository if service.image_tag is None else f"{repository}:{service.image_tag}"
