"""An app of its own: a stack a service."""

import sys
from pathlib import Path

import constructs_lib
import lean_bindings

# The constructs' imports of the provider are wanted too, not only those of this folder.
lean_bindings.activate(__file__, sources=[".", *constructs_lib.__path__])

from cdktf import App
from netflux_stacks import stack_folders

from constructs_lib import catalogue
from constructs_lib.errors import InvalidInput
from environments import names, selected
from services import SERVICES
from stacks.service import ServiceStack


def main() -> int:
    try:
        catalogue.check(SERVICES, selected(), names())
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return 1
    app = App()
    for service in SERVICES:
        ServiceStack(app, service, selected())
    app.synth()
    stack_folders.prepare(Path(app.outdir))  # `terraform init` without a network, given a mirror
    return 0


if __name__ == "__main__":
    sys.exit(main())
