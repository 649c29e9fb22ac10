"""What every test run begins with: the provider's lean bindings, on the pinned Node."""

from __future__ import annotations

import main

main.start_node()
main.lighten_imports()
