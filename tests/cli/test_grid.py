"""The grid shows every cell of every person, in any width, and nothing that needs colour."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.cli.grid import LEAVE, OFF, PINNED, grid
from shiftplan.cli.progress import line_of
from shiftplan.facts import Horizon, Leave, Person
from shiftplan.plan.amounts import CostWords
from shiftplan.plan.result import Progress
from shiftplan.roster import Roster
from tests.plans import any_facts, any_roster
from tests.tries import tries


def lines(roster: Roster, width: int) -> list[str]:
    return [line.plain for line in grid(roster, width)]


@tries(60)
@given(seed=st.integers(0, 10_000), width=st.sampled_from([64, 80, 120, 160, 300]))
def test_every_cell_is_there_in_any_width(seed: int, width: int) -> None:
    facts = any_facts(seed, people=5, weeks=4)
    roster = any_roster(facts, seed)
    shown = lines(roster, width)
    assert max(map(len, shown)) <= width
    for person in facts.people:
        rows = [line.split("|")[1:] for line in shown if line.startswith(f"{person.name} ")]
        weeks = [week for row in rows for week in row][: len(facts.weeks)]
        size = len(weeks[0]) // 7
        for days, week in zip(facts.weeks, weeks, strict=True):
            for k, day in enumerate(days):
                nothing = (
                    LEAVE
                    if facts.on_leave(person.name, day)
                    else OFF
                    if person.employed(day)
                    else ""
                )
                text = week[k * size : (k + 1) * size].strip()
                assert text == (roster.at(person.name, day) or nothing)


@tries(30)
@given(seed=st.integers(0, 10_000))
def test_totals_follow_the_last_week(seed: int) -> None:
    facts = any_facts(seed, people=5, weeks=4)
    roster = any_roster(facts, seed)
    for person in facts.people:
        last = [line for line in lines(roster, 80) if line.startswith(f"{person.name} ")][-1]
        shifts, _, off = last.split("|")[-1].split()
        free = [
            d for d in facts.days if facts.due(person.name, d) and not roster.works(person.name, d)
        ]
        assert int(shifts) == sum(who == person.name for who, _ in roster.cells)
        assert int(off) == len(free)


def test_weeks_stand_side_by_side_if_they_fit_and_evenly_stacked_if_not() -> None:
    facts = any_facts(1).changed(
        horizon=Horizon(start=date(2026, 10, 19), weeks=4), wishes=(), pins=(), shift_needs=()
    )
    for width, stacked in ((160, 1), (80, 2), (60, 4)):
        ana = [line for line in lines(Roster(facts), width) if line.startswith("Ana ")]
        assert len(ana) == stacked
        assert {line.count("|") for line in ana[:-1]} <= {4 // stacked}


def test_leave_pins_holidays_and_days_outside_the_contract_can_be_told_apart() -> None:
    monday = date(2026, 10, 26)
    people = (
        Person(name="Ana", site="North", start_date=monday + timedelta(days=2)),
        Person(name="A name that is far too long", site="North"),
        Person(name="陈美玲", site="North"),
    )
    facts = any_facts(1).changed(
        horizon=Horizon(start=monday, weeks=1),
        people=people,
        leave=(Leave(person="陈美玲", from_date=monday, to_date=monday + timedelta(days=1)),),
        sites=tuple(s.model_copy(update={"holidays": "IE"}) for s in any_facts(1).sites),
        **dict.fromkeys(
            (
                "wishes",
                "pins",
                "carried",
                "availability",
                "shift_needs",
                "rotation",
                "leave_balances",
            ),
            (),
        ),
    )
    roster = Roster(facts).with_cell("Ana", monday + timedelta(days=2), "E")
    shown = lines(
        roster.with_pinned([("Ana", monday + timedelta(days=2)), ("Ana", facts.last)]), 80
    )
    assert shown[1:] == [
        "                   | PH Tu We Th Fr SA SU | sh  hours off",
        "                   | 26 27 28 29 30 31  1 |",
        f"Ana                |       E{PINNED} {OFF}  {OFF}  {OFF}  {OFF}{PINNED} |  1     8h   4",
        f"A name that is fa~ | {'.  ' * 6}.  |  0     0h   7",
        f"陈美玲             | {LEAVE}  {LEAVE}  {'.  ' * 4}.  |  0     0h   5",
        "",
        "E 05:00-13:30 | . off | sh shifts | = leave | ! pinned | PH public holiday",
    ]


@pytest.mark.parametrize(
    ("news", "says"),
    [
        (Progress("must", None, None, 1, 59.4), "hard rules  no roster yet  59 s left"),
        (Progress("coverage", 40, None, 1, 59), "coverage  cost 40  59 s left"),
        (Progress("coverage", 40, 30, 1, 59), "coverage  cost 40  bound 30  gap 25.0%  59 s left"),
        (Progress("wishes", 40, 40, 1, -3), "wishes  cost 40  bound 40  gap 0%  0 s left"),
    ],
)
def test_the_live_line_names_goal_cost_bound_gap_and_time_left(news: Progress, says: str) -> None:
    assert line_of(news, CostWords()) == f"{says} (Ctrl-C keeps the best so far)"


def test_time_runs_on_between_two_pieces_of_news() -> None:
    assert "41 s left" in line_of(Progress("wishes", 3, 1, 1, 59), CostWords(), since=18)
