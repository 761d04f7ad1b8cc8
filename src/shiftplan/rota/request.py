"""The words in which a rule asks something of a cyclic rota, and the wish that comes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from ..clock import DAY, WEEKDAYS
from ..errors import ShiftplanError
from ..facts import Facts, Person
from .rota import OFF, Headcount, OffTogether, RotaWish, Run


class RotaRequest:
    """What is asked of a rota for *group*, so far; the rota itself is none of its business."""

    facts: Facts
    group: tuple[Person, ...]
    codes: tuple[str, ...]
    """The shifts everybody in the group can work, in the order of their starts."""
    weekdays: tuple[str, ...]
    """The days of a row by name; the first is the weekday the horizon begins on."""
    notes: list[str]
    """A sentence for each thing the rota leaves out or takes for granted."""
    headcounts: list[Headcount]
    together: OffTogether | None

    def __init__(self, facts: Facts, group: tuple[Person, ...]) -> None:
        """Start with nothing asked."""
        self.facts = facts
        self.group = group
        self.notes = []
        self.headcounts = []
        self.together = None
        self._runs: list[Run] = []
        self._forbidden: set[tuple[str, ...]] = set()
        self._days_off = (0, 7)
        self.codes = self._shared_codes()
        first = facts.first.weekday()
        self.weekdays = (*WEEKDAYS[first:], *WEEKDAYS[:first])

    def _shared_codes(self) -> tuple[str, ...]:
        """Return what everybody can work; note what only some can."""
        each = [set(self.facts.codes(person.name)) for person in self.group]
        able = set.intersection(*each)
        some = set.union(*each) - able
        if some:
            what = ", ".join(sorted(some))
            self.note(f"{what} can be worked by some of the people only, so the rota is without.")
        shifts = [shift for shift in self.facts.shifts if shift.code in able]
        shifts.sort(key=lambda shift: (shift.starts_at, shift.length))
        return tuple(shift.code for shift in shifts)

    @property
    def several_sites(self) -> bool:
        """Whether there are people of other sites than the group's."""
        return len({person.site for person in self.facts.people}) > 1

    # -- words for a rule --------------------------------------------------------------------------

    def select(self, word: str) -> frozenset[str]:
        """Return the codes of the rota that *word* names; ``-`` is a day off."""
        if word == OFF:
            return frozenset((OFF,))
        return self.facts.select(word) & set(self.codes)

    def run(self, of: Iterable[str], least: int, most: int | None, name: str) -> None:
        """Require runs of *of*, called *name*, of *least* to *most* days."""
        self._runs.append(Run(frozenset(of), least, most, name))

    def days_off(self, least: int, most: int) -> None:
        """Ask that each row has from *least* to *most* days off."""
        before_least, before_most = self._days_off
        self._days_off = max(before_least, least), min(before_most, most)

    def off_together(self, days: int, *, straddle: bool) -> None:
        """Ask that each row has *days* off in a row; a rota knows one such wish only."""
        self.together = OffTogether(days, straddle)

    def forbid(self, *days: Iterable[str]) -> None:
        """Forbid every sequence that takes one code from each of *days*."""
        self._forbidden.update(product(*days))

    def forbid_too_soon(
        self, after: Iterable[str], rest: int, *, same_run: Collection[str] = ()
    ) -> bool:
        """Forbid a shift that starts sooner than *rest* minutes after one of *after*.

        A shift of *same_run* may follow on the next day. Return whether that is all of it: a rota
        forbids three days in a row at most, so a rest that reaches further is not asked in full.
        """
        in_full = True
        for code in after:
            tomorrow = self._too_soon(code, 1, rest)
            self.forbid((code,), [c for c in tomorrow if c not in same_run])
            self.forbid((code,), (OFF,), self._too_soon(code, 2, rest))
            if self._too_soon(code, 3, rest):
                in_full = False
        return in_full

    def _too_soon(self, code: str, days: int, rest: int) -> Sequence[str]:
        """Return the shifts that, *days* after *code*, start before *rest* minutes are over.

        Every day of a rota has 24 hours: clock changes are the roster's business.
        """
        shift = self.facts.shift(code)
        free_from = shift.starts_at + shift.length + rest - days * DAY
        return [c for c in self.codes if self.facts.shift(c).starts_at < free_from]

    def headcount(self, day: str, codes: frozenset[str], least: int, most: int | None) -> None:
        """Ask that on the weekday *day* from *least* to *most* people work one of *codes*."""
        self.headcounts.append(Headcount(self.weekdays.index(day), codes, least, most))

    def note(self, text: str) -> None:
        """Keep a sentence on what the rota leaves out or takes for granted."""
        self.notes.append(text)

    # -- what comes of it --------------------------------------------------------------------------

    def wish(self, people: int) -> RotaWish:
        """Return the wish for *people* people; raise ``ShiftplanError`` without any headcount.

        Shifts that no headcount requires are no part of the rota.
        """
        if not self.headcounts:
            raise ShiftplanError(
                "no hard rule says how many people the shifts need on each weekday, nor does a "
                "queue.",
                "Give the plan a [shift_demand] table and a hard rule of kind 'shift-demand'.",
            )
        wanted = frozenset().union(*(line.codes for line in self.headcounts))
        codes = tuple(code for code in self.codes if code in wanted)
        known = {OFF, *codes}
        return RotaWish(
            people=people,
            codes=codes,
            headcounts=(*self.headcounts, *self._nobody_elsewhere(codes)),
            runs=tuple(self._runs_of(known)),
            forbidden=frozenset(p for p in self._forbidden if known.issuperset(p)),
            week_off=self._days_off,
            together=self.together,
            weekdays=self.weekdays,
        )

    def _nobody_elsewhere(self, codes: Sequence[str]) -> Iterable[Headcount]:
        """Yield that nobody works a shift on the weekdays no headcount requires it."""
        wanted = {(line.weekday, code) for line in self.headcounts for code in line.codes}
        for weekday, code in product(range(7), codes):
            if (weekday, code) not in wanted:
                yield Headcount(weekday, frozenset((code,)), 0, 0)

    def _runs_of(self, known: Collection[str]) -> Iterable[Run]:
        """Yield the runs, without the codes that are no part of the rota."""
        for run in self._runs:
            of = run.of.intersection(known)
            if of:
                yield Run(of, run.least, run.most, run.name)
