"""Who has a turn in a folder is alone there; the turn ends with the block, or with the process."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shiftplan.errors import CannotWrite
from shiftplan.folder import turn
from shiftplan.folder.turn import turn_in


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up at once where somebody else has the turn."""
    monkeypatch.setattr(turn, "WAIT", -1)


def elsewhere(folder: Path) -> str:
    """Return what somebody else is told who wants a turn in *folder*, empty if they get it."""

    def attempt() -> str:
        try:
            with turn_in(folder):
                return ""
        except CannotWrite as error:
            return str(error)

    with ThreadPoolExecutor(1) as other:
        return other.submit(attempt).result()


def test_one_has_a_turn_and_others_wait_for_it(tmp_path: Path) -> None:
    with turn_in(tmp_path):
        told = f"Another shiftplan is writing into {tmp_path}. Try again in a moment."
        assert elsewhere(tmp_path) == told
        assert elsewhere(tmp_path / ".") == told
    assert elsewhere(tmp_path) == ""


def test_a_turn_inside_a_turn_is_a_part_of_it(tmp_path: Path) -> None:
    with turn_in(tmp_path):
        with turn_in(tmp_path / "."):
            pass
        assert elsewhere(tmp_path) != ""
    assert elsewhere(tmp_path) == ""


def test_an_error_ends_the_turn(tmp_path: Path) -> None:
    with pytest.raises(KeyError), turn_in(tmp_path):
        raise KeyError
    assert elsewhere(tmp_path) == ""


def test_folders_have_turns_of_their_own_and_nothing_is_left_in_them(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with turn_in(tmp_path / "a"):
        assert elsewhere(tmp_path / "b") == ""
    assert not [*(tmp_path / "a").iterdir(), *(tmp_path / "b").iterdir()]


def test_where_no_folder_can_be_locked_a_file_in_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As over a network, where only what is open for writing can be locked."""
    lock = fcntl.flock

    def of_files(number: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        lock(number, how)

    monkeypatch.setattr(fcntl, "flock", of_files)
    with turn_in(tmp_path):
        assert elsewhere(tmp_path).startswith("Another shiftplan is writing")
    assert elsewhere(tmp_path) == ""


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotWrite, match=r"cannot be written: No such file"),
        turn_in(tmp_path / "gone"),
    ):
        pass
