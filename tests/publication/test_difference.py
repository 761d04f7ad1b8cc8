"""What changed between two rosters, and how long before people knew."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import ShiftSpec
from shiftplan.publication import Change, difference, from_roster, in_words
from shiftplan.publication.pairs import pairs
from shiftplan.roster import Roster
from tests.calendars.plans import facts_at

MONDAY = date(2026, 12, 7)
DAYS = [MONDAY + timedelta(days=k) for k in range(14)]
SHIFTS = (
    ShiftSpec(code="E", name="Early", start=time(5), length="8h30"),
    ShiftSpec(code="L", name="Late", start=time(13, 30), length="8h30"),
)
NOON = datetime(2026, 12, 6, 20, 0, tzinfo=UTC)
"""Sunday, 12:00 in Los Angeles."""


def roster(**people: str) -> Roster:
    """Return a fortnight in which each character is a day's shift, a dot a day off."""
    made = Roster(facts_at("America/Los_Angeles", MONDAY, *SHIFTS, people=("Ana", "Ben"), weeks=2))
    for who, codes in people.items():
        for day, code in zip(DAYS, codes, strict=False):
            made = made.with_cell(who, day, None if code == "." else code)
    return made


def changes_of(before: Roster, after: Roster) -> list[tuple[str, str, str, int]]:
    """Return who, what, the sentence and the notice of each change."""
    found = difference(from_roster(before), from_roster(after), NOON)
    return [(c.who, c.what, in_words(c), c.notice) for c in found]


def test_a_changed_shift_is_described_in_local_time_with_the_notice_of_the_earlier_start() -> None:
    # Monday 05:00 is 17 hours after Sunday noon; the late shift starts later.
    assert changes_of(roster(Ana="EE"), roster(Ana="LE")) == [
        ("Ana", "changed", "Mon 07 Dec E 05:00–13:30 → L 13:30–22:00", 17)
    ]


def test_a_shift_that_goes_to_another_day_of_the_week_has_moved() -> None:
    # The notice is that of the earlier of the two days: Tuesday 05:00 is 41 hours away.
    assert changes_of(roster(Ana=".E..."), roster(Ana="....E")) == [
        ("Ana", "moved", "Tue 08 Dec E 05:00–13:30 → Fri 11 Dec E 05:00–13:30", 41)
    ]


def test_a_shift_that_goes_to_another_week_is_another() -> None:
    assert [
        what for _, what, _, _ in changes_of(roster(Ana="......E"), roster(Ana=".......E"))
    ] == [
        "removed",
        "added",
    ]


def test_a_swap_is_a_shift_less_for_one_and_one_more_for_the_other() -> None:
    assert changes_of(roster(Ana="E."), roster(Ben="E.")) == [
        ("Ana", "removed", "- Mon 07 Dec E 05:00–13:30", 17),
        ("Ben", "added", "+ Mon 07 Dec E 05:00–13:30", 17),
    ]


def test_a_change_after_the_start_gave_less_than_no_notice() -> None:
    late = NOON + timedelta(hours=18)
    found = difference(from_roster(roster(Ana="E")), (), late)
    assert [c.notice for c in found] == [-1]


def test_the_same_shift_moves_before_another_and_the_shortest_way() -> None:
    before = {DAYS[0]: "E", DAYS[1]: "L"}
    after = {DAYS[2]: "E", DAYS[3]: "L", DAYS[4]: "E"}
    assert pairs(before, after) == [(DAYS[0], DAYS[2]), (DAYS[1], DAYS[3]), (None, DAYS[4])]


CODES = st.dictionaries(st.sampled_from(DAYS), st.sampled_from("EL"))


@given(before=CODES, after=CODES, back=st.sets(st.sampled_from(DAYS)))
def test_every_day_is_matched_once_and_what_stays_stays(
    before: dict[date, str], after: dict[date, str], back: set[date]
) -> None:
    found = pairs(before, after, back)
    assert sorted(old for old, _ in found if old) == sorted(before)
    assert sorted(new for _, new in found if new) == sorted(after)
    for old, new in found:
        if old in after or new in before:
            assert old == new
        if old and new:
            assert old.isocalendar()[:2] == new.isocalendar()[:2]
        if old != new and old:
            assert new not in back


@given(before=CODES, after=CODES)
def test_a_difference_comes_back_from_json_and_turns_one_roster_into_the_other(
    before: dict[date, str], after: dict[date, str]
) -> None:
    one, two = (
        from_roster(Roster(roster().facts, {("Ana", d): c for d, c in cells.items()}))
        for cells in (before, after)
    )
    changes = difference(one, two, NOON)
    assert tuple(Change.from_json(c.to_json()) for c in changes) == changes
    gone, come = {c.before for c in changes}, {c.after for c in changes}
    assert ({*one} - gone) | (come - {None}) == {*two}
