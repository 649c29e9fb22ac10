"""`python -m tools.eject DIR`: writes every stack as plain HCL, for Terraform alone.

The stacks are those of the environment that NETFLUX_ENV names, a folder each. Every resource keeps
its address and every state its place, so a plan of what is deployed is empty: from then on either
side can go on, this project or the files. DIR is new or empty; what is written there is formatted
and valid. Exit codes: 0 when all of it is there, 1 when nothing is, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools.command_line import Command
from tools.eject import place, providers, stack
from tools.eject.configuration import files
from tools.eject.providers import LOCK, Providers
from tools.eject.readme import IGNORED, readme
from tools.ending import ended
from tools.plan.session import Session
from tools.plan.synthesis import synthesize
from tools.prerequisites import terraform_program
from tools.refused import Refused
from tools.terraform import one_interrupt

WRITTEN = 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Command(
        prog="python -m tools.eject",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="a folder that is new or empty")
    parser.set_defaults(lock_timeout=0, no_shared_provider=False)
    wanted = parser.parse_args(arguments)
    return ended("eject", lambda: _eject(wanted), stopped="stopped; nothing is written")


def _eject(wanted: argparse.Namespace) -> int:
    with one_interrupt(), Session(wanted) as session:
        target = place.checked(wanted.folder)
        names = _ejected(target, session)
    print(f"{wanted.folder} has {', '.join(names)} as HCL, formatted and valid")
    there = shlex.quote(str(Path(wanted.folder) / names[-1]))
    terraform = terraform_program(os.environ)
    print(f"next: cd {there} && {terraform} init && {terraform} plan")
    return WRITTEN


def _ejected(target: Path, session: Session) -> list[str]:
    """Writes all stacks to `target`; their names.

    Raises:
        Refused: a stack cannot be synthesized, or Terraform does not take what was written.
    """
    stacks = {
        name: stack.read(folder, becomes=target / name, project=session.project)
        for name, folder in synthesize(session.project, session.environment).items()
    }
    with tempfile.TemporaryDirectory(prefix="netflux-eject-") as folder, place.made(target) as new:
        using = _providers(stacks, Path(folder), session)
        for name, content in stacks.items():
            _write(content, new / name, using[name])
        _formatted(new, session)
        _validated(new, using, session)
        (new / "README.md").write_text(readme(stacks, session.environment_name), "utf-8")
        (new / ".gitignore").write_text(IGNORED, "utf-8")
    return list(stacks)


def _providers(
    stacks: Mapping[str, dict[str, Any]], folder: Path, session: Session
) -> dict[str, Providers]:
    """The providers of each stack; installed once for all stacks that require the same."""
    found: dict[str, Providers] = {}
    using = {}
    for name, content in stacks.items():
        required = stack.required_providers(content)
        key = json.dumps(required, sort_keys=True)
        if key not in found:
            new = folder / str(len(found))
            found[key] = providers.installed(required, new, session.environment, session.terraform)
        using[name] = found[key]
    return using


def _write(content: dict[str, Any], folder: Path, using: Providers) -> None:
    folder.mkdir()
    try:
        for name, text in files(content, using.shapes).items():
            (folder / name).write_text(text, "utf-8")
    except Refused as refused:
        raise Refused(f"{folder.name}: {refused}") from None
    (folder / LOCK).write_text(using.lock, "utf-8")
    providers.link_provider(folder)


def _formatted(new: Path, session: Session) -> None:
    done = session.terraform.run_to_end(new, "fmt", "-recursive", "-list=false", "-no-color")
    if done.exit_code != 0:
        raise Refused(done.complaint.strip())


def _validated(new: Path, using: Mapping[str, Providers], session: Session) -> None:
    def complaint(name: str) -> str:
        with using[name].lent(new / name):
            done = session.terraform.run(new / name, "validate", "-no-color")
        return "" if done.exit_code == 0 else f"{name}: {done.complaint.strip()}"

    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        complaints = list(filter(None, pool.map(complaint, using)))
    except BaseException:
        session.terraform.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    if complaints:
        raise Refused("\n".join(complaints))


if __name__ == "__main__":
    sys.exit(main())
