"""What rules about runs share: their limits, and what an edge of the days known cuts.

A run is days in a row that are all worked, or all off, or all of one shift. The half for the solver
and the half for people stand beside each other and share no code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ...errors import count
from ...facts import Facts
from ..vocabulary import Expr, Vocabulary


@dataclass(frozen=True)
class RunLimits:
    """How many days a run has at least and at most; with 1 and None, any number."""

    least: int
    most: int | None

    def check_order(self) -> None:
        """Raise ``ValueError`` if no run is long enough and not too long."""
        if self.most is not None and self.least > self.most:
            raise ValueError(f"min {self.least} is above max {self.most}")

    def check_limited(self) -> None:
        """Raise ``ValueError`` if any run will do."""
        if self.most is None and self.least == 1:
            raise ValueError("give min (2 or more), max, or both")

    def words(self) -> str:
        """Return the limits in words, as in *at least 2 and at most 5 days*."""
        parts = []
        if self.least > 1:
            parts.append(f"at least {self.least}")
        if self.most is not None:
            parts.append(f"at most {self.most}")
        number = " and ".join(parts) or "any number of"
        # The noun goes with the number it stands beside.
        return f"{number} day" if self.most == 1 else f"{number} days"

    def problems(self, facts: Facts, what: str = "days") -> Iterator[str]:
        """Yield a minimum the horizon has no room for."""
        room = len(facts.days)
        if self.least > room:
            what = f"{self.least} {what} in a row do not fit into {count(room, 'day')}"
            yield f"min: {what}. Lower it."


# -- for the solver ----------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenRuns:
    """What days may make runs, one entry for each day on record and in the horizon."""

    in_run: Sequence[Expr]
    """1 if the day is one of a run, else 0."""
    judged: Sequence[bool]
    """Whether a run may be found too long, or over and too short, on the day."""
    counted: Sequence[bool]
    """Whether the day counts towards a run it is part of."""
    ending: Sequence[bool] = ()
    """Whether the day, if it is not in a run, ends the one before or after it; all do if empty."""

    def charge_too_long(self, model: Vocabulary, most: int) -> None:
        """Charge one for each day counted that is one more than *most* in a row."""
        places = [k for k, counts in enumerate(self.counted) if counts]
        for first, last in zip(places, places[most:], strict=False):
            if self.judged[last]:
                model.never_all(self.in_run[first : last + 1])

    def charge_too_short(self, model: Vocabulary, least: int) -> None:
        """Charge each run of fewer days than *least* for those it lacks."""
        for length in range(1, least):
            # The day before a run must be known, or the run may have begun earlier; so must the
            # day after, or it may go on.
            for first in range(1, len(self.in_run) - length):
                after = first + length
                if self.ending and not (self.ending[first - 1] and self.ending[after]):
                    continue  # the contract cuts the run
                if self.judged[after] and all(self.counted[first:after]):
                    ends = (1 - self.in_run[first - 1], 1 - self.in_run[after])
                    model.never_all((*ends, *self.in_run[first:after]), amount=least - length)


# -- for people --------------------------------------------------------------------------------


@dataclass(frozen=True)
class FoundRun:
    """A run of a roster that reaches into the horizon or up to it."""

    days: Sequence[date]
    counted: Sequence[date]
    """The days that count towards its length."""
    inside: Sequence[date]
    """The days of the horizon the rule looks at."""
    cut: bool
    """Whether it may have begun before the first day on record, or a contract cuts it."""

    @property
    def first_inside(self) -> date:
        """The day to show it on: its first, or the first the rule looks at if that is later."""
        return max(self.days[0], self.inside[0])

    def too_many(self, most: int | None) -> int:
        """Return how many of its days are more in a row than *most*.

        Days before the horizon count, but cannot be too many themselves.
        """
        if most is None:
            return 0
        return sum(day in self.inside for day in self.counted[most:])

    def lacking(self, least: int) -> int:
        """Return how many days it lacks to be *least* days long; nothing if its ends are unsure."""
        day_after = self.days[-1] + timedelta(days=1)
        if self.cut or day_after not in self.inside:
            return 0
        # A day off and then a day of leave: without the leave that might have been a second day
        # off, so that the run is not called too short.
        if len(self.counted) < len(self.days):
            return 0
        return max(0, least - len(self.days))


def runs_found(
    facts: Facts,
    inside: Sequence[date],
    in_run: Callable[[date], bool],
    counts: Callable[[date], bool] | None = None,
    ends: Callable[[date], bool] = lambda _: True,
) -> Iterator[FoundRun]:
    """Yield each run of days that are *in_run*, but those over and done before the horizon.

    *counts* says which days count towards the length of a run, *ends* which days end one beside
    them; without them all do.
    """
    days = facts.known_days
    for of_run, group in groupby(days, key=in_run):
        if not of_run:
            continue
        run = tuple(group)
        # A run that ends on the day before the horizon may be found too short on its first day.
        if run[-1] + timedelta(days=1) >= facts.first:
            counted = run if counts is None else tuple(filter(counts, run))
            beside = (run[0] - timedelta(days=1), run[-1] + timedelta(days=1))
            cut = run[0] == days[0] or not all(map(ends, beside))
            yield FoundRun(run, counted, inside, cut)
