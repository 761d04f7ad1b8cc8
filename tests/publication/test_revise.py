"""Which event is which from one version to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shiftplan.calendars import ByCell, CalendarEntry, contents
from shiftplan.publication import Event, Stamp, revise
from shiftplan.roster import Roster
from tests.calendars.plans import leave

from .test_difference import DAYS, roster

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def publish(*rosters: Roster, hours: int = 1) -> list[dict[str, Event]]:
    """Return the events by UID after each of *rosters* is published, some hours apart."""
    found: list[dict[str, Event]] = []
    for k, made in enumerate(rosters):
        known = found[-1] if found else {}
        found.append({**known, **revised(known, made, AT + timedelta(hours=hours * k))})
    return found


def revised(known: Mapping[str, Event], made: Roster, at: datetime) -> dict[str, Event]:
    """Return the events by UID that are new or changed once *made* is published at *at*."""
    changed = revise(
        known.values(),
        contents(made),
        plan="Support",
        first=made.facts.first,
        last=made.facts.last,
        at=at,
    )
    found = {event.uid: event for event in changed}
    assert len(found) == len(changed)
    return found


def shifts(events: dict[str, Event], who: str = "Ana") -> dict[str, tuple[date, str, str, int]]:
    """Return day, code, status and sequence of the shifts of *who* by UID."""
    return {
        e.uid: (e.content.day, e.content.code, e.status, e.own.sequence)
        for e in events.values()
        if e.content.kind == "shift" and e.content.who == who
    }


def test_the_first_version_takes_the_uids_of_the_draft() -> None:
    made = roster(Ana="E.L")
    draft = ByCell("Support", AT)
    (events,) = publish(made)
    for e in events.values():
        entry = CalendarEntry(
            e.content.kind, e.content.who, e.content.day, e.content.last, site=e.content.site
        )
        assert e.uid == draft.revision(entry).uid


def test_a_shift_that_moves_keeps_its_uid_and_counts_one() -> None:
    before, after = publish(roster(Ana="E...."), roster(Ana="...E."))
    (uid,) = shifts(before)
    assert shifts(after) == {uid: (DAYS[3], "E", "CONFIRMED", 1)}
    assert after[uid].created == AT
    assert after[uid].own.modified == AT + timedelta(hours=1)


def test_a_shift_that_is_cancelled_and_comes_back_counts_twice() -> None:
    _, gone, back = publish(roster(Ana="E"), roster(Ana="."), roster(Ana="E"))
    ((uid, event),) = shifts(gone).items()
    assert event == (DAYS[0], "E", "CANCELLED", 1)
    assert shifts(back) == {uid: (DAYS[0], "E", "CONFIRMED", 2)}


def test_what_returns_after_its_event_was_dropped_is_a_new_event() -> None:
    day = DAYS[0]
    months = 24 * 45
    _, gone, back = publish(roster(Ana="E"), roster(Ana="."), roster(Ana="E"), hours=months)
    (old,) = shifts(gone)
    assert shifts(back)[old] == (day, "E", "CANCELLED", 1)
    (new,) = shifts(back).keys() - {old}
    assert shifts(back)[new] == (day, "E", "CONFIRMED", 0)


def test_a_swap_cancels_for_one_and_makes_a_new_event_for_the_other() -> None:
    before, after = publish(roster(Ana="E"), roster(Ben="E"))
    (uid,) = shifts(before)
    assert [s[2] for s in shifts(after).values()] == ["CANCELLED"]
    assert [s[2:] for s in shifts(after, "Ben").values()] == [("CONFIRMED", 0)]
    assert uid not in shifts(after, "Ben")


def test_a_uid_given_away_by_a_move_is_not_given_again() -> None:
    before, moved, filled = publish(roster(Ana="E.."), roster(Ana=".E."), roster(Ana="EE."))
    (uid,) = shifts(before)
    assert shifts(moved)[uid][0] == DAYS[1]
    (new,) = shifts(filled).keys() - {uid}
    assert shifts(filled)[new] == (DAYS[0], "E", "CONFIRMED", 0)
    assert shifts(filled)[uid] == (DAYS[1], "E", "CONFIRMED", 1)


def test_nothing_is_revised_when_nothing_changes() -> None:
    first, second = publish(roster(Ana="EEL.E", Ben="LL"), roster(Ana="EEL.E", Ben="LL"))
    assert first == second


def test_a_colleague_s_change_makes_one_s_own_event_newer_and_revises_none() -> None:
    before, after = publish(roster(Ana="E", Ben="E"), roster(Ana="E", Ben="."))
    (uid,) = shifts(before)
    assert before[uid].content.names == ("With: Ben",)
    assert after[uid].content.names == ()
    assert after[uid].own == Stamp(0, AT + timedelta(hours=1))
    assert after[uid].shared == before[uid].shared


def test_one_s_own_change_counts_whatever_colleagues_do_at_the_same_time() -> None:
    before, after = publish(roster(Ana="E", Ben="E"), roster(Ana="L", Ben="."))
    (uid,) = shifts(before)
    assert (after[uid].own.sequence, after[uid].shared.sequence) == (1, 1)


def test_numbers_counted_before_go_on_without_a_jump() -> None:
    known = publish(roster(Ana="E", Ben="E"))[0]
    (uid,) = shifts(known)
    # Of an older version, which counted Ben's changes too.
    counted = {**known, uid: replace(known[uid], own=Stamp(4, AT))}
    for after, expected in ((roster(Ana="E"), 4), (roster(Ana="L"), 5)):
        changed = revised(counted, after, AT + timedelta(hours=1))
        assert changed[uid].own.sequence == expected


@pytest.mark.parametrize("back", [0, 3600])
def test_other_colleagues_make_an_event_newer_even_within_a_second(back: int) -> None:
    (known,) = publish(roster(Ana="E", Ben="E"))
    (uid,) = shifts(known)
    changed = revised(known, roster(Ana="E"), AT - timedelta(seconds=back))
    assert changed[uid].own == Stamp(0, AT + timedelta(seconds=1))


def test_names_beyond_the_eighth_revise_nothing() -> None:
    crowd = tuple(f"P{k:02}" for k in range(12))
    facts = roster().facts
    people = tuple(facts.people[0].model_copy(update={"name": n}) for n in crowd)
    full = Roster(facts.changed(people=people), {(n, DAYS[0]): "E" for n in crowd})
    before, after = publish(full, full.with_cell("P11", DAYS[0], None))
    (uid,) = shifts(before, "P00")
    assert before[uid].content.names == (
        "With: P01, P02, P03, P04, P05, P06, P07, P08, and others",
    )
    assert after[uid] == before[uid]


def test_hand_over_is_reported_by_name() -> None:
    (events,) = publish(roster(Ana="E", Ben="L"))
    (ana,), (ben,) = shifts(events), shifts(events, "Ben")
    assert events[ana].content.names == ("Hands over to: Ben",)
    assert events[ben].content.names == ("Takes over from: Ana",)


def test_leave_that_grows_is_one_event_and_leave_before_these_days_is_let_be() -> None:
    def off(first: date, last: date) -> Roster:
        return Roster(roster().facts.changed(leave=(leave("Ana", first, last),)))

    long_ago = DAYS[0] - timedelta(days=9)
    short, longer, none = publish(
        off(DAYS[2], DAYS[3]), off(DAYS[1], DAYS[5]), off(long_ago, long_ago + timedelta(days=1))
    )
    (uid,) = [u for u, e in short.items() if e.content.kind == "leave"]
    assert (longer[uid].content.day, longer[uid].content.last) == (DAYS[1], DAYS[5])
    assert longer[uid].own.sequence == 1
    assert none[uid].status == "CANCELLED"
    assert [u for u, e in none.items() if e.content.kind == "leave"] == [uid]


def test_events_of_other_days_are_let_be() -> None:
    made = roster(Ana="E" * 14)
    week = made.facts.changed(horizon={"start": DAYS[7], "weeks": 1})
    both, second = publish(made, Roster(week))
    assert [
        e.status for e in second.values() if e.content.kind == "shift" and e.content.day < DAYS[7]
    ] == ["CONFIRMED"] * 7
    assert all(second[u] == e for u, e in both.items() if e.content.day < DAYS[7])


@pytest.mark.parametrize("back", [0, 3600])
def test_a_clock_set_back_makes_no_revision_look_older(back: int) -> None:
    (first,) = publish(roster(Ana="E"))
    (uid,) = shifts(first)
    changed = revised(first, roster(Ana="L"), AT - timedelta(seconds=back))
    assert changed[uid].own.modified == AT
