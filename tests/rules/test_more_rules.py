"""Runs of a shift, weekly rest, and people together or apart, by hand; the numbers are worked out beside."""

from __future__ import annotations

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
