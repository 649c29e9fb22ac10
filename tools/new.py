"""`python -m tools.new SERVICE`: a new microservice, as an entry of services.py and its test.

The entry is the name alone, so the service is what the console's walk chose; services.py stays as
it is otherwise. The test in tests/unit/services, with a JSON file beside it, says what the entry
makes. All are written, or none. Exit codes: 0, 1 when it cannot be, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from constructs_lib import catalogue, user_files
from constructs_lib.errors import WRITABLE, InvalidInput, Problem
from constructs_lib.service import Service
from tools.catalogue_file import add_entry
from tools.command_line import Parser
from tools.refused import Refused
from tools.service_test import service_test
from tools.stack_order import cdktf_command
from tools.whole_file import write_whole

FAILED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the files and says what to do next, or a sentence a mistake."""
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
        test = service_test(service.name)
        with _not_interrupted():
            _write(project, test, service)
    except InvalidInput as wrong:
        print(*wrong.sentences, sep="\n", file=sys.stderr)
        return FAILED
    except Refused as refused:
        print(refused, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("new: stopped; nothing is written", file=sys.stderr)
        return INTERRUPTED
    code, golden = test
    print(
        f"services.py: has {service.name} as its last entry",
        f"{code}: its test, which compares",
        f"{golden}: what that entry makes",
        "",
        "next:",
        "  say in services.py what is different, if anything (docs/arguments.md), then",
        f"  make golden     # writes {golden.name} anew",
        "  make test-unit",
        f"  {cdktf_command('deploy', service.name)}",
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


def _write(project: Path, test: Mapping[Path, str], service: Service) -> None:
    """Writes all, or none; the entry last, so that what a killed command left is written over.

    Raises:
        Refused: there is another test, or one of the files cannot be written.
    """
    written: list[Path] = []
    try:
        for path, text in test.items():
            _write_new(project, path, text)
            written.append(project / path)
        add_entry(project / "services.py", service)
    except BaseException:
        for file in written:
            file.unlink()
        raise


def _write_new(project: Path, path: Path, text: str) -> None:
    file = project / path
    try:
        if file.exists() and file.read_text("utf-8") != text:
            raise Refused(f"{path}: is there already, and is another; move it, or delete it")
        file.parent.mkdir(exist_ok=True)
        write_whole(file, text)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Refused(f"{path}: cannot be written: {why}; {WRITABLE}") from None


if __name__ == "__main__":
    sys.exit(main())
