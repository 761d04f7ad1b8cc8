"""Fair shares by hand: who owes how much of what, and when people are too far apart."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from shiftplan.facts import Burden, Carried, History, Leave, Published
from shiftplan.roster import Roster
from shiftplan.solver.model import Model
from tests.plans import any_facts, any_roster
from tests.rules.test_people_rules import (
    MON,
    SAT,
    SUN,
    TUE,
    WED,
    broken,
    person,
    rostered,
    row,
    rule,
    team,
)


@pytest.mark.parametrize(
    ("nights", "amount"),
    [
        ((4, 4, 4, 4), 0),
        ((3, 4, 4, 5), 1),  # 5 - 3 - 1
        ((0, 1, 1, 2), 1),  # 2 - 0 - 1
        ((8, 9, 10, 11, 12), 3),  # Jain's index calls it fair at .98; 12 - 8 - 1
        ((0, 0, 0, 16), 15),  # 16 - 0 - 1
        ((9,), 0),  # nobody to share with
    ],
)
def test_equal_shares_are_apart_by_the_range_less_the_spread(
    nights: tuple[int, ...], amount: int
) -> None:
    # With equal contracts targets are equal, so the range of deviations is that of the counts.
    names = ("Ana", "Ben", "Cy", "Dee", "Eli")[: len(nights)]
    facts = team(*map(person, names), weeks=3)
    roster = rostered(facts, **{who: "N" * k for who, k in zip(names, nights, strict=True)})
    assert sum(a for _, _, a in broken(rule("fair-share", of="night", spread=1), roster)) == amount


@pytest.mark.parametrize(
    ("ana", "ben", "spread", "amount"),
    [
        (4, 2, 0, 0),  # 6 nights in shares 2:1 are 4 and 2
        (3, 3, 0, 2),  # -1 and +1
        (4, 3, 0, 2),  # 7 nights: targets 14/3 and 7/3, so -2/3 and +2/3: 4/3 apart, 2 whole points
        (4, 3, 1, 1),  # 4/3 - 1 = 1/3, 1 whole point
        (4, 3, 2, 0),
    ],
)
def test_a_half_contract_has_half_the_share(ana: int, ben: int, spread: int, amount: int) -> None:
    facts = team(person("Ana"), person("Ben", contract="half"))
    roster = rostered(facts, Ana="N" * ana, Ben="N" * ben)
    assert sum(a for _, _, a in broken(rule("fair-share", of="N", spread=spread), roster)) == amount


def test_leave_earns_no_debt() -> None:
    # Ana is there for 7 of 14 days: 6 nights in shares 1:2 are 2 and 4. Cy, away all the time, is
    # left out.
    away = [Leave(person="Ana", from_date=MON, to_date=SUN)]
    away += [Leave(person="Cy", from_date=MON, to_date=SUN + timedelta(days=7))]
    facts = team(person("Ana"), person("Ben"), person("Cy"), weeks=2, leave=tuple(away))
    roster = rostered(facts, Ana=".......NN", Ben="NNNN", Cy="NNNNNN")
    assert broken(rule("fair-share", of="night", spread=0), roster) == []


def test_what_was_carried_over_is_paid_back() -> None:
    # Ana stands at 3 - 2 = +1 and Ben at -1; of 4 nights Ana takes 1, so 1 - 1 = 0 and -1 + 1 = 0.
    lines = (("Ana", "night", 3), ("Ana", "night", -2), ("Ben", "night", -1), ("Ana", "any", 9))
    carried = tuple(Carried(person=who, of=of, points=points) for who, of, points in lines)
    facts = team(person("Ana"), person("Ben"), carried=carried)
    made = rule("fair-share", of="night", spread=0)
    assert broken(made, rostered(facts, Ana="N", Ben="NNN")) == []
    # Shared evenly, the two points they were apart remain.
    assert broken(made, rostered(facts, Ana="NN", Ben="NN")) == [(None, None, 2)]


def test_hours_count_paid_minutes_in_points_of_sixty() -> None:
    # E pays 8 h, D 6 h 30: 40 h against 38 h 30 is 1.5 points apart. With an opening balance of 1
    # for Ana it is 2.5.
    facts = team(person("Ana"), person("Ben"))
    roster = rostered(facts, Ana="EEEEE", Ben="EEEED")
    assert broken(rule("fair-share", of="hours", spread=0), roster) == [(None, None, 2)]
    assert broken(rule("fair-share", of="hours", spread=1), roster) == [(None, None, 1)]
    assert broken(rule("fair-share", of="hours", spread=2), roster) == []
    before = facts.changed(carried=(Carried(person="Ana", of="hours", points=1),))
    assert broken(rule("fair-share", of="hours", spread=2), Roster(before, roster.cells)) == [
        (None, None, 1)
    ]


def test_weekend_and_holiday_count_days_worked_by_the_calendar_of_the_persons_site() -> None:
    # Monday is a holiday in Dublin, and Ana alone works it: 1 and 0 there; Cy has no holiday to
    # work. Ana works both days of the weekend: 2, 0, 0.
    facts = team(person("Ana", "Dublin"), person("Ben", "Dublin"), person("Cy"))
    roster = rostered(facts, Ana="E....EN", Ben=".D", Cy="N")
    assert broken(rule("fair-share", of="holiday", spread=0), roster) == [(None, None, 1)]
    assert broken(rule("fair-share", of="weekend", spread=0), roster) == [(None, None, 2)]
    assert broken(rule("fair-share", of="saturday", spread=0), roster) == [(None, None, 1)]
    assert broken(rule("fair-share", of="sundays", spread=0), roster) == [(None, None, 1)]


def test_whoever_can_never_work_a_shift_owes_none_of_it() -> None:
    # Early shifts start at 05:00, and Ana never works before 07:00: Ben and Cy share two, one each.
    facts = team(
        person("Ana"),
        person("Ben"),
        person("Cy"),
        availability=(row("never", hours="05:00-07:00"),),
    )
    roster = rostered(facts, Ana="NNN", Ben="E", Cy="E")
    assert broken(rule("fair-share", of="early", spread=0), roster) == []


def test_shares_go_by_the_days_on_which_a_shift_that_counts_can_be_worked() -> None:
    # Ana can work early on two days of seven, Ben on all: nine earlies in shares 2 : 7.
    facts = team(
        person("Ana"),
        person("Ben"),
        availability=(row("never", "mon tue wed thu fri", "05:00-07:00"),),
    )
    assert (
        broken(rule("fair-share", of="early", spread=0), rostered(facts, Ana="EE", Ben="EEEEEEE"))
        == []
    )
    # Of weekend days nobody can work less than the other: one each is fair, two and none are 2
    # apart.
    assert (
        broken(
            rule("fair-share", of="weekend", spread=0),
            rostered(facts, Ana=".....N.", Ben="......N"),
        )
        == []
    )
    assert broken(rule("fair-share", of="weekend", spread=0), rostered(facts, Ana=".....NN")) == [
        (None, None, 2)
    ]


def test_people_are_compared_within_their_site_or_level_or_contract() -> None:
    # Nights: Ana 3 and Ben 1 in San Jose, 2 apart. Cy 0 and Dee 4 in Dublin, in shares of 2 : 1 of
    # four, so -8/3 and +8/3, 16/3 apart and 6 whole points.
    facts = team(
        person("Ana", level="L1"),
        person("Ben", level="L2"),
        person("Cy", "Dublin", level="L2"),
        person("Dee", "Dublin", level="L1", contract="half"),
    )
    roster = rostered(facts, Ana="NNN", Ben="N", Dee="NNNN")
    by_site = rule("fair-share", of="night", spread=0, within="site")
    assert broken(by_site, roster) == [(None, None, 2), (None, None, 6)]
    # Levels: Ben 1 and Cy 0; Ana 3 and Dee 4, whose shares of 7 are 14/3 and 7/3: -5/3 and +5/3,
    # 10/3 apart.
    by_level = rule("fair-share", of="night", spread=0, within="level")
    assert sorted(broken(by_level, roster)) == [(None, None, 1), (None, None, 4)]
    # Contracts: 3, 1 and 0 among those of full time; Dee has nobody to be compared with.
    assert broken(rule("fair-share", of="night", spread=0, within="contract"), roster) == [
        (None, None, 3)
    ]


def test_burden_is_the_sum_of_all_that_weighs_on_a_duty() -> None:
    # Saturday's night weighs 2 + 1, and Ben has none.
    facts = team(person("Ana"), person("Ben"))
    roster = rostered(facts, Ana=".....N.")
    assert broken(rule("fair-share", of="burden", spread=0), roster) == [(None, None, 3)]
    # Friday's night ends at 06:00, Saturday's day starts at 09:00: 2, and 0 + 1 + 2.
    assert broken(rule("fair-share", of="burden", spread=0), rostered(facts, Ana="....ND.")) == [
        (None, None, 5)
    ]
    # An early of a Dublin holiday weighs 3, and with half a point for earlies 3.5: 4 whole points
    # apart.
    heavy = team(person("Ana", "Dublin"), person("Ben", "Dublin"), burden=Burden(early="0.5"))
    assert broken(rule("fair-share", of="burden", spread=0), rostered(heavy, Ana="E")) == [
        (None, None, 4)
    ]
    assert broken(rule("fair-share", of="burden", spread=3), rostered(heavy, Ana="E")) == [
        (None, None, 1)
    ]


def test_a_quick_return_is_a_shift_too_soon_after_the_one_before_on_record_too() -> None:
    # Sunday's night ended at 06:00 on Monday; the day shift starts three hours later, the early of
    # Tuesday 13 h 30 after the day shift's end at 15:30.
    before = History(MON - timedelta(days=1), {("Ana", MON - timedelta(days=1)): "N"})
    facts = team(person("Ana"), person("Ben"), history=before)
    made = rule("fair-share", of="quick-return", spread=0)
    assert broken(made, rostered(facts, Ana="DE")) == [(None, None, 1)]
    assert broken(made, rostered(facts, Ana=".E")) == []
    long = facts.changed(burden=Burden(quick_return_below="13h31"))
    assert broken(made, rostered(long, Ana="DE")) == [(None, None, 2)]
    exact = facts.changed(burden=Burden(quick_return_below="13h30"))
    assert broken(made, rostered(exact, Ana="DE")) == [(None, None, 1)]


def test_a_change_counts_as_short_notice_below_the_days_of_notice_only() -> None:
    # On the 20th changes are made from Monday the 26th on: notice is 6 days for Monday, 7 for
    # Tuesday.
    shifts = {("Ana", MON): "D", ("Ana", TUE): "D", ("Ben", WED): "E"}
    facts = team(
        person("Ana"),
        person("Ben"),
        person("Cy"),
        published=Published(shifts),
        as_of=MON - timedelta(days=6),
        burden=Burden(notice_days=7),
    )
    made = rule("fair-share", of="short-notice", spread=0)
    # Ana's Monday and Tuesday are both changed, and Monday alone is late. Cy was told nothing.
    assert broken(made, rostered(facts, Ana="EE", Ben="..E", Cy="NNN")) == [(None, None, 1)]
    later = facts.changed(burden=Burden(notice_days=8))
    assert broken(made, rostered(later, Ana="EE", Ben="..E")) == [(None, None, 2)]
    # Being given the day off is a change too; sent home sick is not.
    assert broken(made, rostered(later, Ben="..E")) == [(None, None, 2)]
    sick = later.changed(leave=(Leave(person="Ana", from_date=MON, to_date=TUE),))
    assert broken(made, rostered(sick, Ben="..E")) == []


def test_only_days_the_rule_is_for_are_counted_and_shared() -> None:
    # From Wednesday on Ana is there for three days of five and has one night, Ben for five and has
    # two.
    facts = team(
        person("Ana"), person("Ben"), leave=(Leave(person="Ana", from_date=SAT, to_date=SUN),)
    )
    roster = rostered(facts, Ana="NNN", Ben="..NN")
    made = rule("fair-share", of="night", spread=0, **{"for": {"from_date": WED}})
    # Shares of three nights are 9/8 and 15/8: -1/8 and +1/8, a quarter apart and so one whole
    # point.
    assert broken(made, roster) == [(None, None, 1)]
    assert broken(made.model_copy(update={"spread": 1}), roster) == []


def test_points_carried_to_the_hundredth_are_counted_to_the_hundredth() -> None:
    # One night each, and opening balances of +1.01 and -0.99: 2 apart. A hundredth more is more
    # than 2.
    lines = {"Ana": "1.01", "Ben": "-0.99"}
    facts = team(person("Ana"), person("Ben"), carried=_rows(lines))
    made = rule("fair-share", of="night", spread=2)
    assert broken(made, rostered(facts, Ana="N", Ben="N")) == []
    more = facts.changed(carried=_rows({**lines, "Ana": "1.02"}))
    assert broken(made, rostered(more, Ana="N", Ben="N")) == [(None, None, 1)]


def _rows(points: dict[str, str]) -> tuple[Carried, ...]:
    return tuple(Carried(person=who, of="night", points=given) for who, given in points.items())


def test_the_breach_names_who_has_most_and_who_has_least() -> None:
    facts = team(person("Ana"), person("Ben"), person("Cy"))
    roster = rostered(facts, Ana="N", Ben="NNN", Cy="NN")
    (breach,) = rule("fair-share", of="night", spread=1).check(roster)
    assert breach.text == (
        "Ben has 1.0 more points of night than a fair share and Ana 1.0 fewer, 2.0 apart; "
        "the limit is 1."
    )


def test_a_search_looks_again_at_a_week_of_the_group_and_at_all_days_of_its_two_ends() -> None:
    # Of eight people A has seven nights and H none: a week of all eight, and half the time the
    # other week of A, B, G and H as well.
    names = tuple("ABCDEFGH")
    facts = team(*map(person, names), weeks=2)
    roster = rostered(facts, **{who: "N" * (7 - k) for k, who in enumerate(names)})
    made = rule("fair-share", of="night", spread=1)
    looks = [made.near(roster, Random(seed)) for seed in range(40)]
    assert {len(cells) for cells in looks} == {8 * 7, 8 * 7 + 4 * 7}
    assert {
        who for cells in looks for who, _ in cells if len({d for w, d in cells if w == who}) == 14
    } == set("ABGH")
    assert not rule("fair-share", of="night", spread=7).near(roster, Random(1))


@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_open_around_a_roster_is_all_that_can_change(seed: int) -> None:
    from ortools.sat.python import cp_model

    facts = any_facts(seed)
    roster = any_roster(facts, seed)
    free = {(p.name, day) for p in facts.people for day in facts.days[:2]}
    model = Model(facts)
    model.cp.minimize(sum(model.works(p.name, d) for p in facts.people for d in facts.days))
    part, solver = model.cp.clone(), cp_model.CpSolver()
    model.fix(roster, free, part)
    assert solver.solve(part) == cp_model.OPTIMAL
    kept = {cell: code for cell, code in roster.cells.items() if cell not in free}
    assert model.read(solver.value).cells == kept


def test_whether_a_shift_can_be_worked_is_what_the_rule_available_says() -> None:
    made = rule("available")
    for seed in range(40):
        facts = any_facts(seed)
        for p in facts.people:
            for day in facts.days:
                for code in facts.codes(p.name):
                    alone = Roster(facts, {(p.name, day): code})
                    meant = facts.due(p.name, day) and not list(made.check(alone))
                    assert facts.able(p.name, day, (code,)) == meant, (seed, p.name, day, code)
