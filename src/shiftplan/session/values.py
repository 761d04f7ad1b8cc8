"""What a session shows: news, effects, rules and tables as they are edited, versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from ..errors import Problem
from ..publication import Publication
from ..rules import Rule
from ..rules.packs import PACKS, PackEntry

NewsKind = Literal["roster", "plan", "verdict", "saved", "versions", "links", "notices"]


@dataclass(frozen=True)
class News:
    """News for listeners: what is different now.

    ``roster`` and ``plan`` follow an edit, an undo or a redo (``plan`` alone, even if cells fall
    out of the roster by it); ``verdict`` comes, from another thread, when the rules about several
    people are judged too and ``Judging.effect`` is complete.
    """

    what: NewsKind
    label: str = ""


@dataclass(frozen=True)
class RuleChange:
    """What an edit does to one rule: amounts before and after, sentences that come and go."""

    number: int | None
    """Position among ``PlanEdits.rules``; None for a rule taken out or off, and for one shift at
    a time.
    """
    kind: str
    strength: str
    before: int
    after: int
    broken: tuple[str, ...]
    fixed: tuple[str, ...]


@dataclass(frozen=True)
class CoverageChange:
    """What an edit does to one queue: person-minutes missing below its minimum and below its
    target.
    """

    queue: str
    short_before: int
    short_after: int
    below_before: int
    below_after: int

    @property
    def differs(self) -> bool:
        """Whether anything is another."""
        before = self.short_before, self.below_before
        return before != (self.short_after, self.below_after)


@dataclass(frozen=True)
class Effect:
    """What an edit breaks and fixes, rule by rule, and what coverage it costs. Empty if nothing
    differs.
    """

    label: str
    rules: tuple[RuleChange, ...] = ()
    coverage: tuple[CoverageChange, ...] = ()
    pending: tuple[str, ...] = ()
    """Kinds of the rules not judged yet, and ``coverage``; once they are, ``News("verdict")``."""

    @property
    def worse(self) -> tuple[RuleChange, ...]:
        """The rules whose amount grows."""
        return tuple(r for r in self.rules if r.after > r.before)

    @property
    def better(self) -> tuple[RuleChange, ...]:
        """The rules whose amount shrinks."""
        return tuple(r for r in self.rules if r.after < r.before)


@dataclass(frozen=True)
class Candidate:
    """Somebody who could fill a gap: the shift, and what giving it to them does."""

    who: str
    day: date
    code: str
    fills: int
    """Person-minutes of the gap they would fill."""
    effect: Effect


@dataclass(frozen=True)
class RuleEntry:
    """One ``[[rules]]`` entry as it stands in the plan file, right or wrong."""

    number: int
    line: int
    kind: str
    """Its kind; for a pack, the pack's name."""
    values: Mapping[str, Any]
    """Every key as written, ``kind`` included."""
    rule: Rule | None
    """The rule it makes; None while it is wrong, and for a pack."""
    pack: PackEntry | None
    """The pack it stands for, if it does and is right."""
    enabled: bool
    problems: tuple[Problem, ...]

    @property
    def sentence(self) -> str:
        """The rule in words, or what is wrong with it."""
        if self.rule is not None:
            return self.rule.sentence()
        if self.pack is not None:
            return PACKS.all[self.pack.pack].title + "."
        return self.problems[0].message if self.problems else "It cannot be read."


@dataclass(frozen=True)
class TableRow:
    """One line of a table: the text of each cell in the order of the columns, and what is wrong
    with it.
    """

    line: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    """``Problem.key`` is the column."""


@dataclass(frozen=True)
class TableView:
    """A table as it is edited. Rows are numbered from 0 as they stand in the file."""

    name: str
    """By which ``TableEdits.view`` knows it: the file's name, or the section's while there is no
    file.
    """
    section: str
    title: str
    """For people: ``people``, ``demand of chat, America/New_York``."""
    columns: tuple[str, ...]
    more: tuple[str, ...]
    """Columns the table could have and has not; setting a cell there adds the column."""
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the table as a whole: its first line, a file that is missing."""


@dataclass(frozen=True)
class Version:
    """A roster on record."""

    id: int
    name: str
    """Given by whoever saved it; empty if nobody did."""
    state: str
    """``draft``, ``published``, or ``superseded`` by a newer version of some of its days."""
    made: datetime
    """Aware, in UTC."""
    first: date
    last: date
    costs: Mapping[str, int]
    """Cost per goal when it was made; empty where nobody judged it."""
    publication: Publication | None = None
    """Number, author, message and what it changed, if it was published."""


@dataclass(frozen=True)
class PersonDifference:
    """What differs between two rosters for one person: day, before and after in words of local
    time.
    """

    who: str
    changes: tuple[tuple[date, str, str], ...]
