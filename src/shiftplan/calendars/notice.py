"""What a link shows before anything was published for its holder."""

from __future__ import annotations

from datetime import datetime

from ..facts import Facts
from .contents import content
from .entries import CalendarEntry
from .events import calendar_bytes
from .files import personal_name
from .identity import ByCell


def notice(facts: Facts, who: str, since: datetime) -> bytes:
    """Return a calendar that says that nothing is rostered for *who*, or the team if that is empty.

    The same facts and instant *since* give the same bytes.
    """
    entry = CalendarEntry("none", who if facts.has_person(who) else "", facts.first, facts.last)
    identity = ByCell(facts.team.name, since, keys=facts.keys)
    item = content(facts, entry), identity.revision(entry)
    name = personal_name(who, facts.team.name) if who else facts.team.name
    return calendar_bytes([item], name=name, of="person")
