"""What people are used to, by hand: their rota, the turns of the shifts, what was published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shiftplan.facts import Person, Published, RotaWeek, Worked
from shiftplan.roster import Roster, following
from shiftplan.rules import RULES

from .test_sequences import MONDAY, amount, ana, problems

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def row(week: int, line: str, *people: str) -> RotaWeek:
    return RotaWeek(week=week, people=people, **dict(zip(WEEKDAYS, line.split(), strict=True)))


def turning(roster: Roster, *rows: RotaWeek, start: date = MONDAY) -> Roster:
    """Return *roster* with the rota of *rows* among its facts."""
    return Roster(roster.facts.changed(rotation=rows, rotation_start=start), roster.cells)


def publish_shifts(roster: Roster, line: str, as_of: int | None = None) -> Roster:
    """Return *roster* with Ana's shifts of *line* published, and notice counted from day *as_of*
    on.
    """
    codes = enumerate(line.split())
    cells = {("Ana", MONDAY + timedelta(days=k)): code for k, code in codes if code != "-"}
    day = None if as_of is None else MONDAY + timedelta(days=as_of)
    return Roster(roster.facts.changed(published=Published(cells), as_of=day), roster.cells)


LONG, SHORT = row(1, "E E E E E - -", "Ana"), row(2, "- - L L L D0900 D0900")


# -- rotation: along a rota ----------------------------------------------------------------------


def test_each_cell_off_the_rota_counts_once() -> None:
    # First week as the rota has it but for Tuesday (L) and Sunday (worked); second week all off: 5
    # more.
    line = "E L E E E - D0900 " + "- " * 7
    roster = turning(ana(line), LONG, SHORT)
    assert amount("rotation", roster) == 2 + 5
    assert (
        amount("rotation", turning(ana(line), LONG, SHORT, start=MONDAY - timedelta(days=7))) != 7
    )


def test_only_the_kind_or_only_the_days_off_can_be_held() -> None:
    # Rota: E (early) on weekdays. D0900 and D0930 are both day, E is early, L is late.
    line = "E L E E E - D0900 " + "- - L D0930 L D0930 D0900"
    roster = turning(ana(line), LONG, SHORT)
    assert amount("rotation", roster) == 4  # Tuesday, the first Sunday; D0930 for L and for D0900
    assert amount("rotation", roster, what="kind") == 3  # D0930 for D0900 is the same kind
    assert amount("rotation", roster, what="days-off") == 1  # the first Sunday


def test_leave_and_days_outside_the_contract_are_void() -> None:
    roster = turning(ana("- - - E E - -", leave=(1, 2), joins=1), LONG, SHORT)
    assert amount("rotation", roster) == 0
    roster = turning(ana("- - - E E - -", leave=(1, 2)), LONG, SHORT)
    assert amount("rotation", roster) == 1  # Monday


def test_who_follows_no_rota_breaks_none_and_a_pin_does() -> None:
    free = turning(ana("L " * 7), row(1, "E E E E E - -"))
    assert amount("rotation", free) == 0
    pinned = turning(ana("L E E E E - -"), LONG, SHORT)
    assert amount("rotation", pinned.with_pinned([("Ana", MONDAY)])) == 1


def test_the_dates_of_the_filter_are_kept_to() -> None:
    roster = turning(ana("L " * 7), LONG, SHORT)
    assert amount("rotation", roster) == 7
    assert (
        amount("rotation", roster, **{"for": {"from_date": str(MONDAY + timedelta(days=5))}}) == 2
    )


def test_without_a_rota_nothing_counts_and_there_is_something_to_say() -> None:
    rule, assigned = RULES["rotation"](kind="rotation"), turning(ana("E"), LONG, SHORT)
    assert list(rule.notices(ana("E").facts)) == [
        "A rule of kind 'rotation' holds nobody to a rota yet; "
        "'shiftplan rota --assign 1' assigns one."
    ]
    assert list(rule.notices(assigned.facts)) == problems("rotation", assigned) == []
    assert amount("rotation", ana("E")) == 0
    assert problems("rotation", ana("E"), order=["early", "E", "Lat"]) == [
        "order: 'Lat' is no shift, family or kind. Did you mean 'late'?",
        "order: 'E' is both 'early' and 'E'. Name words without a shift in common.",
    ]


# -- rotation: kind after kind -------------------------------------------------------------------


def test_kinds_come_in_turn_and_never_backward_or_two_at_once() -> None:
    order = ["early", "late", "night"]
    assert amount("rotation", ana("E E - L L - N " + "N - E - - - -"), order=order) == 0
    # L to E is backward, E to N skips late; N to E is forward again.
    assert amount("rotation", ana("L L - E N - E"), order=order) == 2
    # D and Q are day shifts and no matter here: between them the turn goes from L to N.
    assert amount("rotation", ana("L D0900 Q N D0930 - E"), order=order) == 0


def test_nobody_stays_with_a_kind_for_longer_than_the_weeks_allow() -> None:
    # E from Monday the 5th: Monday the 12th and Wednesday the 14th are a week and more later.
    line = "E E - - E - - " + "E - E L L - -"
    assert amount("rotation", ana(line), order=["early", "late"], weeks=1) == 2
    assert amount("rotation", ana(line), order=["early", "late"], weeks=2) == 0
    # A stretch begins anew when its turn comes again.
    line = "E E - - L - - " + "E - E E E E -"
    assert amount("rotation", ana(line), order=["early", "late"], weeks=1) == 0


def test_turns_look_back_into_the_record() -> None:
    order = ["early", "late", "night"]
    # N on the last day on record: E is next, L is not. E since 28 September: on 5 October a week is
    # over.
    assert amount("rotation", ana("L", record="- N"), order=order) == 1
    assert amount("rotation", ana("E", record="- N -"), order=order) == 0
    assert amount("rotation", ana("E", record="E - - - E - -"), order=order, weeks=1) == 1
    assert amount("rotation", ana("E", record="E - - E - -"), order=order, weeks=1) == 0


def test_kinds_a_person_cannot_work_are_passed_over() -> None:
    roster = ana("E N - E")
    shifts = tuple(
        s.model_copy(update={"requires": ("lead",)}) if s.code == "L" else s
        for s in roster.facts.shifts
    )
    facts = roster.facts.changed(shifts=shifts, people=(Person(name="Ana", site="North"),))
    order = ["early", "late", "night"]
    assert amount("rotation", roster, order=order) == 1  # E to N
    assert amount("rotation", Roster(facts, roster.cells), order=order) == 0


def test_an_order_is_of_two_kinds_or_more() -> None:
    with pytest.raises(ValidationError, match="one kind alone is no order"):
        amount("rotation", ana("E"), order=["early"])
    with pytest.raises(ValidationError, match="'early' is listed twice"):
        amount("rotation", ana("E"), order=["early", "late", "early"])


# -- stable --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "factors"),
    [
        # By default 5 with less than 2 days' notice, 3 with less than 7, 2 with less than 14, else
        # 1.
        (0, (5, 5, 3, 3, 3, 3, 3)),
        (-7, (2, 2, 2, 2, 2, 2, 2)),
        (-11, (2, 2, 2, 1, 1, 1, 1)),
        (3, (5, 5, 5, 5, 5, 3, 3)),
        (None, (1, 1, 1, 1, 1, 1, 1)),
    ],
)
def test_a_change_costs_more_the_shorter_the_notice(
    as_of: int | None, factors: tuple[int, ...]
) -> None:
    """Monday another shift, Tuesday work instead of none, Wednesday none instead of work; the rest
    stays.
    """
    roster = publish_shifts(ana("L E - - E E -"), "E - E - E E -", as_of)
    assert amount("stable", roster) == sum(factors[:3])
    everything = publish_shifts(ana("L L L L L L L"), "E E E E E E E", as_of)
    assert amount("stable", everything) == sum(factors)


def test_leave_that_came_since_is_no_change_nor_is_a_newcomer() -> None:
    sick = publish_shifts(ana("- - E E E - -", leave=(0, 1)), "E E E E E - -")
    assert amount("stable", sick) == 0
    newcomer = ana("E E E E E - -")
    facts = newcomer.facts.changed(published=Published({("Ben", MONDAY): "E"}))
    assert amount("stable", Roster(facts, newcomer.cells)) == 0


def test_where_nothing_is_published_nothing_counts() -> None:
    assert amount("stable", ana("E E E")) == 0
    assert problems("stable", ana("E E E")) == []


def test_a_shift_that_is_gone_is_changed_whatever_takes_its_place() -> None:
    assert amount("stable", publish_shifts(ana("E - -"), "OLD OLD -"), notice=[]) == 2


def test_steps_of_notice_are_in_order() -> None:
    for notice in ([[7, 3], [2, 5]], [[2, 3], [7, 5]], [[0, 3]], [[2, 0]], [[2, 2], [2, 1]]):
        with pytest.raises(ValidationError):
            amount("stable", ana("E"), notice=notice)


# -- what a rota gives ---------------------------------------------------------------------------


def test_a_rota_gives_a_roster_without_leave_and_with_pins() -> None:
    pins: dict[str, Any] = {
        "pins": (Worked(person="Ana", date=MONDAY + timedelta(days=5), shift="L"),)
    }
    base = turning(ana("- " * 7, record="N", leave=(3, 3)), LONG, SHORT).facts.changed(**pins)
    assert base.assigned_rotas is not None
    found = following(base, base.assigned_rotas)
    # The night before Monday ends at 06:00, after E would have begun at 05:00; Thursday is leave.
    assert [found.at("Ana", day) or "-" for day in base.days] == ["-", "E", "E", "-", "E", "L", "-"]
