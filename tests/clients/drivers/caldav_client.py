"""Puts calendar files on a CalDAV server with the caldav client, event by event, and reads them
back.

Run by the interpreter of the clients' own environment: ``python caldav_client.py URL put FILE`` or
``... URL list``, with Ana's password on stdin.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import caldav
import icalendar


def put(calendar: Any, file: Path) -> None:
    """Make or replace each event of *file*, one object for each UID."""
    whole = icalendar.Calendar.from_ical(file.read_bytes())
    zones = [part for part in whole.subcomponents if part.name == "VTIMEZONE"]
    known = {str(e.icalendar_component["uid"]): e for e in calendar.get_events()}
    for event in whole.events:
        one = icalendar.Calendar()
        one["version"], one["prodid"] = whole["version"], whole["prodid"]
        for part in (*zones, event):
            one.add_component(part)
        text = one.to_ical().decode()
        there = known.get(str(event["uid"]))
        if there is None:
            calendar.add_event(text)
        else:
            there.data = text
            there.save(increase_seqno=False)


def main() -> None:
    """Do what the command line says."""
    url, deed, *files = sys.argv[1:]
    with caldav.DAVClient(url=url, username="ana", password=sys.stdin.read()) as client:
        calendars = client.principal().get_calendars()
        calendar = calendars[0] if calendars else client.principal().make_calendar(name="Shifts")
        if deed == "put":
            put(calendar, Path(files[0]))
        else:
            json.dump([e.data for e in calendar.get_events()], sys.stdout)


main()
