"""Leave booked from rosters: what each line is, and that booking again only corrects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shiftplan.facts import (
    Facts,
    History,
    HolidayDate,
    Horizon,
    Leave,
    LeaveBalance,
    LeavePolicy,
    LieuDay,
    LieuTerms,
)
from shiftplan.ledger import LedgerEntry, book
from shiftplan.ledger.leave import owed
from shiftplan.plan import Plan
from shiftplan.roster import Roster
from tests.plans import any_facts, any_roster
from tests.rules.test_people_rules import MON, SUN, THU, TUE, WED, person, rostered, rule, team
from tests.tries import tries

HIRED = date(2026, 1, 1)
ANA = person("Ana", "Dublin", start_date=HIRED)
WEEK = timedelta(days=7)
POLICY = LeavePolicy(pto=((0, 17),), sick_days=10, lieu=LieuTerms(within="1 month"))
LINE = "EEEEE.."

Line = tuple[date, str, int]


def dublin(policy: LeavePolicy = POLICY, weeks: int = 1, **more: Any) -> Facts:
    """Ana in Dublin; Monday 26 October 2026 is the October Bank Holiday."""
    return team(ANA, weeks=weeks, leave_policies=(policy,), **more)


def booked(
    facts: Facts, line: str, entries: Sequence[LedgerEntry] = (), source: str = "r1", *rules: Any
) -> list[LedgerEntry]:
    return book(Plan(facts, rules), rostered(facts, Ana=line), entries, source)


def lines_of(entries: Sequence[LedgerEntry], account: str) -> list[Line]:
    return [(e.day, e.event, e.amount) for e in entries if e.account == account]


def balance(entries: Sequence[LedgerEntry], account: str) -> int:
    return sum(e.amount for e in entries if e.account == account)


# -- paid leave ------------------------------------------------------------------------------------


def test_paid_leave_is_earned_by_the_week_and_used_by_the_day() -> None:
    # Days 299 to 305 of 2026: 17 x 480 = 8160 minutes a year. 305 days earn 6818.6 and 298 earn
    # 6662.1, so the week is booked with 6818 - 6662 = 156. Leave from Tuesday to Wednesday is two
    # days.
    leave = Leave(person="Ana", from_date=TUE, to_date=WED, kind="pto")
    lines = booked(dublin(leave=(leave,)), "E..EE..")
    assert lines_of(lines, "pto") == [(TUE, "use", -480), (WED, "use", -480), (SUN, "earn", 156)]


def test_a_week_of_leave_uses_five_days_less_the_public_holidays_in_it() -> None:
    away = Leave(person="Ana", from_date=MON, to_date=SUN + WEEK, kind="pto")
    lines = booked(dublin(weeks=2, leave=(away,)), "")
    used = [day for day, event, _ in lines_of(lines, "pto") if event == "use"]
    # In the first week Monday is a holiday: Tuesday to Friday are used; in the second Monday to
    # Friday.
    assert used == [MON + timedelta(days=k) for k in (1, 2, 3, 4, 7, 8, 9, 10, 11)]


def test_who_works_on_a_day_of_leave_has_not_taken_it() -> None:
    leave = Leave(person="Ana", from_date=TUE, to_date=WED, kind="pto")
    assert balance(booked(dublin(leave=(leave,)), ".E....."), "pto") == 156 - 480


def test_training_uses_no_account() -> None:
    leave = Leave(person="Ana", from_date=TUE, to_date=WED, kind="training")
    assert balance(booked(dublin(leave=(leave,)), ""), "pto") == 156


def test_the_cap_stops_accrual_and_never_takes_anything_away() -> None:
    # One and a half times 8160 minutes are 12240. With 12200 there is room for 40 of the week's
    # 156.
    def brought(minutes: str) -> list[LedgerEntry]:
        row = LeaveBalance(person="Ana", account="pto", date=MON, balance=minutes)
        return booked(dublin(leave_balances=(row,)), LINE)

    assert lines_of(brought("203h20"), "pto") == [(MON, "carry", 12200), (SUN, "earn", 40)]
    (earned,) = (e for e in brought("203h20") if (e.account, e.event) == ("pto", "earn"))
    assert earned.reason == "a week at 17 days a year; accrual stops at 204h"
    assert balance(brought("300h"), "pto") == 300 * 60


def test_room_made_by_leave_is_filled_again() -> None:
    # At the cap on Monday; two days of leave from Thursday make room, and Thursday to Sunday earn
    # 89 minutes: 305 days earn 6818 and 301 days 6729.
    row = LeaveBalance(person="Ana", account="pto", date=MON, balance="204h")
    leave = Leave(person="Ana", from_date=THU, to_date=THU + timedelta(days=1), kind="pto")
    lines = booked(dublin(leave_balances=(row,), leave=(leave,)), "EEE....")
    assert lines_of(lines, "pto")[-1] == (SUN, "earn", 89)


def test_what_is_an_opening_balance_stands_for_all_before_its_day() -> None:
    row = LeaveBalance(person="Ana", account="pto", date=THU, balance="10h")
    leave = Leave(person="Ana", from_date=TUE, to_date=TUE, kind="pto")
    lines = booked(dublin(leave_balances=(row,), leave=(leave,)), "E.EEE..")
    assert lines_of(lines, "pto") == [(THU, "carry", 600), (SUN, "earn", 89)]


# -- sick days -------------------------------------------------------------------------------------


def test_sick_days_are_given_at_the_new_year_and_what_is_left_of_the_old_is_gone() -> None:
    # Monday 28 December 2026 to Sunday 3 January 2027; sick on the Wednesday and the Saturday.
    monday = date(2026, 12, 28)
    sick = [
        Leave(person="Ana", from_date=d, to_date=d, kind="sick")
        for d in (WED + 9 * WEEK, SUN + 9 * WEEK)
    ]
    facts = dublin(leave=tuple(sick)).changed(horizon=Horizon(start=monday, weeks=1))
    lines = booked(facts, "EE.EE..")
    assert lines_of(lines, "sick") == [
        (monday, "earn", 4800),
        (date(2026, 12, 30), "use", -480),
        (date(2026, 12, 31), "expire", -4320),
        (date(2027, 1, 1), "earn", 4800),
        (date(2027, 1, 3), "use", -480),
    ]
    assert balance(lines, "sick") == 4320


def test_sick_days_of_a_year_are_given_once() -> None:
    first, second = dublin(), dublin().changed(horizon=Horizon(start=MON + WEEK, weeks=1))
    lines = booked(first, LINE)
    lines += booked(second, LINE, lines, "r2")
    assert lines_of(lines, "sick") == [(MON, "earn", 4800)]


def test_a_newcomer_gets_them_on_the_first_day() -> None:
    facts = dublin().changed(people=(ANA.model_copy(update={"start_date": WED}),))
    assert lines_of(booked(facts, "..EEE.."), "sick") == [(WED, "earn", 4800)]


# -- days in lieu, as three sites have them --------------------------------------------------------


def test_a_holiday_worked_is_a_day_on_top_of_pay_and_paid_out_if_not_taken() -> None:
    # Dublin: within a month of 26 October, so by 26 November; the fifth week, which ends it, is
    # booked too.
    lines = booked(dublin(weeks=5), LINE * 5)
    assert lines_of(lines, "lieu") == [(MON, "earn", 480), (date(2026, 11, 26), "cash-out", -480)]
    earned = next(e for e in lines if e.account == "lieu")
    assert (earned.reason, earned.expires) == (
        "October Bank Holiday worked, on top of pay",
        date(2026, 11, 26),
    )
    lost = POLICY.model_copy(update={"lieu": LieuTerms(within="1 month", unmet="expire")})
    assert lines_of(booked(dublin(lost, weeks=5), LINE * 5), "lieu")[1][1] == "expire"


def test_a_day_beyond_the_usual_two_uses_it_where_the_plan_has_the_rule() -> None:
    line = "EEEEE.." + "EE.EE.."
    with_rule = booked(dublin(weeks=2), line, (), "r1", rule("lieu"))
    assert lines_of(with_rule, "lieu") == [(MON, "earn", 480), (WED + WEEK, "use", -480)]
    assert lines_of(booked(dublin(weeks=2), line), "lieu") == [(MON, "earn", 480)]


def test_leave_in_lieu_uses_it_and_may_overdraw() -> None:
    leave = Leave(person="Ana", from_date=TUE, to_date=WED, kind="lieu")
    lines = booked(dublin(leave=(leave,)), "E..EE..")
    assert lines_of(lines, "lieu") == [(MON, "earn", 480), (TUE, "use", -480), (WED, "use", -480)]
    assert balance(lines, "lieu") == -480


def test_a_holiday_on_a_day_off_counts_where_the_terms_say_so() -> None:
    singapore = POLICY.model_copy(update={"lieu": LieuTerms(rest_day=True)})
    assert lines_of(booked(dublin(singapore), ".EEEEE."), "lieu") == [(MON, "earn", 480)]
    assert lines_of(booked(dublin(), ".EEEEE."), "lieu") == []


@pytest.mark.parametrize(
    ("counts", "minutes"),
    # The night before has 6 of its 8 hours in the holiday, the night that starts on it 2.
    [("start", 480), ("majority", 480), ("minutes", 8 * 60)],
)
def test_nights_around_a_holiday_are_credited_as_the_terms_say(counts: Any, minutes: int) -> None:
    policy = POLICY.model_copy(update={"lieu": LieuTerms(counts=counts)})
    history = History(MON - WEEK, {("Ana", MON - timedelta(days=1)): "N"})
    assert balance(booked(dublin(policy, history=history), "N......"), "lieu") == minutes
    after = booked(dublin(policy, history=history), ".......")
    assert balance(after, "lieu") == {"start": 0, "majority": 480, "minutes": 360}[counts]


def test_a_holiday_of_twenty_five_hours_can_be_worked_for_all_of_them() -> None:
    # Clocks in Dublin go back on Sunday 25 October 2026: the day lasts 25 hours.
    policy = POLICY.model_copy(update={"lieu": LieuTerms(counts="minutes")})
    long = (
        dublin(policy)
        .shifts[0]
        .model_copy(update={"start": dublin().shifts[0].start.replace(hour=0)})
    )
    facts = dublin(
        policy, holidays=(HolidayDate(date=MON - timedelta(days=1), name="Clock Day"),)
    ).changed(
        horizon=Horizon(start=MON - WEEK, weeks=1),
        shifts=(long.model_copy(update={"length": 26 * 60, "unpaid_break": 0}),),
    )
    assert lines_of(booked(facts, "......E"), "lieu") == [
        (MON - timedelta(days=1), "earn", 25 * 60)
    ]


def test_days_brought_along_are_used_first_if_they_expire_first() -> None:
    row = LeaveBalance(person="Ana", account="lieu", date=MON, balance="8h", expires=THU)
    lines = booked(dublin(leave_balances=(row,)), "EE.EE..", (), "r1", rule("lieu"))
    # Off on Wednesday: that is the day of the opening balance. Monday's is left, until 26 November.
    assert lines_of(lines, "lieu") == [(MON, "carry", 480), (MON, "earn", 480), (WED, "use", -480)]
    after = dublin().changed(horizon=Horizon(start=MON + WEEK, weeks=1))
    assert owed(after, lines) == ((LieuDay(date(2026, 11, 26), MON, "Ana"),), MON + WEEK)


def test_sick_days_until_the_year_ends_cannot_be_given_twice_with_and_without_that_day() -> None:
    row = LeaveBalance(person="Ana", account="sick", date=MON, balance="8h")
    same = row.model_copy(update={"expires": date(2026, 12, 31)})
    with pytest.raises(ValidationError, match="Ana has two lines for sick"):
        dublin(leave_balances=(row, same))


# -- booking again ---------------------------------------------------------------------------------


def test_booking_twice_adds_nothing_and_another_roster_sets_right() -> None:
    facts = dublin()
    lines = booked(facts, LINE)
    assert booked(facts, LINE, lines) == []
    assert booked(facts, LINE, lines, "r2") == []
    # Off on the holiday after all: the day earned is taken back, and nothing else is touched.
    changed = booked(facts, ".EEEEE.", lines, "r2")
    assert [(e.account, e.day, e.event, e.amount, e.source) for e in changed] == [
        ("lieu", MON, "adjust", -480, "r2")
    ]
    assert changed[0].expires == date(2026, 11, 26)
    assert changed[0].reason == "correction: now nothing"
    lines += changed
    assert booked(facts, ".EEEEE.", lines, "r2") == []
    back = booked(facts, LINE, lines, "r3")
    assert lines_of(back, "lieu") == [(MON, "adjust", 480)]
    assert back[0].reason == "correction: now October Bank Holiday worked, on top of pay"


def test_leave_entered_after_booking_is_corrected_by_booking_again() -> None:
    facts = dublin()
    lines = booked(facts, LINE)
    sick = facts.changed(leave=(Leave(person="Ana", from_date=WED, to_date=WED, kind="sick"),))
    assert lines_of(booked(sick, "EE.EE..", lines), "sick") == [(WED, "use", -480)]


def test_an_opening_balance_is_booked_once_and_corrected_when_the_table_changes() -> None:
    row = LeaveBalance(person="Ana", account="pto", date=MON, balance="40h")
    lines = booked(dublin(leave_balances=(row,)), LINE)
    second = dublin(leave_balances=(row,)).changed(horizon=Horizon(start=MON + WEEK, weeks=1))
    lines += booked(second, LINE, lines, "r2")
    assert [e for e in lines_of(lines, "pto") if e[1] == "carry"] == [(MON, "carry", 2400)]
    corrected = second.changed(leave_balances=(row.model_copy(update={"balance": 2430}),))
    assert [e for e in lines_of(booked(corrected, LINE, lines, "r2"), "pto") if e[1] != "earn"] == [
        (MON, "adjust", 30)
    ]
    # Deleting the table takes nothing away.
    assert booked(second.changed(leave_balances=()), LINE, lines, "r2") == []


@tries(60)
@given(seed=st.integers(0, 2**32 - 1), first=st.integers(0, 99), second=st.integers(0, 99))
def test_whatever_was_booked_before_the_last_roster_is_what_counts(
    seed: int, first: int, second: int
) -> None:
    facts = any_facts(seed)
    policies = (
        *facts.leave_policies,
        LeavePolicy(pto=((0, 17), (1, 20)), sick_days=10, lieu=LieuTerms()),
    )
    facts = facts.changed(leave_policies=policies)
    plan = Plan(facts, (rule("lieu"),))
    one, two = any_roster(facts, first), any_roster(facts, second)

    def net(lines: Sequence[LedgerEntry]) -> dict[tuple[object, ...], int]:
        found: dict[tuple[object, ...], int] = {}
        for e in lines:
            key = e.account, e.person, e.day, e.expires
            found[key] = found.get(key, 0) + e.amount
        return {key: amount for key, amount in found.items() if amount}

    lines = book(plan, one, (), "r1")
    both = [*lines, *book(plan, two, lines, "r2")]
    assert net(both) == net(book(plan, two, (), "r2"))
    assert book(plan, two, both, "r2") == []
    assert net([*both, *book(plan, one, both, "r3")]) == net(lines)


def test_horizons_that_overlap_book_every_week_once() -> None:
    two, later = (
        dublin(weeks=2),
        dublin(weeks=2).changed(horizon=Horizon(start=MON + WEEK, weeks=2)),
    )
    lines = booked(two, LINE * 2)
    lines += booked(later, LINE * 2, lines, "r2")
    # Three weeks: 6818 + 313 = 319 days earn 7131.6, less 6662 of the days before.
    assert balance(lines, "pto") == 7131 - 6662


def test_people_who_have_left_the_plan_keep_their_lines() -> None:
    lines = booked(dublin(), LINE)
    other = dublin().changed(people=(person("Ben", "Dublin"),))
    assert {e.person for e in book(Plan(other, ()), Roster(other), lines, "r2")} == {"Ben"}
