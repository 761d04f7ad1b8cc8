"""Hand-computed cases of the rules about who is on duty at once."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shiftplan.facts import Facts, History, Horizon, Person, ShiftSpec, Site, Team
from shiftplan.roster import Roster
from shiftplan.rules import RULES, Rule
from tests.rules.contract import hold

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 2) + timedelta(days=k) for k in range(7))

SHIFTS = tuple(
    shift
    for spec in (
        ShiftSpec(code="E", start=time(6), length="8h"),
        ShiftSpec(code="O", start=time(6), length="7h37"),
        ShiftSpec(code="P", start=time(13, 40), length="8h"),
        ShiftSpec(code="L", start=time(13), length="8h"),
        ShiftSpec(code="N", start=time(22), length="9h"),
    )
    for shift in spec.expand()
)


def team(*people: Person, **more: Any) -> Facts:
    return Facts(
        team=Team(name="Team", home="Dublin"),
        horizon=Horizon(start=MON, weeks=1),
        sites=(
            Site(name="Dublin", timezone="Europe/Dublin", seats=1),
            Site(name="San Jose", timezone="America/Los_Angeles"),
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
        (who, facts.days[k]): c
        for who, line in lines.items()
        for k, c in enumerate(line)
        if c != "."
    }
    return Roster(facts, cells)


def sunday(**codes: str) -> History:
    """Who worked what on the day before the first."""
    before = MON - timedelta(days=1)
    return History(before, {(who, before): code for who, code in codes.items()})


def rule(kind: str, **parameters: Any) -> Rule:
    return RULES[kind].model_validate({"kind": kind, **parameters})


def broken(made: Rule, roster: Roster) -> list[tuple[date | None, int]]:
    """Return when and how much, after making sure that the solver charges the same."""
    hold(made, roster)
    return [(b.day, b.amount) for b in made.check(roster)]


# -- seats -----------------------------------------------------------------------------------------


def test_a_seat_is_taken_to_the_minute() -> None:
    # O leaves at 13:37. P comes at 13:40: they never share a seat. L comes at 13:00: 37 min.
    facts = team(person("Ana"), person("Ben"))
    assert broken(rule("seats"), rostered(facts, Ana="O", Ben="P")) == []
    assert broken(rule("seats"), rostered(facts, Ana=".O", Ben=".L")) == [(TUE, 37)]


def test_people_over_count_by_the_minute_and_stretches_of_equal_excess_are_one_breach() -> None:
    # One seat. 13:00-14:00 three (E, E, L): 2 x 60. Before it, 06:00-13:00, two: 1 x 420. After it
    # one.
    facts = team(person("Ana"), person("Ben"), person("Cy"))
    assert broken(rule("seats"), rostered(facts, Ana=".E", Ben=".E", Cy=".L")) == [
        (TUE, 420),
        (TUE, 120),
    ]
    assert broken(rule("seats", seats=2), rostered(facts, Ana=".E", Ben=".E", Cy=".L")) == [
        (TUE, 60)
    ]


def test_a_site_without_seats_is_not_limited_unless_the_rule_says_how_many() -> None:
    facts = team(person("Ana", "San Jose"), person("Ben", "San Jose"))
    roster = rostered(facts, Ana="..E", Ben="..E")
    assert list(rule("seats").problems(facts))
    assert broken(rule("seats"), roster) == []
    assert broken(rule("seats", seats=1), roster) == [(WED, 480)]


def test_people_on_record_take_seats_but_are_not_too_many_by_themselves() -> None:
    # Sunday's two nights end on Monday at 07:00; E comes at 06:00: a third person for an hour, 60,
    # not 120.
    facts = team(person("Ana"), person("Ben"), person("Cy"), history=sunday(Ana="N", Ben="N"))
    assert broken(rule("seats"), rostered(facts)) == []
    assert broken(rule("seats"), rostered(facts, Cy="E")) == [(MON, 60)]


def test_the_last_evening_of_a_western_site_is_still_this_rosters() -> None:
    # Dublin's Monday after starts at 06:00 UTC. San Jose's Sunday nights begin at that moment:
    # until 06:00 local, when its own Monday starts, 22:00-06:00 is 8 h.
    facts = team(person("Ana", "San Jose"), person("Ben", "San Jose"), person("Cy"))
    roster = rostered(facts, Ana="......N", Ben="......N")
    assert broken(rule("seats", seats=1), roster) == [(SUN, 480)]


# -- mix -------------------------------------------------------------------------------------------


def test_more_than_so_many_of_a_level_count_in_person_minutes() -> None:
    # Three L1 from 13:00 to 14:00, two from 06:00 and until 14:00: at most one leaves 1 x 420 and 2
    # x 60.
    facts = team(*(person(who, level="L1") for who in ("Ana", "Ben", "Cy")), person("Dee"))
    roster = rostered(facts, Ana=".E", Ben=".E", Cy=".L", Dee=".E")
    assert broken(rule("mix", level="L1", max=1), roster) == [(TUE, 420), (TUE, 120)]


@pytest.mark.parametrize(
    ("share", "over"),
    [(75, 0), (74, 1), (50, 1), (49, 2), (25, 2), (24, 3), (0, 3)],
)
def test_a_share_of_all_on_duty_is_rounded_down_to_people(share: int, over: int) -> None:
    # Three of four on duty are L1: 75% of 4 is 3; 74% is 2.96, so 2; 49% is 1.96, so 1. E has 480
    # min.
    facts = team(*(person(who, level="L1") for who in ("Ana", "Ben", "Cy")), person("Dee"))
    roster = rostered(facts, Ana="..E", Ben="..E", Cy="..E", Dee="..E")
    assert broken(rule("mix", level="L1", max_share=share), roster) == (
        [(WED, over * 480)] if over else []
    )


def test_a_trainee_is_alone_until_the_mentor_comes_and_after_each_mentor_has_enough() -> None:
    # Ana and Ben from 06:00 to 14:00; Dee looks after them from 13:00: 2 x 420. Each taking one: 1
    # x 60 more.
    people = (
        person("Ana", level="L0"),
        person("Ben", level="L0"),
        person("Dee", skills=("mentor",)),
    )
    facts = team(*people)
    roster = rostered(facts, Ana=".E", Ben=".E", Dee=".L")
    beside = {"level": "L0", "beside_skill": "mentor"}
    assert broken(rule("mix", **beside), roster) == [(TUE, 840)]
    assert broken(rule("mix", **beside, each=1), roster) == [(TUE, 840), (TUE, 60)]
    assert broken(rule("mix", **beside, each=2), roster) == [(TUE, 840)]


def test_a_mentor_at_another_site_helps_only_if_the_team_is_taken_together() -> None:
    # San Jose's night from 22:00 to 07:00 is 06:00 to 15:00 in Dublin: all of Ana's E.
    facts = team(person("Ana", level="L0"), person("Dee", "San Jose", level="L2"))
    roster = rostered(facts, Ana="..E", Dee=".N")
    beside = {"level": "L0", "beside_level": "L2"}
    assert broken(rule("mix", **beside), roster) == [(WED, 480)]
    assert broken(rule("mix", **beside, per="team"), roster) == []


def test_who_is_also_a_mentor_needs_none() -> None:
    facts = team(person("Ana", level="L0", skills=("mentor",)), person("Ben", level="L0"))
    made = rule("mix", level="L0", beside_skill="mentor", each=1)
    assert broken(made, rostered(facts, Ana=".E", Ben=".E")) == []
    assert broken(made, rostered(facts, Ben=".E")) == [(TUE, 480)]


def test_trainees_on_record_are_nobodys_fault_but_one_more_is() -> None:
    # Sunday's night ends at 07:00, E is from 06:00 to 14:00: 1 x 60 while both are there, then 1 x
    # 420.
    facts = team(person("Ana", level="L0"), person("Ben", level="L0"), person("Dee", level="L2"))
    facts = facts.changed(history=sunday(Ana="N"))
    made = rule("mix", level="L0", beside_level="L2")
    assert broken(made, rostered(facts)) == []
    assert broken(made, rostered(facts, Ben="E")) == [(MON, 480)]


# -- handover --------------------------------------------------------------------------------------


def handover(start: str, end: str, **more: Any) -> Rule:
    return rule("handover", from_site=start, to_site=end, **more)


def test_a_day_is_short_by_the_minutes_both_sites_lack_together() -> None:
    # San Jose's E (06:00) begins at 14:00 in Dublin. L there goes on to 21:00: 7 h; E ends at
    # 14:00: nothing; P is 13:40-21:40, whole quarter hours from 14:00 to 21:30: 7 h 30.
    facts = team(person("Ana"), person("Ben", "San Jose"))
    made = handover("Dublin", "San Jose", minutes="7h30", weekdays="tue-thu")
    roster = rostered(facts, Ana=".LEP...", Ben=".EEE...")
    assert broken(made, roster) == [(TUE, 30), (WED, 450)]


def test_stretches_of_one_day_add_up_and_belong_to_the_day_of_the_site_that_takes_over() -> None:
    # San Jose's Tuesday night, 22:00-07:00, is Wednesday 06:00-15:00 in Dublin: E lies in it, 8 h.
    # In San Jose those are 2 h of Tuesday and 6 h of Wednesday.
    facts = team(person("Ana"), person("Ben", "San Jose"))
    roster = rostered(facts, Ana="..E....", Ben=".N.....")
    days = {"minutes": "8h", "weekdays": "tue wed"}
    assert broken(handover("San Jose", "Dublin", **days), roster) == [(TUE, 480)]
    assert broken(handover("Dublin", "San Jose", **days), roster) == [(TUE, 360), (WED, 120)]


def test_only_those_with_the_skill_can_hand_over() -> None:
    facts = team(
        person("Ana", skills=("lead",)), person("Ben"), person("Cy", "San Jose", skills=("lead",))
    )
    made = handover("Dublin", "San Jose", minutes="1h", skill="lead", weekdays="tue wed")
    assert broken(made, rostered(facts, Ana=".L.", Ben="..L", Cy=".EE")) == [(WED, 60)]


def test_after_the_window_the_last_week_repeats_itself() -> None:
    # San Jose's Sunday night is 06:00-15:00 on Monday in Dublin, 2 h of them still Sunday in San
    # Jose. Who works Dublin's first Monday is taken to work the next one too.
    facts = team(person("Ana"), person("Ben", "San Jose"))
    made = handover("Dublin", "San Jose", minutes="2h", weekdays="sun")
    assert broken(made, rostered(facts, Ana="E......", Ben="......N")) == []
    assert broken(made, rostered(facts, Ana=".E.....", Ben="......N")) == [(SUN, 120)]


# -- duty ------------------------------------------------------------------------------------------


def test_a_duty_is_short_of_each_person_who_is_not_at_work_on_that_day() -> None:
    # Two required. Tuesday Ana and Ben: none short. Wednesday Ana: 1. Thursday only Cy, who has no
    # skill: 2.
    facts = team(
        person("Ana", skills=("qa",)), person("Ben", "San Jose", skills=("qa",)), person("Cy")
    )
    made = rule("duty", name="Daily report", count=2, skill="qa", weekdays="tue-thu")
    assert broken(made, rostered(facts, Ana=".EL....", Ben=".N.....", Cy="...E...")) == [
        (WED, 1),
        (THU, 2),
    ]


def test_a_duty_is_assigned_only_on_the_shifts_it_names_and_on_the_day_they_start() -> None:
    # Tuesday's night runs into Wednesday but is Tuesday's; Wednesday's late does not qualify.
    facts = team(person("Ana"))
    made = rule("duty", name="On call", of="night E", weekdays="mon-wed")
    assert broken(made, rostered(facts, Ana="ENL")) == [(WED, 1)]


# -- parameters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("seats", {"seats": -1}),
        ("handover", {"from_site": "Dublin", "to_site": "Dublin"}),
        ("handover", {"from_site": "Dublin", "to_site": "San Jose", "minutes": 20}),
        ("duty", {}),
        ("duty", {"name": "QA", "count": 0}),
        ("mix", {"max": 1}),
        ("mix", {"level": "L1"}),
        ("mix", {"level": "L1", "max": 1, "max_share": 50}),
        ("mix", {"level": "L1", "max_share": 101}),
        ("mix", {"level": "L1", "max": 1, "each": 2}),
    ],
)
def test_senseless_parameters_are_refused(kind: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(kind, **parameters)
