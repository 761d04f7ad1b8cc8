"""Staff shared out to queues: nobody twice, and nothing left undone that somebody could do."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import Need
from shiftplan.roster.allocation import allocate
from shiftplan.roster.coverage import gaps, intervals, on_duty
from tests.plans import any_facts, any_roster
from tests.tries import tries

QUEUES = ("a", "b", "c")
able = st.frozensets(st.sampled_from(QUEUES), min_size=1)
crews = st.dictionaries(able, st.integers(min_value=1, max_value=2), max_size=3)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    low = draw(st.integers(0, 2))
    target = low + draw(st.integers(0, 1))
    return Need(low, target, draw(st.sampled_from((None, target, target + 1))))


def every_allocation(staff: dict[frozenset[str], int]) -> list[Counter[str]]:
    people = [sorted(skills) for skills, count in staff.items() for _ in range(count)]
    return [Counter(choice) for choice in product(*people)]


def missing(given: dict[str, int] | Counter[str], wanted: dict[str, Need]) -> tuple[int, int, int]:
    return (
        sum(max(0, n.minimum - given[q]) for q, n in wanted.items()),
        sum(max(0, n.target - given[q]) for q, n in wanted.items()),
        sum(max(0, given[q] - n.maximum) for q, n in wanted.items() if n.maximum is not None),
    )


@tries(300)
@given(crews, st.fixed_dictionaries({q: needs() for q in QUEUES}))
def test_no_allocation_leaves_less_undone_at_any_level(
    staff: dict[frozenset[str], int], wanted: dict[str, Need]
) -> None:
    order = tuple(wanted.items())
    given = dict(zip(wanted, allocate(tuple(staff.items()), order), strict=True))
    assert sum(given.values()) == sum(staff.values()), "everybody serves one queue"
    assert Counter(given) in [Counter(a) for a in every_allocation(staff)] or not staff
    best = [missing(a, wanted) for a in every_allocation(staff)]
    assert missing(given, wanted) == tuple(min(b[k] for b in best) for k in range(3))


@tries(60)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_staff_given_to_queues_are_the_people_on_duty_with_a_skill(plan: int, roster: int) -> None:
    facts = any_facts(plan)
    made = any_roster(facts, roster)
    window = facts.window
    on = on_duty((*made.before, *made.assignments), window.start, window.end)
    total: Counter[int] = Counter()
    for i in intervals(made):
        total[i.start] += i.staffed
    skilled = {p.name for p in facts.people if set(p.skills) & set(facts.queues.values())}
    for t, people in on.items():
        assert total[t] == len(set(people) & skilled) or not facts.curves


@tries(60)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_gaps_add_up_to_what_the_intervals_lack(plan: int, roster: int) -> None:
    found = intervals(any_roster(any_facts(plan), roster))
    assert sum(g.missing for g in gaps(found)) == sum(i.short * (i.end - i.start) for i in found)
    assert all(g.below_target for g in gaps(found, below="target"))
    worst = [g.missing for g in gaps(found)]
    assert worst == sorted(worst, reverse=True)
