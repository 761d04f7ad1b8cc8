"""Random small plans and rosters that reach the corners: awkward zones, borders, leave, overnight
shifts.
"""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from typing import Any

from shiftplan.clock import WEEKDAYS
from shiftplan.facts import (
    Availability,
    Burden,
    Carried,
    Contract,
    Curve,
    DemandRow,
    Facts,
    History,
    HolidayDate,
    Horizon,
    Leave,
    LeaveBalance,
    LeavePolicy,
    LieuDay,
    LieuTerms,
    Person,
    Published,
    RotaWeek,
    ShiftNeed,
    ShiftSpec,
    Site,
    StartRange,
    Team,
    Wish,
    Worked,
)
from shiftplan.roster import Roster

ZONES = (
    "America/Los_Angeles",
    "Europe/Dublin",
    "Asia/Singapore",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "America/St_Johns",
    "America/Santiago",
    "Africa/Cairo",
)
MONDAYS = (
    date(2026, 10, 19),
    date(2026, 10, 26),
    date(2027, 3, 8),
    date(2026, 3, 23),
    date(2026, 8, 31),
)
"""Of weeks that end on a day on which clocks change somewhere, so that it is near for any first
day in them.
"""
NAMES = ("Ana", "Ben", "Cy", "Dee", "Eli")
SHIFTS = (
    ShiftSpec(code="E", start=time(5), length="8h30", unpaid_break="30m"),
    ShiftSpec(code="L", start=time(13, 30), length="8h30", unpaid_break="30m"),
    ShiftSpec(code="N", start=time(22), length="8h"),
    ShiftSpec(code="D", starts=StartRange(first=time(9), last=time(9, 30), every=30), length="8h"),
    ShiftSpec(code="X", start=time(18), length="12h", kind="night"),
    ShiftSpec(code="S", start=time(7), length="9h", sites=("South",)),
    ShiftSpec(code="Q", start=time(9), length="6h", requires=("lead",)),
)


def any_facts(seed: int, *, people: int = 3, weeks: int = 2) -> Facts:
    """Return facts made from *seed*; the same for the same seed, always."""
    rng = random.Random(seed)
    first = rng.choice(MONDAYS) + timedelta(days=random.Random(f"first day {seed}").randrange(7))
    horizon = Horizon(start=first, weeks=rng.randint(1, weeks))
    last = first + timedelta(days=7 * horizon.weeks - 1)
    days = [first + timedelta(days=k) for k in range(7 * horizon.weeks)]
    sites = (
        Site(name="North", timezone=rng.choice(ZONES), holidays="US-CA"),
        Site(name="South", timezone=rng.choice(ZONES)),
    )
    shifts = tuple(
        s
        for spec in (*SHIFTS[:3], *rng.sample(SHIFTS[3:5], rng.randint(0, 2)), *SHIFTS[5:])
        for s in spec.expand()
    )
    odd = rng.choice(("joins", "leaves", "", "", ""))
    staff = tuple(
        Person(
            name=name,
            site=rng.choice(("North", "North", "South")),
            skills=tuple(s for s in ("chat", "tickets", "lead") if rng.random() < 0.6),
            level=rng.choice(("L1", "L2")),
            contract=rng.choice(("full-time", "half")),
            hourly_rate=rng.randint(20, 60),
            start_date=first + timedelta(days=rng.randint(-3, 5)) if odd == "joins" else None,
            end_date=last - timedelta(days=rng.randint(-3, 5)) if odd == "leaves" else None,
        )
        for name in NAMES[: rng.randint(1, people)]
    )
    staff = tuple(
        p.model_copy(update={"hourly_rate": rate})
        for p, rate in zip(staff, _rates(seed), strict=False)
    )
    names = [p.name for p in staff]
    leave = []
    for _ in range(rng.randint(0, 2)):
        day = rng.choice(days) - timedelta(days=rng.randint(0, 2))
        leave.append(
            Leave(
                person=rng.choice(names),
                from_date=day,
                to_date=day + timedelta(days=rng.randint(0, 8)),
            )
        )
    facts = Facts(
        team=Team(
            name="Team",
            home="North",
            week_starts=WEEKDAYS[first.weekday()],
            goals=("coverage", "wishes"),
        ),
        horizon=horizon,
        sites=sites,
        contracts=(Contract(name="full-time"), Contract(name="half", share=50)),
        shifts=shifts,
        people=staff,
        curves=_curves(rng, days),
        shift_needs=(*_shift_needs(rng, days), *_crowded(seed)),
        leave=tuple(leave),
        availability=(*_availability(rng, names, days), *_overnight(seed, names, days)),
    )
    cells = [(n, d) for n in names for d in days]
    wishes = []
    for who, day in rng.sample(cells, min(len(cells), 6)):
        wish = rng.choice(("day-off", "day-on", "shift-on", "shift-off"))
        shift = rng.choice(sorted(facts.selectors)) if wish.startswith("shift") else ""
        wishes.append(Wish(person=who, date=day, wish=wish, shift=shift, weight=rng.randint(1, 3)))
    pins = [
        Worked(person=who, date=day, shift=rng.choice((*facts.codes_on(who, day), "")))
        for who, day in rng.sample(cells, min(len(cells), 3))
        if facts.codes(who)
    ]
    carried = [
        Carried(person=n, of=of, points=rng.randint(-3, 5))
        for n in names
        for of in ("night", "weekend")
    ]
    carried += _more_carried(seed, names)
    return facts.changed(
        wishes=tuple(wishes),
        pins=tuple(pins),
        carried=tuple(carried),
        history=_history(rng, facts),
        sites=_seated(seed, sites),
        burden=_burden(seed),
        **_published(seed, facts),
        **_rotation(seed, facts),
        **_in_lieu(seed, facts),
    )


def any_roster(facts: Facts, seed: int, *, busy: float = 0.7) -> Roster:
    """Return a roster made from *seed* in which nobody works two shifts at once, nor outside their
    contract; rules may be broken.
    """
    rng = random.Random(seed)
    cells = {}
    for p in facts.people:
        over, favourite = _over(facts, p.name), None
        for day in facts.days:
            codes = [
                c for c in facts.codes_on(p.name, day) if facts.span(p.name, c, day)[0] >= over
            ]
            if codes and rng.random() < busy:
                code = favourite if favourite in codes and rng.random() < 0.5 else rng.choice(codes)
                cells[p.name, day] = favourite = code
                over = facts.span(p.name, code, day)[1]
    return Roster(facts, cells)


def any_dates(facts: Facts, seed: int) -> dict[str, date]:
    """Return dates for a rule's filter, made from *seed*: a single day, a part of the horizon, or
    past it.
    """
    rng = random.Random(f"dates {seed}")
    start = rng.choice(facts.days)
    end = start + timedelta(days=rng.choice((0, 0, 1, 2, 4, 6, 9, 30)))
    return rng.choice(
        ({"from_date": start, "to_date": end}, {"from_date": start}, {"to_date": start})
    )


def _over(facts: Facts, who: str) -> int:
    ends = [
        facts.span(who, code, day)[1] for (w, day), code in facts.history.cells.items() if w == who
    ]
    return max(ends, default=0)


def _history(rng: random.Random, facts: Facts) -> History:
    length = rng.choice((0, 0, 1, 3, 7, 10))
    if not length:
        return History()
    start = facts.first - timedelta(days=length)
    cells = {}
    for p in facts.people:
        over = 0
        for k in range(length):
            day = start + timedelta(days=k)
            codes = [c for c in facts.codes(p.name) if facts.span(p.name, c, day)[0] >= over]
            if codes and rng.random() < 0.7:
                cells[p.name, day] = rng.choice(codes)
                over = facts.span(p.name, cells[p.name, day], day)[1]
    return History(start, cells)


def _curves(rng: random.Random, days: list[date]) -> tuple[Curve, ...]:
    curves = []
    for queue in ("chat", "tickets")[: rng.randint(0, 2)]:
        for clock in rng.sample(ZONES, rng.randint(1, 2)):
            rows = []
            for weekday in ("mon-fri", "sat sun"):
                cut = rng.randint(1, 23)
                for start, end in ((time(0), time(cut)), (time(cut), time(0))):
                    low = rng.randint(0, 2)
                    rows.append(
                        DemandRow(
                            weekday=weekday,
                            start=start,
                            end=end,
                            minimum=low,
                            target=low + rng.randint(0, 1),
                            maximum=rng.choice((None, low + 1)),
                        )
                    )
            if rng.random() < 0.5:
                rows.append(
                    DemandRow(
                        date=rng.choice(days), start=time(3), end=time(15), minimum=1, target=2
                    )
                )
            curves.append(Curve(queue=queue, clock=clock, rows=tuple(rows)))
    return tuple(curves)


def _shift_needs(rng: random.Random, days: list[date]) -> tuple[ShiftNeed, ...]:
    needs = [
        ShiftNeed(
            shift=rng.choice(("Q", "night", "any", "S")),
            weekday=rng.choice(("daily", "mon-wed", "sat sun")),
            site=rng.choice(("", "", "North")),
            skill=rng.choice(("", "", "lead")),
            minimum=rng.randint(0, 1),
            preferred=rng.choice((None, 1, 2)),
            under=rng.randint(0, 3),
            over=rng.randint(0, 2),
        )
        for _ in range(rng.randint(0, 3))
    ]
    if needs:
        needs.append(ShiftNeed(shift="any", date=rng.choice(days), minimum=2, preferred=2, over=1))
    return tuple(needs)


def _availability(
    rng: random.Random, names: list[str], days: list[date]
) -> tuple[Availability, ...]:
    rows = []
    for _ in range(rng.randint(0, 3)):
        hours = rng.random() < 0.5
        rows.append(
            Availability(
                person=rng.choice(names),
                can=rng.choice(("only", "never")),
                weekdays=tuple(
                    rng.sample(("monday", "wednesday", "saturday", "sunday"), rng.randint(0, 3))
                ),
                from_date=rng.choice(days) if rng.random() < 0.3 else None,
                start=time(rng.randint(0, 12)) if hours else None,
                end=time(rng.randint(0, 23)) if hours else None,
            )
        )
    return tuple(rows)


def _overnight(seed: int, names: list[str], days: list[date]) -> tuple[Availability, ...]:
    """Return rows whose hours may run into the next day, often just as far as a shift, or whose
    dates end.
    """
    rng = random.Random(f"overnight {seed}")
    rows = []
    for _ in range(rng.choice((0, 1, 1, 2))):
        since = rng.choice(days) if rng.random() < 0.3 else None
        start = rng.choice((time(4), time(4), time(13, 30), time(18), time(22)))
        rows.append(
            Availability(
                person=rng.choice(names),
                can=rng.choice(("only", "never")),
                weekdays=tuple(rng.sample(WEEKDAYS, rng.choice((0, 0, 5)))),
                from_date=since,
                to_date=(since or days[0]) + timedelta(days=rng.randint(0, 6))
                if rng.random() < 0.5
                else None,
                start=start,
                end=rng.choice((time(5), time(6), time(13, 30), start)),
            )
        )
    return tuple(rows)


def _crowded(seed: int) -> tuple[ShiftNeed, ...]:
    """Return, now and then, a line that nearly every roster exceeds by several people."""
    rng = random.Random(f"crowded {seed}")
    over = rng.choice((0, 0, 1, 2))
    return (ShiftNeed(shift="any", weekday="fri sat", preferred=0, over=over),) if over else ()


def _more_carried(seed: int, names: list[str]) -> list[Carried]:
    rng = random.Random(f"carried {seed}")
    of = rng.choice(("hours", "holiday", "any", "night", "weekend"))
    rows = [Carried(person=rng.choice(names), of=of, points=rng.randint(-9, 9)) for _ in range(2)]
    for of in ("burden", "early", "quick-return", "short-notice", "saturday", "hours"):
        for name in names:
            if rng.random() < 0.5:
                rows.append(
                    Carried(person=name, of=of, points=rng.choice((0.01, -1.25, 2.4, -0.5, 3)))
                )
    return rows


def _burden(seed: int) -> Burden:
    """Return weights, some zero and some with decimals, and limits around usual rests."""
    rng = random.Random(f"burden {seed}")
    weights = {
        kind: rng.choice((0, 1, 2, 0.5, 1.75))
        for kind in (
            "early",
            "late",
            "night",
            "saturday",
            "sunday",
            "holiday",
            "quick_return",
            "short_notice",
        )
        if rng.random() < 0.6
    }
    return Burden(
        **weights,
        quick_return_below=rng.choice((9, 12, 12, 15.5, 24)),
        notice_days=rng.choice((0, 3, 14, 30)),
    )


def _rates(seed: int) -> list[float | None]:
    """Return hourly rates with odd cents, some missing."""
    rng = random.Random(f"rates {seed}")
    return [
        rng.choice((None, rng.randint(2000, 6000) / 100, float(rng.randint(20, 60)))) for _ in NAMES
    ]


def _published(seed: int, facts: Facts) -> dict[str, Any]:
    """Return, more often than not, a published roster, some of its shifts gone since, and a day of
    notice.
    """
    rng = random.Random(f"published {seed}")
    if rng.random() < 0.25:
        return {}
    known = [p for p in facts.people if rng.random() < 0.85]
    cells = {
        (p.name, day): rng.choice((*facts.codes(p.name) * 5, "GONE"))
        for p in known
        for day in facts.days
        if rng.random() < 0.7
    }
    as_of = rng.choice((None, *(facts.first + timedelta(days=n) for n in (-20, -9, -2, 0, 3, 9))))
    return {"published": Published(cells), "as_of": as_of}


def _rotation(seed: int, facts: Facts) -> dict[str, Any]:
    """Return, more often than not, rotas of one to three weeks with most people in them, some in
    one row.
    """
    rng = random.Random(f"rotation {seed}")
    if rng.random() < 0.25:
        return {}
    rows = []
    for site in facts.sites:
        group = [p.name for p in facts.people if p.site == site.name and rng.random() < 0.9]
        codes = sorted(set.intersection(*(set(facts.codes(n)) for n in group))) if group else []
        length = rng.randint(1, 3)
        starts = [rng.randrange(length) for _ in group]
        for week in range(length):
            days = {weekday: rng.choice((*codes, *codes, "-", "")) for weekday in WEEKDAYS}
            who = tuple(n for n, start in zip(group, starts, strict=True) if start == week)
            rows.append(RotaWeek(rota=site.name, week=week + 1, people=who, **days))
    start = facts.first + timedelta(days=7 * rng.randint(-5, 2))
    return {"rotation": tuple(rows), "rotation_start": start}


def _in_lieu(seed: int, facts: Facts) -> dict[str, Any]:
    """Return public holidays in and before the horizon, what they earn, days owed already and days
    taken.
    """
    rng = random.Random(f"lieu {seed}")
    names = [p.name for p in facts.people]

    def near(back: int) -> date:
        return rng.choice(facts.days) - timedelta(days=rng.randint(0, back))

    holidays = {near(9): rng.choice(("", "", "North", "South")) for _ in range(rng.randint(0, 4))}
    policies = [
        LeavePolicy(
            sites=rng.choice(((), ("North",), ("South",))),
            lieu=LieuTerms(
                within=rng.choice(("1 day", "3 days", "5 days", "8 days", "2 weeks", "1 month")),
                counts=rng.choice(("start", "majority", "minutes")),
                rest_day=rng.random() < 0.4,
            ),
        )
        for _ in range(rng.randint(0, 2))
    ]
    on_leave = [Leave(person=rng.choice(names), from_date=(d := near(4)), to_date=d, kind="lieu")]
    owed = [
        LieuDay(
            expires=near(4), earned=facts.first - timedelta(days=rng.randint(1, 20)), person=name
        )
        for name in names
        for _ in range(rng.choice((0, 0, 1, 1, 2)))
    ]
    in_lieu: dict[str, Any] = rng.choice(
        (
            {},
            {"lieu": tuple(owed), "lieu_settled": facts.first},
            {"lieu": tuple(owed), "lieu_settled": facts.first - timedelta(days=7)},
            {"leave_balances": tuple(_brought(owed))},
        )
    )
    return {
        "holidays": tuple(HolidayDate(date=day, site=site) for day, site in holidays.items()),
        "leave_policies": tuple(policies),
        "leave": (*(on_leave if rng.random() < 0.5 else ()), *facts.leave),
        **in_lieu,
    }


def _brought(owed: list[LieuDay]) -> list[LeaveBalance]:
    rows = {(o.person, o.expires): o for o in owed if o.expires >= o.earned}
    return [
        LeaveBalance(person=who, account="lieu", date=o.earned, balance="8h", expires=expires)
        for (who, expires), o in rows.items()
    ]


def _seated(seed: int, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Return *sites* with few seats, some with no limit."""
    rng = random.Random(f"seats {seed}")
    return tuple(s.model_copy(update={"seats": rng.choice((None, 0, 1, 1, 2))}) for s in sites)
