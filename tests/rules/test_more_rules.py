"""Runs of a shift, weekly rest, and people together or apart, by hand; the numbers are worked out beside."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from shiftplan.rules import RULES
from tests.rules.test_sequences import amount, ana, problems

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
    # One night on record, over on Monday: two short of three. Cut by the record or the last day: never.
    assert amount("shift-run", ana("L L - - E E N", record="E N"), of="N", min=3) == 2
    assert amount("shift-run", ana("L L - - E E E", record="N"), of="N", min=3) == 0
    assert amount("shift-run", ana("L L - - E E E", record="E N -"), of="N", min=3) == 0
    # Another shift ends a run as a day off does.
    assert amount("shift-run", ana("- N N L - - -"), of="N", min=3) == 1


def test_a_run_of_shifts_that_cannot_be_is_refused_or_reported() -> None:
    for parameters, said in (
        ({"of": "N"}, "give min .2 or more., max, or both"),
        ({"min": 3, "max": 2}, "min 3 is above max 2"),
    ):
        with pytest.raises(ValidationError, match=said):
            RULES["shift-run"].model_validate({"kind": "shift-run", **parameters})
    (said,) = problems("shift-run", ana(""), of="nihgt", max=3)
    assert said.startswith("of: 'nihgt' is no shift, family or kind.")


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
def test_weekly_rest_is_as_long_as_it_lasts_on_nights_of_changing_clocks(first: date, more: int) -> None:
    # Dublin's clocks change in the night to Sunday. From Friday 15:00 to Sunday 09:00 it is 42 hours by them.
    roster = ana("E E E E Q - Q", first=first)
    assert amount("weekly-rest", roster, hours=42 + more) == 0
    assert amount("weekly-rest", roster, hours=f"{42 + more}h01") == 1
    # From Saturday 15:00 to the end of the week it is 33 hours by the clock.
    roster = ana("E E E E E Q -", first=first)
    assert amount("weekly-rest", roster, hours=33 + more) == 0
    assert amount("weekly-rest", roster, hours=f"{33 + more}h01") == 1


def test_any_seven_days_look_back_as_far_as_the_record() -> None:
    # From 22:00 on a Saturday to 05:00 on Monday: 31 hours, of which the days from Sunday on hold 29 and
    # those up to Sunday 26.
    roster = ana("E E E E E L -", record="E E E E E L -")
    assert amount("weekly-rest", roster, hours=26, days=7) == 0
    assert amount("weekly-rest", roster, hours=27, days=7) == 1
    assert amount("weekly-rest", roster, hours=30, days=7) == 2
    # Eight days in a row over the border: the seven up to Tuesday and those up to Wednesday hold no day off.
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
    for parameters, said in (
        ({"hours": 24, "days": 7, "per": "week"}, "give per or days, not both"),
        ({"hours": 48, "days": 2}, "hours 48h leave no time to work in 2 days"),
    ):
        with pytest.raises(ValidationError, match=said):
            RULES["weekly-rest"].model_validate({"kind": "weekly-rest", **parameters})
    (days,) = problems("weekly-rest", ana("", record="E E"), days=10)
    assert days.startswith("days: 10 days are not on record by the last day.")
    assert problems("weekly-rest", ana("", record="E E E"), days=10) == []
