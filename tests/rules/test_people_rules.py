"""Hand-computed cases of the rules about who can work, who asks for what, and who gets how much."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shiftplan.facts import (
    Availability,
    Contract,
    Facts,
    Horizon,
    Leave,
    Person,
    ShiftNeed,
    ShiftSpec,
    Site,
    Team,
    Wish,
    Worked,
)
from shiftplan.roster import Roster
from shiftplan.rules import RULES, Rule
from tests.rules.contract import hold

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 10, 26) + timedelta(days=k) for k in range(7))
"""The last Monday of October is a public holiday in Ireland; clocks in San Jose go back on the
Sunday.
"""

SHIFTS = tuple(
    shift
    for spec in (
        ShiftSpec(code="E", start=time(5), length="8h30", unpaid_break="30m"),
        ShiftSpec(code="D", start=time(9), length="6h30"),
        ShiftSpec(code="N", start=time(22), length="8h"),
    )
    for shift in spec.expand()
)


def team(*people: Person, weeks: int = 1, **more: Any) -> Facts:
    return Facts(
        team=Team(name="Team", home="San Jose"),
        horizon=Horizon(start=MON, weeks=weeks),
        sites=(
            Site(name="San Jose", timezone="America/Los_Angeles"),
            Site(name="Dublin", timezone="Europe/Dublin", holidays="IE"),
        ),
        contracts=(Contract(name="full-time"), Contract(name="half", share=50)),
        shifts=SHIFTS,
        people=people or (person("Ana"),),
        **more,
    )


def person(name: str, site: str = "San Jose", **more: Any) -> Person:
    return Person(name=name, site=site, **more)


def rostered(facts: Facts, **lines: str) -> Roster:
    """One letter for each day from the first, a dot for a day off."""
    cells = {
        (who, facts.days[k]): c
        for who, line in lines.items()
        for k, c in enumerate(line)
        if c != "."
    }
    return Roster(facts, cells)


def rule(kind: str, **parameters: Any) -> Rule:
    return RULES[kind].model_validate({"kind": kind, **parameters})


def broken(made: Rule, roster: Roster) -> list[tuple[str | None, date | None, int]]:
    """Return who, when and how much, after making sure that the solver charges the same."""
    hold(made, roster)
    return [(b.who, b.day, b.amount) for b in made.check(roster)]


def row(can: str, weekdays: str = "", hours: str = "", **more: Any) -> Availability:
    start, end = hours.split("-") if hours else (None, None)
    return Availability.model_validate(
        {
            "person": "Ana",
            "can": can,
            "weekdays": weekdays.split(),
            "start": start,
            "end": end,
            **more,
        }
    )


# -- available -------------------------------------------------------------------------------------


def test_a_night_that_clocks_shorten_ends_before_hours_it_would_otherwise_overlap() -> None:
    # 22:00 and 8 h elapsed: Friday's night ends at 06:00, Saturday's at 05:00, as 01:00-02:00 comes
    # twice.
    facts = team(availability=(row("never", hours="05:00-09:00"),))
    assert broken(rule("available"), rostered(facts, Ana="....NN.")) == [("Ana", FRI, 1)]


def test_hours_that_can_be_worked_hold_the_whole_shift_by_the_clock_on_the_wall() -> None:
    # The same two nights against 22:00-05:00: only Saturday's fits, to the minute.
    facts = team(availability=(row("only", hours="22:00-05:00"),))
    assert broken(rule("available"), rostered(facts, Ana="....NN.")) == [("Ana", FRI, 1)]


def test_hours_that_clocks_skip_forbid_nothing() -> None:
    # On 14 March 2027 there is no 02:00-03:00 in San Jose; the night before has one, and Friday's N
    # is in it.
    spring = Horizon(start=date(2027, 3, 8), weeks=1)
    facts = team(availability=(row("never", hours="02:00-03:00"),)).changed(horizon=spring)
    found = broken(rule("available"), rostered(facts, Ana="....NN."))
    assert found == [("Ana", date(2027, 3, 12), 1)]


def test_hours_over_midnight_hold_a_shift_of_the_next_day() -> None:
    # Saturday 20:00 to Sunday 14:00 holds Sunday's E (05:00-13:30) and Saturday's N, not Saturday's
    # E.
    facts = team(availability=(row("only", "saturday", "20:00-14:00"),))
    assert broken(rule("available"), rostered(facts, Ana="......E")) == []
    assert broken(rule("available"), rostered(facts, Ana=".....N.")) == []
    assert broken(rule("available"), rostered(facts, Ana=".....E.")) == [("Ana", SAT, 1)]


def test_hours_of_days_outside_the_horizon_reach_into_it() -> None:
    # Never Sunday 20:00 to Monday 05:30 overlaps the first Monday's E, which starts at 05:00.
    facts = team(availability=(row("never", "sunday", "20:00-05:30"),))
    assert broken(rule("available"), rostered(facts, Ana="ED.....")) == [("Ana", MON, 1)]
    # Never Monday 05:00-09:00 overlaps the last Sunday's N, which ends at 06:00 on the Monday
    # after.
    facts = team(availability=(row("never", "monday", "05:00-09:00"),))
    assert broken(rule("available"), rostered(facts, Ana=".D....N")) == [("Ana", SUN, 1)]


def test_a_whole_day_is_judged_by_the_day_a_shift_starts() -> None:
    # Saturday's night runs into Sunday and is fine; Sunday's own is not.
    facts = team(availability=(row("never", "sunday"),))
    assert broken(rule("available"), rostered(facts, Ana=".....NN")) == [("Ana", SUN, 1)]


def test_rows_of_days_that_can_be_worked_bind_only_in_their_span() -> None:
    # Mondays only, up to Wednesday: Tuesday is outside, Thursday is free again.
    facts = team(availability=(row("only", "monday", to_date=WED),))
    assert broken(rule("available"), rostered(facts, Ana="EE.E...")) == [("Ana", TUE, 1)]


def test_a_shift_outside_for_several_reasons_counts_once() -> None:
    # Saturday is in a span of never and not a Monday.
    facts = team(person("Ana"), availability=(row("never", "saturday"), row("only", "monday")))
    assert broken(rule("available"), rostered(facts, Ana="E....E.")) == [("Ana", SAT, 1)]


# -- leave, pinned, wish ---------------------------------------------------------------------------


def test_each_day_worked_on_leave_counts_and_the_night_before_does_not() -> None:
    # Leave Wednesday to Friday; Tuesday's night runs into Wednesday morning.
    facts = team(leave=(Leave(person="Ana", from_date=WED, to_date=FRI),))
    assert broken(rule("leave"), rostered(facts, Ana=".N.DDD.")) == [
        ("Ana", THU, 1),
        ("Ana", FRI, 1),
    ]


def test_leave_is_kept_only_for_those_the_rule_is_for() -> None:
    away = tuple(Leave(person=who, from_date=MON, to_date=MON) for who in ("Ana", "Ben"))
    facts = team(person("Ana"), person("Ben", "Dublin"), leave=away)
    made = rule("leave", **{"for": {"site": ["Dublin"]}})
    assert broken(made, rostered(facts, Ana="E", Ben="E")) == [("Ben", MON, 1)]


def test_a_pinned_cell_differs_by_another_shift_by_a_day_off_or_by_a_shift_on_a_day_off() -> None:
    # E pinned on Monday to Wednesday, off on Thursday and Friday; kept on Wednesday and Friday.
    pins = [Worked(person="Ana", date=day, shift="E") for day in (MON, TUE, WED)]
    pins += [Worked(person="Ana", date=day) for day in (THU, FRI)]
    found = broken(rule("pinned"), rostered(team(pins=tuple(pins)), Ana="D.EE.E."))
    assert found == [("Ana", MON, 1), ("Ana", TUE, 1), ("Ana", THU, 1)]


def test_each_wish_denied_costs_its_weight() -> None:
    # Monday off (2) is worked, Tuesday on (3) is off, Wednesday night (4) is E, Thursday not E (5)
    # is E.
    asked = (("day-off", ""), ("day-on", ""), ("shift-on", "night"), ("shift-off", "early"))
    wishes = tuple(
        Wish(person="Ana", date=day, wish=wish, shift=shift, weight=weight)
        for (wish, shift), day, weight in zip(
            asked, (MON, TUE, WED, THU), (2, 3, 4, 5), strict=True
        )
    )
    facts = team(wishes=wishes)
    found = broken(rule("wish"), rostered(facts, Ana="E.EE..."))
    assert found == [("Ana", MON, 2), ("Ana", TUE, 3), ("Ana", WED, 4), ("Ana", THU, 5)]
    assert broken(rule("wish"), rostered(facts, Ana=".DND...")) == []


def test_a_wish_on_leave_or_outside_the_contract_is_void() -> None:
    # Ana wants to work on every day but is there only on Monday and Thursday, and off on both.
    facts = team(
        person("Ana", end_date=THU),
        leave=(Leave(person="Ana", from_date=TUE, to_date=WED),),
        wishes=tuple(
            Wish(person="Ana", date=MON + timedelta(days=k), wish="day-on") for k in range(7)
        ),
    )
    assert broken(rule("wish"), rostered(facts)) == [("Ana", MON, 1), ("Ana", THU, 1)]


# -- shift-demand ----------------------------------------------------------------------------------


def test_heads_below_the_minimum_count_one_each_for_every_line_and_day() -> None:
    # Two on E every day but Ana alone on Tuesday (1 short); one lead on Monday, where Ben has E (1
    # short).
    needs = [ShiftNeed(shift="E", weekday="mon tue", minimum=2, preferred=5, under=7)]
    needs += [ShiftNeed(shift="E", date=MON, skill="lead", minimum=1)]
    facts = team(
        person("Ana"), person("Ben"), person("Cy", skills=("lead",)), shift_needs=tuple(needs)
    )
    roster = rostered(facts, Ana="EE", Ben="ED", Cy="D.")
    assert broken(rule("shift-demand"), roster) == [(None, TUE, 1), (None, MON, 1)]


def test_heads_against_what_is_preferred_count_by_the_lines_own_weights() -> None:
    # Two preferred. Monday 1: 1 x 4. Tuesday 4: 2 x 5. Wednesday 2: nothing. A line without is
    # skipped.
    line = ShiftNeed(shift="any", weekday="mon-wed", minimum=0, preferred=2, under=4, over=5)
    facts = team(
        *map(person, ("Ana", "Ben", "Cy", "Dee")),
        shift_needs=(line, ShiftNeed(shift="N", weekday="daily", minimum=3)),
    )
    roster = rostered(facts, Ana="EEE", Ben=".DN", Cy=".N.", Dee=".E.")
    assert broken(rule("shift-demand", level="preferred"), roster) == [
        (None, MON, 4),
        (None, TUE, 10),
    ]


def test_a_line_of_weight_nothing_forbids_nothing_even_as_a_hard_rule() -> None:
    line = ShiftNeed(shift="E", weekday="daily", preferred=1, under=0, over=0)
    facts = team(person("Ana"), person("Ben"), shift_needs=(line,))
    assert broken(rule("shift-demand", level="preferred"), rostered(facts, Ana="EE", Ben="E")) == []


def test_heads_are_people_of_the_lines_site_that_the_rule_is_for() -> None:
    line = ShiftNeed(shift="early", date=MON, site="Dublin", minimum=2)
    facts = team(
        person("Ana"),
        person("Ben", "Dublin", level="L1"),
        person("Cy", "Dublin", level="L2"),
        shift_needs=(line,),
    )
    roster = rostered(facts, Ana="E", Ben="E", Cy="E")
    assert broken(rule("shift-demand"), roster) == []
    assert broken(rule("shift-demand", **{"for": {"level": ["L1"]}}), roster) == [(None, MON, 1)]


# -- parameters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("fair-share", {"spread": -1}),
        ("fair-share", {"of": ""}),
        ("shift-demand", {"level": "target"}),
        ("available", {"hours": 3}),
    ],
)
def test_senseless_parameters_are_refused(kind: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(kind, **parameters)


def test_parameters_that_mean_nothing_for_the_facts_are_named_with_a_way_out() -> None:
    alone = Site(name="San Jose", timezone="America/Los_Angeles")
    facts = team(person("Ana"), person("Ben")).changed(sites=(alone,))
    line = ShiftNeed(shift="E", weekday="daily", preferred=1)

    def texts(made: Rule, given: Facts = facts) -> list[str]:
        return list(made.problems(given))

    assert texts(rule("fair-share", of="nihgt")) == [
        "of: 'nihgt' is no shift, family or kind. Did you mean 'night'?"
    ]
    assert texts(rule("fair-share", of="holiday")) == [
        'of: no site names a holiday calendar. Add one to a site, such as holidays = "IE".'
    ]
    assert texts(rule("shift-demand")) == [
        "kind: the plan has no [shift_demand] table. Add one, or delete the rule."
    ]
    assert texts(rule("shift-demand"), facts.changed(shift_needs=(line,))) == [
        "level: no line has a minimum above 0. Give one, or use 'preferred'."
    ]
    fine = [rule(kind) for kind in ("available", "leave", "pinned", "wish")]
    fine += [rule("fair-share", of=of) for of in ("night", "E", "any", "weekend", "hours")]
    assert [texts(made) for made in fine] == [[]] * len(fine)
