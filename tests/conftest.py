"""What every test run begins with: the provider's lean bindings, on the pinned Node."""

from __future__ import annotations

import lean_bindings
import main

main.use_pinned_node()
lean_bindings.activate(main.__file__, sources=main.SOURCES, switch="NETFLUX_FULL_BINDINGS")
