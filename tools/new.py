"""`python -m tools.new SERVICE`: a new microservice, as an entry of services.py and its test.

The entry is the name alone, so the service is what the console's walk chose; services.py stays as
it is otherwise. The test in tests/unit/services says what the entry makes. Both are written, or
none. Exit codes: 0, 1 when it cannot be, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from constructs_lib import catalogue, user_files
from constructs_lib.errors import WRITABLE, InvalidInput, Problem
from constructs_lib.service import Service
from tools.catalogue_file import add_entry
from tools.command_line import Parser
from tools.refused import Refused
from tools.service_test import service_test, service_test_path
from tools.whole_file import write_whole

FAILED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes both files and says what to do next, or a sentence a mistake."""
    parser = Parser(
        prog="python -m tools.new",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("service", metavar="SERVICE", help="a name that no service has yet")
    service = Service(name=parser.parse_args(arguments).service)
    try:
        _check(service)
        project: Path = user_files.held("environments", "PROJECT")
        test = service_test_path(project, service.name)
        with _not_interrupted():
            _write(project / "services.py", test, service)
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return FAILED
    except Refused as refused:
        print(refused, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("new: stopped; nothing is written", file=sys.stderr)
        return INTERRUPTED
    shown = test.relative_to(project)
    print(
        f"services.py: has {service.name} as its last entry",
        f"{shown}: says what that entry makes",
        "",
        "next:",
        "  say in services.py what is different, if anything (docs/arguments.md), and in the test",
        f"  .venv/bin/python -m pytest {shown}",
        f"  npx cdktf deploy {service.name}",
        sep="\n",
    )
    return 0


def _check(service: Service) -> None:
    """Refuses a name that synth would refuse beside the services that are there.

    Raises:
        InvalidInput: a sentence a mistake.
    """
    if not service.name:
        cure = "name it, as in: make new SERVICE=rating-service"
        problem = Problem("SERVICE", "must be the name of a service", service.name, cure)
        raise InvalidInput.of("new", [problem])
    services = user_files.held("services", "SERVICES")
    environment = user_files.held("environments", "selected")()
    known = user_files.held("environments", "names")()
    catalogue.check(services, environment, known)
    catalogue.check([*services, service], environment, known)


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Lets Ctrl-C come too late."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _write(catalogue_file: Path, test: Path, service: Service) -> None:
    """Writes both, or none; the test first, so that whatever ends it there is made good next time.

    Raises:
        Refused: there is another test, or one of them cannot be written.
    """
    text = service_test(service.name)
    shown = test.relative_to(catalogue_file.parent)
    try:
        if test.exists() and test.read_text("utf-8") != text:
            raise Refused(f"{shown}: is there already, and is another test; move it, or delete it")
        test.parent.mkdir(exist_ok=True)
        write_whole(test, text)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"{shown}: cannot be written: {why}; {WRITABLE}") from None
    try:
        add_entry(catalogue_file, service)
    except BaseException:
        test.unlink()
        raise


if __name__ == "__main__":
    sys.exit(main())
