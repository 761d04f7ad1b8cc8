"""What the two halves of a rule read together, by hand: no comparison of the halves can judge it.

Every number is worked out beside it. Dublin, the team's home, is on UTC in these weeks, San Jose
eight hours behind, Kathmandu five hours and three quarters ahead.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from shiftplan.facts import (
    Availability,
    Curve,
    DemandRow,
    Facts,
    History,
    HolidayDate,
    Horizon,
    Leave,
    LeavePolicy,
    LieuTerms,
    Person,
    RotaWeek,
    ShiftNeed,
    ShiftSpec,
    Site,
    Team,
    Wish,
    Worked,
)
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from shiftplan.rules import RULES
from tests.rules.contract import hold

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 2) + timedelta(days=k) for k in range(7))

SHIFTS = tuple(
    shift
    for spec in (
        ShiftSpec(code="E", start=time(6), length="8h"),
        ShiftSpec(code="L", start=time(13), length="8h"),
        ShiftSpec(code="A", start=time(17), length="8h"),
        ShiftSpec(code="M", start=time(20), length="8h"),
        ShiftSpec(code="N", start=time(22), length="9h"),
    )
    for shift in spec.expand()
)


def team(*people: Person, first: date = MON, weeks: int = 1, **more: Any) -> Facts:
    weekday = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return Facts(
        team=Team(name="Team", home="Dublin", week_starts=weekday[first.weekday()]),
        horizon=Horizon(start=first, weeks=weeks),
        sites=(
            Site(name="Dublin", timezone="Europe/Dublin", holidays="IE"),
            Site(name="San Jose", timezone="America/Los_Angeles", holidays="US-CA", seats=0),
        ),
        shifts=SHIFTS,
        people=people,
        **more,
    )


def person(name: str, site: str = "Dublin", **more: Any) -> Person:
    return Person(name=name, site=site, **more)


def rostered(facts: Facts, **lines: str) -> Roster:
    """One letter for each day from the first, a dot for a day off."""
    cells = {
        (who, facts.days[k]): code
        for who, line in lines.items()
        for k, code in enumerate(line)
        if code != "."
    }
    return Roster(facts, cells)


def broken(kind: str, roster: Roster, **parameters: Any) -> list[tuple[date | None, int]]:
    """Return when and how much, after making sure that the solver charges the same."""
    made = RULES[kind].model_validate({"kind": kind, **parameters})
    hold(made, roster)
    return [(b.day, b.amount) for b in made.check(roster)]


def amount(kind: str, roster: Roster, **parameters: Any) -> int:
    return sum(more for _, more in broken(kind, roster, **parameters))


# -- whom and when: the filter ---------------------------------------------------------------------


def test_a_filter_takes_any_value_of_a_key_and_wants_every_key() -> None:
    people = (
        person("Ana", skills=("chat",), level="L1"),
        person("Ben", skills=("lead",), level="L2"),
        person("Cy", "San Jose", skills=("chat", "lead"), level="L2", contract="half"),
    )
    facts = team(*people, contracts=({"name": "full-time"}, {"name": "half"}))
    roster = rostered(facts, Ana="E", Ben="EE", Cy="EEE")
    # At most no shift: everyone is broken by all of theirs, 1, 2 and 3.
    for whom, wanted in (
        ({}, 6),
        ({"names": ["Ana", "Cy"]}, 4),
        ({"site": ["Dublin"]}, 3),
        ({"skill": ["lead"]}, 5),
        ({"skill": ["chat", "lead"]}, 6),
        ({"level": ["L2"]}, 5),
        ({"level": ["L2"], "site": ["Dublin"]}, 2),
        ({"level": ["L2"], "skill": ["chat"]}, 3),
        ({"contract": ["half"]}, 3),
        ({"contract": ["half"], "names": ["Ana", "Ben"]}, 0),
        ({"names": ["Ana"], "site": ["San Jose"]}, 0),
    ):
        assert amount("shift-count", roster, max=0, **{"for": whom}) == wanted


def test_both_dates_of_a_filter_are_inside() -> None:
    # Five shifts from Monday on: Tuesday, Wednesday and Thursday are inside.
    roster = rostered(team(person("Ana")), Ana="EEEEE")
    dates = {"from_date": TUE, "to_date": THU}
    found = broken("hours", roster, max="7h", per="day", **{"for": dates})
    assert found == [(TUE, 60), (WED, 60), (THU, 60)]


def test_the_week_a_filter_looks_at_is_the_one_that_ends_inside() -> None:
    # Seven shifts in each week, five at most; only the second week ends on the dates.
    roster = rostered(team(person("Ana"), weeks=2), Ana="E" * 14)
    dates = {"from_date": TUE, "to_date": SUN + timedelta(days=7)}
    assert amount("shift-count", roster, max=5, **{"for": dates}) == 4
    dates = {"from_date": MON + timedelta(days=7), "to_date": SUN + timedelta(days=7)}
    assert amount("shift-count", roster, max=5, **{"for": dates}) == 2


# -- whose clock decides ---------------------------------------------------------------------------


def test_presence_goes_by_its_clock_and_else_by_the_teams() -> None:
    facts = team(person("Ana", level="L1"))
    # 13:30 to 14:30 on Tuesday is 07:45 to 08:45 UTC in Kathmandu. E is on from 06:00 to 14:00.
    hours = {"level": ["L1"], "weekdays": "tue", "start": "13:30", "end": "14:30"}
    early = rostered(facts, Ana=".E")
    assert broken("presence", early, clock="Asia/Kathmandu", **hours) == []
    # In Dublin the last half hour is after E.
    assert broken("presence", early, **hours) == [(TUE, 30)]
    # L is on from 13:00: all of the hour in Dublin, none of that in Kathmandu.
    late = rostered(facts, Ana=".L")
    assert broken("presence", late, clock="Asia/Kathmandu", **hours) == [(TUE, 60)]
    assert broken("presence", late, **hours) == []


def test_the_weekday_of_open_hours_is_that_of_the_clock() -> None:
    facts = team(person("Ana", level="L1"))
    # 02:00 to 03:00 on Wednesday in Kathmandu is 20:15 to 21:15 on Tuesday in Dublin: L, to 21:00,
    # lacks a quarter of an hour.
    hours = {"level": ["L1"], "start": "02:00", "end": "03:00", "clock": "Asia/Kathmandu"}
    assert amount("presence", rostered(facts, Ana=".L"), weekdays="wed", **hours) == 15
    assert amount("presence", rostered(facts, Ana="..L"), weekdays="wed", **hours) == 60


def test_open_hours_over_midnight_are_those_of_the_weekday_they_open_on() -> None:
    facts = team(person("Ana", level="L1"))
    hours = {"level": ["L1"], "weekdays": "tue", "start": "20:00", "end": "06:00"}
    # N is on from 22:00 to 07:00: of Tuesday's ten hours its own N lacks two, Monday's N all.
    assert broken("presence", rostered(facts, Ana=".N"), **hours) == [(TUE, 120)]
    assert broken("presence", rostered(facts, Ana="N"), **hours) == [(TUE, 600)]


def test_seats_take_dates_by_the_zone_of_the_site() -> None:
    facts = team(person("Cy", "San Jose"))
    # In San Jose L is on from 13:00 to 21:00, which is 21:00 to 05:00 UTC.
    tuesday = {"for": {"from_date": TUE, "to_date": TUE}}
    assert broken("seats", rostered(facts, Cy="L"), **tuesday) == []
    assert broken("seats", rostered(facts, Cy=".L"), **tuesday) == [(TUE, 480)]
    # N of Monday is on for seven hours of Tuesday, N of Tuesday for two.
    assert broken("seats", rostered(facts, Cy="N"), **tuesday) == [(TUE, 420)]
    assert broken("seats", rostered(facts, Cy=".N"), **tuesday) == [(TUE, 120)]


def test_a_mix_takes_dates_by_the_zone_of_the_site_or_for_all_by_the_teams() -> None:
    facts = team(person("Cy", "San Jose", level="L1"))
    tuesday = {"level": ["L1"], "max": 0, "for": {"from_date": TUE, "to_date": TUE}}
    assert broken("mix", rostered(facts, Cy="L"), **tuesday) == []
    assert broken("mix", rostered(facts, Cy=".L"), **tuesday) == [(TUE, 480)]
    # In Dublin, 21:00 to 05:00: five hours of Monday's L are on Tuesday, and three of Tuesday's.
    assert broken("mix", rostered(facts, Cy="L"), per="team", **tuesday) == [(TUE, 300)]
    assert broken("mix", rostered(facts, Cy=".L"), per="team", **tuesday) == [(TUE, 180)]


def test_demand_is_wanted_by_the_clock_of_its_curve_and_counted_by_the_date_at_home() -> None:
    row = DemandRow(date=TUE, start="13:30", end="14:30", minimum=1)
    curve = Curve(queue="help", skill="chat", clock="Asia/Kathmandu", rows=(row,))
    facts = team(person("Ana", skills=("chat",)), person("Ben", skills=("help",)), curves=(curve,))
    only = {"minimum": 1, "target": 0}
    # 07:45 to 08:45 UTC; who serves the queue is who has its skill, not its name.
    assert broken("demand", rostered(facts, Ana=".E"), **only) == []
    assert broken("demand", rostered(facts, Ben=".E"), **only) == [(TUE, 60)]
    assert broken("demand", rostered(facts, Ana=".L"), **only) == [(TUE, 60)]
    # In San Jose it would be Monday still; at home it is Tuesday.
    for dates, wanted in (({"to_date": MON}, 0), ({"from_date": TUE, "to_date": TUE}, 60)):
        assert amount("demand", rostered(facts), **only, **{"for": dates}) == wanted


def test_curves_of_one_queue_add_up_quarter_by_quarter() -> None:
    # 19:15 to 20:15 in Kathmandu is 13:30 to 14:30 UTC. From 13:30 to 14:00 Dublin wants one more.
    rows = (
        DemandRow(date=TUE, start="19:15", end="20:15", minimum=1),
        DemandRow(date=TUE, start="13:30", end="14:00", minimum=1),
    )
    clocks = ("Asia/Kathmandu", "Europe/Dublin")
    curves = [
        Curve(queue="chat", clock=clock, rows=(row,))
        for clock, row in zip(clocks, rows, strict=True)
    ]
    facts = team(person("Ana", skills=("chat",)), curves=tuple(curves))
    # E, to 14:00, is one of two for half an hour; then one is missing for another.
    only = {"minimum": 1, "target": 0}
    assert broken("demand", rostered(facts, Ana=".E"), **only) == [(TUE, 60)]
    assert broken("demand", rostered(facts, Ana=".L"), **only) == [(TUE, 30)]


def test_a_first_day_that_begins_before_the_record_does_has_no_handover() -> None:
    people = (person("Ana"), person("Cy", "San Jose"))
    sites = {"from_site": "San Jose", "to_site": "Dublin", "minutes": "1h"}
    days = [MON, TUE, WED, THU, FRI, SAT, SUN]
    # Monday in Dublin begins at 00:00 UTC; a Sunday's N in San Jose may be on until 15:00.
    assert broken("handover", rostered(team(*people)), **sites) == [(d, 60) for d in days[1:]]
    # With Sunday on record it is known who was there.
    known = team(*people, history=History(MON - timedelta(days=1)))
    assert broken("handover", rostered(known), **sites) == [(d, 60) for d in days]


def test_a_handover_is_due_on_the_days_of_the_site_that_takes_over() -> None:
    facts = team(person("Ana"), person("Cy", "San Jose"))
    sites = {"from_site": "Dublin", "to_site": "San Jose", "minutes": "1h", "weekdays": "tue"}
    # N of Tuesday in Dublin, 22:00 to 07:00, and L of Tuesday in San Jose, 21:00 to 05:00 UTC,
    # share seven hours: on Tuesday by San Jose, mostly on Wednesday by Dublin.
    assert broken("handover", rostered(facts, Ana=".N", Cy=".L"), **sites) == []
    # A day earlier in both: 22:00 to 05:00 UTC is 14:00 to 21:00 on Monday in San Jose.
    assert broken("handover", rostered(facts, Ana="N", Cy="L"), **sites) == [(TUE, 60)]


def test_weekly_rest_ends_with_the_week_where_the_person_is() -> None:
    facts = team(person("Cy", "San Jose"))
    # L ends at 21:00 on Saturday, 27 hours before the week is over in San Jose.
    roster = rostered(facts, Cy="LLLLLL.")
    assert broken("weekly-rest", roster, hours="27h") == []
    assert broken("weekly-rest", roster, hours="27h15") == [(SUN, 1)]


def test_a_day_of_rest_is_a_day_where_the_person_is() -> None:
    facts = team(person("Cy", "San Jose"))
    # L of Saturday is on until 05:00 on Sunday in UTC, but not in San Jose.
    roster = rostered(facts, Cy="LLLLLL.")
    assert broken("day-of-rest", roster, days=1) == []
    assert broken("day-of-rest", roster, days=2) == [(SUN, 1)]


def test_a_workday_begins_when_the_rule_says() -> None:
    # N of Monday ends at 07:00 on Tuesday: by workdays from 07:00 on it lies on one day, which is
    # all that six days of rest leave; from 06:00 on it lies on two.
    roster = rostered(team(person("Ana")), Ana="N")
    assert broken("day-of-rest", roster, days=6, workday_start="07:00") == []
    assert broken("day-of-rest", roster, days=6, workday_start="06:00") == [(SUN, 1)]


def test_a_shift_begins_by_the_clock_of_its_site_and_lasts_elapsed_time() -> None:
    # On Sunday, 1 November, clocks in San Jose go back at 02:00. N of Saturday, from 22:00 on,
    # is over after nine hours, at 06:00: E at 06:00 follows without any rest, L after 7 h.
    saturday = date(2026, 10, 31)
    facts = team(person("Cy", "San Jose"), first=saturday)
    assert broken("rest", rostered(facts, Cy="NL"), hours="7h") == []
    assert amount("rest", rostered(facts, Cy="NL"), hours="7h15") == 1
    # In Dublin they went back a week before: N ends at 07:00, six hours before L.
    facts = team(person("Ana"), first=saturday)
    assert broken("rest", rostered(facts, Ana="NL"), hours="6h") == []
    assert amount("rest", rostered(facts, Ana="NL"), hours="6h15") == 1


def test_a_holiday_is_one_of_the_persons_site() -> None:
    tuesday = HolidayDate(date=TUE, site="San Jose")
    people = (person("Ana", hourly_rate=10), person("Cy", "San Jose", hourly_rate=20))
    facts = team(*people, holidays=(tuesday,))
    # Eight hours at half of 20.00 more; in Dublin Tuesday is a day like any other.
    premium = {"of": "premiums", "holiday": 50, "strength": "cost"}
    assert amount("cost", rostered(facts, Cy=".E"), **premium) == 8000
    assert amount("cost", rostered(facts, Ana=".E"), **premium) == 0


def test_a_night_premium_is_for_the_hours_the_rule_says() -> None:
    # N is on from 22:00 to 07:00, seven hours of it up to 05:00 and six from 23:00 to 05:00; each
    # is half of 10.00 more.
    night = {"of": "premiums", "night": 50, "night_to": "05:00", "strength": "cost"}
    roster = rostered(team(person("Ana", hourly_rate=10)), Ana="N")
    assert amount("cost", roster, night_from="22:00", **night) == 3500
    assert amount("cost", roster, night_from="23:00", **night) == 3000


@pytest.mark.parametrize(
    ("counts", "line", "owed"),
    [
        ("minutes", "A", 1),  # 17:00 to 01:00: an hour of Tuesday is enough
        ("majority", "M", 0),  # 20:00 to 04:00: half of it is no majority
        ("start", "N", 0),  # it starts on Monday
        ("majority", "N", 1),  # 22:00 to 07:00: seven hours of nine
    ],
)
def test_how_much_of_a_shift_must_lie_in_a_holiday(counts: str, line: str, owed: int) -> None:
    facts = team(
        person("Ana"),
        holidays=(HolidayDate(date=TUE, site="Dublin"),),
        leave_policies=(LeavePolicy(lieu=LieuTerms(within="3 days", counts=counts)),),
    )
    # No day off is to spare, so a day that is owed is missed, by Friday.
    found = broken("lieu", rostered(facts, Ana=line), days_off=7)
    assert found == [(FRI, 1)] * owed


def test_overtime_of_the_week_goes_by_the_week_of_the_team() -> None:
    sunday = date(2026, 11, 1)
    facts = team(person("Ana", hourly_rate=20), first=sunday)
    overtime = {"of": "premiums", "weekly_overtime": "30h", "strength": "cost"}
    # From Sunday to Wednesday 32 h: two hours at 10.00 more. From Monday they would be 24 h.
    assert amount("cost", rostered(facts, Ana="EEEE..."), **overtime) == 2000
    facts = team(person("Ana", hourly_rate=20), first=sunday, weeks=2)
    # Thursday to Saturday and Sunday to Tuesday: 24 h in either week.
    assert amount("cost", rostered(facts, Ana="....EEEEEE...."), **overtime) == 0


# -- who counts ------------------------------------------------------------------------------------


def test_any_of_the_skills_will_do_and_with_a_level_one_of_each() -> None:
    people = (
        person("Ana", skills=("lead",), level="L1"),
        person("Ben", skills=("chat",), level="L2"),
        person("Cy", level="L2"),
    )
    facts = team(*people)
    hours = {"weekdays": "tue", "start": "06:00", "end": "14:00"}  # as long as E: 480 minutes
    for named, wanted in (
        ({"skill": ["lead", "chat"]}, {"Ana": 0, "Ben": 0, "Cy": 480}),
        ({"level": ["L2"]}, {"Ana": 480, "Ben": 0, "Cy": 0}),
        ({"skill": ["lead", "chat"], "level": ["L2"]}, {"Ana": 480, "Ben": 0, "Cy": 480}),
    ):
        for who, missing in wanted.items():
            roster = rostered(facts, **{who: ".E"})
            assert amount("presence", roster, **named, **hours) == missing


def test_a_duty_is_for_the_skilled_on_its_shifts_and_days() -> None:
    facts = team(person("Ana", skills=("lead",)), person("Ben"))
    duty = {"name": "Report", "skill": ["lead"], "of": "E", "weekdays": "tue wed thu fri"}
    # On Tuesday Ana has it; on Wednesday she works L, on Thursday Ben, who cannot, works E; on
    # Friday nobody does. Monday has no duty.
    roster = rostered(facts, Ana=".EL", Ben="...E")
    assert broken("duty", roster, **duty) == [(WED, 1), (THU, 1), (FRI, 1)]


def test_who_looks_after_others_is_never_limited() -> None:
    people = (person("Ana", level="L1"), person("Ben", level="L1", skills=("mentor",)))
    facts = team(*people)
    mix = {"level": ["L1"], "beside_skill": ["mentor"]}
    # Ana alone for the eight hours of E; Ben alone is no trainee.
    assert broken("mix", rostered(facts, Ana=".E"), **mix) == [(TUE, 480)]
    assert broken("mix", rostered(facts, Ben=".E"), **mix) == []
    assert broken("mix", rostered(facts, Ana=".E", Ben=".E"), **mix) == []


def test_a_site_has_the_seats_it_names_unless_the_rule_says() -> None:
    facts = team(person("Ana"), person("Cy", "San Jose"))
    # Dublin names none and is not limited; San Jose names zero.
    both = rostered(facts, Ana=".E", Cy=".E")
    assert broken("seats", both) == [(TUE, 480)]
    assert broken("seats", both, seats=0) == [(TUE, 480), (TUE, 480)]
    assert broken("seats", both, seats=1) == []


def test_only_those_named_that_the_filter_leaves_are_looked_at() -> None:
    people = (person("Ana"), person("Ben"), person("Cy", "San Jose"), person("Dee"))
    facts = team(*people)
    # Of the three named the filter leaves Ana and Ben; Dee is not named.
    named = {"who": ["Ana", "Ben", "Cy"], "for": {"site": ["Dublin"]}}
    # Ana and Ben miss each other on two days.
    assert broken("together", rostered(facts, Ana=".E", Ben="..E"), **named) == [(TUE, 1), (WED, 1)]
    # Alone or together, Cy and Dee change nothing.
    assert broken("together", rostered(facts, Cy="E", Dee="LL"), **named) == []
    # Ana meets Ben on Monday. With Cy on Tuesday and Dee on Wednesday she may work.
    roster = rostered(facts, Ana="EEE", Ben="E", Cy=".E", Dee="..E")
    assert broken("apart", roster, **named) == [(MON, 1)]


def test_who_is_on_leave_is_not_missed_by_those_together() -> None:
    leave = (Leave(person="Ben", from_date=TUE, to_date=TUE),)
    facts = team(person("Ana"), person("Ben"), leave=leave)
    # Ana works without Ben on Monday and on Tuesday, when he is on leave.
    assert broken("together", rostered(facts, Ana="EE"), who=["Ana", "Ben"]) == [(MON, 1)]


def test_a_line_for_a_date_speaks_of_no_other_day() -> None:
    lines = (
        ShiftNeed(shift="E", date=TUE, minimum=2),
        ShiftNeed(shift="night", weekday="wed thu", minimum=1),
    )
    facts = team(person("Ana"), person("Ben"), shift_needs=lines)
    # E on Tuesday is one short of two; N, a night, is short on Wednesday and not on Thursday.
    roster = rostered(facts, Ana=".E.N")
    assert broken("shift-demand", roster) == [(TUE, 1), (WED, 1)]


def test_each_shift_makes_runs_of_its_own_and_a_kind_makes_them_of_all_its_shifts() -> None:
    # L N L N: four in a row of any shift, and no two of one.
    roster = rostered(team(person("Ana")), Ana="LNLN")
    assert amount("shift-run", roster, max=1) == 0
    assert amount("shift-run", roster, of="any", max=1) == 3
    assert amount("shift-run", rostered(team(person("Ana")), Ana="NN.N"), of="night", max=1) == 1


def test_a_week_of_too_few_due_days_owes_no_days_off_together() -> None:
    # On leave up to Saturday: one due day cannot be two days off.
    leave = (Leave(person="Ana", from_date=MON, to_date=SAT),)
    facts = team(person("Ana"), leave=leave)
    together = {"days": 2, "straddle": False}
    assert amount("days-off-together", rostered(facts, Ana="E.E.E.E"), **together) == 0
    # With two due days it is owed.
    leave = (Leave(person="Ana", from_date=MON, to_date=FRI),)
    facts = team(person("Ana"), leave=leave)
    assert amount("days-off-together", rostered(facts, Ana="E.E.E.E"), **together) == 1


# -- tables of the plan ----------------------------------------------------------------------------


def test_a_rota_goes_on_from_the_week_it_starts_with_and_back_from_it() -> None:
    rows = (
        RotaWeek(rota="A", week=1, monday="E", people=("Ana",)),
        RotaWeek(rota="A", week=2, monday="L", tuesday="L", people=("Ben",)),
    )
    people = (person("Ana"), person("Ben"), person("Cy"))
    week = timedelta(days=7)
    # Counted from the horizon on Ana is in the first week, Ben in the second. Cy is in none.
    facts = team(*people, rotation=rows, rotation_start=MON)
    assert broken("rotation", rostered(facts, Ana="E", Ben="LL", Cy="NNN")) == []
    # A week later, or before, they have changed places.
    for start in (MON - week, MON + week):
        facts = team(*people, rotation=rows, rotation_start=start)
        assert broken("rotation", rostered(facts, Ana="LL", Ben="E")) == []
    # Ana works L instead of E on Monday; Ben is off on two days.
    facts = team(*people, rotation=rows, rotation_start=MON)
    assert broken("rotation", rostered(facts, Ana="L")) == [(MON, 1), (MON, 1), (TUE, 1)]


def test_weeks_of_a_rota_follow_their_numbers_whatever_the_order_of_the_rows() -> None:
    rows = (
        RotaWeek(rota="A", week=2, monday="L"),
        RotaWeek(rota="A", week=1, monday="E", people=("Ana",)),
        RotaWeek(rota="A", week=3, monday="N"),
    )
    facts = team(person("Ana"), weeks=3, rotation=rows, rotation_start=MON)
    lines = {"Ana": "E......L......N......"}
    assert broken("rotation", rostered(facts, **lines)) == []


def test_pins_and_wishes_outside_the_filter_are_not_looked_at() -> None:
    pins = (Worked(person="Ana", date=MON, shift="E"), Worked(person="Ben", date=TUE, shift=""))
    wishes = (
        Wish(person="Ana", date=MON, wish="shift-on", shift="night", weight=2),
        Wish(person="Ben", date=TUE, wish="day-off", weight=3),
    )
    facts = team(person("Ana"), person("Ben"), pins=pins, wishes=wishes)
    roster = rostered(facts, Ana="L", Ben=".L")
    assert broken("pinned", roster) == [(MON, 1), (TUE, 1)]
    assert broken("wish", roster) == [(MON, 2), (TUE, 3)]
    # N is a night.
    assert broken("wish", rostered(facts, Ana="N")) == []
    for whom, found in (({"names": ["Ana"]}, MON), ({"from_date": TUE}, TUE)):
        assert [day for day, _ in broken("pinned", roster, **{"for": whom})] == [found]
        assert [day for day, _ in broken("wish", roster, **{"for": whom})] == [found]


def test_the_first_and_the_last_day_of_a_contract_belong_to_it() -> None:
    roster = rostered(team(person("Ana", start_date=TUE, end_date=THU)), Ana="EEEEE")
    # No rule is needed for it: nobody works outside a contract.
    found = Plan(roster.facts).judge(roster).hard_breaches
    assert [(f.breach.rule, f.breach.day, f.breach.text) for f in found] == [
        (
            "within-contract",
            MON,
            "Ana works E on Mon 02 Nov, before their contract starts on Tue 03 Nov 2026.",
        ),
        (
            "within-contract",
            FRI,
            "Ana works E on Fri 06 Nov, after their contract ends on Thu 05 Nov 2026.",
        ),
    ]
    assert broken("available", Roster(roster.facts, {("Ana", TUE): "E"})) == []


def test_the_first_and_the_last_day_of_a_row_of_availability_belong_to_it() -> None:
    never = Availability(person="Ana", can="never", from_date=TUE, to_date=THU)
    facts = team(person("Ana"), availability=(never,))
    found = broken("available", rostered(facts, Ana="EEEEE"))
    assert found == [(TUE, 1), (WED, 1), (THU, 1)]


def test_the_first_and_the_last_day_of_leave_belong_to_it() -> None:
    leave = (Leave(person="Ana", from_date=TUE, to_date=THU),)
    facts = team(person("Ana"), leave=leave)
    assert broken("leave", rostered(facts, Ana="EEEEE")) == [(TUE, 1), (WED, 1), (THU, 1)]
