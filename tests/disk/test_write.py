"""What is written is whole, for its owner only, and where it was meant to be."""

from __future__ import annotations

import ast
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shiftplan.disk import clear_unfinished, make_folder, open_private, read_bytes, write_text
from shiftplan.disk.unfinished import unfinished
from shiftplan.errors import CannotWrite

SOURCE = Path(__file__).parents[2] / "src" / "shiftplan"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and pipes are Unix's")


@pytest.fixture(params=(0o000, 0o022, 0o777))
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# -- modes -----------------------------------------------------------------------------------------


def test_what_is_new_is_for_its_owner_only_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    write_text(folder / "people.csv", "name\n")
    os.close(open_private(folder / "journal", os.O_WRONLY))
    assert [mode(folder.parent), mode(folder)] == [0o700, 0o700]
    assert [mode(path) for path in folder.iterdir()] == [0o600, 0o600]


@pytest.mark.parametrize("chosen", [0o644, 0o660, 0o400])
def test_a_file_that_is_replaced_keeps_the_mode_its_owner_chose(
    chosen: int, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("old")
    path.chmod(chosen)
    write_text(path, "new")
    assert (mode(path), path.read_text()) == (chosen, "new")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_that_is_replaced_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("old")
    os.chown(path, 1234, 5678)
    write_text(path, "new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


@pytest.mark.slow
def test_nothing_but_this_room_opens_files_to_write_them() -> None:
    """Else modes, links and what is left by a kill would have to be thought of in many places."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.parent.name != "disk":
            found += [f"{path.name}:{line}" for line in _writes(ast.parse(path.read_text()))]
    assert found == []


def _writes(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_write(node):
            yield node.lineno


def _is_write(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    last = name.rpartition(".")[2]
    if last in ("write_text", "write_bytes"):
        return isinstance(call.func, ast.Attribute)  # a method of a path, not the function
    if last == "open" and name != "self.open":
        # The null device is nothing that is kept.
        text = ast.unparse(call)
        return "'w" in text or "'a" in text or ("O_CREAT" in text)
    return last in ("mkdir", "makedirs", "mkstemp", "mkdtemp")


# -- links and what is no file ---------------------------------------------------------------------


def test_a_symbolic_link_stays_one_and_the_file_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "real.csv", tmp_path / "people.csv"
    real.write_text("old")
    link.symlink_to("far/real.csv")
    write_text(link, "new")
    assert (link.is_symlink(), real.read_text()) == (True, "new")


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "people.csv"
    link.symlink_to("real.csv")
    write_text(link, "new")
    assert (link.is_symlink(), (tmp_path / "real.csv").read_text()) == (True, "new")


def test_links_in_a_circle_are_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(CannotWrite, match="leads in a circle"):
        write_text(tmp_path / "a", "new")
    with pytest.raises(OSError, match="symbolic links"):
        read_bytes(tmp_path / "a")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_folder_there(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


@pytest.mark.parametrize("make", [make_pipe, make_device, make_folder_there, make_socket])
def test_what_is_no_file_is_neither_waited_for_nor_replaced(
    make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(make)
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    path = tmp_path / "people.csv"
    make(path)
    before = path.lstat()
    with pytest.raises(OSError, match=r"a (named pipe|device|socket), not a file|directory"):
        read_bytes(path)
    with pytest.raises(CannotWrite):
        write_text(path, "new")
    assert path.lstat().st_ino == before.st_ino
    assert [p.name for p in tmp_path.iterdir()] == ["people.csv"]


def test_a_path_that_no_file_can_have_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_text(tmp_path / "a\0b", "new")
    with pytest.raises(CannotWrite, match="cannot be written: File name too long"):
        write_text(tmp_path / ("a" * 300), "new")


# -- left unfinished -------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from shiftplan.disk.unfinished import unfinished

with unfinished(Path(sys.argv[1])) as begun:
    begun.write(b"half")
    begun.beside("new").write_bytes(b"a database in the making")
    print(flush=True)
    sys.stdin.read()
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_write_leaves_is_cleared_and_what_is_being_written_is_not(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        begun = names(tmp_path)
        assert len(begun) == 2
        clear_unfinished(tmp_path)
        assert names(tmp_path) == begun
        other.kill()
        other.wait()
    (tmp_path / ".shiftplan-notes.tmp").write_text("the user's own")
    assert len(names(tmp_path)) == 3
    clear_unfinished(tmp_path)
    assert names(tmp_path) == [".shiftplan-notes.tmp"]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), unfinished(tmp_path) as begun:
        begun.path.replace(tmp_path / "gone" / "people.csv")
    assert names(tmp_path) == []
