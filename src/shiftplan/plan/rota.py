"""What the musts of a plan ask of a cyclic rota for people who are interchangeable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from ..clock import DAY, WEEKDAYS
from ..errors import ShiftplanError, nearest
from ..facts import Facts, Person
from ..rota import OFF, Headcount, OffTogether, RotaWish, Run
from ..rota.headcounts import Level, heads_of_queues
from ..rules import MUST, Rule
from .plan import Plan

LONGEST = 31
"""The longest run ``work-run`` counts up to: it limits nothing."""

NOT_OF_A_ROTA = frozenset({"available", "leave", "pinned", "stable", "wish"})
"""Rules about a person's own days, which a rota leaves to whoever deals it out."""


@dataclass(frozen=True)
class Asked:
    """A wish, for whom it is, and what it leaves out."""

    wish: RotaWish
    group: tuple[Person, ...]
    notes: tuple[str, ...]
    """A sentence for each must that the rota may break."""


def asked_of(
    plan: Plan, *, site: str = "", people: int | None = None, cover: Level = "target"
) -> Asked:
    """Return the rota that the musts of *plan* ask of everyone at *site*, as if there were *people*
    of them.

    Where no must says how many heads the shifts need, it is what queues ask for at level *cover*.
    Raise ``ShiftplanError`` if the people are of several sites and none is named, or if nothing
    asks for heads.
    """
    group = _group(plan.facts, site)
    asking = _Asking(plan.facts, group)
    for rule in plan.rules:
        if rule.strength == MUST and rule.kind not in NOT_OF_A_ROTA:
            asking.heed(rule)
    if not asking.heads:
        asking.serve(cover)
    return Asked(asking.wish(len(group) if people is None else people), group, tuple(asking.notes))


def _group(facts: Facts, site: str) -> tuple[Person, ...]:
    sites = sorted({p.site for p in facts.people})
    if site and site not in sites:
        raise ShiftplanError(f"nobody is at a site called '{site}'.", nearest(site, sites))
    if not site and len(sites) > 1:
        raise ShiftplanError(
            f"the people are at {len(sites)} sites, and a rota is for those who can take each other's place.",
            f"Name one with --site: {', '.join(sites)}.",
        )
    group = [p for p in facts.people if not site or p.site == site]
    group = [p for p in group if any(p.employed(day) for day in facts.days)]
    if not group:
        raise ShiftplanError(
            f"nobody{f' at {site}' if site else ''} is under contract between {facts.first} and {facts.last}."
        )
    return tuple(group)


@dataclass
class _Asking:
    """A wish in the making."""

    facts: Facts
    group: tuple[Person, ...]
    notes: list[str] = field(default_factory=list)
    heads: list[Headcount] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    forbidden: set[tuple[str, ...]] = field(default_factory=set)
    week_off: tuple[int, int] = (0, 7)
    together: OffTogether | None = None

    def __post_init__(self) -> None:
        """Look up the shifts everybody in the group can work, by their starts."""
        able = set.intersection(*(set(self.facts.codes(p.name)) for p in self.group))
        some = {c for p in self.group for c in self.facts.codes(p.name)} - able
        shifts = sorted(
            (s for s in self.facts.shifts if s.code in able), key=lambda s: (s.starts_at, s.length)
        )
        self.codes = tuple(s.code for s in shifts)
        first = self.facts.first.weekday()
        self.weekdays = (*WEEKDAYS[first:], *WEEKDAYS[:first])
        if some:
            self.notes.append(
                f"{', '.join(sorted(some))} can be worked by some of the people only, so the rota is without."
            )

    def heed(self, rule: Rule) -> None:
        """Take in one must, or note that the rota leaves it out."""
        whom = [rule.whom.matches(p) for p in self.group]
        if not any(whom):
            return
        take = _TAKES.get(rule.kind)
        if take is None or not all(whom) or rule.whom.dated:
            self.leave_out(rule)
        else:
            take(self, rule)

    def leave_out(self, rule: Rule) -> None:
        """Note that *rule* is not heeded, or not in full."""
        self.notes.append(f"the rota may break {rule.kind}: {rule.sentence()}")

    def serve(self, cover: Level) -> None:
        """Ask for the heads that queues need."""
        found, notes = heads_of_queues(self.facts, self.group, self.codes, cover)
        self.heads += found
        if found:
            self.notes.append(
                f"no must asks for heads on shifts, so the rota gives queues their {cover}."
            )
            self.notes += notes

    def wish(self, people: int) -> RotaWish:
        """Return the wish; shifts and weekdays without a line get nobody."""
        if not self.heads:
            raise ShiftplanError(
                "no must says how many heads the shifts need on each weekday, nor does a queue.",
                "Give the plan a [shift_demand] table and a rule of kind 'shift-demand' as a must.",
            )
        codes = tuple(c for c in self.codes if any(c in h.codes for h in self.heads))
        needed = {(h.weekday, c) for h in self.heads for c in h.codes}
        none = [
            Headcount(d, frozenset((c,)), 0, 0)
            for d in range(7)
            for c in codes
            if (d, c) not in needed
        ]
        runs = [Run(r.of & {OFF, *codes}, r.least, r.most, r.name) for r in self.runs]
        return RotaWish(
            people,
            codes,
            (*self.heads, *none),
            tuple(r for r in runs if r.of),
            frozenset(p for p in self.forbidden if set(p) <= {OFF, *codes}),
            self.week_off,
            self.together,
            self.weekdays,
        )

    def pick(self, word: str) -> frozenset[str]:
        """Return the group's codes that *word* names; ``-`` is a day off."""
        return frozenset((OFF,)) if word == OFF else self.facts.select(word) & set(self.codes)

    def forbid(self, *days: Iterable[str]) -> None:
        """Forbid every sequence that takes one code from each of *days*."""
        self.forbidden.update(product(*days))


# What a rule says of a rota; the fields are those of its own class.


def _work_run(asking: _Asking, rule: Any) -> None:
    most = None if rule.max == LONGEST else rule.max
    asking.runs.append(Run(frozenset(asking.codes), rule.min, most, "work"))


def _off_run(asking: _Asking, rule: Any) -> None:
    asking.runs.append(Run(frozenset((OFF,)), rule.min, rule.max, "days off"))


def _shift_run(asking: _Asking, rule: Any) -> None:
    of = (
        [(c, frozenset((c,))) for c in asking.codes]
        if rule.of == "each"
        else [(rule.of, asking.pick(rule.of))]
    )
    asking.runs += [Run(codes, rule.min, rule.max, name) for name, codes in of if codes]


def _days_off(asking: _Asking, rule: Any) -> None:
    least, most = asking.week_off
    asking.week_off = (
        max(least, rule.per_week),
        min(most, rule.per_week if rule.count == "exactly" else 7),
    )


def _days_off_together(asking: _Asking, rule: Any) -> None:
    if asking.together is None:
        asking.together = OffTogether(rule.days, rule.straddle)
    else:
        asking.leave_out(rule)


def _succession(asking: _Asking, rule: Any) -> None:
    for pattern in rule.forbid:
        asking.forbid(*(asking.pick(word) for word in pattern.split()))
    if rule.forward:
        start = {c: asking.facts.shift(c).starts_at for c in asking.codes}
        asking.forbidden |= {
            (a, b) for a, b in product(asking.codes, repeat=2) if start[b] < start[a]
        }


def _rest(asking: _Asking, rule: Any) -> None:
    for a in asking.codes:
        asking.forbid((a,), _too_soon(asking, a, 1, rule.hours))
        asking.forbid((a,), (OFF,), _too_soon(asking, a, 2, rule.hours))
        if _too_soon(asking, a, 3, rule.hours):
            asking.leave_out(rule)
            return


def _rest_after(asking: _Asking, rule: Any) -> None:
    of = asking.pick(rule.of)
    for a in of:
        asking.forbid((a,), set(_too_soon(asking, a, 1, rule.hours)) - of)
        asking.forbid((a,), (OFF,), _too_soon(asking, a, 2, rule.hours))
        if _too_soon(asking, a, 3, rule.hours):
            asking.leave_out(rule)
            return


def _too_soon(asking: _Asking, code: str, days: int, rest: int) -> Sequence[str]:
    """Return the shifts that, *days* after *code*, start before *rest* minutes have gone by the
    clock.
    """
    shift = asking.facts.shift(code)
    free = shift.starts_at + shift.length + rest - days * DAY
    return [c for c in asking.codes if asking.facts.shift(c).starts_at < free]


def _shift_demand(asking: _Asking, rule: Any) -> None:
    facts = asking.facts
    dated, shared, skilled = False, False, False
    for need in facts.shift_needs:
        codes = asking.pick(need.shift)
        if not codes or need.site not in ("", asking.group[0].site):
            continue
        dated |= need.date is not None
        shared |= not need.site and len({p.site for p in facts.people}) > 1
        if need.skill and not all(need.skill in p.skills for p in asking.group):
            skilled = True
            continue
        least, most = _asked_heads(rule.level, need)
        asking.heads += [
            Headcount(asking.weekdays.index(day), codes, least, most)
            for day in need.weekday
            if least or most is not None
        ]
    asking.notes += _left_out(dated, shared, skilled)


def _asked_heads(level: str, need: Any) -> tuple[int, int | None]:
    if level == "minimum":
        return need.minimum, None
    if need.preferred is None:
        return 0, None
    return need.preferred if need.under else 0, need.preferred if need.over else None


def _left_out(dated: bool, shared: bool, skilled: bool) -> Iterator[str]:
    if dated:
        yield "heads asked for on single dates are no part of a rota."
    if shared:
        yield "heads asked for at any site are all given by this one."
    if skilled:
        yield "heads asked for with a skill that not everybody has are left out."


def _rotation(asking: _Asking, rule: Any) -> None:
    if rule.order:  # else it is about the rota itself
        asking.leave_out(rule)


_TAKES: dict[str, Callable[[_Asking, Any], None]] = {
    "days-off": _days_off,
    "days-off-together": _days_off_together,
    "off-run": _off_run,
    "rest": _rest,
    "rest-after": _rest_after,
    "rotation": _rotation,
    "shift-demand": _shift_demand,
    "shift-run": _shift_run,
    "succession": _succession,
    "work-run": _work_run,
}
