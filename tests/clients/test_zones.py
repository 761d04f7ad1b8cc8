"""Every IANA zone: local times with their definition, read back as the instants they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.calendars.zones import canonical
from shiftplan.clock import zone_names
from tests.calendars.zones import file, moments

from .programs import read_with

ZONES = sorted({canonical(name) for name in zone_names()})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a file for each zone, with events around every change of three years."""
    folder = tmp_path_factory.mktemp("zones")
    made = [folder / f"{k}.ics" for k in range(len(ZONES))]
    for path, zone in zip(made, ZONES, strict=True):
        path.write_bytes(file(zone))
    return made


@pytest.mark.parametrize("reader", ["ical.js", "ical"])
def test_a_reader_agrees_with_zoneinfo_about_every_zone(reader: str, files: list[Path]) -> None:
    assert len(ZONES) > 400
    for zone, seen in zip(ZONES, read_with(reader, files), strict=True):
        found = sorted((e.start, e.end) for e in seen)
        wanted = [(int(begin.timestamp()), int(end.timestamp())) for begin, end in moments(zone)]
        assert found == sorted(wanted), zone
