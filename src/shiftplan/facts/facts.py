"""Everything that is given, in one value that does not contradict itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from ..clock import SLOT, to_local
from .availability import suits
from .consistency import clashes
from .demand import Need
from .given import GivenFacts
from .rotation import Rotation, rotation_of
from .unrecorded import could_have_worked, not_on_record
from .window import SiteDay, Window, unrecorded_days, window_of


class Facts(GivenFacts):
    """What is given, checked against itself, with what is derived from several facts at once.

    It knows no rules. Raise ``ValidationError`` where facts contradict each other.
    """

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = [f"{'.'.join(map(str, clash.at))}: {clash.message}" for clash in clashes(self)]
        if found:
            raise ValueError("; ".join(found))
        return self

    def __getstate__(self) -> dict[Any, Any]:
        """Return what is given, and nothing derived from it: another process derives it anew."""
        state = super().__getstate__()
        fields = type(self).model_fields
        given = {name: value for name, value in state["__dict__"].items() if name in fields}
        return {**state, "__dict__": given}

    def changed(self, **values: Any) -> Self:
        """Return these facts with some fields changed, checked anew."""
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**kept, **values})

    # -- people ----------------------------------------------------------------------------------

    def able(self, person: str, day: date, codes: Collection[str] | None = None) -> bool:
        """Say whether *person*, due on *day*, can work a shift then; one of *codes*, if given."""
        if not self.due(person, day):
            return False
        theirs = self.codes(person)
        if codes is not None:
            theirs = tuple(code for code in theirs if code in codes)
        return any(suits(self, person, code, day) for code in theirs)

    @cached_property
    def assigned_rotas(self) -> Rotation | None:
        """Who follows which rota, if anybody does."""
        return rotation_of(self.rotation, self.rotation_start) if self.rotation_start else None

    # -- coverage --------------------------------------------------------------------------------

    @cached_property
    def queues(self) -> Mapping[str, str]:
        """The skill each queue requires."""
        return {c.queue: c.needs_skill for c in self.curves}

    @cached_property
    def window(self) -> Window:
        """The instants this roster answers for."""
        return window_of(self)

    @cached_property
    def unrecorded(self) -> tuple[SiteDay, ...]:
        """The days before the first, site by site, of which nobody knows who worked."""
        return unrecorded_days(self)

    @cached_property
    def could_have_worked(self) -> Mapping[int, frozenset[str]]:
        """Who could be on duty in a slot by a shift of a day that is not on record, if anybody."""
        return could_have_worked(self, self.window, self.unrecorded)

    @property
    def not_on_record(self) -> str:
        """Of which days nobody knows who worked, as half a sentence; empty if there are none.

        ``who worked on Sun 29 Nov is not on record``
        """
        return not_on_record(self, self.window, self.unrecorded)

    @cached_property
    def _clocks(self) -> frozenset[str]:
        return frozenset(c.clock for c in self.curves)

    def need(self, instant: int) -> Mapping[str, Need]:
        """Return what each queue needs in the slot that starts at *instant*, all its curves added
        up.
        """
        total: dict[str, Need] = {}
        shown = {clock: to_local(instant, clock) for clock in self._clocks}
        for curve in self.curves:
            need = curve.need_at(shown[curve.clock])
            total[curve.queue] = total[curve.queue] + need if curve.queue in total else need
        return total

    @cached_property
    def needs(self) -> Mapping[int, Mapping[str, Need]]:
        """Need per slot start, over the window, what opens before it, and its tail."""
        return {t: self.need(t) for t in range(self.window.opens, self.window.tail, SLOT)}
