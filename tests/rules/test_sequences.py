"""Rules on sequences of days, by hand: one person, explicit rosters, every number worked out beside
it.
"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError

from shiftplan.facts import (
    Facts,
    History,
    Horizon,
    Leave,
    Person,
    ShiftSpec,
    Site,
    StartRange,
    Team,
)
from shiftplan.roster import Roster
from shiftplan.rules import RULES
from tests.rules.contract import found, hold

# E, L, N and D pay 8 h, Q pays 6 h. N ends at 06:00, Q starts together with D0900.
SHIFTS = (
    ShiftSpec(code="E", start=time(5), length="8h30", unpaid_break="30m"),
    ShiftSpec(code="L", start=time(13, 30), length="8h30", unpaid_break="30m"),
    ShiftSpec(code="N", start=time(22), length="8h"),
    ShiftSpec(code="D", starts=StartRange(first=time(9), last=time(9, 30), every=30), length="8h"),
    ShiftSpec(code="Q", start=time(9), length="6h"),
)
MONDAY = date(2026, 10, 5)


def ana(
    line: str,
    *,
    record: str = "",
    first: date = MONDAY,
    tz: str = "Europe/Dublin",
    leave: tuple[int, int] | None = None,
    joins: int | None = None,
) -> Roster:
    """Return Ana's roster: a code or ``-`` a day, days after *line* off, *record* up to the day
    before.

    *leave* (first and last) and *joins* are days counted from the first.
    """
    past, future = record.split(), line.split()
    begin = first - timedelta(days=len(past))
    absences = (
        [
            Leave(
                person="Ana",
                from_date=first + timedelta(leave[0]),
                to_date=first + timedelta(leave[1]),
            )
        ]
        if leave
        else []
    )
    facts = Facts(
        team=Team(name="Team", home="North", week_starts=f"{first:%A}".lower()),
        horizon=Horizon(start=first, weeks=-(-len(future) // 7) or 1),
        sites=(Site(name="North", timezone=tz),),
        shifts=tuple(shift for spec in SHIFTS for shift in spec.expand()),
        people=(
            Person(
                name="Ana",
                site="North",
                start_date=None if joins is None else first + timedelta(joins),
            ),
        ),
        leave=tuple(absences),
        history=History(begin if past else None, _cells(past, begin)),
    )
    return Roster(facts, _cells(future, first))


def _cells(codes: list[str], first: date) -> dict[tuple[str, date], str]:
    return {("Ana", first + timedelta(days=k)): code for k, code in enumerate(codes) if code != "-"}


def amount(kind: str, roster: Roster, **parameters: object) -> int:
    """Return what the rule finds in *roster*, once solver and checker agree on it."""
    rule = RULES[kind].model_validate({"kind": kind, **parameters})
    hold(rule, roster)
    return found(rule, roster)


def problems(kind: str, roster: Roster, **parameters: object) -> list[str]:
    rule = RULES[kind].model_validate({"kind": kind, **parameters})
    return list(rule.problems(roster.facts))


# -- days-off-together ---------------------------------------------------------------------------


def test_two_days_off_apart_are_not_together() -> None:
    # Off on Tuesday and Friday, and nothing at either edge.
    assert amount("days-off-together", ana("E - E E - E E"), days=2) == 1
    assert amount("days-off-together", ana("- - E E E E E"), days=2, straddle=False) == 0
    assert amount("days-off-together", ana("E E E E E - -"), days=2, straddle=False) == 0


def test_a_pair_of_days_off_across_two_weeks_serves_both_only_if_it_may_straddle() -> None:
    # Off on the first Sunday and the second Monday, worked on all twelve other days.
    roster = ana("E E E E E E - - E E E E E E")
    assert amount("days-off-together", roster, days=2) == 0
    assert amount("days-off-together", roster, days=2, straddle=False) == 2


def test_a_day_nobody_knows_is_taken_to_be_off() -> None:
    # Only Sunday off: Monday after it is unknown. Only Monday off: Sunday before it is unknown,
    # off, worked.
    assert amount("days-off-together", ana("E E E E E E -"), days=2) == 0
    assert amount("days-off-together", ana("- E E E E E E"), days=2) == 0
    assert amount("days-off-together", ana("- E E E E E E", record="-"), days=2) == 0
    assert amount("days-off-together", ana("- E E E E E E", record="E"), days=2) == 1
    # Three together: Sunday and two unknown days; with Sunday worked, the unknown days are in no
    # week.
    assert amount("days-off-together", ana("E E E E E E -", record="E"), days=3) == 0
    assert amount("days-off-together", ana("E E E E E E E", record="- -"), days=3) == 1


def test_leave_is_as_good_as_days_off_and_a_week_of_leave_owes_none() -> None:
    # Leave on Monday and Tuesday, worked from Wednesday on.
    assert amount("days-off-together", ana("- - E E E E E", record="E", leave=(0, 1)), days=2) == 0
    # All seven days worked: with five days of leave two are due and owe a pair, with six one is
    # due.
    assert (
        amount("days-off-together", ana("E E E E E E E", leave=(0, 4)), days=2, straddle=False) == 1
    )
    assert (
        amount("days-off-together", ana("E E E E E E E", leave=(0, 5)), days=2, straddle=False) == 0
    )


# -- off-run -------------------------------------------------------------------------------------


def test_a_run_of_days_off_is_too_short_only_if_both_its_ends_are_known() -> None:
    # One day off before the horizon, ended by its first day: one day short of two.
    assert amount("off-run", ana("E E E E E E E", record="E -"), min=2) == 1
    # The record begins with it, the horizon ends with it, or it ended before the horizon.
    assert amount("off-run", ana("E E E E E E E", record="-"), min=2) == 0
    assert amount("off-run", ana("E E E E E E -", record="E"), min=2) == 0
    assert amount("off-run", ana("E E E E E E E", record="E - E"), min=2) == 0
    # Tuesday alone lacks two of three, Thursday and Friday one.
    assert amount("off-run", ana("E - E - - E E"), min=3) == 3


def test_only_days_off_inside_the_horizon_can_be_too_many() -> None:
    # Three on record and two inside: the two; five of four: one; five of five: none.
    roster = ana("- - E E E E E", record="E - - -")
    assert amount("off-run", roster, max=2) == 2
    assert amount("off-run", roster, max=4) == 1
    assert amount("off-run", roster, max=5) == 0
    # Up to the last day.
    assert amount("off-run", ana("E E E E E - -"), max=1) == 1


def test_leave_is_no_day_off() -> None:
    # Off Tuesday and Friday around leave: two days off in a run that is never too short.
    roster = ana("E - - - - E E", leave=(2, 3))
    assert amount("off-run", roster, max=1) == 1
    assert amount("off-run", roster, max=2) == 0
    assert amount("off-run", roster, min=4) == 0
    # Leave worked on Wednesday ends the run: one day off on either side, each one short of two.
    worked = ana("E - E - E E E", leave=(2, 2))
    assert amount("off-run", worked, max=1) == 0
    assert amount("off-run", worked, min=2) == 2
    # Leave on the day before the horizon.
    assert amount("off-run", ana("- E E E E E E", record="E - -", leave=(-1, -1)), max=1) == 1
    assert amount("off-run", ana("E E E E E E E", record="E -", leave=(-1, -1)), min=2) == 0


def test_more_days_off_in_a_row_than_the_horizon_has_is_a_problem() -> None:
    assert problems("off-run", ana(""), min=8) == [
        "min: 8 days off in a row do not fit into 7 days. Lower it."
    ]
    assert problems("off-run", ana(""), min=7) == []


# -- weekends ------------------------------------------------------------------------------------


def test_a_weekend_with_any_shift_is_worked() -> None:
    # Saturday of the first, Sunday of the third week; the second is free; Friday night is no
    # weekend.
    roster = ana("- - - - - E -  - - - - N - -  - - - - - - E")
    assert amount("weekends", roster, max=2) == 0
    assert amount("weekends", roster, max=1) == 1
    assert amount("weekends", roster, max_in_a_row=1) == 0


def test_weekends_on_record_count_for_those_in_a_row() -> None:
    # The Saturday before the first day and the first weekend inside.
    assert amount("weekends", ana("- - - - - E E", record="E -"), max_in_a_row=1) == 1
    assert amount("weekends", ana("- - - - - E E", record="- -"), max_in_a_row=1) == 0
    # Two on record, already one too many, and one inside: only that one.
    record = "E E - - - - - E E"
    assert amount("weekends", ana("- - - - - E E", record=record), max_in_a_row=1) == 1
    assert amount("weekends", ana("- - - - - - -", record=record), max_in_a_row=1) == 0
    assert amount("weekends", ana("- - - - - E E", record=record), max_in_a_row=3) == 0
    assert amount("weekends", ana("- - - - - E E", record=record), max=1) == 0


def test_half_a_weekend_is_charged_unless_the_other_day_is_excused() -> None:
    assert amount("weekends", ana("- - - - - E -"), whole=True) == 1
    assert amount("weekends", ana("- - - - - - E"), whole=True) == 1
    assert amount("weekends", ana("- - - - - E L"), whole=True) == 0
    assert amount("weekends", ana("- - - - - E -", leave=(6, 6)), whole=True) == 0
    # Added up: one over none, and half a weekend.
    assert amount("weekends", ana("- - - - - E -"), whole=True, max=0) == 2


SUNDAY = date(2026, 10, 4)


def test_a_weekend_cut_by_the_first_day_belongs_to_the_period_of_its_first_shift() -> None:
    # The horizon is Sunday to Saturday; the record ends on the Saturday before.
    both = ana("E - - - - - -", first=SUNDAY, record="E")
    assert amount("weekends", both, max=0) == 0
    assert amount("weekends", both, whole=True) == 0
    assert amount("weekends", both, max_in_a_row=1) == 0
    assert amount("weekends", ana("E - - - - - -", first=SUNDAY, record="-"), max=0) == 1
    assert amount("weekends", ana("- - - - - - -", first=SUNDAY, record="E"), whole=True) == 1
    # Nobody knows the Saturday before the first day, nor the Sunday after the last.
    assert amount("weekends", ana("E - - - - - E", first=SUNDAY), whole=True) == 0
    assert amount("weekends", ana("E - - - - - E", first=SUNDAY), max=0) == 2
    # The cut weekend is the first of two in a row.
    assert amount("weekends", ana("E - - - - - E", first=SUNDAY, record="E"), max_in_a_row=1) == 1
    assert amount("weekends", ana("- - - - - - E", first=SUNDAY, record="E"), max_in_a_row=1) == 1


def test_weekends_asks_for_something() -> None:
    with pytest.raises(ValidationError, match="give max, max_in_a_row or whole"):
        RULES["weekends"].model_validate({"kind": "weekends"})


# -- steady --------------------------------------------------------------------------------------


def test_a_run_ends_with_a_day_off_and_a_week_does_not() -> None:
    # Early, late, then early again after a day off.
    roster = ana("E E L L - E E")
    assert amount("steady", roster) == 1
    assert amount("steady", roster, within="week") == 2
    assert amount("steady", ana("- - - - - E L")) == 1


def test_a_start_within_the_minutes_is_no_change() -> None:
    # 09:00 and 09:30, both ways: 30 minutes. Q and D0900 start together.
    roster = ana("D0900 D0930 D0900 Q - - -")
    assert amount("steady", roster) == 2
    assert amount("steady", roster, minutes="29m") == 2
    assert amount("steady", roster, minutes="30m") == 0
    # 05:00 to 22:00 is 17 h, not the 7 h over midnight.
    assert amount("steady", ana("E N - - - - -"), minutes="16h") == 1
    assert amount("steady", ana("E N - - - - -"), minutes="17h") == 0


def test_the_day_before_the_horizon_belongs_to_the_run_but_not_to_the_week() -> None:
    roster = ana("E E E E E E E  L L L L L L L", record="L L")
    # Late to early at the start, early to late from Sunday to Monday.
    assert amount("steady", roster) == 2
    assert amount("steady", roster, within="week") == 0
    assert amount("steady", ana("E - - - - - -", record="L -")) == 0
    assert amount("steady", ana("- - - - - - -", record="L E")) == 0


# -- succession ----------------------------------------------------------------------------------


def test_a_sequence_counts_once_for_each_pattern_it_fits() -> None:
    roster = ana("N Q - - - N Q")
    assert amount("succession", roster, forbid=["N Q"]) == 2
    assert amount("succession", roster, forbid=["N Q", "night day"]) == 4
    # 22:00 to 09:00 the day after is a step back as well.
    assert amount("succession", roster, forbid=["N Q"], forward=True) == 4


def test_a_dash_is_exactly_one_day_without_a_shift() -> None:
    # D is a family of two codes.
    assert amount("succession", ana("N - D0930 - - - -"), forbid=["N - D"]) == 1
    assert amount("succession", ana("N D0900 - - - - -"), forbid=["N - D"]) == 0
    assert amount("succession", ana("N L D0900 - - - -"), forbid=["N - D"]) == 0
    assert amount("succession", ana("N - - D0900 - - -"), forbid=["N - D"]) == 0
    # A day of leave is without a shift, too.
    assert amount("succession", ana("N - D0930 - - - -", leave=(1, 1)), forbid=["N - D"]) == 1


def test_a_sequence_may_begin_on_record_but_not_end_there() -> None:
    assert amount("succession", ana("D0900 - - - - - -", record="N -"), forbid=["N - D"]) == 1
    assert amount("succession", ana("- D0900 - - - - -", record="N"), forbid=["N - D"]) == 1
    assert (
        amount("succession", ana("- - - - - - -", record="N - D0900 E"), forbid=["N - D", "D E"])
        == 0
    )
    assert (
        amount("succession", ana("E - - - - - -", record="E L"), forbid=["E L E"], forward=True)
        == 2
    )
    assert amount("succession", ana("- - - - - L E"), forbid=["L E"]) == 1


def test_forward_lets_starts_move_later_only() -> None:
    # E 05:00, D0900, D0930, L 13:30, N 22:00; then back to L, and Q at 09:00 after D0930.
    assert amount("succession", ana("E D0900 D0930 L N - E"), forward=True) == 0
    assert amount("succession", ana("N L D0930 Q D0900 E E"), forward=True) == 4


@pytest.mark.parametrize(
    ("forbid", "expected"),
    [
        (["N"], "'N' is not two or three words"),
        (["N E L D"], "is not two or three words"),
        (["- N"], "'- N' has '-' at its end"),
        (["N E -"], "'N E -' has '-' at its end"),
        (["N E", "N  E"], "'N E' is listed twice"),
        ([], "give forbid, forward = true, or both"),
    ],
)
def test_a_pattern_nobody_can_read_is_refused(forbid: list[str], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        RULES["succession"].model_validate({"kind": "succession", "forbid": forbid})


def test_each_unknown_word_is_named_once() -> None:
    expected = problems("succession", ana(""), forbid=["nigth E", "N - nigth"])
    assert expected == ["forbid: 'nigth' is no shift, family or kind. Did you mean 'night'?"]


# -- rest-after ----------------------------------------------------------------------------------


def test_rest_is_counted_from_the_last_night_of_a_run() -> None:
    # Night ends at 06:00; two days off, then early at 05:00: 47 h, or day at 09:00: 51 h.
    assert amount("rest-after", ana("N N - - E - -")) == 1
    assert amount("rest-after", ana("N N - - D0900 - -")) == 0
    assert amount("rest-after", ana("N N - - E - -"), hours="47h") == 0
    # One day off less: 23 h, and still one run.
    assert amount("rest-after", ana("- - - N N - E")) == 1
    # A late shift right after is no part of the run; what follows that one is free.
    assert amount("rest-after", ana("N L L - - - -")) == 1
    # A single day off between two nights: 06:00 to 22:00 of the day after, 40 h.
    assert amount("rest-after", ana("N - N - - - N")) == 1
    # After any shift: Q ends at 15:00, and early the day after next is 38 h later.
    assert amount("rest-after", ana("Q - E - - - -"), of="any", hours="38h") == 0
    assert amount("rest-after", ana("Q - E - - - -"), of="any", hours="39h") == 1


def test_a_run_on_record_is_charged_where_the_next_shift_is_inside() -> None:
    assert amount("rest-after", ana("- - E - - - -", record="N")) == 1
    assert amount("rest-after", ana("E - - - - - -", record="N - -")) == 1
    assert amount("rest-after", ana("N - - - - - -", record="N")) == 0
    # The night was followed too soon on record already, and that is past.
    assert amount("rest-after", ana("E - - - - - -", record="N E")) == 0
    # After the last day nothing is known.
    assert amount("rest-after", ana("- - - - - - N")) == 0


def test_rest_after_a_night_of_changing_clocks_is_elapsed_time() -> None:
    # Clocks go back on Sunday: the night of Saturday ends at 05:00, and early on Tuesday is 48 h
    # later.
    autumn = "- - - - - N -  - E - - - - -"
    los_angeles = ana(autumn, first=date(2026, 10, 26), tz="America/Los_Angeles")
    dublin = ana(autumn, first=date(2026, 10, 19), tz="Europe/Dublin")
    plain = ana(autumn, first=date(2026, 10, 19), tz="America/Los_Angeles")
    assert amount("rest-after", los_angeles) == 0
    assert amount("rest-after", dublin) == 0
    assert amount("rest-after", plain) == 1
    # Clocks go forward: that night ends at 07:00, and early on Tuesday is 46 h later.
    spring = ana(autumn, first=date(2027, 3, 8), tz="America/Los_Angeles")
    assert amount("rest-after", spring, hours="47h") == 1
    assert amount("rest-after", spring, hours="46h") == 0
    # The change may fall into the days off: Friday night ends at 06:00 before it, Monday 05:00 is
    # 48 h.
    assert (
        amount(
            "rest-after",
            ana("- - - - N - -  E", first=date(2026, 10, 26), tz="America/Los_Angeles"),
        )
        == 0
    )


def test_rest_after_no_such_shift_is_a_problem() -> None:
    assert problems("rest-after", ana(""), of="nights") == [
        "of: 'nights' is no shift, family or kind. Did you mean 'night'?"
    ]


# -- shift-count ---------------------------------------------------------------------------------


def test_shifts_of_a_sort_are_counted_in_each_week_or_in_all() -> None:
    # Three nights, then one; D is a family.
    roster = ana("N N N - D0900 D0930 -  N - - - - - -")
    assert amount("shift-count", roster, of="night", max=2) == 1
    assert amount("shift-count", roster, of="night", min=2, max=3) == 1
    assert amount("shift-count", roster, of="night", max=3, per="horizon") == 1
    assert amount("shift-count", roster, of="D", min=4, per="horizon") == 2
    assert amount("shift-count", roster, max=5, min=5) == 4


def test_leave_lowers_the_least_to_the_days_left() -> None:
    # Two days are left of the week, and one of them is worked.
    assert amount("shift-count", ana("E - - - - - -", leave=(2, 6)), min=3) == 1


def test_any_three_days_look_back_and_charge_what_the_horizon_adds() -> None:
    # Windows that end on each day of the week hold 3, 2, 2, 2, 3, 3, 2; two of the first are on
    # record.
    roster = ana("E - E E E E -", record="E E E")
    assert amount("shift-count", roster, days=3, max=2) == 3
    # At most one: the first window has two on record and the week adds one; then 1, 1, 1, 2, 2, 1.
    assert amount("shift-count", roster, days=3, max=1) == 9
    # Without a record the first window judged is that of Wednesday: 2, 2, 3, 3, 2.
    assert amount("shift-count", ana("E - E E E E -"), days=3, max=2) == 2


def test_any_three_days_ask_no_more_than_the_days_inside_can_give() -> None:
    # Monday's window has one day inside: 0 of 1. Tuesday's has two: 1 of 2. From then on 2 and 3.
    assert amount("shift-count", ana("- E E E E E E", record="- -"), days=3, min=2) == 2
    assert amount("shift-count", ana("E E E E E E E", record="- -"), days=3, min=2) == 0


def test_leave_worked_on_record_asks_no_more_than_the_due_days_of_the_stretch() -> None:
    # On leave from Friday to Monday, Ana works up to Sunday all the same. Five days up to Tuesday
    # have one due day, up to Wednesday two, up to Thursday three, and 3 shifts each. Up to Friday
    # four are due and 3 worked: that is one short. Then 4 and 5.
    roster = ana("- - E E E E E", record="E E E", leave=(-3, 0))
    assert amount("shift-count", roster, days=5, min=4) == 1


def test_counts_that_cannot_be_are_refused_or_reported() -> None:
    for parameters, expected in (
        ({"min": 3, "max": 2}, "min 3 is above max 2"),
        ({}, "give min"),
        ({"max": 1, "per": "week", "days": 3}, "give per or days, not both"),
        ({"min": 4, "days": 3}, "min 4 is more than the 3 days"),
        ({"min": 8}, "min 8 is more than the 7 days"),
    ):
        with pytest.raises(ValidationError, match=expected):
            RULES["shift-count"].model_validate({"kind": "shift-count", **parameters})
    (unknown,) = problems("shift-count", ana(""), of="nigth", max=1)
    assert unknown.startswith("of: 'nigth' is no shift, family or kind.")
    (least,) = problems("shift-count", ana(""), min=8, per="horizon")
    assert least == "min: the horizon has only 7 days, not 8. Lower it."
    (days,) = problems("shift-count", ana("", record="E"), max=8, days=9)
    assert days.startswith("days: 9 days are not on record by the last day, only 8.")
    assert problems("shift-count", ana("", record="E E"), max=8, days=9) == []


# -- hours ---------------------------------------------------------------------------------------


def test_paid_minutes_outside_the_limits_are_charged() -> None:
    # Five shifts of 8 h paid, then four: 40 h and 32 h, 72 h in all.
    roster = ana("E E E E E - -  E E E E - - -")
    assert amount("hours", roster, max="39h") == 60
    assert amount("hours", roster, min="39h", max="40h") == 7 * 60
    assert amount("hours", roster, max="70h", per="horizon") == 2 * 60
    assert amount("hours", roster, min="37h", per="horizon", average=True) == 2 * 60
    assert amount("hours", roster, min="36h", max="36h", per="horizon", average=True) == 0


def test_the_least_of_a_day_is_for_days_worked() -> None:
    # Q is paid 6 h, all others 8 h.
    assert amount("hours", ana("E Q - - - - N"), min="7h", per="day") == 60
    assert amount("hours", ana("E Q - - - - N"), max="7h", per="day") == 2 * 60


def test_leave_counts_towards_the_least_but_not_the_most() -> None:
    # Three shifts and two days of leave: 24 h, and 16 h or 15 h more towards the least.
    roster = ana("- - E E E - -", leave=(0, 1))
    assert amount("hours", roster, min="40h") == 0
    assert amount("hours", roster, min="40h", leave_day="7h30") == 60
    assert amount("hours", roster, max="24h") == 0


def test_days_outside_the_contract_lower_the_least_pro_rata() -> None:
    # Joins on Thursday: 2400 * 4 // 7 = 1371 minutes, of which two shifts are 960.
    assert amount("hours", ana("- - - E E - -", joins=3), min="40h") == 411
    assert amount("hours", ana("- - - - - - -", joins=7), min="40h") == 0
    # Leave from Monday to Thursday counts on Thursday only: 1371 - 480, of which one shift is 480.
    assert amount("hours", ana("- - - - E - -", joins=3, leave=(0, 3)), min="40h") == 411


def test_weeks_look_back_to_whole_weeks_on_record() -> None:
    # 48 h on record and 48 h inside; two weeks may have 88 h.
    roster = ana("E E E E E E -", record="E E E E E E -")
    assert amount("hours", roster, max="44h", weeks=2, average=True) == 8 * 60
    assert amount("hours", roster, max="90h", weeks=2) == 6 * 60
    # Only six days on record: no two whole weeks.
    assert (
        amount(
            "hours", ana("E E E E E E -", record="E E E E E E"), max="44h", weeks=2, average=True
        )
        == 0
    )
    # 48 h on record are more than 40 h already: what is charged is the one shift inside.
    assert (
        amount("hours", ana("E - - - - - -", record="E E E E E E -"), max="40h", weeks=2) == 8 * 60
    )
    # The first two weeks have 48 + 8 h, the second two 8 + 16 h.
    roster = ana("E - - - - - -  E E - - - - -", record="E E E E E E -")
    assert amount("hours", roster, min="25h", max="55h", weeks=2) == 60 + 60


def test_the_least_of_weeks_is_no_more_than_the_days_inside_can_give() -> None:
    # Nothing on record: of 80 h only 7 * 8 = 56 h can still be worked, and 40 h are.
    roster = ana("E E E E E - -", record="- - - - - - -")
    assert amount("hours", roster, min="80h", weeks=2) == 16 * 60
    assert amount("hours", roster, min="40h", weeks=2) == 0


@pytest.mark.parametrize(
    ("first", "tz"),
    [
        (date(2026, 10, 26), "America/Los_Angeles"),
        (date(2027, 3, 8), "America/Los_Angeles"),
        (date(2026, 10, 19), "Europe/Dublin"),
    ],
)
def test_a_night_of_changing_clocks_is_paid_as_long_as_it_lasts(first: date, tz: str) -> None:
    # Clocks change on the Sunday, in the night of Saturday: 8 h by the instants, 7 h or 9 h by the
    # clock.
    roster = ana("- - - - N N N", first=first, tz=tz)
    assert sum(d.end - d.start for d in roster.assignments) == 24 * 60
    assert amount("hours", roster, min="24h", max="24h") == 0
    assert amount("hours", roster, min="8h", max="8h", per="day") == 0


def test_hours_that_cannot_be_are_refused_or_reported() -> None:
    for parameters, expected in (
        ({}, "give min, max, or both"),
        ({"min": "9h", "max": "8h"}, "min 9h is above max 8h"),
        ({"max": "8h", "per": "day", "weeks": 2}, "give per or weeks, not both"),
        ({"max": "8h", "per": "day", "average": True}, "average needs several weeks"),
        ({"max": "8"}, "'8' is not a length"),
    ):
        with pytest.raises(ValidationError, match=expected):
            RULES["hours"].model_validate({"kind": "hours", **parameters})
    (weeks,) = problems("hours", ana("", record="E E E"), max="48h", weeks=2)
    assert weeks.startswith("weeks: 2 whole weeks are not on record by the last day, only 1.")
    assert problems("hours", ana("", record="E - E E E E E"), max="48h", weeks=2) == []
    (least,) = problems("hours", ana(""), min="57h")
    assert least == "min: Ana can reach 56h at most, not 57h. Lower it."
    assert problems("hours", ana(""), min="56h") == []
    assert problems("hours", ana(""), min="9h", per="day") == [
        "min: Ana can reach 8h at most, not 9h. Lower it."
    ]
