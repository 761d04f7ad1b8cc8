"""A PostgreSQL server says what is wrong in a sentence, and lets nobody do what they may not."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from shiftplan.calendars import contents
from shiftplan.errors import StoreError
from shiftplan.store import DATABASE_URL, Store, open_store
from shiftplan.store.engines import KEPT, MORE
from shiftplan.store.guards import BOOKED, PUBLISHED
from tests.plans import any_facts, any_roster
from tests.postgres import Server

FACTS = any_facts(7)
ROSTER = any_roster(FACTS, 7)


@pytest.fixture
def url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database, which everything is kept in."""
    made = server.empty()
    monkeypatch.setenv(DATABASE_URL, made)
    return made


def schema(url: str) -> str:
    return url.rpartition("search_path%3D")[2]


def published(store: Store) -> None:
    store.publications.publish(ROSTER, contents(ROSTER), author="Mara", digest="d", expects=0)


@pytest.mark.slow
def test_nothing_is_written_into_the_plan_folder(url: str, tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        assert store.rosters.all() == ()
        published(store)
        assert store.rosters.latest(FACTS) is not None
    assert not list(tmp_path.iterdir())


def test_an_empty_database_is_read_without_making_anything_in_it(
    url: str, tmp_path: Path, server: Server
) -> None:
    with open_store(tmp_path) as store:
        assert store.rosters.latest(FACTS) is None
        assert store.fingerprint() == ()
    with server.connect() as owner:
        wanted = "SELECT count(*) FROM pg_tables WHERE schemaname = %s"
        assert owner.execute(wanted, [schema(url)]).fetchone() == (0,)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("publications", PUBLISHED),
        ("calendar_events", PUBLISHED),
        ("cells", PUBLISHED),
        ("rosters", PUBLISHED),
        ("ledger", BOOKED),
    ],
)
def test_no_table_of_what_was_published_or_booked_can_be_emptied(
    url: str, tmp_path: Path, table: str, says: str
) -> None:
    with open_store(tmp_path) as store:
        published(store)
        with pytest.raises(StoreError, match=says), store._access.database.writing() as session:
            session.execute(text(f"TRUNCATE {table} CASCADE"))
        assert len(store.publications.all(FACTS)) == 1


# -- who may do what -----------------------------------------------------------------------------


def user(server: Server, url: str, rights: str) -> str:
    """Make a user with *rights* on every table there is, and return the address to log in with."""
    name = f"user_{schema(url)}"
    with server.connect() as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN")
        owner.execute(f"GRANT USAGE ON SCHEMA {schema(url)} TO {name}")
        owner.execute(f"GRANT {rights} ON ALL TABLES IN SCHEMA {schema(url)} TO {name}")
        owner.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema(url)} TO {name}")
    return server.url(schema(url), user=name)


def test_who_may_only_read_reads_everything_and_is_told_so_when_writing(
    url: str, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path) as store:
        published(store)
    monkeypatch.setenv(DATABASE_URL, user(server, url, "SELECT"))
    with open_store(tmp_path) as store:
        assert len(store.publications.all(FACTS)) == 1
        assert store.record.added_to(FACTS).published is not None
        with pytest.raises(StoreError) as failure:
            store.rosters.save_draft(ROSTER, digest="")
    assert str(failure.value) == (
        f"the database {DATABASE_URL} names does not let this name do that: permission denied for "
        "table rosters. Grant it the rights that docs/postgres.md lists."
    )


def test_the_rights_that_the_page_lists_are_enough_to_work_with(
    url: str, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path) as store:
        store.rosters.save_draft(ROSTER, digest="")
    monkeypatch.setenv(DATABASE_URL, user(server, url, "SELECT, INSERT, UPDATE"))
    with open_store(tmp_path) as store:
        published(store)
        store.rosters.give_name(1, "mine")
        store.rosters.give_name(1, "mine too")
        ((link, _),) = store.links.make(FACTS, [("team", "")])
        store.links.revoke(FACTS, [link.id])
        says = contents(ROSTER)
        store.publications.publish(ROSTER, says, author="M", digest="", expects=1)
        assert len(store.publications.all(FACTS)) == 2


# -- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "says"),
    [("hunter2", "refuses that name or its password."), ("", "asks for a password.")],
)
def test_a_wrong_password_is_reported_and_not_repeated(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, password: str, says: str
) -> None:
    monkeypatch.setenv(DATABASE_URL, server.url(user="locked", password=password))
    with open_store(tmp_path) as store, pytest.raises(StoreError) as failure:
        store.rosters.all()
    assert str(failure.value).startswith(f"the database {DATABASE_URL} names {says}")
    assert "hunter2" not in str(failure.value)


def test_a_database_and_a_name_that_are_not_there_are_reported(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = server.url().replace("@/postgres", "@/nowhere")
    for url, says in ((nowhere, "is not on that server"), (server.url(user="x"), "refuses that")):
        monkeypatch.setenv(DATABASE_URL, url)
        with open_store(tmp_path) as store, pytest.raises(StoreError, match=says):
            store.rosters.all()


def test_without_the_driver_the_sentence_says_how_to_install_it(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with open_store(tmp_path) as store, pytest.raises(StoreError) as failure:
        store.rosters.all()
    assert str(failure.value) == (
        f"the database {DATABASE_URL} names is on a PostgreSQL server, and the driver for it is "
        "not installed. Run pip install 'shiftplan[postgres]'."
    )


def test_a_store_another_program_writes_is_in_use_and_can_be_read(url: str, tmp_path: Path) -> None:
    with open_store(tmp_path) as store, open_store(tmp_path, wait=0) as other, store.at_once():
        store.rosters.save_draft(ROSTER, digest="")
        assert other.rosters.all() == ()
        with pytest.raises(StoreError, match="is in use by another program"):
            other.rosters.save_draft(ROSTER, digest="")


def test_what_the_server_cannot_keep_is_a_sentence(url: str, tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        kept = store.rosters.save_draft(ROSTER, digest="")
        for name, says in (("x" * 201, "value too long"), ("a\0b", "NUL"), ("\udcff", "encode")):
            with pytest.raises(StoreError, match=says) as failure:
                store.rosters.give_name(kept.id, name)
            assert "\n" not in str(failure.value)
        with pytest.raises(StoreError, match="foreign key"):
            store.rosters.give_name(99, "of none")


def test_a_table_that_is_gone_is_damage(url: str, tmp_path: Path, server: Server) -> None:
    with open_store(tmp_path) as store:
        store.rosters.save_draft(ROSTER, digest="")
        with server.connect() as owner:
            owner.execute(f"DROP TABLE {schema(url)}.cells CASCADE")
        with pytest.raises(StoreError, match="is damaged: a table is missing"):
            store.rosters.roster(1, FACTS)


def test_a_connection_that_was_cut_is_made_again(
    url: str, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_URL, f"{url}&application_name={schema(url)}")
    mine = f"FROM pg_stat_activity WHERE application_name = '{schema(url)}'"
    with closing(server.connect()) as owner, open_store(tmp_path) as store:
        for _ in range(3):
            store.rosters.all()
        assert owner.execute(f"SELECT count(*) {mine}").fetchone() == (KEPT,)
        owner.execute(f"SELECT pg_terminate_backend(pid) {mine}")
        assert store.rosters.all() == ()


def test_a_program_opens_a_few_connections_and_no_more(url: str, tmp_path: Path) -> None:
    with open_store(tmp_path, wait=0) as store, ExitStack() as held:
        for _ in range(KEPT + MORE):
            held.enter_context(store._access.database.reading())
        with pytest.raises(StoreError, match="has no connection left"):
            store.rosters.all()


# -- the page ------------------------------------------------------------------------------------


def test_what_the_page_says_sets_up_a_database_for_planners_and_the_calendar_server(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "postgres.md").read_text()
    made, granted = re.findall(r"^```sql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)

    def log_in(name: str) -> None:
        url = server.url(user=name).replace("@/postgres", "@/rosters")
        monkeypatch.setenv(DATABASE_URL, url)

    with server.connect() as owner:
        for statement in made.split(";\n"):
            owner.execute(statement)
    log_in("shiftplan")
    with open_store(tmp_path) as store:
        store.rosters.save_draft(ROSTER, digest="")
    with server.connect("rosters") as owner:
        owner.execute(granted)
    log_in("planner")
    with open_store(tmp_path) as store:
        published(store)
    log_in("calendars")
    with open_store(tmp_path) as store:
        assert len(store.publications.all(FACTS)) == 1
        with pytest.raises(StoreError, match="does not let this name do that"):
            store.rosters.save_draft(ROSTER, digest="")
