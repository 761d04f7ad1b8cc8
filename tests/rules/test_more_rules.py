"""Runs of a shift, weekly rest, and people together or apart, by hand; the numbers are worked out
beside.
"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError

from shiftplan.facts import Facts, History, Horizon, Leave, Person, ShiftSpec, Site, Team
from shiftplan.roster import Roster
from shiftplan.rules import RULES
from tests.rules.test_sequences import MONDAY, amount, ana, problems

# -- shift-run -----------------------------------------------------------------------------------


def test_each_shift_makes_runs_of_its_own_unless_one_is_named() -> None:
    # E twice, N three times, E twice: one night over two, and no run of days worked is looked at.
    roster = ana("E E N N N - E")
    assert amount("shift-run", roster, max=2) == 1
    assert amount("shift-run", roster, of="N", max=2) == 1
    assert amount("shift-run", roster, of="E", max=2) == 0
    # All five days together are three over two.
    assert amount("shift-run", roster, of="any", max=2) == 3
    # D0900 and D0930 are one family, but two shifts: two runs of one day, each one short of two.
    roster = ana("E E - D0900 D0930 - E")
    assert amount("shift-run", roster, of="D", min=2) == 0
    assert amount("shift-run", roster, min=2) == 2


def test_a_run_of_nights_over_the_border_counts_in_full_but_only_days_inside_are_over() -> None:
    # Two nights on record and two inside: one over three. Four on record and one inside: the one.
    assert amount("shift-run", ana("N N - - E E E", record="E N N"), of="night", max=3) == 1
    assert amount("shift-run", ana("N - - - E E E", record="N N N N"), of="night", max=3) == 1
    assert amount("shift-run", ana("- - - - E E E", record="N N N N"), of="night", max=3) == 0


def test_a_run_of_nights_is_too_short_only_if_both_its_ends_are_known() -> None:
    # One night on record, over on Monday: two short of three. Cut by the record or the last day:
    # never.
    assert amount("shift-run", ana("L L - - E E N", record="E N"), of="N", min=3) == 2
    assert amount("shift-run", ana("L L - - E E E", record="N"), of="N", min=3) == 0
    assert amount("shift-run", ana("L L - - E E E", record="E N -"), of="N", min=3) == 0
    # Another shift ends a run as a day off does.
    assert amount("shift-run", ana("- N N L - - -"), of="N", min=3) == 1


def test_a_run_of_shifts_that_cannot_be_is_refused_or_reported() -> None:
    for parameters, expected in (
        ({"of": "N"}, "give min .2 or more., max, or both"),
        ({"min": 3, "max": 2}, "min 3 is above max 2"),
    ):
        with pytest.raises(ValidationError, match=expected):
            RULES["shift-run"].model_validate({"kind": "shift-run", **parameters})
    (text,) = problems("shift-run", ana(""), of="nihgt", max=3)
    assert text.startswith("of: 'nihgt' is no shift, family or kind.")


# -- weekly-rest ---------------------------------------------------------------------------------


def test_weekly_rest_comes_after_the_rest_that_precedes_it() -> None:
    # Late until Friday 22:00, off on Saturday, day shift from Sunday 09:00: 35 hours, 24 after 11.
    roster = ana("E E E E L - D0900")
    assert amount("weekly-rest", roster, hours=24, preceded_by=11) == 0
    assert amount("weekly-rest", roster, hours=24, preceded_by="11h01") == 1
    assert amount("weekly-rest", roster, hours=35) == 0
    assert amount("weekly-rest", roster, hours="35h01") == 1
    # 22:00 on Saturday and 11 hours leave 15 hours until the week is over.
    assert amount("weekly-rest", ana("L L L L L L -"), hours=15, preceded_by=11) == 0
    assert amount("weekly-rest", ana("L L L L L L -"), hours="15h01", preceded_by=11) == 1


def test_rest_that_precedes_may_lie_in_the_week_before() -> None:
    # Off on Monday, from 05:00 on Tuesday no day free: 29 hours of the week.
    line = "- E E E E E E"
    assert amount("weekly-rest", ana(line), hours=29, preceded_by=11) == 0
    assert amount("weekly-rest", ana(line), hours="29h01") == 1
    # Late until 22:00 on Sunday: 2 of the 11 hours are over at midnight, 20 of the 29 are left.
    assert amount("weekly-rest", ana(line, record="L"), hours=20, preceded_by=11) == 0
    assert amount("weekly-rest", ana(line, record="L"), hours="20h01", preceded_by=11) == 1
    # A night until 06:00 on Monday leaves 23 hours.
    assert amount("weekly-rest", ana(line, record="N"), hours=23) == 0
    assert amount("weekly-rest", ana(line, record="N"), hours="23h01") == 1


@pytest.mark.parametrize(
    ("first", "more"), [(date(2026, 10, 19), 1), (date(2027, 3, 22), -1), (date(2026, 10, 5), 0)]
)
def test_weekly_rest_is_as_long_as_it_lasts_on_nights_of_changing_clocks(
    first: date, more: int
) -> None:
    # Dublin's clocks change in the night to Sunday. From Friday 15:00 to Sunday 09:00 it is 42
    # hours by them.
    roster = ana("E E E E Q - Q", first=first)
    assert amount("weekly-rest", roster, hours=42 + more) == 0
    assert amount("weekly-rest", roster, hours=f"{42 + more}h01") == 1
    # From Saturday 15:00 to the end of the week it is 33 hours by the clock.
    roster = ana("E E E E E Q -", first=first)
    assert amount("weekly-rest", roster, hours=33 + more) == 0
    assert amount("weekly-rest", roster, hours=f"{33 + more}h01") == 1


def test_any_seven_days_look_back_as_far_as_the_record() -> None:
    # From 22:00 on a Saturday to 05:00 on Monday: 31 hours, of which the days from Sunday on hold
    # 29 and those up to Sunday 26.
    roster = ana("E E E E E L -", record="E E E E E L -")
    assert amount("weekly-rest", roster, hours=26, days=7) == 0
    assert amount("weekly-rest", roster, hours=27, days=7) == 1
    assert amount("weekly-rest", roster, hours=30, days=7) == 2
    # Eight days in a row over the border: the seven up to Tuesday and those up to Wednesday hold no
    # day off.
    roster = ana("E E E - - E E", record="- - E E E E E")
    assert amount("weekly-rest", roster, hours=24, days=7) == 2
    assert amount("weekly-rest", roster, hours=24) == 0


def test_days_that_no_rest_could_be_found_in_are_not_charged() -> None:
    # Early shifts from Tuesday to Sunday on record: of Monday, off, the 11 hours leave 23h30.
    roster = ana("- E E - - E -", record="E E E E E E")
    assert amount("weekly-rest", roster, hours=24, preceded_by=11, days=7) == 0
    # Without the 11 hours, Monday off would do: worked, it is charged.
    roster = ana("E - - E E E -", record="E E E E E E")
    assert amount("weekly-rest", roster, hours=24, days=7) == 1


def test_weekly_rest_that_cannot_be_is_refused_or_reported() -> None:
    for parameters, expected in (
        ({"hours": 24, "days": 7, "per": "week"}, "give per or days, not both"),
        ({"hours": 48, "days": 2}, "hours 48h leave no time to work in 2 days"),
    ):
        with pytest.raises(ValidationError, match=expected):
            RULES["weekly-rest"].model_validate({"kind": "weekly-rest", **parameters})
    (days,) = problems("weekly-rest", ana("", record="E E"), days=10)
    assert days.startswith("days: 10 days are not on record by the last day.")
    assert problems("weekly-rest", ana("", record="E E E"), days=10) == []


# -- together and apart --------------------------------------------------------------------------

# At San Jose in October D runs from 16:00 to 00:00 UTC and N from 05:00 to 13:00 UTC on the day
# after; at Singapore D runs from 01:00 to 09:00 UTC and N from 14:00 to 22:00 UTC.
PAIR_SHIFTS = (
    ShiftSpec(code="D", start=time(9), length="8h"),
    ShiftSpec(code="L", start=time(16), length="8h"),
    ShiftSpec(code="N", start=time(22), length="8h"),
)


def staff(
    *sites: str,
    record: dict[str, str] | None = None,
    leave: tuple[str, int] | None = None,
    **lines: str,
) -> Roster:
    """Return one week for Ana, Ben and Cy, at *sites*: a letter a day; *record* is up to the day
    before.

    *leave* is a name and a day, counted from the first.
    """
    names = ("Ana", "Ben", "Cy")[: len(sites)]
    past = {name: (record or {}).get(name, "") for name in names}
    begin = MONDAY - timedelta(days=max(map(len, past.values())))
    off = [MONDAY + timedelta(leave[1])] if leave else []
    facts = Facts(
        team=Team(name="Team", home="San Jose"),
        horizon=Horizon(start=MONDAY, weeks=1),
        sites=(
            Site(name="San Jose", timezone="America/Los_Angeles"),
            Site(name="Singapore", timezone="Asia/Singapore"),
        ),
        shifts=tuple(shift for spec in PAIR_SHIFTS for shift in spec.expand()),
        people=tuple(Person(name=n, site=s) for n, s in zip(names, sites, strict=True)),
        leave=tuple(Leave(person=leave[0], from_date=d, to_date=d) for d in off if leave),
        history=History(
            begin if begin < MONDAY else None,
            {
                (n, begin + timedelta(days=k)): c
                for n, cs in past.items()
                for k, c in enumerate(cs)
                if c != "."
            },
        ),
    )
    cells = {
        (n, MONDAY + timedelta(days=k)): c
        for n, cs in lines.items()
        for k, c in enumerate(cs)
        if c != "."
    }
    return Roster(facts, cells)


HERE = ("San Jose", "San Jose", "San Jose")
PAIR, THREE = ["Ana", "Ben"], ["Ana", "Ben", "Cy"]


def test_people_together_work_the_same_shift_or_none() -> None:
    # Alone on Tuesday, on different shifts on Wednesday.
    roster = staff(*HERE[:2], Ana="DDD.N..", Ben="D.L.N..")
    assert amount("together", roster, who=PAIR) == 2
    # Ben is on leave on Tuesday.
    roster = staff(*HERE[:2], Ana="DDD.N..", Ben="D.L.N..", leave=("Ben", 1))
    assert amount("together", roster, who=PAIR) == 1
    # A third who is off on Monday and Friday; a day counts once.
    roster = staff(*HERE, Ana="DDD.N..", Ben="D.L.N..", Cy="..D....")
    assert amount("together", roster, who=THREE) == 4


def test_people_together_by_hours_share_time_whatever_their_dates() -> None:
    # San Jose's night of Monday, from 05:00 UTC on Tuesday, meets Singapore's day of Tuesday until
    # 09:00 UTC.
    roster = staff("San Jose", "Singapore", Ana="N......", Ben=".D.....")
    assert amount("together", roster, who=PAIR, by="hours") == 0
    # The night of Tuesday begins after Singapore's day of Tuesday: both are alone, on one date or
    # on two.
    roster = staff("San Jose", "Singapore", Ana=".N.....", Ben=".D.....")
    assert amount("together", roster, who=PAIR, by="hours") == 1
    roster = staff("San Jose", "Singapore", Ana="..N....", Ben=".D.....")
    assert amount("together", roster, who=PAIR, by="hours") == 2
    # Singapore's day of Monday could meet San Jose's night of Sunday, which is on record, or nobody
    # knows.
    for night, alone in (("N", 0), (".", 1), ("", 0)):
        roster = staff("San Jose", "Singapore", Ben="D......", record={"Ana": night})
        assert amount("together", roster, who=PAIR, by="hours") == alone
    # San Jose's night of Sunday could meet Singapore's day after the horizon, its day only what is
    # known.
    assert (
        amount("together", staff("San Jose", "Singapore", Ana="......N"), who=PAIR, by="hours") == 0
    )
    assert (
        amount("together", staff("San Jose", "Singapore", Ana="......D"), who=PAIR, by="hours") == 1
    )
    # At one site day and late share the hour from 16:00, day and night nothing.
    assert amount("together", staff(*HERE[:2], Ana="D", Ben="L"), who=PAIR, by="hours") == 0
    assert amount("together", staff(*HERE[:2], Ana="D", Ben="N"), who=PAIR, by="hours") == 1


def test_people_apart_do_not_meet() -> None:
    # The same shift on Monday and Friday, an hour in common on Wednesday as well.
    roster = staff(*HERE[:2], Ana="DDD.N..", Ben="D.L.N..")
    assert amount("apart", roster, who=PAIR) == 2
    assert amount("apart", roster, who=PAIR, by="hours") == 3
    # All three on one shift: one day.
    assert amount("apart", staff(*HERE, Ana="D", Ben="D", Cy="D"), who=THREE) == 1
    assert amount("apart", staff(*HERE, Ana="D", Ben="D", Cy="D"), who=THREE, by="hours") == 1


def test_people_apart_by_hours_meet_across_the_border_and_across_dates() -> None:
    # San Jose's night of Sunday on record meets Singapore's day of Monday; the record alone does
    # not count.
    roster = staff("San Jose", "Singapore", Ben="D......", record={"Ana": "N"})
    assert amount("apart", roster, who=PAIR, by="hours") == 1
    assert amount("apart", roster, who=PAIR) == 0
    roster = staff("San Jose", "Singapore", record={"Ana": "N.", "Ben": ".D"})
    assert amount("apart", roster, who=PAIR, by="hours") == 0
    # The night of Monday and the day of Tuesday count on Tuesday, and those of Tuesday and
    # Wednesday after.
    roster = staff("San Jose", "Singapore", Ana="NN.....", Ben=".DD....")
    assert amount("apart", roster, who=PAIR, by="hours") == 2


@pytest.mark.parametrize("kind", ["together", "apart"])
def test_names_that_cannot_be_are_refused_or_reported(kind: str) -> None:
    for who, expected in ((["Ana"], "at least 2 items"), (["Ana", "Ana"], "'Ana' is named twice")):
        with pytest.raises(ValidationError, match=expected):
            RULES[kind].model_validate({"kind": kind, "who": who})
    roster = staff(*HERE)
    assert problems(kind, roster, who=PAIR) == []
    (text,) = problems(kind, roster, who=["Ana", "Bne"])
    assert text.startswith("who: nobody is called 'Bne'.")
    (text,) = problems(kind, roster, who=PAIR, **{"for": {"names": ["Ana", "Cy"]}})
    assert text == "for: the filter leaves fewer than two of those named. Loosen it."
