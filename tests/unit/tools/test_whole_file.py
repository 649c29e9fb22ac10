"""Files that are there whole or not at all."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools.whole_file import write_whole


def test_it_is_written_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "text")
    write_whole(tmp_path / "b", "secret", private=True)
    write_whole(tmp_path / "c", b"\xff")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"text",
        "b": b"secret",
        "c": b"\xff",
    }
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600


def test_who_could_read_it_still_can(tmp_path: Path) -> None:
    for mode, private, after in ((0o640, False, 0o640), (0o664, True, 0o600)):
        (tmp_path / "a").touch()
        (tmp_path / "a").chmod(mode)
        write_whole(tmp_path / "a", "text", private=private)
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == after


def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "after")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert path.read_text() == "before"


def test_a_link_stays_one_and_leads_to_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name in ("there", "new"):
        (tmp_path / name).symlink_to(f"elsewhere/{name}")
    (tmp_path / "there").write_text("before")
    for name in ("there", "new"):
        write_whole(tmp_path / name, "text")
        assert (tmp_path / name).readlink() == Path(f"elsewhere/{name}")
    found = {path.name: path.read_text() for path in (tmp_path / "elsewhere").iterdir()}
    assert found == {"there": "text", "new": "text"}


def test_what_is_no_file_is_written_to() -> None:
    code = "from pathlib import Path; from tools.whole_file import write_whole as w; "
    code += "w(Path('/dev/stdout'), 'text')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "text"


def test_what_a_killed_write_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.new").write_text("half of")
    write_whole(tmp_path / "a", "whole")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
