"""Packs: each rule is right by itself, has its source, and becomes an ordinary rule of the plan."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shiftplan.facts import Facts, Horizon, Person, ShiftSpec, Site, Team
from shiftplan.rules import MUST, RULES
from shiftplan.rules.packs import NOT_ADVICE, PACKS, PackEntry

ITEMS = [
    pytest.param(pack, item, id=f"{name}-{item.name}")
    for name, pack in PACKS.all.items()
    for item in pack.rules
]
MON = date(2026, 10, 26)


def facts(
    *,
    weeks: int = 4,
    kinds: str = "END",
    goals: tuple[str, ...] = ("stability", "cost"),
    **more: Any,
) -> Facts:
    shifts = {
        "E": ShiftSpec(code="E", start=time(5), length="8h30", unpaid_break="30m"),
        "D": ShiftSpec(code="D", start=time(9), length="8h"),
        "N": ShiftSpec(code="N", start=time(22), length="8h"),
    }
    people = more.pop(
        "people", [Person(name=n, site="Here", hourly_rate=30) for n in ("Ana", "Ben")]
    )
    return Facts(
        team=Team(name="Team", home="Here", goals=goals),
        horizon=Horizon(start=MON, weeks=weeks),
        sites=(Site(name="Here", timezone="Europe/Dublin"),),
        shifts=tuple(shift for code in kinds for shift in shifts[code].expand()),
        people=tuple(people),
        **more,
    )


def entry(pack: str, **more: Any) -> PackEntry:
    return PackEntry.model_validate({"pack": pack, **more})


def strengths(made: PackEntry, given: Facts) -> dict[str, str]:
    """Return the strength of each rule by the name it has in its pack."""
    rules, _ = made.expand(given)
    names = [i.name for i in made.items if made.strength(i) != "off"]
    return {name: rule.strength for name, rule in zip(names, rules, strict=True)}


def test_there_are_the_packs_the_documentation_names() -> None:
    assert PACKS.names == ("california", "healthy-rotation", "ireland", "singapore")
    assert NOT_ADVICE.startswith("Packs are not legal advice")


@pytest.mark.parametrize(("pack", "item"), ITEMS)
def test_every_rule_of_a_pack_is_right_and_says_where_it_comes_from(pack: Any, item: Any) -> None:
    assert item.kind in RULES
    assert item.made().sentence().endswith(".")
    assert item.url.startswith("http") or item.unverified
    assert not item.citation.endswith(".")
    assert item.source(pack.name).startswith(f"{pack.name}, {item.label}: {item.citation}")
    assert len(item.source(pack.name)) <= 1000
    assert [i.name for i in pack.rules].count(item.name) == 1


def test_policy_is_never_called_law_where_no_law_asks_for_it() -> None:
    """California requires no rest between shifts; Singapore's Act leaves out most engineers."""
    (rest,) = (i for i in PACKS.all["california"].rules if i.kind == "rest")
    assert rest.label == "policy"
    assert {
        i.label for name in ("singapore", "healthy-rotation") for i in PACKS.all[name].rules
    } == {"policy"}


def test_law_is_a_hard_rule_policy_counts_towards_a_goal_and_pay_towards_another() -> None:
    assert strengths(entry("california"), facts()) == {
        "day-of-rest": MUST,
        "overtime": "cost",
        "rest": "stability",
        "no-daily-overtime": "stability",
        "no-weekly-overtime": "stability",
        "no-short-shifts": "stability",
    }


def test_the_entry_says_how_strong_each_sort_is_and_what_to_leave_out() -> None:
    made = entry(
        "california", law="stability", policy="must", cost="off", **{"except": ["rest", "hours"]}
    )
    assert strengths(made, facts()) == {"day-of-rest": "stability"}
    made = entry("ireland", law="must", policy="off", **{"except": ["weekly-rest"]})
    assert strengths(made, facts()) == {"daily-rest": MUST, "average-week": MUST, "sunday": "cost"}


def test_rules_of_a_pack_are_for_those_the_entry_names_and_carry_their_source() -> None:
    rules, _ = entry("ireland", weight=2, **{"for": {"names": ["Ana"], "to_date": MON}}).expand(
        facts()
    )
    assert {r.whom.names for r in rules} == {("Ana",)}
    assert {r.whom.to_date for r in rules} == {MON}
    assert {r.weight for r in rules} == {2}
    assert rules[0].source == (
        "ireland, law: Organisation of Working Time Act 1997, section 11. "
        "http://achtanna.ie/framed/en.act.1997.0020.3.html"
    )


def test_rules_that_cannot_apply_are_left_out_with_a_notice() -> None:
    """Nobody works nights; one week has no three; nobody has a rate; no goal pays for cost."""
    rules, notices = entry("healthy-rotation").expand(facts(kinds="ED"))
    assert (
        "pack healthy-rotation leaves out 'nights-in-a-row': 'night' is no shift, family or kind."
        in notices
    )
    assert (
        "pack healthy-rotation leaves out 'rest-after-nights': 'night' is no shift, family or kind."
        in notices
    )
    assert len(rules) == len(PACKS.all["healthy-rotation"].rules) - 2
    unpaid = facts(weeks=1, people=[Person(name="Ana", site="Here")])
    assert entry("singapore").expand(unpaid)[1] == (
        "pack singapore leaves out 'average-week': 3 whole weeks are not on record by the last "
        "day, only 1.",
        "pack singapore leaves out 'overtime': nobody it applies to has an hourly_rate.",
    )
    assert entry("ireland").expand(facts(goals=("stability",)))[1] == (
        "pack ireland leaves out 'sunday': there is no goal 'cost'.",
    )


@pytest.mark.parametrize("name", PACKS.names)
def test_every_rule_of_every_pack_makes_sense_for_a_team_of_all_shifts(name: str) -> None:
    given = facts()
    rules, notices = entry(name).expand(given)
    assert notices == ()
    assert [list(r.problems(given)) for r in rules] == [[] for _ in rules]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"pack": "californa"}, "'californa' is no pack. Did you mean 'california'?"),
        (
            {"pack": "ireland", "except": ["daily-resd"]},
            "except: 'daily-resd' is no rule of the pack. Did you",
        ),
        ({"pack": "ireland", "law": "off"}, "law cannot be off as a whole"),
        ({"pack": "ireland", "cost": "must"}, "pay cannot be a hard rule"),
    ],
)
def test_a_wrong_entry_is_refused(wrong: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(expected)):
        PackEntry.model_validate(wrong)


def test_goals_that_do_not_exist_are_reported_once_for_each_key() -> None:
    given = facts(goals=("coverage",))
    assert list(entry("ireland").problems(given)) == []
    assert list(entry("singapore").problems(given)) == [
        "policy: 'stability' is not one of the goals. Name one, or write \"off\"."
    ]
    assert list(entry("ireland", law="coverge", cost="csot").problems(given)) == [
        "law: 'coverge' is not one of the goals. Did you mean 'coverage'?",
        "cost: 'csot' is not one of the goals. Name one, or write \"off\".",
    ]


def test_a_day_of_rest_is_one_no_night_reaches_into() -> None:
    """Monday to Saturday D are six days; N on Saturday instead puts six hours on the Sunday."""
    from shiftplan.roster import Roster
    from tests.rules.contract import found, hold

    given = facts(weeks=1)
    (rule,) = (r for r in entry("california").expand(given)[0] if r.kind == "day-of-rest")
    roster = Roster(given)
    for k in range(6):
        roster = roster.with_cell("Ana", MON + timedelta(days=k), "D")
    assert found(rule, roster) == 0
    late = roster.with_cell("Ana", MON + timedelta(days=5), "N")
    assert found(rule, late) == 1
    hold(rule, roster)
    hold(rule, late)
