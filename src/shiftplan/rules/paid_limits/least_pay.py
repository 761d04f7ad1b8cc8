"""What the work that hard rules require is paid at least, by counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from ...facts import Facts, Person
from ...roster.pay import in_cents
from ..base import WorkLimits


def least_pay(
    facts: Facts, people: Iterable[Person], covers: Callable[[date], bool], limits: WorkLimits
) -> tuple[int, int]:
    """Return the minutes that *people* with a rate have to work, and what they are paid, in minutes
    times per cent of cents an hour.
    """
    minutes = points = 0
    for person in people:
        rate = in_cents(person.hourly_rate or 0)
        if rate:
            required = limits.least_paid(person.name, covers)
            minutes += required
            points += rate * 100 * required
    return minutes, points


def least_pay_of_duty(
    facts: Facts, people: Iterable[Person], limits: WorkLimits
) -> tuple[int, int]:
    """Return the minutes of duty required of all people together, and what they are paid, at the
    lowest rate there is; zero unless all are among *people*.
    """
    paid = set(people)
    if not paid.issuperset(facts.people):
        return 0, 0
    rates = [
        Fraction(in_cents(person.hourly_rate or 0) * 100 * shift.paid, shift.length)
        for person in facts.people
        for shift in map(facts.shift, facts.codes(person.name))
    ]
    duty = max(0, limits.least_duty())
    return duty, int(duty * min(rates, default=Fraction(0)))
