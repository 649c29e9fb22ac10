"""What exists in the account, a module a service of AWS; `KINDS` has every type that is known.

A type that the stacks make and that is not here cannot be adopted; a test goes through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from tools.adopt.live import ecs, iam, logs, s3
from tools.adopt.live.kind import Kind

KINDS: Mapping[str, Kind] = {**ecs.KINDS, **iam.KINDS, **logs.KINDS, **s3.KINDS}
