"""Reads calendar files with one Python library and prints what it saw, as JSON.

Run by the interpreter of the clients' own environment: ``python py_readers.py READER FILE...``.
Instants are seconds since 1970, days are dates.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

Seen = dict[str, Any]


def moment(value: Any) -> Any:
    """Return a date as text, an instant as a number, a floating time as a mistake."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return f"floating {value.isoformat()}"
        return int(value.astimezone(UTC).timestamp())
    assert isinstance(value, date)
    return value.isoformat()


def with_icalendar(text: str) -> Iterator[Seen]:
    import icalendar

    for calendar in icalendar.Calendar.from_ical(text, multiple=True):
        for e in calendar.events:
            yield {
                "uid": str(e["uid"]),
                "start": moment(e.start),
                "end": moment(e.end),
                "status": str(e["status"]),
                "summary": str(e["summary"]),
                "description": str(e["description"]),
                "sequence": int(e["sequence"]),
                "names": sorted(str(k).upper() for k in e),
            }


def with_ical(text: str) -> Iterator[Seen]:
    from ical.calendar_stream import IcsCalendarStream

    for calendar in IcsCalendarStream.from_ics(text).calendars:
        for e in calendar.events:
            yield {
                "uid": e.uid,
                "start": moment(e.dtstart),
                "end": moment(e.dtend),
                "status": e.status.value if e.status else "",
                "summary": e.summary,
                "description": e.description,
                "sequence": e.sequence,
                "names": sorted(x.name.upper() for x in e.extras),
            }


def with_vobject(text: str) -> Iterator[Seen]:
    import vobject

    for calendar in vobject.readComponents(text):
        for e in calendar.vevent_list:
            yield {
                "uid": e.uid.value,
                "start": moment(e.dtstart.value),
                "end": moment(e.dtend.value),
                "status": e.status.value,
                "summary": e.summary.value,
                "description": e.description.value,
                "sequence": int(e.sequence.value),
                "names": sorted(name.upper() for name in e.contents),
            }


def with_recurring_ical_events(text: str) -> Iterator[Seen]:
    import icalendar
    import recurring_ical_events

    calendar = icalendar.Calendar.from_ical(text)
    for e in recurring_ical_events.of(calendar).between(date(2020, 1, 1), date(2040, 1, 1)):
        yield {
            "uid": str(e["uid"]),
            "start": moment(e.start),
            "end": moment(e.end),
            "status": str(e["status"]),
            "summary": str(e["summary"]),
            "description": str(e["description"]),
            "sequence": int(e["sequence"]),
            "names": sorted(str(k).upper() for k in e),
        }


READERS: dict[str, Callable[[str], Iterator[Seen]]] = {
    "icalendar": with_icalendar,
    "ical": with_ical,
    "vobject": with_vobject,
    "recurring-ical-events": with_recurring_ical_events,
}


def main() -> None:
    """Read every file named."""
    reader, *files = sys.argv[1:]
    json.dump([list(READERS[reader](Path(f).read_bytes().decode())) for f in files], sys.stdout)


main()
