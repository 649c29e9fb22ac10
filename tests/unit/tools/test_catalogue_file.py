"""An entry in services.py, and everything else byte for byte as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from constructs_lib.containers import Container
from constructs_lib.service import EfsVolume, Service, Volume
from tools.catalogue_file import add_entry, with_entry
from tools.refused import Refused

RATING = Service(name="rating")
LONG = Service(
    name="rating",
    environment={f"VARIABLE_{number}": "a value of some length" for number in range(3)},
    sidecars=[Container(name="otel", image="public.ecr.aws/otel:1")],
    volumes=[Volume(name="cache", efs=EfsVolume(file_system_id="fs-1"))],
)
HEAD = "from constructs_lib.service import Service\n\n"

PLACES = {
    "a list of lines": (
        'SERVICES = [\n    Service(name="a"),\n    Service(name="b"),\n]\n',
        'SERVICES = [\n    Service(name="a"),\n    Service(name="b"),\n'
        '    Service(name="rating"),\n]\n',
    ),
    "an empty list": ("SERVICES = []\n", 'SERVICES = [\n    Service(name="rating"),\n]\n'),
    "an empty list of two lines": (
        "SERVICES = [\n]\n",
        'SERVICES = [\n    Service(name="rating"),\n]\n',
    ),
    "a list of a comment": (
        "SERVICES = [\n    # none yet\n]\n",
        'SERVICES = [\n    # none yet\n    Service(name="rating"),\n]\n',
    ),
    "a list on one line": (
        'SERVICES = [Service(name="a"), Service(name="b", port=1)]\n',
        'SERVICES = [\n    Service(name="a"),\n    Service(name="b", port=1),\n'
        '    Service(name="rating"),\n]\n',
    ),
    "no comma behind the last": (
        'SERVICES = [\n    Service(name="a")  # the first\n    # and only\n]\n',
        'SERVICES = [\n    Service(name="a"),  # the first\n    # and only\n'
        '    Service(name="rating"),\n]\n',
    ),
    "a list with a type": (
        'SERVICES: list[Service] = [\n    Service(name="ä"),  # ü\n]\nX = "ö"\n',
        'SERVICES: list[Service] = [\n    Service(name="ä"),  # ü\n    Service(name="rating"),\n]\n'
        'X = "ö"\n',
    ),
    "a comma on a line of its own": (
        'SERVICES = [\n    Service(name="a")  # a, b\n    ,  # c\n    # d\n]\n',
        'SERVICES = [\n    Service(name="a")  # a, b\n    ,  # c\n    # d\n'
        '    Service(name="rating"),\n]\n',
    ),
    "an entry in brackets": (
        'SERVICES = [\n    (Service(name="a"))\n]\n',
        'SERVICES = [\n    (Service(name="a")),\n    Service(name="rating"),\n]\n',
    ),
    "a bracket behind the last": (
        'SERVICES = [Service(name="a"),\n            Service(name="b")]\n',
        'SERVICES = [Service(name="a"),\n            Service(name="b"),\n'
        '            Service(name="rating"),\n]\n',
    ),
    "tabs": (
        'SERVICES = [\n\tService(name="a"),\n]\n',
        'SERVICES = [\n\tService(name="a"),\n\tService(name="rating"),\n]\n',
    ),
    "lines that end as on Windows": (
        'SERVICES = [\r\n    Service(name="a")\r\n    # b\r\n]\r\n',
        'SERVICES = [\r\n    Service(name="a"),\r\n    # b\r\n    Service(name="rating"),\r\n]\r\n',
    ),
    "a list of other lists": (
        "SERVICES = [\n    *OURS,\n    *THEIRS\n]\n",
        'SERVICES = [\n    *OURS,\n    *THEIRS,\n    Service(name="rating"),\n]\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_the_entry_is_the_last_of_the_list(before: str, after: str) -> None:
    assert with_entry(HEAD + before, RATING) == HEAD + after


IMPORTS = {
    "a name more of a module": (
        "from constructs_lib.service import Service\n",
        "from constructs_lib.containers import Container\n"
        "from constructs_lib.service import EfsVolume, Service, Volume\n",
    ),
    "no import at all": (
        '"""The catalogue."""\n',
        '"""The catalogue."""\n'
        "from constructs_lib.containers import Container\n"
        "from constructs_lib.service import EfsVolume, Service, Volume\n",
    ),
    "all of them": (
        "from constructs_lib.containers import Container, PortMapping\n"
        "from constructs_lib.service import EfsVolume, Service, Volume\n",
        "from constructs_lib.containers import Container, PortMapping\n"
        "from constructs_lib.service import EfsVolume, Service, Volume\n",
    ),
    "others before and behind": (
        "from __future__ import annotations\n\nimport os\n\n"
        "from constructs_lib.containers import PortMapping as Port\n"
        "from constructs_lib.service import Service\n",
        "from __future__ import annotations\n\nimport os\n\n"
        "from constructs_lib.containers import Container, PortMapping as Port\n"
        "from constructs_lib.service import EfsVolume, Service, Volume\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), IMPORTS.values(), ids=IMPORTS)
def test_what_the_entry_needs_is_imported(before: str, after: str) -> None:
    text = with_entry(f"{before}\nSERVICES = []\n", LONG)
    assert text.partition("\nSERVICES")[0] == after


def test_an_entry_of_many_lines_stands_as_deep_as_the_others() -> None:
    text = with_entry(f'{HEAD}SERVICES = [\n\tService(name="a"),\n]\n', LONG)
    entry = text.partition('Service(name="a"),\n')[2].splitlines()
    assert entry[0] == "\tService("
    assert all(line.startswith("\t") for line in entry[:-1])
    assert (entry[1], entry[-2:]) == ('\t    name="rating",', ["\t),", "]"])


def test_the_result_is_laid_out_as_the_formatter_does(tmp_path: Path) -> None:
    file = tmp_path / "services.py"
    file.write_text(with_entry(f"{HEAD}SERVICES = []\n", LONG), "utf-8")
    for command in (["format", "--check"], ["check", "--select", "E,F,I"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--line-length", "100", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr + file.read_text()


REFUSED = {
    "no Python": ("SERVICES = [", "services.py: is not Python that can be read: "),
    "no list": ("SERVICES = load()\n", "services.py: has no list SERVICES = [...] to write into; "),
    "nothing": ("", "services.py: has no list SERVICES = [...] to write into; "),
    "an entry of the name": (
        'SERVICES = [Service(port=1, name="rating")]',
        "services.py: has an entry 'rating' already; change that one",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_into_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as raised:
        with_entry(text, RATING)
    assert str(raised.value).startswith(sentence)


def test_the_file_is_replaced_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "services.py"
    file.write_text(f"{HEAD}SERVICES = []\n")
    file.chmod(0o640)
    add_entry(file, RATING)
    assert file.read_text() == f'{HEAD}SERVICES = [\n    Service(name="rating"),\n]\n'
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["services.py"]


def test_the_mark_of_unicode_and_the_ends_of_lines_stay(tmp_path: Path) -> None:
    file = tmp_path / "services.py"
    file.write_bytes(f"\ufeff{HEAD}SERVICES = []\r\n".encode())
    add_entry(file, RATING)
    after = f'\ufeff{HEAD}SERVICES = [\r\n    Service(name="rating"),\r\n]\r\n'
    assert file.read_bytes() == after.encode()


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.py").write_text(f"{HEAD}SERVICES = []\n")
    (tmp_path / "services.py").symlink_to("elsewhere.py")
    add_entry(tmp_path / "services.py", RATING)
    assert (tmp_path / "services.py").is_symlink()
    assert 'Service(name="rating")' in (tmp_path / "elsewhere.py").read_text()


ELSEWHERE = {
    "another list in its place": "SERVICES = []\nSERVICES = [Service(name='a')]\n",
    "a choice of it": "SERVICES = [Service(name='a')]\nSERVICES = SERVICES[:1]\n",
    "no list in the end": "SERVICES = []\nSERVICES = tuple(SERVICES)\n",
    "one that runs once": "SERVICES = [Service(name='a')]\n[_] = SERVICES\n",
    "the entry from elsewhere": "SERVICES = []\nSERVICES += [Service(name='rating')]\n",
}


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_list_that_is_not_what_stands_there_is_left_to_a_person(
    text: str, tmp_path: Path
) -> None:
    file = tmp_path / "services.py"
    file.write_text(HEAD + text)
    with pytest.raises(Refused) as raised:
        add_entry(file, RATING)
    assert str(raised.value) == (
        "services.py: makes something else of its list SERVICES = [...] than what stands there;"
        ' write the entry yourself:\n    Service(name="rating"),'
    )
    assert file.read_text() == HEAD + text


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^services.py: cannot be read: "):
        add_entry(tmp_path / "services.py", RATING)
