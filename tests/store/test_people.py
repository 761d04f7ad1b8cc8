"""People on record are who they are by their ids, whatever they are called, and by names else."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.calendars import contents
from shiftplan.facts import Facts, Horizon, Person
from shiftplan.ledger import LedgerEntry
from shiftplan.publication import Event, in_site, in_team
from shiftplan.roster import Roster
from shiftplan.rules import RULES
from shiftplan.store import Store, open_store
from shiftplan.store.people_on_record import KnownPerson, people_on_record
from tests.publication.test_difference import DAYS, roster
from tests.tries import tries

from .databases import sqlite_alone

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FACTS = roster().facts


def plan(*people: tuple[str, str], first: date = DAYS[0]) -> Facts:
    """Return the plan with people of these names and ids."""
    return FACTS.changed(
        people=tuple(Person(name=name, id=id, site="Site") for name, id in people),
        horizon=Horizon(start=first, weeks=FACTS.horizon.weeks),
    )


def published(store: Store, facts: Facts, *, hours: int = 0, **people: str) -> Facts:
    """Publish a roster of *people*, a character a day, and return the facts with the record."""
    facts = store.record.added_to(facts)
    made = Roster(facts)
    for who, codes in people.items():
        for day, code in zip(facts.days, codes, strict=False):
            made = made.with_cell(who, day, None if code == "." else code)
    says = contents(made)
    expects = store.publications.standing(facts, says).number
    at = AT + timedelta(hours=hours)
    store.publications.publish(made, says, author="Mara", digest="d", expects=expects, at=at)
    return facts


def events(store: Store, facts: Facts, who: str | None = None) -> dict[str, Event]:
    return {e.uid: e for e in store.publications.events(facts, AT, who)}


def known(*people: tuple[str, str], rows: tuple[str, ...] = (), record: str = "") -> list[str]:
    """Return the keys of *people*, given the *rows* ``key:id:name`` and keys on record."""
    made = tuple(Person(name=name, id=id, site="Site") for name, id in people)
    noted = [KnownPerson(*row.split(":"), row) for row in rows]
    keys = people_on_record(made, noted, record.split().__contains__).keys
    return [keys[name] for name, _ in people]


@sqlite_alone
@pytest.mark.parametrize(
    ("found", "keys"),
    [
        # Nobody has an id: the name is the key.
        (lambda: known(("Ana", ""), record="Ana"), ["Ana"]),
        # A first id takes the record of the name over, and keeps it under another name.
        (lambda: known(("Ana", "7"), record="Ana"), ["Ana"]),
        (lambda: known(("Eva", "7"), rows=("Ana:7:Ana",), record="Ana"), ["Ana"]),
        # The old name as the id is the same.
        (lambda: known(("Eva", "Ana"), record="Ana"), ["Ana"]),
        # An id that nobody had, and a name that nobody had: a newcomer.
        (lambda: known(("Eva", "7"), record="Ana"), ["7"]),
        # Of two of one name, one after the other, each has their own record.
        (lambda: known(("Ana", "8"), rows=("7:7:Ana",), record="7"), ["8"]),
        (lambda: known(("Ana", "8"), rows=("Ana:7:Ana",), record="Ana"), ["8"]),
        # Two who swap their names stay who they are.
        (lambda: known(("B", "7"), ("A", "8"), rows=("A:7:A", "B:8:B")), ["A", "B"]),
        # The rename, and with it the id that kept it, is taken back.
        (lambda: known(("Ana", ""), rows=("Ana:Ana:Eva",), record="Ana"), ["Ana"]),
        # The column of ids was deleted: names are all there is.
        (lambda: known(("Eva", ""), rows=("Ana:7:Eva",), record="Ana"), ["Ana"]),
        # A newcomer without an id, by the name that somebody else is kept by.
        (lambda: known(("Eva", "7"), ("A", ""), rows=("A:7:Eva",), record="A"), ["A", "A/2"]),
    ],
)
def test_who_is_who(found: Callable[[], list[str]], keys: list[str]) -> None:
    assert found() == keys


def test_a_rename_keeps_events_revisions_and_links_and_balances(tmp_path: Path) -> None:
    line = LedgerEntry("pto", "Ana", DAYS[0], "earn", 480, "a day earned")
    with open_store(tmp_path) as store:
        before = published(store, plan(("Ana", ""), ("Ben", "")), Ana="EEL", Ben="..E")
        store.ledger.append(before, [line])
        ((link, secret),) = store.links.make(before, [("person", "Ana")])
        old = events(store, before)

        after = published(store, plan(("Eva", "Ana"), ("Ben", "")), Eva="EEL", Ben="..E", hours=1)
        new = events(store, after)
        assert new.keys() == old.keys()
        assert all(e.live for e in new.values())
        # Ana's own calendar names nobody; Ben's says with whom he works on Wednesday, and names of
        # colleagues count no revision.
        assert {e.own.sequence for e in new.values()} == {0}
        shared = [e for e in new.values() if e.content.key == "Ana" and e.content.kind == "shift"]
        assert [(e.content.who, e.shared.sequence) for e in shared] == [("Eva", 1)] * 3
        assert {e.shared.sequence for e in new.values() if e.content.who == "Ben"} == {0}
        # The secret is the same, and the link is hers under the new name.
        assert [(one.subject, one.digest) for one in store.links.live(after)] == [
            ("Eva", link.digest)
        ]
        assert secret
        assert [(e.person, e.amount) for e in store.ledger.entries(after)] == [("Eva", 480)]
        # What is booked now is hers, too, and is kept by the same key.
        use = LedgerEntry("pto", "Eva", DAYS[1], "use", -480, "a day off")
        store.ledger.append(after, [use])
        assert {e.person for e in store.ledger.entries(before)} == {"Ana"}


def test_the_night_before_the_first_day_is_seen_under_the_new_name(tmp_path: Path) -> None:
    rest = RULES["rest"].model_validate({"kind": "rest", "hours": 11})
    with open_store(tmp_path) as store:
        # Late until 22:00 on the last Sunday, early at 05:00 on the next Monday: 7 hours.
        published(store, plan(("Ana", "7"), ("Ben", "")), Ana="." * 13 + "L")
        renamed = plan(("Eva", "7"), ("Ben", ""), first=DAYS[-1] + timedelta(days=1))
        facts = store.record.added_to(renamed)
    early = Roster(facts).with_cell("Eva", facts.first, "E")
    assert [breach.who for breach in rest.check(early)] == ["Eva"]


def test_a_draft_is_read_under_the_new_name(tmp_path: Path) -> None:
    facts = plan(("Ana", ""), ("Ben", ""))
    with open_store(tmp_path) as store:
        draft = store.rosters.save_draft(Roster(facts).with_cell("Ana", DAYS[0], "E"), digest="")
        renamed = plan(("Eva", "Ana"), ("Ben", ""))
        assert store.rosters.roster(draft.id, renamed).cells == {("Eva", DAYS[0]): "E"}


def test_two_who_swap_their_names_keep_their_calendars(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        before = published(store, plan(("Ana", "7"), ("Ben", "8")), Ana="EE.", Ben="..L")
        old = events(store, before, "Ana")
        after = published(store, plan(("Ben", "7"), ("Ana", "8")), Ben="EE.", Ana="..L", hours=1)
        assert events(store, after, "Ben").keys() == old.keys()
        assert {e.own.sequence for e in events(store, after, "Ben").values()} == {0}
        assert store.publications.newest(after).changes == ()  # type: ignore[union-attr]


def test_somebody_who_has_the_name_of_one_who_left_is_somebody_else(tmp_path: Path) -> None:
    line = LedgerEntry("pto", "Ana", DAYS[0], "earn", 480, "a day earned")
    with open_store(tmp_path) as store:
        before = published(store, plan(("Ana", "7"), ("Ben", "")), Ana="EE.")
        store.ledger.append(before, [line])
        store.links.make(before, [("person", "Ana")])
        after = published(store, plan(("Ana", "8"), ("Ben", "")), Ana=".LL", hours=1)
        # The first one's two shifts are cancelled, the second one's are new.
        shifts = [e for e in events(store, after).values() if e.content.kind == "shift"]
        assert sorted((e.content.key, e.live) for e in shifts) == [
            ("7", False),
            ("7", False),
            ("8", True),
            ("8", True),
        ]
        assert [e.person for e in store.ledger.entries(after)] == ["Ana (left)"]
        assert [link.subject for link in store.links.live(after)] == ["Ana (left)"]


def test_what_was_kept_by_the_name_alone_meanwhile_is_theirs(tmp_path: Path) -> None:
    """Renamed, published, and only then told apart from a newcomer by the old name as id."""
    with open_store(tmp_path) as store:
        published(store, plan(("Ana", ""), ("Ben", "")), Ana="EEE")
        published(store, plan(("Eva", ""), ("Ben", "")), Eva="EEE", hours=1)
        after = published(store, plan(("Eva", "Ana"), ("Ben", "")), Eva="EEE", hours=2)
        live = [e for e in events(store, after, "Eva").values() if e.live]
        assert sum(e.content.kind == "shift" for e in live) == 3
        # None of them was cancelled a second time.
        assert {e.own.sequence for e in live if e.content.kind == "shift"} == {0}


def test_what_somebody_was_first_called_stays_and_is_no_id(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        before = published(store, plan(("Ana", "70017"), ("Ben", "")), Ana="EEE")
        assert store.record.first_names(before) == {"70017": "Ana", "Ben": "Ben"}
        after = published(store, plan(("Eva", "70017"), ("Ben", "8"), ("Ana", "9")), hours=1)
        assert store.record.first_names(after) == {"70017": "Ana", "Ben": "Ben", "9": "Ana/2"}
        # The first name is not forgotten with the name after it.
        again = plan(("Ana", "9"), ("Eva Ruiz", "70017"))
        assert store.record.first_names(again)["70017"] == "Ana"


def test_a_name_kept_with_another_blank_is_the_same_persons(tmp_path: Path) -> None:
    """An older program kept a name as it was pasted: with a blank that no line breaks at."""
    with open_store(tmp_path) as store:
        pasted = "Jose\u0301\u00a0Ruiz"
        published(store, plan((pasted, ""), ("Ben", "")), **{pasted: "EE"})
        facts = plan(("Jos\u00e9 Ruiz", ""), ("Ben", ""))
        found = events(store, facts)
        after = published(store, facts, hours=1, **{"Jos\u00e9 Ruiz": "EE"})
        assert events(store, after).keys() == found.keys()
        assert all(event.live for event in events(store, after).values())
        assert store.rosters.roster(1, facts).at("Jos\u00e9 Ruiz", DAYS[0]) == "E"


@sqlite_alone
def test_what_an_older_program_published_is_the_same_persons(tmp_path: Path) -> None:
    """It noted no keys: neither beside the events nor in a table of their own."""
    with open_store(tmp_path) as store:
        facts = published(store, plan(("Ana", ""), ("Ben", "")), Ana="EEL", Ben="..E")
        before = events(store, facts)
    with sqlite3.connect(tmp_path / ".shiftplan" / "store.db") as old:
        old.execute("UPDATE calendar_events SET content = json_remove(content, '$.person')")
        old.execute("DROP TRIGGER publications_no_update")
        for k in range(4):
            path = f"$[{k}].person"
            old.execute("UPDATE publications SET shifts = json_remove(shifts, ?)", (path,))
        old.execute("DROP TABLE people")
        old.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    with open_store(tmp_path) as store:
        assert events(store, facts) == before
        # The same again is nothing new, and a rename is one.
        published(store, plan(("Ana", ""), ("Ben", "")), hours=1, Ana="EEL", Ben="..E")
        assert events(store, facts) == before
        renamed = plan(("Eva", "Ana"), ("Ben", ""))
        after = published(store, renamed, hours=2, Eva="EEL", Ben="..E")
        assert events(store, after).keys() == before.keys()
        assert all(event.live for event in events(store, after).values())


def test_an_id_is_in_no_uid(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        facts = published(store, plan(("Ana", "70017"), ("Ben", "")), Ana="EEE")
        for uid in events(store, facts):
            assert "70017" not in uid + in_team(uid) + in_site(uid)


NAMES = st.permutations(["Ana", "Ben", "Cy", "Dee", "Ana Ruiz"]).map(lambda found: found[:2])


@tries(15)
@given(renames=st.lists(NAMES, min_size=2, max_size=4), by_number=st.booleans())
def test_however_often_people_are_renamed_their_events_stay(
    renames: list[list[str]], by_number: bool
) -> None:
    """With numbers from the beginning, or given to people who were on record by their names."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        first = renames[0]
        ids = ("7", "8") if by_number else ("", "")
        named = plan(*zip(first, ids, strict=True))
        facts = published(store, named, **dict(zip(first, ("EEL", "L.E"), strict=True)))
        old = events(store, facts)
        if not by_number:
            published(store, plan(*zip(first, ("7", "8"), strict=True)), hours=1,
                      **dict(zip(first, ("EEL", "L.E"), strict=True)))  # fmt: skip
        for k, names in enumerate(renames[1:]):
            facts = plan(*zip(names, ("7", "8"), strict=True))
            shifts = dict(zip(names, ("EEL", "L.E"), strict=True))
            facts = published(store, facts, hours=k + 2, **shifts)
        new = events(store, facts)
        assert new.keys() == old.keys()
        assert all(e.live and e.content.day == old[uid].content.day for uid, e in new.items())
        names_now = [store.rosters.cells(1, facts)[k][0] for k in range(2)]
        assert {*names_now} == {*renames[-1]}
