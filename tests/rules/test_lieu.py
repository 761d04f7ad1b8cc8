"""Days off in lieu of public holidays: what earns one, what counts as one, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from shiftplan.facts import (
    Facts,
    History,
    HolidayDate,
    Leave,
    LeaveBalance,
    LeavePolicy,
    LieuDay,
    LieuTerms,
    Worked,
)
from shiftplan.plan import Plan
from shiftplan.rules import MUST
from shiftplan.solver.search import search
from tests.rules.test_people_rules import MON, SUN, THU, WED, broken, person, rostered, rule, team

ANA = person("Ana", "Dublin")
WEEK = timedelta(days=7)


def dublin(within: str = "1 week", weeks: int = 2, **more: Any) -> Facts:
    """Ana in Dublin, where the first day, Monday 26 October 2026, is the October Bank Holiday."""
    terms = {key: more.pop(key) for key in ("counts", "rest_day") if key in more}
    policy = LeavePolicy(lieu=LieuTerms(within=within, **terms))
    return team(ANA, weeks=weeks, leave_policies=(policy,), **more)


def owing(*expires: date, earned: date = MON - WEEK) -> dict[str, Any]:
    return {"lieu": tuple(LieuDay(e, earned, "Ana") for e in expires), "lieu_settled": MON}


def texts(facts: Facts, line: str, **parameters: Any) -> list[str]:
    return [b.text for b in rule("lieu", **parameters).check(rostered(facts, Ana=line))]


def test_a_holiday_worked_is_owed_a_day_beyond_the_two_of_the_week() -> None:
    # Worked on Monday the 26th, to be taken within a week: by Monday, 2 November. The first week
    # has just its two days off. In the second, three: Monday is one of them in the first line, not
    # in the second.
    facts = dublin("1 week")
    assert broken(rule("lieu"), rostered(facts, Ana="EEEEE.." + ".EEEE..")) == []
    assert broken(rule("lieu"), rostered(facts, Ana="EEEEE.." + "E.EEE..")) == [
        ("Ana", MON + WEEK, 1)
    ]
    assert texts(facts, "EEEEE.." + "E.EEE..") == [
        "Ana has no day off in lieu of October Bank Holiday (Mon 26 Oct) by Mon 02 Nov."
    ]


def test_who_is_off_on_the_holiday_or_elsewhere_is_owed_nothing() -> None:
    assert broken(rule("lieu"), rostered(dublin(), Ana=".EEEEE." + "EEEEE..")) == []
    elsewhere = team(
        person("Ana"), weeks=2, leave_policies=(LeavePolicy(lieu=LieuTerms(within="1 week")),)
    )
    assert broken(rule("lieu"), rostered(elsewhere, Ana="EEEEE.." + "EEEEE..")) == []


def test_the_day_that_expires_first_is_taken_first() -> None:
    # Owed: one that expires on Thursday, and Monday's, which expires on Sunday. Off: Thursday,
    # Saturday and Sunday, so one is in lieu: it is Thursday's, and Monday's is missing.
    facts = dublin("6 days", **owing(THU))
    assert broken(rule("lieu"), rostered(facts, Ana="EEE.E..")) == [("Ana", SUN, 1)]
    # With Wednesday off as well both are placed.
    assert broken(rule("lieu"), rostered(facts, Ana="EE..E..")) == []
    # Friday instead of Wednesday and Thursday is too late for the first.
    assert broken(rule("lieu"), rostered(facts, Ana="EEEE...")) == [("Ana", THU, 1)]


def test_what_expires_on_the_last_day_counts_and_a_day_later_does_not_yet() -> None:
    facts = dublin(weeks=1, **owing(SUN))
    assert broken(rule("lieu"), rostered(facts, Ana=".EEEEE.")) == [("Ana", SUN, 1)]
    later = dublin(weeks=1, **owing(SUN + timedelta(days=1)))
    assert broken(rule("lieu"), rostered(later, Ana=".EEEEE.")) == []
    # On the first day only the first day can be in lieu; what expired before is the ledger's
    # business.
    first = dublin(weeks=1, **owing(MON))
    assert broken(rule("lieu"), rostered(first, Ana=".EEEE..")) == []
    assert broken(rule("lieu"), rostered(first, Ana="EEEE...")) == [("Ana", MON, 1)]
    gone = dublin(weeks=1, **owing(MON - timedelta(days=1)))
    assert broken(rule("lieu"), rostered(gone, Ana="EEEEE..")) == []


def test_leave_in_lieu_is_a_day_in_lieu_and_other_leave_is_not() -> None:
    wednesday = Leave(person="Ana", from_date=WED, to_date=WED, kind="lieu")
    facts = dublin("6 days", weeks=1, leave=(wednesday,))
    assert broken(rule("lieu"), rostered(facts, Ana="EE.EE..")) == []
    paid = dublin("6 days", weeks=1, leave=(wednesday.model_copy(update={"kind": "pto"}),))
    assert broken(rule("lieu"), rostered(paid, Ana="EE.EE..")) == [("Ana", SUN, 1)]


def test_a_month_is_up_on_the_same_day_of_the_next() -> None:
    # By 26 November, the Thursday of the fifth week; off then in a week of three days off.
    facts = dublin("1 month", weeks=5)
    usual = "EEEEE.." * 4
    assert broken(rule("lieu"), rostered(facts, Ana=usual + "EEE.E..")) == []
    assert broken(rule("lieu"), rostered(facts, Ana=usual + "EEEE...")) == [
        ("Ana", date(2026, 11, 26), 1)
    ]


@pytest.mark.parametrize(
    ("counts", "earns"),
    [
        ("start", "the night that begins on it"),
        ("majority", "the night before"),
        ("minutes", "both"),
    ],
)
def test_a_night_that_straddles_midnight_is_credited_as_the_terms_say(
    counts: str, earns: str
) -> None:
    # 22:00 to 06:00: of the night before, six of eight hours lie in the holiday; of that on it,
    # two.
    facts = dublin("6 days", weeks=1, counts=counts)
    night_before = facts.changed(
        history=History(MON - WEEK, {("Ana", MON - timedelta(days=1)): "N"})
    )
    late = bool(broken(rule("lieu"), rostered(facts, Ana="N.EEEE.")))
    early = bool(broken(rule("lieu"), rostered(night_before, Ana=".EEEEE.")))
    assert (late, early) == (earns != "the night before", earns != "the night that begins on it")


def test_less_than_an_hour_of_the_holiday_is_not_worked_whatever_the_terms() -> None:
    shifts = tuple(
        s.model_copy(update={"start": s.start.replace(hour=23, minute=1)}) if s.code == "N" else s
        for s in dublin().shifts
    )
    for counts in ("start", "minutes"):
        facts = dublin("6 days", weeks=1, counts=counts).changed(shifts=shifts)
        assert broken(rule("lieu"), rostered(facts, Ana="N.EEEE.")) == []


def test_where_a_holiday_on_a_day_off_counts_too_it_is_owed_all_the_same() -> None:
    facts = dublin("6 days", weeks=1, rest_day=True)
    assert broken(rule("lieu"), rostered(facts, Ana=".EEEEE.")) == [("Ana", SUN, 1)]
    assert broken(rule("lieu"), rostered(facts, Ana="EEEEE..")) == [("Ana", SUN, 1)]
    # With three days off, the holiday among them or not, one is in lieu.
    assert broken(rule("lieu"), rostered(facts, Ana=".EEEE..")) == []
    # On leave it was no day off.
    away = facts.changed(leave=(Leave(person="Ana", from_date=MON, to_date=MON, kind="pto"),))
    assert broken(rule("lieu"), rostered(away, Ana=".EEEE..")) == []


def test_days_on_record_count_after_the_day_to_which_the_ledger_is_settled() -> None:
    # A holiday worked on Wednesday the 21st, in the week before, of which nobody took a third day
    # off.
    wednesday = MON - timedelta(days=5)
    cells = {("Ana", MON - timedelta(days=k)): "E" for k in (7, 6, 5, 4, 3)}
    facts = dublin(
        "9 days", weeks=1, holidays=(HolidayDate(date=wednesday), HolidayDate(date=MON, kept="no"))
    )
    worked = facts.changed(history=History(MON - WEEK, cells))
    assert broken(rule("lieu"), rostered(worked, Ana="EEEEE..")) == [("Ana", date(2026, 10, 30), 1)]
    settled = worked.changed(lieu=(), lieu_settled=MON)
    assert broken(rule("lieu"), rostered(settled, Ana="EEEEE..")) == []
    # Friday off as well, that week had three: the day was taken then.
    taken = {cell: code for cell, code in cells.items() if cell[1] != MON - timedelta(days=3)}
    facts = worked.changed(history=History(MON - WEEK, taken))
    assert broken(rule("lieu"), rostered(facts, Ana="EEEEE..")) == []


def test_a_filter_by_dates_looks_at_what_expires_on_them() -> None:
    facts = dublin("6 days", weeks=1, **owing(THU))
    roster = rostered(facts, Ana="EEEEE..")
    assert broken(rule("lieu", **{"for": {"to_date": THU}}), roster) == [("Ana", THU, 1)]
    assert broken(rule("lieu", **{"for": {"from_date": THU + timedelta(days=1)}}), roster) == [
        ("Ana", SUN, 1)
    ]


def test_balances_in_the_plan_stand_in_for_a_ledger_until_there_is_one() -> None:
    two_days = LeaveBalance(person="Ana", account="lieu", date=MON, balance="12h", expires=SUN)
    facts = dublin(weeks=1, leave_balances=(two_days,))
    assert broken(rule("lieu"), rostered(facts, Ana=".EEEEE.")) == [("Ana", SUN, 1)] * 2
    assert broken(rule("lieu"), rostered(facts.changed(lieu=()), Ana=".EEEEE.")) == []


def test_days_off_owed_in_lieu_are_none_too_many() -> None:
    # Three days off in each week; one day is owed, for Monday. Exactly two a week, and that one, it
    # is.
    facts = dublin("1 month")
    roster = rostered(facts, Ana="EEEE..." + "EEEE...")
    assert broken(rule("days-off"), roster) == [("Ana", MON, 1), ("Ana", MON + WEEK, 1)]
    assert broken(rule("days-off", lieu=True), roster) == [("Ana", MON + WEEK, 1)]
    # Off on the holiday itself nothing is owed, and both are too many.
    off = rostered(facts, Ana=".EEEE.." + "EEEE...")
    assert broken(rule("days-off", lieu=True), off) == [("Ana", MON, 1), ("Ana", MON + WEEK, 1)]
    # Leave in lieu uses up what is owed.
    leave = Leave(person="Ana", from_date=WED, to_date=WED, kind="lieu")
    away = rostered(facts.changed(leave=(leave,)), Ana="EE.EE.." + "EEEE...")
    assert broken(rule("days-off", lieu=True), away) == [("Ana", MON + WEEK, 1)]
    assert [
        b.text
        for b in rule("days-off", lieu=True).check(rostered(facts, Ana="EEE...." + "EEEEE.."))
    ] == ["Ana has 4 days off, 1 of them in lieu, in the week of Mon 26 Oct, not 2."]


def test_where_nobody_keeps_a_holiday_that_is_reported() -> None:
    facts = dublin()
    assert list(rule("lieu").problems(facts)) == []
    sites = tuple(s.model_copy(update={"holidays": None}) for s in facts.sites)
    assert list(rule("lieu").problems(facts.changed(sites=sites))) == [
        'kind: Dublin keeps no public holidays. Add them to the site, as in holidays = "IE".'
    ]
    both = facts.changed(people=(ANA, person("Ben")))
    assert list(rule("lieu").problems(both)) == []
    assert list(rule("lieu", **{"for": {"names": ["Ben"]}}).problems(both)) == [
        'kind: San Jose keeps no public holidays. Add them to the site, as in holidays = "IE".'
    ]
    assert (
        list(rule("lieu").problems(facts.changed(sites=sites, holidays=(HolidayDate(date=MON),))))
        == []
    )


def test_the_solver_places_the_days_before_they_expire() -> None:
    # Ana works the holiday, and owed is also a day that expires on Thursday: six days off in two
    # weeks.
    facts = dublin("8 days", **owing(THU)).changed(
        pins=(Worked(person="Ana", date=MON, shift="E"),)
    )
    plan = Plan(facts, (rule("days-off", lieu=True), rule("lieu"), rule("pinned")))
    found = search(plan, seconds=20, workers=1).roster
    assert found is not None
    assert plan.judge(found).costs[MUST] == 0
    assert 14 - len(found.cells) == 6
