"""Whether the lean bindings are current, and how they are made so.

`state` in the store holds what the last reading found: each source file's size, time and uses of
providers, and for each provider the installed version with the lean copy that belongs to it. As
long as all of that is as it was, the bindings are current, which is all that a start checks.
"""

# Plain `os` calls, no pathlib: this module is read at every start.

from __future__ import annotations

import os
import sys

from lean_bindings.copies import hold_copy
from lean_bindings.providers import find_provider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lean_bindings.settings import Settings

# To be raised when the same imports and packages are to give another copy than before.
FORMAT = 1

ONLY_SLOWER = "nothing need be done, it only starts slower"


class Binding:
    """One provider package that the code uses, and the lean copy of it, if there is one."""

    def __init__(self, module: str, identity: str, copy: str, why_full: str) -> None:
        self.module = module
        self.identity = identity  # of the installed package; empty if none is installed
        self.copy = copy  # the folder's name in the store; empty if there is none
        self.why_full = why_full  # when there is no copy: why not, or empty if none is needed


class State:
    """What the last reading of the code and of the installed packages found."""

    def __init__(
        self, bindings: list[Binding], stamps: dict[str, str], uses: dict[str, list[str]]
    ) -> None:
        self.bindings = bindings
        self.stamps = stamps
        self.uses = uses

    def why_full(self) -> list[str]:
        """A sentence for each package that has to be imported in full."""
        return [
            f"{one.module} is imported in full, as {one.why_full}; {ONLY_SLOWER}"
            for one in self.bindings
            if one.why_full
        ]

    def save(self, settings: Settings) -> None:
        """Replace the saved state by this one, in one step."""
        lines = [_header(settings)]
        lines += [
            f"{one.module}\t{one.identity}\t{one.copy}\t{one.why_full}" for one in self.bindings
        ]
        lines.append("")
        lines += ["\t".join((stamp, path, *self.uses[path])) for path, stamp in self.stamps.items()]
        path = os.path.join(settings.store, "state")
        unfinished = f"{path}-{os.getpid()}"
        try:
            with open(unfinished, "w", encoding="utf-8") as file:
                file.write("\n".join(lines))
            os.replace(unfinished, path)
        except BaseException:
            if os.path.exists(unfinished):
                os.unlink(unfinished)
            raise


def _header(settings: Settings) -> str:
    # Compiled files belong to one Python version, so a copy does too.
    return "\t".join((str(FORMAT), str(sys.implementation.cache_tag), *settings.sources))


def load_state(settings: Settings) -> State | None:
    """The saved state; None if there is none that fits this Python and these settings."""
    try:
        with open(os.path.join(settings.store, "state"), encoding="utf-8") as file:
            header, *lines = file.read().split("\n")
        if header != _header(settings):
            return None
        blank = lines.index("")
        bindings = [Binding(*line.split("\t")) for line in lines[:blank]]
        stamps: dict[str, str] = {}
        uses: dict[str, list[str]] = {}
        for line in lines[blank + 1 :]:
            stamp, path, *uses_of_path = line.split("\t")
            stamps[path] = stamp
            uses[path] = uses_of_path
    except (OSError, ValueError, TypeError):
        return None
    return State(bindings, stamps, uses)


def outdated(settings: Settings, state: State | None) -> str:
    """In what respect `state` is not how things are; empty if it is current.

    A copy that is current is held from here on: nobody removes it while this process lives.
    """
    if state is None:
        return "not written yet for this Python and these settings"
    if state.stamps != settings.source_stamps():
        return "source files have changed since"
    for binding in state.bindings:
        provider = find_provider(binding.module, settings.store)
        if (provider.identity if provider else "") != binding.identity:
            return f"another version of {binding.module} is installed"
        if binding.copy and not hold_copy(os.path.join(settings.store, binding.copy)):
            return f"the copy of {binding.module} is missing or damaged"
    return ""


def use(settings: Settings, state: State) -> None:
    """Make this process import the lean copies."""
    copies: dict[str, str] = {}
    for binding in state.bindings:
        provider = find_provider(binding.module, settings.store) if binding.copy else None
        folder = os.path.join(settings.store, binding.copy)
        if provider and binding.module not in sys.modules and folder not in sys.path:
            copies[binding.module] = provider.folder
            sys.path.insert(0, folder)
    if copies:
        from lean_bindings.missing import MissingSubmodules

        sys.meta_path.append(MissingSubmodules(settings, copies))
