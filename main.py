"""Wiring only: the environment, the catalogue, the stacks, synth."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from constructs_lib import last_words
from lean_bindings.early_node import start_node_early


def start_node() -> None:
    """Starts the pinned Node for jsii."""
    node = Path(sys.executable).with_name("node")
    if node.exists():
        os.environ.setdefault("JSII_NODE", str(node))
    start_node_early()


if __name__ == "__main__":
    last_words.install("main.py")
    gc.disable()  # a synth makes next to no garbage
    start_node()  # so early that it comes up while Python imports what follows

import environments
import lean_bindings
from constructs_lib import catalogue
from constructs_lib.errors import InvalidInput
from lean_bindings.quick_checks import quicken_type_checks
from services import SERVICES

if TYPE_CHECKING:
    from cdktf import App

    from constructs_lib.environment import Environment
    from stacks.imports import Imports

SOURCES = (
    *("main.py", "services.py", "environments.py"),
    *("stacks", "constructs_lib", "tests", "tools"),
)
"""Where code may import a provider's resources."""


def add_stacks(app: App, environment: Environment, output: Path | None = None) -> None:
    """Adds the state bucket's stack, the IAM stack, CI's roles if wanted, and a stack a service.

    `output` is the folder where their JSON will lie; that of the app when left out.
    """
    from cdktf import Annotations

    from stacks.iam import IamStack
    from stacks.service import ServiceStack
    from stacks.state_bucket import STATE_BUCKET_STACK_ID, StateBucketStack

    state = environments.state_bucket_state(environment)
    folder = Path(output or app.outdir).resolve() / "stacks" / STATE_BUCKET_STACK_ID
    StateBucketStack(app, environment=environment, state_path=os.path.relpath(state, folder))
    IamStack(app, environment=environment, services=SERVICES)
    repository = environment.github_repository
    if repository is not None:
        from stacks.ci_roles import CiRolesStack

        CiRolesStack(app, environment=environment, repository=repository, services=SERVICES)
    for service in SERVICES:
        ServiceStack(app, service=service, environment=environment)
    for service, sentence in catalogue.warned(SERVICES, environment):
        Annotations.of(app.node.find_child(str(service.name))).add_warning(sentence)
        if "CDKTF_OUTDIR" not in os.environ:  # the cdktf CLI prints annotations itself
            print(f"warning: {sentence}", file=sys.stderr)


def lighten_imports() -> None:
    """Lets `import cdktf` and the provider's imports cost only what the code uses of them."""
    lean_bindings.activate(__file__, sources=SOURCES, switch="NETFLUX_FULL_BINDINGS")
    quicken_type_checks()


def synthesize() -> None:
    """Writes every stack to cdktf.out.

    Raises:
        InvalidInput: all that is wrong; nothing is written then.
    """
    environment = environments.selected()
    catalogue.check(SERVICES, environment)
    imports = _imports(environment)
    lighten_imports()
    from cdktf import App

    from stacks import stack_folders

    output = Path(os.environ.get("CDKTF_OUTDIR") or "cdktf.out")
    with stack_folders.written_aside(output) as aside:
        app = App(outdir=str(aside))
        add_stacks(app, environment, output)
        if imports is not None:
            imports.add(app)
            if "CDKTF_OUTDIR" not in os.environ:  # the cdktf CLI prints annotations itself
                print(f"warning: {imports.reminder}", file=sys.stderr)
        app.synth()
    stack_folders.prepare(output)


def _imports(environment: Environment) -> Imports | None:
    """What the next deploy imports instead of creating, if `tools.adopt` left a file that says."""
    file = environments.imports_file(environment)
    if not file.exists():
        return None
    from stacks.imports import Imports

    return Imports.read(file, environment)


def main() -> int:
    """Writes every stack to cdktf.out, or says all that is wrong and writes nothing."""
    try:
        synthesize()
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
