"""Hours nobody can judge count for nothing: neither as staffed nor as short."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.clock import SLOT, day_start
from shiftplan.facts import (
    Curve,
    DemandRow,
    Facts,
    History,
    Horizon,
    Leave,
    Person,
    ShiftSpec,
    Site,
    Team,
)
from shiftplan.roster import Roster
from shiftplan.roster.coverage import Interval, intervals
from shiftplan.roster.coverage_report import CoverageReport
from shiftplan.rules import RULES, Rule
from tests.plans import any_facts, any_roster
from tests.tries import tries

MONDAY = date(2026, 11, 30)
SUNDAY = date(2026, 11, 29)
BEFORE = History(SUNDAY, {("Lia", SUNDAY): "L"})


def follow_the_sun(history: History | None = None, *, target: int = 1, **more: object) -> Facts:
    """Return three sites with an early, 06:00 to 14:30, and a late, 13:30 to 22:00; one person is
    needed at every hour.

    In UTC, winter: Singapore 22:00 to 06:30 and 05:30 to 14:00, Dublin 06:00 to 14:30 and 13:30 to
    22:00, San Jose 14:00 to 22:30 and 21:30 to 06:00. So a roster that begins on Monday 30 November
    answers from Sunday 22:00 on, and San Jose's late of Sunday is over at 06:00.
    """
    names = {
        "Singapore": ("Sam", "Sue"),
        "Dublin": ("Dee", "Dan"),
        "San Jose": ("Lia", "Lou"),
    }
    zones = {
        "Singapore": "Asia/Singapore",
        "Dublin": "Europe/Dublin",
        "San Jose": "America/Los_Angeles",
    }
    people = [Person(name=n, site=site, skills=("q",)) for site, two in names.items() for n in two]
    always = DemandRow(weekday="daily", start=time(0), end=time(0), minimum=1, target=target)
    return Facts(
        team=Team(name="Sun", home="Dublin"),
        horizon=Horizon(start=MONDAY, weeks=1),
        sites=tuple(Site(name=name, timezone=zone) for name, zone in zones.items()),
        shifts=(
            *ShiftSpec(code="E", start=time(6), length="8h30").expand(),
            *ShiftSpec(code="L", start=time(13, 30), length="8h30").expand(),
        ),
        people=tuple(people),
        curves=(Curve(queue="q", clock="UTC", rows=(always,)),),
        history=history or History(),
        **more,  # type: ignore[arg-type]
    )


def whole_week(facts: Facts, *, without: tuple[str, ...] = ()) -> Roster:
    """Return the roster in which one of each pair works early and the other late on every day;
    people of the sites *without* have no Monday.
    """
    cells = {}
    for person in facts.people:
        code = "E" if person.name in ("Sam", "Dee", "Lia") else "L"
        for day in facts.days:
            if day != MONDAY or person.site not in without:
                cells[person.name, day] = code
    return Roster(facts, cells)


def presence() -> Rule:
    return RULES["presence"].model_validate({"kind": "presence", "skill": "q"})


def report(roster: Roster, *rules: Rule) -> CoverageReport:
    found = tuple(r for rule in rules for r in rule.required(roster))
    return CoverageReport(roster, intervals(roster), found)


def minutes(found: CoverageReport, what: str) -> int:
    return SLOT * sum(getattr(interval, what) for interval in found.intervals)


def test_where_all_mondays_of_two_sites_are_gone_the_morning_is_not_judged() -> None:
    """From 22:00 to 06:00 only San Jose's Sunday could be there: 8 h.

    From 06:00 to 13:30 Dublin's early would have been alone with Singapore's late, and nobody is
    there: 7 h 30 are gaps, and at 13:30 Dublin's late is missing too, until San Jose's early at
    14:00; Lia's early and Lou's late then have the evening.
    """
    found = report(whole_week(follow_the_sun(), without=("Singapore", "Dublin")))
    assert found.not_judged == 8 * 60
    assert minutes(found, "short") == 8 * 60
    assert found.not_judged_because == "8h not judged: who worked on Sun 29 Nov is not on record"
    assert found.has_gaps
    first = day_start(SUNDAY, "UTC") + 22 * 60
    assert found.intervals[0].start == first
    assert [i.start for i in found.intervals if i.not_judged] == [
        first + SLOT * k for k in range(8 * 4)
    ]


def test_what_the_rosters_own_shifts_reach_is_judged_without_a_record() -> None:
    found = report(whole_week(follow_the_sun()))
    assert found.is_judged
    assert not found.has_gaps
    assert found.not_judged_because == ""


def test_the_plan_can_say_that_nobody_was_on_duty_before() -> None:
    roster = whole_week(follow_the_sun(History(none=True)), without=("Singapore", "Dublin"))
    found = report(roster)
    assert found.is_judged
    assert minutes(found, "short") == 16 * 60
    assert roster.facts.window.start == roster.facts.window.opens
    assert roster.facts.known_days == roster.facts.days


def test_with_a_record_the_same_hours_are_judged_by_it() -> None:
    """Lia's late of Sunday has San Jose until 06:00; the 8 h that follow are the same gaps."""
    sites = ("Singapore", "Dublin")
    off = frozenset({("Sam", SUNDAY), ("Dee", SUNDAY)})
    known = History(SUNDAY, {("Lia", SUNDAY): "L"}, off)
    found = report(whole_week(follow_the_sun(known), without=sites))
    assert found.is_judged
    assert minutes(found, "short") == 8 * 60


def test_a_site_without_a_line_in_the_record_is_not_on_record() -> None:
    """Singapore and Dublin are on record, San Jose is not: its Sunday is what nobody knows."""
    known = History(SUNDAY, {("Sam", SUNDAY): "E", ("Dee", SUNDAY): "E"})
    found = report(whole_week(follow_the_sun(known), without=("Singapore", "Dublin")))
    reason = "who worked at San Jose on Sun 29 Nov is not on record"
    assert found.not_judged_because == f"8h not judged: {reason}"
    # A line that says that somebody there was off puts the site on record.
    off = History(SUNDAY, known.cells, frozenset({("Lou", SUNDAY)}))
    found = report(whole_week(follow_the_sun(off), without=("Singapore", "Dublin")))
    assert found.is_judged
    assert minutes(found, "short") == 16 * 60


def test_a_record_without_any_line_says_that_nobody_worked() -> None:
    found = report(whole_week(follow_the_sun(History(SUNDAY)), without=("Singapore", "Dublin")))
    assert found.is_judged
    assert minutes(found, "short") == 16 * 60


def test_who_was_on_leave_could_not_have_been_there() -> None:
    """Both of San Jose are on leave on Sunday, so nothing is left that nobody knows."""
    days = {"from_date": SUNDAY, "to_date": SUNDAY}
    leave = tuple(Leave(person=who, **days) for who in ("Lia", "Lou"))
    facts = follow_the_sun(leave=leave)
    found = report(whole_week(facts, without=("Singapore", "Dublin")))
    assert found.is_judged
    assert minutes(found, "short") == 16 * 60


def test_a_team_whose_contracts_begin_on_the_first_day_has_no_days_before() -> None:
    facts = follow_the_sun()
    new = tuple(person.model_copy(update={"start_date": MONDAY}) for person in facts.people)
    roster = whole_week(facts.changed(people=new), without=("Singapore", "Dublin"))
    found = report(roster)
    assert roster.facts.unrecorded == ()
    assert found.is_judged
    assert minutes(found, "short") == 16 * 60


def test_a_new_site_has_no_days_before_its_contracts() -> None:
    """San Jose opens on Monday; the others are on record, so all is judged."""
    known = History(SUNDAY, {("Sam", SUNDAY): "E", ("Dee", SUNDAY): "E"})
    facts = follow_the_sun(known)
    people = [
        p.model_copy(update={"start_date": MONDAY}) if p.site == "San Jose" else p
        for p in facts.people
    ]
    facts = facts.changed(people=tuple(people))
    assert facts.window.start == facts.window.opens
    assert report(whole_week(facts)).is_judged


def test_a_target_may_be_what_is_not_judged() -> None:
    """Two are wanted and Singapore's early is alone from 22:00 to 05:30; San Jose could have sent
    the second: 7 h 30. From 05:30 Singapore has two.
    """
    found = report(whole_week(follow_the_sun(target=2)))
    assert minutes(found, "not_judged") == 0
    assert minutes(found, "not_judged_target") == 7 * 60 + 30
    assert found.not_judged == 7 * 60 + 30


@pytest.mark.parametrize("required", [1, 4])
def test_what_could_never_have_been_there_is_short(required: int) -> None:
    """Of four who are needed San Jose could have sent two: two are missing for certain."""
    facts = follow_the_sun()
    row = DemandRow(weekday="daily", start=time(0), end=time(0), minimum=required, target=required)
    facts = facts.changed(curves=(Curve(queue="q", clock="UTC", rows=(row,)),))
    first = intervals(whole_week(facts, without=("Singapore", "Dublin")))[0]
    assert (first.not_judged, first.short) == ((1, 0) if required == 1 else (2, 2))


def test_a_lead_who_is_always_on_is_not_judged_either() -> None:
    roster = whole_week(follow_the_sun(), without=("Singapore", "Dublin"))
    (always,) = report(roster, presence()).requirements
    assert always.required == 7 * 24 * 60
    assert always.not_judged == 8 * 60
    assert always.missing == 8 * 60
    assert always.there == always.required - 16 * 60


def test_the_first_handover_is_not_judged_unless_it_is_long_enough_already() -> None:
    """Monday in Singapore is 16:00 to 16:00 UTC, and San Jose's first shift of Monday begins at
    14:00, when Singapore's late has just ended: who was there at 22:00 is San Jose's Sunday. In
    Dublin the morning of Monday is before 06:00 too, but its early meets Singapore's late anyway.
    """
    roster = whole_week(follow_the_sun())
    names = {"kind": "handover", "minutes": "30m"}
    unknown = RULES["handover"].model_validate(
        {**names, "from_site": "San Jose", "to_site": "Singapore"}
    )
    (found,) = unknown.required(roster)
    assert [i.not_judged for i in found.intervals] == [30, 0, 0, 0, 0, 0, 0]
    assert list(unknown.check(roster)) == []
    known = RULES["handover"].model_validate(
        {**names, "from_site": "Singapore", "to_site": "Dublin"}
    )
    (found,) = known.required(roster)
    assert [i.not_judged for i in found.intervals] == [0] * 7
    assert report(roster, unknown).has_gaps
    assert not report(roster, known).has_gaps


def total(found: list[Interval], what: str) -> int:
    return sum(getattr(interval, what) for interval in found)


@tries(60)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_is_met_short_and_not_judged_adds_up_to_what_is_needed(plan: int, seed: int) -> None:
    found = list(intervals(any_roster(any_facts(plan), seed)))
    met = sum(min(i.minimum, i.staffed) for i in found)
    assert met + total(found, "short") + total(found, "not_judged") == total(found, "minimum")
    met = sum(min(i.target, i.staffed) for i in found)
    rest = total(found, "below_target") + total(found, "not_judged_target")
    assert met + rest == total(found, "target")


@tries(60)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_record_can_only_decide_what_was_not_judged(plan: int, seed: int) -> None:
    """Whatever was worked before, what is short for certain stays short, and what is met is met."""
    facts = any_facts(plan)
    unknown = any_roster(facts.changed(history=History()), seed)
    window = unknown.facts.window
    before = facts.history if facts.history.start else History(none=True)
    known = {
        (i.queue, i.start): i
        for i in intervals(Roster(facts.changed(history=before), unknown.cells))
    }
    for i in intervals(unknown):
        other = known.get((i.queue, i.start))
        if other is None or i.start >= window.start:
            continue
        assert i.short <= other.short + other.not_judged <= i.short + i.not_judged


@tries(60)
@given(st.integers(0, 10**6))
def test_all_is_judged_from_the_start_of_the_window_on(plan: int) -> None:
    facts = any_facts(plan)
    assert all(i.is_judged for i in intervals(Roster(facts)) if i.start >= facts.window.start)
    assert facts.window.opens <= facts.window.start <= facts.window.end
