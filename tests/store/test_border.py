"""Rules look back into the rosters published before, kept in the store: broken by them, and only by
them.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shiftplan.facts import Facts, Horizon
from shiftplan.roster import Roster
from shiftplan.rules import RULES
from shiftplan.store import Store, open_store
from tests.rules.test_sequences import ana

from .test_store import publish

OFF = " -" * 7
WEEK = timedelta(days=7)

# Kind and parameters; the week published before; the first days of this one; the day of the breach.
BROKEN: list[tuple[str, dict[str, Any], str, str, int]] = [
    ("work-run", {"max": 5}, "- - E E E E E", "E", 0),
    ("off-run", {"min": 2}, "E E E E E E -", "E", 0),
    ("shift-run", {"of": "night", "max": 3}, "- - - - N N N", "N", 0),
    ("shift-run", {"of": "E", "min": 3}, "- - - - - E E", "L", 0),
    ("rest", {"hours": 11}, "- - - - - - L", "E", 0),  # 22:00 to 05:00
    ("rest-after", {"of": "night", "hours": 48}, "- - - - N N N", "L", 0),  # over at 06:00 that day
    ("weekly-rest", {"hours": 24, "days": 7}, "- E E E E E E", "E", 0),
    ("day-of-rest", {}, "- - - - - - N", "- L L L L L L", 6),  # the night reaches into Monday
    ("hours", {"max": "48h", "weeks": 2}, "E E E E E E -", "E", 0),
    ("shift-count", {"of": "night", "max": 3, "days": 7}, "- - N N N - -", "N", 0),
    ("succession", {"forbid": ["L D"]}, "- - - - - - L", "D0900", 0),
    ("succession", {"forbid": ["N - E"]}, "- - - - - - N", "- E", 1),
    ("steady", {}, "- - - - - - E", "L", 0),
    ("weekends", {"max_in_a_row": 1}, "- - - - - - E", "- - - - - E -", 5),
    ("rotation", {"order": ["early", "late", "night"]}, "- - E E - - -", "N", 0),
    ("rotation", {"order": ["early", "late"], "weeks": 1}, "E - - - E - -", "E", 0),
]


def next_week(facts: Facts, weeks: int = 1) -> Facts:
    return facts.changed(horizon=Horizon(start=facts.last + timedelta(days=1), weeks=weeks))


def kept(store: Store, roster: Roster) -> None:
    """Keep *roster* as published, and a newer draft of the same days in which nobody works."""
    publish(store, store.rosters.save_draft(roster, digest="").id)
    store.rosters.save_draft(Roster(roster.facts), digest="")


def named(case: tuple[str, dict[str, Any], str, str, int]) -> str:
    return f"{case[0]} {case[1]}"


@pytest.mark.parametrize(
    ("kind", "parameters", "before", "line", "day"), BROKEN, ids=map(named, BROKEN)
)
def test_the_published_roster_breaks_a_rule_across_the_border(
    tmp_path: Path, kind: str, parameters: dict[str, Any], before: str, line: str, day: int
) -> None:
    rule = RULES[kind].model_validate({"kind": kind, **parameters})
    past = ana(before + OFF).facts
    past = past.changed(horizon=Horizon(start=past.first, weeks=1))
    after = next_week(past)
    cells = ana(line, first=after.first).cells
    with open_store(tmp_path) as store:
        kept(store, Roster(past, ana(before).cells))
        facts = store.record.added_to(after)
    found = list(rule.check(Roster(facts, cells)))
    assert {b.day for b in found} == {facts.days[day]}
    assert list(rule.check(Roster(after, cells))) == []


def test_a_rule_over_months_sees_every_period_published_in_them(tmp_path: Path) -> None:
    """Four periods of four weeks at 48 h, then one shift of 8 h: 16 x 48 + 8 = 776 h in 17 weeks.

    At most 45 h a week are 765 h, so it is 8 h too many: more than the 8 h of this week cannot be
    charged.
    """
    rule = RULES["hours"].model_validate(
        {"kind": "hours", "max": "45h", "weeks": 17, "average": True}
    )
    first = ana("E").facts
    periods = [first.changed(horizon=Horizon(start=first.first, weeks=4))]
    with open_store(tmp_path) as store:
        for _ in range(4):
            facts = store.record.added_to(periods[-1])
            cells = {("Ana", day): "E" for day in facts.days if day.weekday() < 6}
            kept(store, Roster(facts, cells))
            periods.append(next_week(periods[-1], 4))
        after = periods[-1].changed(horizon=Horizon(start=periods[-1].first, weeks=1))
        facts = store.record.added_to(after)
    assert len(facts.known_days) == 17 * 7
    assert [b.amount for b in rule.check(Roster(facts, {("Ana", facts.first): "E"}))] == [8 * 60]
    assert list(rule.check(Roster(facts))) == []
