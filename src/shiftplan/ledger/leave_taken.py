"""Leave that people have taken in the days of a roster."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..facts import Facts, LeavePolicy, Person
from ..roster import Roster
from .entry import ACCOUNTS


def leave_taken(facts: Facts, roster: Roster, person: Person) -> Mapping[str, Mapping[date, int]]:
    """Return the minutes of leave *person* takes, by account and day.

    A week of leave uses the working days of a week, less the public holidays in it. A day in lieu
    is a day. Who works all the same has taken no leave.
    """
    policy = facts.leave_policy(person.name) or LeavePolicy()
    working_week = policy.days_per_week * policy.day * facts.share(person.name) // 100
    found: dict[str, dict[date, int]] = {account: {} for account in ACCOUNTS}
    for week in facts.weeks:
        left = working_week
        for day in week:
            kind = _kind(facts, roster, person, day)
            if kind is None:
                continue
            if kind == "lieu":
                found[kind][day] = policy.day
                continue
            used = min(policy.day, left)
            # A holiday uses up one of the week's working days, but none of the leave.
            found[kind][day] = 0 if facts.holiday(person.name, day) else used
            left -= used
    return found


def _kind(facts: Facts, roster: Roster, person: Person, day: date) -> str | None:
    """Return the account that *person* uses on *day*, None for none."""
    kind = facts.leave_kind(person.name, day)
    if kind not in ACCOUNTS or not person.employed(day) or roster.works(person.name, day):
        return None
    return kind
