"""The words rules use to talk to CP-SAT."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from ortools.sat.python import cp_model

from ..facts import Cell, Facts
from ..roster import Roster
from ..rules import MUST, Rule
from ..rules.vocabulary import MOST, Expr, SiteShift, Vocabulary, certain, ruled_out
from .covering import covering
from .linear import sum_of
from .overlaps import forbid_overlaps

SMALL = 3000
"""Variables below which the full linear relaxation is worth its time: it proves small plans."""


class Model(Vocabulary):
    """One Boolean per open cell and shift, constants for all others, and words over both.

    Whether a broken limit is forbidden or costs is decided here from the strength of the rule being
    encoded, so that no rule has to know. Days before the horizon are constants from the record.
    With *fixed* and *free*, only the cells in *free* are open; the rest are as in *fixed*. Cells
    outside a person's contract are never open.
    """

    def __init__(
        self, facts: Facts, fixed: Roster | None = None, free: Collection[Cell] | None = None
    ) -> None:
        self.facts = facts
        self.cp = cp_model.CpModel()
        self.costs: dict[str, list[tuple[int, cp_model.LinearExpr]]] = {}
        self.constant: dict[str, int] = {}
        self.broken = False
        """Whether a hard rule is broken by fixed cells alone."""
        self._strength, self._weight = MUST, 1  # of the rule being encoded
        self._x: dict[Cell, dict[str, cp_model.IntVar]] = {}
        self._works: dict[Cell, cp_model.IntVar] = {}
        self._fixed = fixed
        self._headcounts: dict[tuple[tuple[str, ...], date, str], Expr] = {}
        self._covering: Mapping[int, frozenset[SiteShift]] | None = None
        for p in facts.people:
            codes = facts.codes(p.name)
            for day in facts.days:
                # Outside a contract nobody is given a shift, so there is nothing to decide.
                if p.employed(day) and (free is None or (p.name, day) in free):
                    self._open(p.name, day, codes)
        forbid_overlaps(self)

    def _open(self, who: str, day: date, codes: Sequence[str]) -> None:
        cell = (who, day)
        works = self._works[cell] = self.cp.new_bool_var(f"{who}|{day}")
        self._x[cell] = {code: self.cp.new_bool_var(f"{who}|{day}|{code}") for code in codes}
        self.cp.add_exactly_one(*self._x[cell].values(), ~works)

    # -- cells -----------------------------------------------------------------------------------

    def works(self, who: str, day: date, codes: Collection[str] | None = None) -> Expr:
        """Return 1 if *who* works on *day* (one of *codes*, if given), else 0.

        *day* may lie before the horizon, where the history answers.
        """
        options = self._x.get((who, day))
        if options is None:
            return int(self._known(who, day, codes))
        if codes is None:
            return self._works[who, day]
        found = [x for code, x in options.items() if code in codes]
        if not found:
            return 0
        if len(found) == len(options):
            return self._works[who, day]
        return sum_of(found)

    def off(self, who: str, day: date) -> Expr:
        """Return 1 if *who* does not work on *day*, else 0."""
        return 1 - self.works(who, day)

    def open(self, who: str, day: date) -> bool:
        """Say whether the cell is still to be decided."""
        return (who, day) in self._x

    def _known(self, who: str, day: date, codes: Collection[str] | None) -> bool:
        if day < self.facts.first:
            code = self.facts.history.cells.get((who, day))
        else:
            code = self._fixed.cells.get((who, day)) if self._fixed else None
        return code is not None and (codes is None or code in codes)

    def headcount(self, people: tuple[str, ...], day: date, code: str) -> Expr:
        """Return how many of *people*, who all have *code* among their shifts, work it on *day*."""
        key = (people, day, code)
        if key not in self._headcounts:
            self._headcounts[key] = self._counted(people, day, code)
        return self._headcounts[key]

    def _counted(self, people: tuple[str, ...], day: date, code: str) -> Expr:
        cells = [self.works(who, day, (code,)) for who in people]
        number = sum_of(cells)
        undecided = sum(not isinstance(cell, int) for cell in cells)
        if undecided < 2:
            return number
        # A variable of its own: the same sum stands in many limits.
        count = self.cp.new_int_var(0, len(people), f"{day}|{code}|{len(self._headcounts)}")
        self.cp.add(count == number)
        return count

    # -- limits: each charges the amount by which it is broken -------------------------------------

    def never_all(self, events: Iterable[Expr], amount: int = 1) -> None:
        """Charge *amount* if every one of *events* (each 0 or 1) is 1."""
        undecided: list[cp_model.LinearExpr] = []
        for event in events:
            if ruled_out(event):
                return
            if not certain(event):
                undecided.append(cast(cp_model.LinearExpr, event))
        if len(undecided) == 1 and self._strength != MUST:
            self._cost(amount, undecided[0])  # the event is its own amount
        else:
            # All of them are one more than all but one. With none left undecided, every event is
            # certain, and this is the number 0 - (0 - 1): charged as it stands.
            self._excess(sum_of(undecided) - (len(undecided) - 1), 1, amount)

    def at_most(self, limit: Expr, total: Expr, *, each: int = 1, most: int = MOST) -> None:
        """Charge *each* for every unit by which *total* is above *limit*; *most* bounds those
        units.
        """
        self._excess(total - limit, most, each)

    def at_least(self, limit: Expr, total: Expr, *, each: int = 1, most: int = MOST) -> None:
        """Charge *each* for every unit by which *total* is below *limit*; *most* bounds those
        units.
        """
        self._excess(limit - total, most, each)

    def at_most_highest(self, excesses: Sequence[Expr], *, each: int = 1, most: int = MOST) -> None:
        """Charge *each* for every unit of the highest of *excesses* that is above zero."""
        settled = max([0, *(e for e in excesses if isinstance(e, int))])
        undecided = [e for e in excesses if not isinstance(e, int)]
        if self._strength == MUST or not undecided:
            # Nothing is charged: each excess by itself has to be zero.
            for excess in (settled, *undecided):
                self._excess(excess, most, each)
            return
        highest = self.number(settled, most)
        for excess in undecided:
            self.cp.add(highest >= excess)
        self._cost(each, highest)

    def charge(self, total: Expr) -> None:
        """Charge every unit of *total*, which is zero or more where it is as low as it can be."""
        if isinstance(total, int):
            self._fixed_amount(total)
        elif self._strength == MUST:
            self.cp.add(total <= 0)
        else:
            self._cost(1, cast(cp_model.LinearExpr, total))

    def number(self, low: int, high: int) -> cp_model.IntVar:
        """Return a new whole number between *low* and *high*, for a rule to tie to cells with
        ``require``.
        """
        return self.cp.new_int_var(low, high, "")

    def require(self, *conditions: cp_model.BoundedLinearExpression | bool) -> None:
        """State what a number made by ``number`` means; not for the rule's own limit."""
        for condition in conditions:
            self.cp.add(condition)

    def _excess(self, excess: Expr, most: int, each: int) -> None:
        if not each:
            return
        if isinstance(excess, int):
            self._fixed_amount(max(0, excess) * each)
        elif self._strength == MUST:
            self.cp.add(excess <= 0)
        else:
            amount = self.cp.new_int_var(0, most, "")
            self.cp.add(amount >= excess)
            self._cost(each, amount)

    def _fixed_amount(self, amount: int) -> None:
        if not amount:
            return
        if self._strength == MUST:
            self.broken = True
            self.cp.add_bool_or([])
        else:
            self.constant[self._strength] = (
                self.constant.get(self._strength, 0) + self._weight * amount
            )

    def _cost(self, each: int, amount: cp_model.LinearExpr) -> None:
        self.costs.setdefault(self._strength, []).append((self._weight * each, amount))

    # -- coverage --------------------------------------------------------------------------------

    @property
    def covering(self) -> Mapping[int, frozenset[SiteShift]]:
        """Return, per slot of the window and its tail, the shifts on duty for the whole of it.

        In the tail a shift of the days after the horizon stands for the same cell a week earlier.
        """
        if self._covering is None:
            self._covering = covering(self.facts)
        return self._covering

    # -- the whole -------------------------------------------------------------------------------

    @property
    def small(self) -> bool:
        """Whether it has so few variables that it may well be proven."""
        return len(self.cp.proto.variables) < SMALL

    def encode(self, rule: Rule, strength: str | None = None) -> None:
        """Add *rule*, with its own strength unless another is given."""
        self._strength, self._weight = strength or rule.strength, rule.weight
        rule.encode(self)

    def goal(self, name: str) -> cp_model.LinearExpr:
        """Return the cost of goal *name*, constants included."""
        terms = self.costs.get(name, [])
        expr = cp_model.LinearExpr.weighted_sum([v for _, v in terms], [c for c, _ in terms])
        return expr + self.constant.get(name, 0)

    def hint(self, roster: Roster) -> None:
        """Suggest *roster* as a start."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for cell, options in self._x.items():
            code = roster.cells.get(cell)
            self.cp.add_hint(self._works[cell], code is not None)
            for option, x in options.items():
                self.cp.add_hint(x, option == code)

    def hint_all(self, values: Sequence[int]) -> None:
        """Suggest a value for every variable, in the order they were made."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(values):
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)

    def fix(
        self, roster: Roster, free: Collection[Cell] = (), part: cp_model.CpModel | None = None
    ) -> None:
        """Fix every open cell but *free* to *roster*; in *part*, a copy of the model, if given."""
        held = self.cp if part is None else part
        for cell, options in self._x.items():
            if cell in free:
                continue
            code = roster.cells.get(cell)
            for option, x in options.items():
                held.add(x == int(option == code))

    def fix_but_for_days_off(self, roster: Roster, part: cp_model.CpModel) -> None:
        """Leave open in *part*, a copy of the model, only which shifts of *roster* are worked."""
        for cell, options in self._x.items():
            code = roster.cells.get(cell)
            for option, x in options.items():
                if option != code:
                    part.add(x == 0)

    def shifts(self) -> cp_model.LinearExpr:
        """Return how many shifts are worked in open cells."""
        return cp_model.LinearExpr.sum(list(self._works.values()))

    def read(self, value: Callable[[cp_model.IntVar], int]) -> Roster:
        """Return the roster with what *value* says of open cells; the rest stays as it is fixed."""
        fixed = self._fixed.cells if self._fixed else {}
        cells = {cell: code for cell, code in fixed.items() if cell not in self._x}
        for cell, options in self._x.items():
            for code, x in options.items():
                if value(x):
                    cells[cell] = code
        return Roster(self.facts, cells)
