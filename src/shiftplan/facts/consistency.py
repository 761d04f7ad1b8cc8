"""Facts that contradict each other, each with where it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from .clash import Clash
from .given import GivenFacts
from .holiday_clashes import holiday_clashes
from .rotation_clashes import rotation_clashes
from .shift_clashes import demand_clashes, shift_clashes
from .table_clashes import table_clashes
from .team_clashes import leave_policy_clashes, people_clashes, team_clashes


def clashes(facts: GivenFacts) -> Iterator[Clash]:
    """Yield every contradiction between facts."""
    yield from team_clashes(facts)
    yield from holiday_clashes(facts)
    yield from leave_policy_clashes(facts)
    yield from people_clashes(facts)
    yield from shift_clashes(facts)
    yield from demand_clashes(facts)
    yield from table_clashes(facts)
    yield from rotation_clashes(facts)
