"""What was booked twice is reported, and booking once more takes back what was too much."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shiftplan import ledger
from shiftplan.facts import Carried
from shiftplan.ledger import OPENING, LedgerEntry
from shiftplan.ledger.doubled import doubled, twice_booked
from shiftplan.ledger.fairness import book
from shiftplan.plan import Plan
from tests.plans import any_facts, any_roster
from tests.rules.test_people_rules import rostered, rule, team
from tests.store.test_store import next_period
from tests.tries import tries

from .test_fairness import ANA, BEN, CY, after, balances, plan

DAY = date(2026, 10, 20)
USED = LedgerEntry("pto", "Ana", DAY, "use", -480, "paid leave", "r1")


def test_a_line_of_one_source_for_one_day_is_booked_once() -> None:
    again = LedgerEntry("pto", "Ana", DAY, "use", -480, "paid leave", "r2")
    assert doubled([USED, again]) == []
    assert doubled([USED, USED, USED]) == [USED, USED]
    assert list(twice_booked([USED, USED])) == [
        "Ana has 1 line of pto on 2026-10-20 that was booked twice; "
        "'shiftplan ledger --book' corrects that while the plan is of these days."
    ]


def test_corrections_may_repeat_each_other() -> None:
    """A day of leave taken back, given again and taken back once more."""
    back = LedgerEntry("pto", "Ana", DAY, "adjust", 480, "correction: now nothing", "r1")
    forth = LedgerEntry("pto", "Ana", DAY, "adjust", -480, "correction: now paid leave", "r1")
    assert doubled([USED, back, forth, back]) == []


def test_what_a_later_line_corrects_is_reported_no_more() -> None:
    back = LedgerEntry("pto", "Ana", DAY, "adjust", 480, "correction: now paid leave", "r1")
    elsewhere = LedgerEntry("pto", "Ana", date(2026, 10, 21), "adjust", 480, "", "r1")
    assert doubled([USED, USED, elsewhere]) == [USED]
    assert doubled([USED, USED, elsewhere, back]) == []


def test_fairness_booked_twice_is_brought_back_to_what_it_was_booked_once() -> None:
    # 6 nights among three are 2 each: +2, 0, -2; carried over, they fade to 1.8, 0, -1.8.
    facts = team(ANA, BEN, CY, weeks=4)
    roster = rostered(facts, Ana="NNNN", Ben="NN")
    once = book(plan(facts), roster, (), "r1")
    twice = [*once, *once]
    assert balances(twice) == {"Ana": 360, "Ben": 0, "Cy": -360}
    more = book(plan(facts), roster, twice, "r1")
    assert [(e.person, e.event, e.amount) for e in more] == [
        ("Ana", "adjust", -180),
        ("Cy", "adjust", 180),
    ]
    assert balances([*twice, *more]) == balances(once)
    assert doubled([*twice, *more]) == []
    assert book(plan(facts), roster, [*twice, *more], "r1") == []


def test_what_later_periods_forgot_of_fairness_booked_twice_is_corrected_with_it() -> None:
    facts = team(ANA, BEN, CY, weeks=4)
    roster = rostered(facts, Ana="NNNN", Ben="NN")
    second = after(facts, 4)
    once = book(plan(facts), roster, (), "r1")
    right = [*once, *book(plan(second), rostered(second, Ana="N", Ben="N", Cy="N"), once, "r2")]
    twice = [*once, *once]
    wrong = [*twice, *book(plan(second), rostered(second, Ana="N", Ben="N", Cy="N"), twice, "r2")]
    assert balances(wrong) != balances(right)
    wrong += book(plan(facts), roster, wrong, "r1")
    assert balances(wrong) == balances(right)


def test_an_opening_balance_of_fairness_booked_twice_is_taken_back_once() -> None:
    row = Carried.model_validate({"person": "Ana", "of": "night", "points": "3"})
    facts = team(ANA, BEN, CY, weeks=4).changed(carried=(row,))
    roster = rostered(facts, Ana="NNNN", Ben="NN")
    once = book(plan(facts), roster, (), "r1")
    assert [e.amount for e in once if e.source == OPENING] == [300]
    twice = [*once, *once]
    more = book(plan(facts), roster, twice, "r1")
    assert balances([*twice, *more]) == balances(once)
    assert doubled([*twice, *more]) == []
    assert book(plan(facts), roster, [*twice, *more], "r1") == []


@tries(40)
@given(seed=st.integers(0, 10_000))
def test_whatever_is_booked_again_and_again_no_line_but_a_correction_repeats_another(
    seed: int,
) -> None:
    """Three rosters for the same days, in any order and more than once, and then for the next."""
    rng, facts = random.Random(seed), any_facts(seed)
    of = [rule("fair-share", of=of) for of in ("night", "burden", "weekend")]
    booked: list[LedgerEntry] = []
    for facts_of_period in (facts, next_period(facts)):
        whole = Plan(facts_of_period, (*of, rule("lieu")))
        for _ in range(4):
            number = rng.randrange(3)
            source = f"{number} from {facts_of_period.first}"
            booked += ledger.book(whole, any_roster(facts_of_period, number), booked, source)
    lines = (line for line in booked if line.event != "adjust")
    keys = Counter((x.account, x.person, x.day, x.event, x.source, x.expires) for x in lines)
    assert [key for key, times in keys.items() if times > 1] == []
