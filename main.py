"""Wiring only: the environment, the catalogue, the stacks, synth."""

from __future__ import annotations

try:
    import signal
except KeyboardInterrupt:  # an import takes time enough for it
    raise SystemExit(130) from None

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there are `last_words`

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

import lean_bindings
from constructs_lib import catalogue, user_files
from constructs_lib.errors import InvalidInput
from constructs_lib.stack_ids import STATE_BUCKET_STACK
from lean_bindings.quick_checks import quicken_type_checks
from lean_bindings.quick_end import end_at_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cdktf import App

    from constructs_lib.environment import Environment
    from constructs_lib.service import Service
    from stacks.imports import Imports

SOURCES = (
    *("main.py", "services.py", "environments.py"),
    *("stacks", "constructs_lib", "tests", "tools"),
)
"""Where code may import a provider's resources."""


def add_stacks(app: App, services: Sequence[Service], environment: Environment) -> None:
    """Adds the state bucket's stack, the IAM stack, CI's roles if wanted, and a stack a service."""
    from cdktf import Annotations

    from stacks.iam import IamStack
    from stacks.service import ServiceStack
    from stacks.state_bucket import StateBucketStack

    state = user_files.held("environments", "state_bucket_state")(environment)
    folder = Path(app.outdir).resolve() / "stacks" / STATE_BUCKET_STACK
    StateBucketStack(app, environment=environment, state_path=os.path.relpath(state, folder))
    IamStack(app, environment=environment, services=services)
    repository = environment.github_repository
    if repository is not None:
        from stacks.ci_roles import CiRolesStack

        CiRolesStack(app, environment=environment, repository=repository, services=services)
    for service in services:
        ServiceStack(app, service=service, environment=environment)
    for stack, sentence in catalogue.warned(services, environment):
        Annotations.of(app.node.find_child(stack)).add_warning(sentence)
        print_warning(sentence)


def print_warning(sentence: str) -> None:
    """Prints a warning of a stack, unless the cdktf CLI does, which prints annotations itself."""
    if "CDKTF_OUTDIR" not in os.environ:
        print(f"warning: {sentence}", file=sys.stderr)


def lighten_imports() -> None:
    """Lets `import cdktf` and the provider's imports cost only what the code uses of them."""
    lean_bindings.activate(__file__, sources=SOURCES, switch="NETFLUX_FULL_BINDINGS")
    quicken_type_checks()


def _imports(environment: Environment) -> Imports | None:
    """What the next deploy imports instead of creating, if `tools.adopt` left a file that says."""
    file: Path = user_files.held("environments", "imports_file")(environment)
    if not file.exists():
        return None
    from stacks.imports import Imports

    return Imports.read(file, environment)


def main() -> int:
    """Writes every stack to cdktf.out, or says all that is wrong and writes nothing.

    0, 1 when something is wrong, 130 after Ctrl-C.
    """
    try:
        environment, services = catalogue.of_project()
        imports = _imports(environment)
        lighten_imports()
        from stacks import output, stack_folders

        outdir = output.folder()

        def add(app: App) -> None:
            add_stacks(app, services, environment)
            if imports is not None:
                for sentence in imports.add(app):
                    print_warning(sentence)

        output.write(add, outdir)
        stack_folders.prepare(outdir)
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        sys.unraisablehook = lambda _: None  # of jsii, which was half started and is taken apart
        return 130
    return 0


if __name__ == "__main__":
    exit_code = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all that is left is to let Node end
    end_at_once(exit_code)
