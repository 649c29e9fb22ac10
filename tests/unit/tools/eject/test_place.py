from __future__ import annotations

from pathlib import Path

import pytest

from tools.eject import place
from tools.refused import Refused


def test_a_folder_that_is_new_or_empty_is_taken(tmp_path: Path) -> None:
    assert place.checked(str(tmp_path)) == tmp_path
    assert place.checked(str(tmp_path / "a" / "b")) == tmp_path / "a" / "b"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    cure = "name a folder that is new or empty"
    with pytest.raises(Refused, match=f"^{file} is a file; {cure}$"):
        place.checked(str(file))
    with pytest.raises(
        Refused, match=f"^{tmp_path} is not empty, and nothing in it is written over; {cure}$"
    ):
        place.checked(str(tmp_path))


def test_what_can_be_no_folder_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    cure = "name a folder that is new or empty"
    with pytest.raises(Refused, match=f"^{file} is a file; {cure}$"):
        place.checked(str(file / "a" / "b"))
    with pytest.raises(Refused, match=f"^no folder is named; {cure}$"):
        place.checked("")
    with pytest.raises(
        Refused,
        match=r"^/ is a mount point, which cannot be replaced; name a new folder in it$",
    ):
        place.checked("/")


@pytest.mark.parametrize("exists", [True, False])
def test_the_folder_is_there_when_all_of_it_is(tmp_path: Path, exists: bool) -> None:
    target = tmp_path / "a" / "b"
    if exists:
        target.mkdir(parents=True)
    with place.made(target) as new:
        (new / "file").write_text("text")
        assert not (target / "file").exists()
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a", target, target / "file"]
    assert target.stat().st_mode == (tmp_path / "a").stat().st_mode


@pytest.mark.parametrize("ending", [Refused, KeyboardInterrupt])
def test_nothing_is_there_when_not_all_of_it_is(
    tmp_path: Path, ending: type[BaseException]
) -> None:
    def half() -> None:
        with place.made(tmp_path / "a" / "b") as new:
            (new / "file").write_text("text")
            raise ending

    with pytest.raises(ending):
        half()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_fills_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    def late() -> None:
        with place.made(tmp_path / "a"):
            (tmp_path / "a").mkdir()
            (tmp_path / "a" / "file").write_text("text")

    cure = "name a folder that is new or empty, where there is room and you may write"
    sentence = f"{tmp_path}/a cannot be written: Directory not empty; {cure}"
    with pytest.raises(Refused, match=f"^{sentence}$"):
        late()
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a", tmp_path / "a" / "file"]
