"""What one roster owes, the next repays: fairness booked, with numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import Burden, Carried, Facts, Horizon, Leave
from shiftplan.ledger import LedgerEntry
from shiftplan.ledger.fairness import book, carried
from shiftplan.ledger.fairness_owed import owed, repays
from shiftplan.ledger.inequality import inequality
from shiftplan.plan import Plan
from tests.plans import any_facts, any_roster
from tests.rules.test_people_rules import MON, SUN, person, rostered, rule, team
from tests.tries import tries

ANA, BEN, CY = person("Ana"), person("Ben"), person("Cy")


def plan(facts: Facts, **parameters: Any) -> Plan:
    return Plan(facts, (rule("fair-share", **{"of": "night", **parameters}),))


def balances(entries: Sequence[LedgerEntry], account: str = "fairness:night") -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries:
        if entry.account == account:
            found[entry.person] = found.get(entry.person, 0) + entry.amount
    return found


def after(facts: Facts, weeks: int) -> Facts:
    """Return the facts of the period that follows, *weeks* long."""
    start = facts.last + timedelta(days=1)
    return facts.changed(horizon=Horizon(start=start, weeks=weeks), carried=(), leave=())


def points(facts: Facts, entries: Sequence[LedgerEntry], of: str = "night") -> dict[str, float]:
    return {row.person: row.points / 100 for row in carried(facts, entries) if row.of == of}


def test_a_period_of_four_weeks_carries_nine_tenths_of_the_deviation() -> None:
    # 6 nights among three: 2 each. Deviations +2, 0, -2; carried over, they fade by a tenth.
    facts = team(ANA, BEN, CY, weeks=4)
    lines = book(plan(facts), rostered(facts, Ana="NNNN", Ben="NN"), (), "r1")
    assert balances(lines) == {"Ana": 180, "Ben": 0, "Cy": -180}
    assert [(e.event, e.day, e.amount) for e in lines if e.person == "Ana"] == [
        ("earn", facts.first, 200),
        ("carry", facts.last, -20),
    ]
    assert lines[0].reason == "4.00 of night from 2026-10-26 to 2026-11-22, a fair share is 2.00"
    assert points(after(facts, 4), lines) == {"Ana": 1.8, "Ben": 0.0, "Cy": -1.8}


@pytest.mark.parametrize(("weeks", "kept"), [(4, 200 * 0.81), (8, 200 * 0.81**2), (2, 180)])
def test_decay_is_that_of_four_weeks_whatever_the_length_of_a_period(
    weeks: int, kept: float
) -> None:
    # 0.81 of four weeks is 0.9 of two, as 0.9 x 0.9 = 0.81, and 0.6561 of eight.
    facts = team(ANA, BEN, CY, weeks=weeks, burden=Burden(decay=0.81))
    lines = book(plan(facts), rostered(facts, Ana="NNNN", Ben="NN"), (), "r1")
    assert balances(lines)["Ana"] == round(kept)


def test_what_is_carried_adds_to_what_is_earned_next() -> None:
    # Ana stands at +1.80 and Cy at -1.80. Now Cy works both nights: share 2/3 each, so Ana 1.80 -
    # 0.67 = 1.13 and, less a tenth, 1.02; Ben -0.67 and -0.60; Cy -1.80 + 1.33 = -0.47 (rounded
    # to add up) and -0.42.
    first = team(ANA, BEN, CY, weeks=4)
    lines = book(plan(first), rostered(first, Ana="NNNN", Ben="NN"), (), "r1")
    then = after(first, 4)
    lines += book(plan(then), rostered(then, Cy="NN"), lines, "r2")
    found = balances(lines)
    assert sum(found.values()) == 0
    assert all(
        abs(found[who] - meant) <= 1 for who, meant in {"Ana": 102, "Ben": -60, "Cy": -42}.items()
    )


def test_absence_earns_no_debt_and_a_newcomer_starts_at_nothing() -> None:
    # Ana is away one week of two and Cy is not there at all: shares 1 : 2 of three nights are 1 and
    # 2.
    leave = (Leave(person="Ana", from_date=MON, to_date=SUN),)
    facts = team(ANA, BEN, person("Cy", start_date=date(2027, 1, 4)), weeks=2, leave=leave)
    lines = book(plan(facts), rostered(facts, Ana=".......N", Ben="NN"), (), "r1")
    assert balances(lines) == {"Ana": 0, "Ben": 0}
    assert points(after(facts, 2), lines) == {"Ana": 0.0, "Ben": 0.0}


def test_whoever_is_away_for_all_of_it_keeps_the_balance_less_what_is_forgotten() -> None:
    facts = team(
        ANA,
        BEN,
        CY,
        weeks=4,
        carried=(Carried(person="Ana", of="night", points=2),),
        leave=(Leave(person="Ana", from_date=MON, to_date=MON + timedelta(days=40)),),
    )
    lines = book(plan(facts), rostered(facts, Ben="N", Cy="N"), (), "r1")
    assert points(after(facts, 4), lines)["Ana"] == 1.8


def test_the_plans_own_table_is_the_opening_balance_and_the_ledger_comes_after_it() -> None:
    # +2 and -2 to begin with, one night each: 2 x 0.9.
    rows = tuple(Carried(person=who, of="night", points=p) for who, p in (("Ana", 2), ("Ben", -2)))
    facts = team(ANA, BEN, weeks=4, carried=rows)
    lines = book(plan(facts), rostered(facts, Ana="N", Ben="N"), (), "r1")
    assert [(e.person, e.event, e.amount) for e in lines if e.source == "opening"] == [
        ("Ana", "carry", 200),
        ("Ben", "carry", -200),
    ]
    assert points(after(facts, 4), lines) == {"Ana": 1.8, "Ben": -1.8}
    # Solved once more, the same days start from the opening balance, not from their own booking.
    assert points(facts, lines) == {"Ana": 2.0, "Ben": -2.0}


def test_a_source_is_booked_once() -> None:
    facts = team(ANA, BEN, weeks=4)
    roster = rostered(facts, Ana="NN")
    lines = book(plan(facts), roster, (), "r1")
    assert lines
    assert book(plan(facts), roster, lines, "r1") == []


def test_a_later_roster_of_the_same_days_corrects_and_nothing_is_taken_back() -> None:
    facts = team(ANA, BEN, CY, weeks=4)
    lines = book(plan(facts), rostered(facts, Ana="NNNN", Ben="NN"), (), "r1")
    better = rostered(facts, Ana="NN", Ben="NN", Cy="NN")
    more = book(plan(facts), better, lines, "r2")
    assert {(e.person, e.event, e.amount) for e in more} == {
        ("Ana", "adjust", -180),
        ("Cy", "adjust", 180),
    }
    assert balances([*lines, *more]) == {"Ana": 0, "Ben": 0, "Cy": 0}
    assert book(plan(facts), better, [*lines, *more], "r2") == []


def test_setting_an_earlier_period_right_ends_as_if_it_had_been_right_from_the_start() -> None:
    first = team(ANA, BEN, CY, weeks=4)
    wrong, right = rostered(first, Ana="NNNN", Ben="NN"), rostered(first, Ana="N", Cy="NNNNN")
    then = after(first, 4)
    next_ = rostered(then, Ben="NNN")
    lines = book(plan(first), wrong, (), "r1")
    lines += book(plan(then), next_, lines, "r2")
    lines += book(plan(first), right, lines, "r3")
    straight = book(plan(first), right, (), "r3")
    straight += book(plan(then), next_, straight, "r2")
    meant = balances(straight)
    assert all(abs(points - meant[who]) <= 2 for who, points in balances(lines).items())


def test_days_booked_before_are_not_booked_twice_by_a_roster_that_overlaps_them() -> None:
    # The second roster begins in the last week of the first: only what it earns after counts.
    facts = team(ANA, BEN, weeks=2)
    lines = book(plan(facts), rostered(facts, Ana="N", Ben="N"), (), "r1")
    then = facts.changed(horizon=Horizon(start=MON + timedelta(days=7), weeks=2))
    more = book(plan(then), rostered(then, Ana="NNNN", Ben=".......NN"), lines, "r2")
    assert [(e.person, e.amount) for e in more if e.event == "earn"] == [
        ("Ana", -100),
        ("Ben", 100),
    ]
    assert {e.day for e in more if e.event == "earn"} == {MON + timedelta(days=14)}
    inside = facts.changed(horizon=Horizon(start=MON + timedelta(days=7), weeks=1))
    assert book(plan(inside), rostered(inside, Ana="NN"), lines, "r3") == []


def test_burden_is_booked_as_a_whole_and_kind_by_kind() -> None:
    # Ana's night of Saturday weighs 2 + 1, Ben's early of Sunday 0 + 1: 4 in all, 2 each.
    facts = team(ANA, BEN, weeks=4)
    lines = book(plan(facts, of="burden"), rostered(facts, Ana=".....N", Ben="......E"), (), "r1")
    assert balances(lines, "fairness:burden") == {"Ana": 90, "Ben": -90}
    assert balances(lines, "fairness:night") == {"Ana": 45, "Ben": -45}
    assert balances(lines, "fairness:sunday") == {"Ana": -45, "Ben": 45}


def test_people_are_booked_within_their_own_site() -> None:
    # Of Dublin's two nights Cy works both: share 1 each. San Jose has none to share.
    facts = team(ANA, person("Ben", "Dublin"), person("Cy", "Dublin"), weeks=4)
    lines = book(plan(facts, within="site"), rostered(facts, Cy="NN"), (), "r1")
    assert balances(lines) == {"Ana": 0, "Ben": -90, "Cy": 90}


@given(
    seed=st.integers(0, 2**32 - 1),
    of=st.sampled_from(("night", "weekend", "hours", "burden", "early")),
)
@tries(60)
def test_what_a_period_earns_its_people_adds_up_to_nothing(seed: int, of: str) -> None:
    facts = any_facts(seed, people=5).changed(carried=(), burden=Burden(decay=1.0))
    lines = book(plan(facts, of=of, within="site"), any_roster(facts, seed), (), "r1")
    for site in facts.sites:
        there = [
            e
            for e in lines
            if e.account == f"fairness:{of}" and facts.person(e.person).site == site.name
        ]
        assert sum(e.amount for e in there) == 0


@given(seed=st.integers(0, 2**32 - 1))
@tries(40)
def test_a_corrected_roster_leaves_the_balances_of_the_right_one(seed: int) -> None:
    facts = any_facts(seed, people=5)
    made = plan(facts, of="weekend")
    wrong, right = any_roster(facts, seed), any_roster(facts, seed + 1)
    lines = book(made, wrong, (), "r1")
    lines += book(made, right, lines, "r2")
    assert balances(lines, "fairness:weekend") == balances(
        book(made, right, (), "r2"), "fairness:weekend"
    )


def test_sentences_say_who_has_had_more_and_with_whom_it_is_evened_out() -> None:
    facts = team(ANA, BEN, CY, weeks=4)
    lines = book(plan(facts), rostered(facts, Ana="NNNN", Ben="NN"), (), "r1")
    assert owed(after(facts, 4), lines) == [
        "Ana has worked 1.8 more nights than a fair share since 26 Oct; the next roster owes them "
        "fewer, and gives most of all to Cy.",
        "Cy has worked 1.8 fewer nights than a fair share since 26 Oct; the next roster owes them "
        "more, taken most of all from Ana.",
    ]
    assert owed(facts, lines) == []


def test_the_note_before_a_search_names_both_ends() -> None:
    rows = [("Ana", "night", "2.4"), ("Ben", "night", -2), ("Cy", "night", 0), ("Cy", "hours", 7)]
    given_ = tuple(Carried(person=who, of=of, points=p) for who, of, p in rows)
    facts = team(ANA, BEN, CY, carried=given_)
    assert (
        repays(plan(facts)) == "fairness repays what is carried over: Ana +2.4 to Ben -2 of night"
    )
    assert repays(plan(facts, of="weekend")) == ""


@pytest.mark.parametrize(
    ("shared", "jain", "gini"),
    [
        ((4, 4, 4, 4), 1, 0),
        ((0, 0, 0, 16), 0.25, 0.75),
        ((3, 4, 4, 5), 0.969697, 0.09375),
        ((8, 9, 10, 11, 12), 0.980392, 0.08),
        ((1, 2, 3, 4), 0.833333, 0.25),
        ((0, 1, 1, 2), 0.666667, 0.375),
        ((0, 0, 0), 1, 0),
    ],
)
def test_inequality_is_measured_as_in_the_textbook(
    shared: tuple[int, ...], jain: float, gini: float
) -> None:
    found = inequality(shared)
    assert found.jain == pytest.approx(jain, abs=1e-6)
    assert found.gini == pytest.approx(gini)
    assert found.range == max(shared) - min(shared)


def test_variation_and_deviation_are_taken_from_the_mean() -> None:
    # 0, 0, 0, 16: mean 4, furthest 12; variance (3 x 16 + 144) / 4 = 48, and 48 ** .5 / 4 = 3 **
    # .5.
    found = inequality((0, 0, 0, 16))
    assert found.deviation == 12
    assert found.variation == pytest.approx(3**0.5)


def test_inequality_is_of_points_and_not_of_deviations() -> None:
    with pytest.raises(ValueError, match="below zero"):
        inequality((1, -1))


def test_points_are_kept_to_the_hundredth() -> None:
    assert Carried(person="Ana", of="night", points=Decimal("2.45")).points == 245
    for wrong, why in (("2.455", "two decimals"), ("some", "not a number"), (True, "not a number")):
        with pytest.raises(ValueError, match=why):
            Carried(person="Ana", of="night", points=wrong)
