"""A database that cannot be used says so in a sentence, and is left as it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from shiftplan.errors import StoreError
from shiftplan.roster import Roster
from shiftplan.store import DATABASE_URL, open_store
from shiftplan.store.new_file import make_file
from shiftplan.store.place import StorePlace
from shiftplan.store.tables import SCHEMA
from shiftplan.store.trouble import sentence
from tests.plans import any_facts, any_roster

FACTS = any_facts(7)
ROSTER = any_roster(FACTS, 7)


def file_of(root: Path) -> Path:
    return root / ".shiftplan" / "store.db"


def saved(root: Path) -> Path:
    with open_store(root) as store:
        store.rosters.save_draft(ROSTER, digest="first")
    return file_of(root)


def refused(root: Path) -> tuple[str, str]:
    """Return the sentences for reading and for saving, both of which must fail."""
    with open_store(root, wait=0) as store:
        with pytest.raises(StoreError) as reading:
            store.rosters.latest(FACTS)
        with pytest.raises(StoreError) as saving:
            store.rosters.save_draft(ROSTER, digest="")
    for failure in (reading.value, saving.value):
        assert "\n" not in str(failure)
    return str(reading.value), str(saving.value)


@contextmanager
def nobody() -> Iterator[Path]:
    """Yield a folder, and be somebody whom file permissions bind; the superuser is not bound by
    them.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, superuser = Path(name), os.geteuid() == 0
        try:
            if superuser:
                os.chown(folder, 65534, 65534)
                os.seteuid(65534)
            yield folder
        finally:
            if superuser:
                os.seteuid(0)
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o700)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    for create in (True, False):
        with open_store(tmp_path, create) as store:
            assert store.rosters.all() == ()
            assert store.rosters.latest(FACTS) is None
            assert store.record.worked(FACTS) is None
    assert not list(tmp_path.iterdir())


def test_reading_alone_does_not_change_a_byte(tmp_path: Path) -> None:
    file = saved(tmp_path)
    before = file.read_bytes()
    with open_store(tmp_path, create=False) as store:
        assert store.rosters.latest(FACTS) is not None
        with pytest.raises(StoreError, match="for reading only"):
            store.rosters.save_draft(ROSTER, digest="")
    assert file.read_bytes() == before
    assert [p.name for p in file.parent.iterdir()] == ["store.db"]


@pytest.mark.slow
def test_a_folder_without_a_store_is_read_without_sqlalchemy(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from shiftplan.store import open_store;"
        "assert open_store(Path(sys.argv[1])).rosters.all() == ();"
        "assert 'sqlalchemy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    file = file_of(tmp_path)
    file.parent.mkdir()
    file.write_bytes(b"these are my notes, please do not overwrite them" * 40)
    before = file.read_bytes()
    expected = (
        f"{file} is damaged, or is no store of rosters. Move it away; a new one is made then."
    )
    for told in refused(tmp_path):
        assert told == expected
    assert file.read_bytes() == before


@pytest.mark.parametrize("keep", [0.3, 0.7])
def test_a_database_cut_short_is_refused(tmp_path: Path, keep: float) -> None:
    file = saved(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * keep)])
    with open_store(tmp_path) as store, pytest.raises(StoreError, match="damaged"):
        store.rosters.roster(1, FACTS)


def test_a_row_spoilt_by_hand_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(saved(tmp_path))) as other, other:
        other.execute("UPDATE rosters SET goals = '[1]'")
    with open_store(tmp_path) as store, pytest.raises(StoreError, match="cannot be used"):
        store.rosters.latest(FACTS)


def test_a_file_of_0_bytes_is_damaged_and_not_new(tmp_path: Path) -> None:
    file = saved(tmp_path)
    file.write_bytes(b"")
    expected = (
        f"{file} is damaged: it has 0 bytes. "
        "Bring it back from a copy, or delete it; a new one is made then."
    )
    for told in refused(tmp_path):
        assert told == expected
    assert file.read_bytes() == b""
    file.unlink()
    with open_store(tmp_path) as store:
        assert store.rosters.latest(FACTS) is None
        assert store.rosters.save_draft(ROSTER, digest="").id == 1


def test_a_new_store_gets_its_name_with_all_tables_in_it_and_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any moment, the program leaves no file of 0 bytes, which would be a damaged one."""
    file, link = file_of(tmp_path), os.link
    found: list[object] = []

    def watched(source: Path, target: Path) -> None:
        with closing(sqlite3.connect(source)) as made:
            found.append(made.execute("SELECT value FROM meta").fetchone())
        found.append((target, file.exists()))
        link(source, target)

    monkeypatch.setattr(os, "link", watched)
    saved(tmp_path)
    assert found == [(str(SCHEMA),), (file, False)]
    assert [p.name for p in file.parent.iterdir()] == ["store.db"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_where_a_file_can_have_no_second_name_a_new_store_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    file = saved(tmp_path)
    assert [p.name for p in file.parent.iterdir()] == ["store.db"]
    assert file.stat().st_mode & 0o777 == 0o600
    with open_store(tmp_path) as store:
        assert len(store.rosters.all()) == 1
    # Whoever comes second makes none: the file of the first stays.
    make_file(StorePlace(file), file)
    with open_store(tmp_path) as store:
        assert len(store.rosters.all()) == 1
    assert [p.name for p in file.parent.iterdir()] == ["store.db"]


def test_a_store_of_a_newer_program_is_refused_and_kept(tmp_path: Path) -> None:
    file = saved(tmp_path)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE meta SET value = '99'")
    before = file.read_bytes()
    for told in refused(tmp_path):
        assert "was written by a newer shiftplan (its tables are version 99" in told
        assert told.endswith("Update shiftplan.")
    assert file.read_bytes() == before


def test_a_store_another_program_writes_is_in_use(tmp_path: Path) -> None:
    with closing(sqlite3.connect(saved(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for told in refused(tmp_path):
            assert told.endswith("is in use by another program. Try again in a moment.")
    with open_store(tmp_path) as store:
        assert len(store.rosters.all()) == 1


def test_a_store_can_be_read_while_another_program_is_about_to_write(tmp_path: Path) -> None:
    with closing(sqlite3.connect(saved(tmp_path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_store(tmp_path, wait=0) as store:
            assert store.rosters.latest(FACTS) is not None


def test_savers_wait_for_each_other_and_lose_nothing(tmp_path: Path) -> None:
    def save(number: int) -> int:
        with open_store(tmp_path, wait=60) as store:
            return store.rosters.save_draft(ROSTER, digest=str(number)).id

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(save, range(12)))
    with open_store(tmp_path) as store:
        assert sorted(ids) == list(range(1, 13))
        assert {r.digest for r in store.rosters.all()} == {str(k) for k in range(12)}
        assert all(store.rosters.roster(id, FACTS) == ROSTER for id in ids)


def test_a_save_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    file = saved(tmp_path)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON cells "
            "WHEN (SELECT count(*) FROM cells WHERE roster_id = 2) = 3 "
            "BEGIN SELECT RAISE(ABORT, 'no more cells'); END"
        )
    assert len(ROSTER.cells) > 3
    with open_store(tmp_path) as store:
        with pytest.raises(StoreError, match="no more cells"):
            store.rosters.save_draft(ROSTER, digest="second")
        assert [r.digest for r in store.rosters.all()] == ["first"]


def test_a_folder_that_cannot_be_written_is_read_as_empty_and_refuses_to_save() -> None:
    with nobody() as root:
        root.chmod(0o500)
        with open_store(root) as store:
            assert store.rosters.latest(FACTS) is None
            with pytest.raises(StoreError, match=r"cannot be written: Permission denied\."):
                store.rosters.save_draft(ROSTER, digest="")


def test_a_store_that_may_only_be_read_can_be_read() -> None:
    with nobody() as root:
        file = saved(root)
        file.chmod(0o400)
        file.parent.chmod(0o500)
        with open_store(root) as store:
            kept = store.rosters.latest(FACTS)
            assert kept is not None
            assert store.rosters.roster(kept.id, FACTS) == ROSTER
            with pytest.raises(StoreError, match=r"cannot be written\. Check who may write"):
                store.rosters.save_draft(ROSTER, digest="")


def test_a_store_that_may_not_even_be_seen_is_refused() -> None:
    with nobody() as root:
        saved(root).parent.chmod(0)
        with (
            open_store(root) as store,
            pytest.raises(StoreError, match="cannot be read: Permission denied"),
        ):
            store.rosters.latest(FACTS)


def test_something_else_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".shiftplan").write_text("a file")
    with open_store(tmp_path) as store:
        assert store.rosters.latest(FACTS) is None
        with pytest.raises(StoreError, match="cannot be written"):
            store.rosters.save_draft(ROSTER, digest="")


def test_odd_characters_in_the_path_are_no_trouble(tmp_path: Path) -> None:
    root = tmp_path / "plan #1? 100% ünï"
    root.mkdir()
    file = saved(root)
    assert file.is_file()
    with open_store(root, create=False) as store:
        assert len(store.rosters.all()) == 1


# -- another database ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql+pg8000://ana:hunter2@127.0.0.1:1/team", "kind 'postgresql+pg8000'"),
        ("mysql://ana:hunter2@127.0.0.1/team", "kind 'mysql', in which rosters cannot be kept"),
        ("postgresql://ana:hunter2@127.0.0.1:1/team", "cannot be reached: nobody answers there."),
        ("postgres://ana:hunter2@127.0.0.1:1/team", "cannot be reached: nobody answers there."),
        ("postgresql://ana:hunter2@nosuch.invalid/team", "there is no such host"),
        ("postgresql://127.0.0.1:1/team?password=hunter2&sslmode=hunter2", "cannot be"),
        ("ana:hunter2@127.0.0.1/team", "is not a database URL"),
        ("postgresql://ana:hunter2@host:port/team", "is not a database URL"),
        ("sqlite:///nowhere/hunter2/../x.db", "cannot be opened"),
        ("sqlite://", "in memory"),
    ],
)
def test_a_database_url_that_does_not_work_is_reported_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(DATABASE_URL, url)
    with pytest.raises(StoreError) as failure, open_store(tmp_path) as store:
        store.rosters.save_draft(Roster(FACTS), digest="")
    assert says in str(failure.value)
    if not url.startswith("sqlite"):
        assert "hunter2" not in str(failure.value)
    assert not list(tmp_path.iterdir())


def test_a_password_a_driver_repeats_is_masked() -> None:
    place = StorePlace(None, "postgresql://ana:p%40ss@db/team", shared=True)
    for message in (
        "no entry for p@ss",
        "bad DSN postgresql://ana:p%40ss@db/team",
        "bad part p%40ss",
    ):
        text = str(sentence(place, ValueError(message)))
        assert "***" in text
        assert "p@ss" not in text
        assert "p%40ss" not in text
