"""What happens when a submodule is imported that the lean copy does not have."""

# Plain `os` calls, no pathlib: this module is read at every start.

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from lean_bindings.settings import Settings


class MissingSubmodules:
    """The last finder on sys.meta_path: it is asked only when nothing else has the module.

    As long as nothing of the lean copy runs, the installed package takes its place. Afterwards
    that cannot be, as a jsii process knows one assembly of a name; then the import fails with a
    sentence that says what to do, and the next start has the submodule.
    """

    def __init__(self, settings: Settings, copies: dict[str, str]) -> None:
        self._settings = settings
        self._copies = copies  # module of each lean package, with the installed package's folder

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A module's spec, as the import system asks for it."""
        module, _, submodule = name.partition(".")
        full = self._copies.get(module)
        if full is None or "." in submodule or not os.path.isdir(os.path.join(full, submodule)):
            return None
        if f"{module}._jsii" not in sys.modules:
            print(
                f"lean bindings: {name} was not seen when the code was read for imports,"
                f" so all of {module} is imported; import it by"
                " its literal name in a file that is read.",
                file=sys.stderr,
            )
            return self._from_installed(module, name)
        noted = self._note(name)
        raise ModuleNotFoundError(
            f"{name} is not among the lean bindings, as no import of it was seen when the code was"
            f" read; {noted}import it by its literal name in a file that is read, or set"
            f" {self._settings.switch}=1 to use the full package.",
            name=name,
        )

    def _from_installed(self, module: str, name: str) -> ModuleSpec | None:
        from importlib.machinery import PathFinder

        full = self._copies.pop(module)
        sys.modules[module].__path__ = [full]
        return PathFinder.find_spec(name, [full])

    def _note(self, name: str) -> str:
        try:
            with open(self._settings.also_imported, "a", encoding="utf-8") as file:
                file.write(f"import {name}  # seen at run time; lean_bindings keeps it\n")
        except OSError:
            return ""
        return "it has been noted, so run again, or "
