"""Lean bindings: import only what you use of a prebuilt CDKTF provider.

A prebuilt provider package loads all of its resources to give one: for AWS, 2,100 modules. This
library writes copies of the packages that have only the modules which the project's code imports,
and puts them first on the path; nothing else changes. README.md has the whole story.
"""

# Read at every start, so: no pathlib, no typing, and the rest only when there is need of it.

from __future__ import annotations

import os
import sys

from lean_bindings.bindings import ONLY_SLOWER, load_state, outdated, use
from lean_bindings.settings import OUTPUT, SWITCH, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["activate", "check", "write"]


def activate(
    project: str | os.PathLike[str],
    *,
    sources: Sequence[str] = (".",),
    output: str = OUTPUT,
    switch: str = SWITCH,
) -> None:
    """Make this process import lean copies of the provider packages, writing them if need be.

    To be called before the first import of a provider package. It never fails: what stands in the
    way is said in one line on stderr, and the full packages are imported.

    Args:
        project: The project's folder, or a file in it, such as `__file__`.
        sources: The files and folders whose Python code is read for imports, from the project's
            folder. Hidden folders, virtual environments and `node_modules` are left out.
        output: The folder to write to, from the project's folder; `cdktf get` may write there
            too (`codeMakerOutput`). It is put last on the path, for what `cdktf get` wrote.
        switch: The name of an environment variable; if that is set, and not to 0, the full
            packages are imported.
    """
    settings = Settings(project, sources, output, switch)
    if settings.output not in sys.path:
        sys.path.append(settings.output)
    if settings.switched_off:
        return
    try:
        state = load_state(settings)
        if state is None or outdated(settings, state):
            from lean_bindings.refresh import refresh

            state = refresh(settings)
        use(settings, state)
        sentences = state.why_full()
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        sentences = [f"the full packages are imported, as {why}; {ONLY_SLOWER}"]
    for sentence in sentences:
        print("lean bindings:", sentence, file=sys.stderr)


def write(
    project: str | os.PathLike[str],
    *,
    sources: Sequence[str] = (".",),
    output: str = OUTPUT,
    force: bool = False,
) -> list[str]:
    """Bring the lean bindings up to date, as the next start would.

    Args:
        project, sources, output: As for `activate`.
        force: Read and write all of it anew, whether current or not.

    Returns:
        A sentence for each provider package of which there is no lean copy.
    """
    from lean_bindings.refresh import refresh

    return refresh(Settings(project, sources, output), force).why_full()


def check(
    project: str | os.PathLike[str],
    *,
    sources: Sequence[str] = (".",),
    output: str = OUTPUT,
) -> str:
    """Say why the lean bindings are not current; the empty string if they are.

    Args:
        project, sources, output: As for `activate`.
    """
    settings = Settings(project, sources, output)
    return outdated(settings, load_state(settings))
