"""What lies beside the ejected stacks, for whoever finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.eject.stack import local_state
from tools.stack_order import in_order

IGNORED = """\
.terraform/
terraform.d/
"""
"""What `terraform init` makes anew, and this machine's link to the provider, if it has a mirror."""

_TEXT = """\
# Terraform of the environment {environment}

Each folder is a Terraform configuration with a state of its own, to be planned and applied alone:

```sh
cd {example}
terraform init
terraform plan
```

In an empty account, apply them in this order; later, any of them alone.

| folder | its state |
|---|---|
{rows}{local}
`.terraform.lock.hcl` has the checksums of the provider for the kind of machine that wrote it. For
others, `terraform providers lock -platform=linux_amd64 -platform=darwin_arm64` adds theirs.
"""
_LOCAL = """
A state that is a file is found by its path: whoever moves the folder or the file changes the path
in `terraform.tf`, then runs `terraform init -reconfigure`.
"""


def readme(stacks: Mapping[str, dict[str, Any]], environment: str) -> str:
    """The README.md of the stacks, by their names."""
    names = in_order(stacks)
    rows = "".join(f"| `{name}` | {_state(stacks[name])} |\n" for name in names)
    local = _LOCAL if any(map(local_state, stacks.values())) else ""
    return _TEXT.format(environment=environment, example=names[-1], rows=rows, local=local)


def _state(content: dict[str, Any]) -> str:
    local = local_state(content)
    if local:
        return f"the file `{local}`"
    s3 = content["terraform"]["backend"].get("s3", {})
    return f"`s3://{s3.get('bucket')}/{s3.get('key')}`"
