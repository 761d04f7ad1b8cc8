"""Rules about how much somebody works: what their minimums go by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pydantic import PrivateAttr

from ...facts import Facts
from .fact import Fact
from .rule import Rule
from .working_days import WorkingDays


class OwedWork(Rule):
    """A limit on work that may be a minimum, which goes by what other rules keep free of work."""

    _working_days: WorkingDays = PrivateAttr(default=WorkingDays())

    def beside(self, rules: Sequence[Rule]) -> Self:
        """Return the rule with what *rules* keep free of work, by which a minimum goes."""
        kept = tuple(keep for rule in rules if (keep := rule.keeps_free()) is not None)
        working_days = WorkingDays(kept)
        if working_days == self._working_days:
            return self
        made = self.model_copy()
        made._working_days = working_days
        return made

    def reads(self, facts: Facts, fact: Fact) -> bool:
        """Say whether it limits the work that goes with a share of full time."""
        return self.reads_share(facts, fact)
