"""Wall time, instants and local days, over every zone there is."""

from __future__ import annotations

import importlib.metadata
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.clock import (
    DAY,
    SLOT,
    day_length,
    day_start,
    from_instant,
    hours,
    iso,
    resolve,
    slot_ceil,
    slot_floor,
    to_instant,
    to_local,
    tz_version,
    zone,
    zone_names,
)

ZONES = sorted(zone_names())
zones = st.sampled_from(ZONES)
days = st.dates(min_value=date(2025, 1, 1), max_value=date(2029, 12, 31))
minutes = st.integers(min_value=0, max_value=DAY - 1)


def at(minute: int) -> time:
    return time(minute // 60, minute % 60)


def changes(tz: str, first: date, last: date) -> list[int]:
    """Return the instants in between at which the offset of *tz* changes, found by halving."""
    found = []
    step = timedelta(days=7)
    moment = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC)
    while moment < end:
        low, high = to_instant(moment), to_instant(moment + step)
        if offset(low, tz) != offset(high, tz):
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (
                    (middle, high) if offset(middle, tz) == offset(low, tz) else (low, middle)
                )
            found.append(high)
        moment += step
    return found


def offset(instant: int, tz: str) -> int:
    return to_instant(to_local(instant, tz).replace(tzinfo=UTC)) - instant


@given(zones, days, minutes)
def test_a_plain_wall_time_comes_back_from_its_instant(tz: str, day: date, minute: int) -> None:
    instant, status = resolve(day, at(minute), tz)
    shown = to_local(instant, tz)
    if status == "gap":
        assert shown > datetime.combine(day, at(minute))
    else:
        assert shown == datetime.combine(day, at(minute))


@given(
    zones, st.integers(min_value=to_instant(datetime(2025, 1, 1, tzinfo=UTC)), max_value=34_000_000)
)
def test_an_instant_comes_back_from_its_wall_time_unless_it_is_the_second_of_two(
    tz: str, instant: int
) -> None:
    shown = to_local(instant, tz)
    found, status = resolve(shown.date(), shown.time(), tz)
    assert status in ("plain", "fold")
    assert found == instant or (status == "fold" and 0 < instant - found <= 180)


@pytest.mark.parametrize("tz", ZONES)
def test_every_change_of_clocks_in_every_zone_is_exact(tz: str) -> None:
    for change in changes(tz, date(2026, 1, 1), date(2029, 1, 1)):
        jump = offset(change, tz) - offset(change - 1, tz)
        before = to_local(change - 1, tz) + timedelta(minutes=1)
        if jump > 0:
            # The first skipped minute is the one the clock would have shown; it moves on by the
            # jump.
            assert resolve(before.date(), before.time(), tz) == (change, "gap")
            assert to_local(change, tz) == before + timedelta(minutes=jump)
        else:
            # The clock shows the stretch before the change once more: the first of the two is
            # meant.
            twice = before + timedelta(minutes=jump)
            assert resolve(twice.date(), twice.time(), tz) == (change + jump, "fold")
        day = to_local(change, tz).date()
        assert day_length(day, tz) + day_length(day - timedelta(days=1), tz) == 2 * DAY - jump


@pytest.mark.parametrize("tz", ZONES)
def test_a_local_day_starts_with_the_first_instant_of_its_date(tz: str) -> None:
    around = {
        to_local(c, tz).date() + timedelta(days=k)
        for c in changes(tz, date(2026, 1, 1), date(2028, 1, 1))
        for k in (-1, 0, 1)
    }
    for day in around | {date(2026, 2, 28), date(2028, 2, 29)}:
        start = day_start(day, tz)
        assert to_local(start, tz).date() >= day
        assert to_local(start - 1, tz).date() < day


@pytest.mark.parametrize(
    ("tz", "day"),
    [
        ("America/Santiago", date(2026, 9, 6)),
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Asia/Beirut", date(2026, 3, 29)),
        ("America/Havana", date(2026, 3, 8)),
        ("Atlantic/Azores", date(2026, 3, 29)),
    ],
)
def test_where_midnight_is_missing_the_day_is_23_hours(tz: str, day: date) -> None:
    assert day_length(day, tz) == 23 * 60
    assert to_local(day_start(day, tz), tz).time() == time(1)


@pytest.mark.parametrize(
    ("tz", "day", "length"),
    [
        ("America/Los_Angeles", date(2026, 11, 1), 25 * 60),
        ("America/Los_Angeles", date(2027, 3, 14), 23 * 60),
        ("Europe/Dublin", date(2026, 10, 25), 25 * 60),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24 * 60 + 30),
        ("Australia/Lord_Howe", date(2026, 10, 4), 24 * 60 - 30),
        ("Pacific/Chatham", date(2026, 4, 5), 25 * 60),
        ("Asia/Kathmandu", date(2026, 4, 5), 24 * 60),
        ("Pacific/Kiritimati", date(2026, 4, 5), 24 * 60),
        ("Pacific/Apia", date(2011, 12, 30), 0),
    ],
)
def test_days_last_as_long_as_their_clocks_say(tz: str, day: date, length: int) -> None:
    assert day_length(day, tz) == length


@pytest.mark.parametrize(
    ("tz", "day", "wall", "utc"),
    [
        ("Asia/Kolkata", date(2026, 12, 3), time(21, 30), "2026-12-03T16:00:00Z"),
        ("Asia/Kathmandu", date(2026, 12, 3), time(6), "2026-12-03T00:15:00Z"),
        ("Australia/Eucla", date(2026, 12, 3), time(9), "2026-12-03T00:15:00Z"),
        ("Pacific/Chatham", date(2026, 12, 3), time(9), "2026-12-02T19:15:00Z"),
        ("America/St_Johns", date(2026, 7, 3), time(9), "2026-07-03T11:30:00Z"),
        ("Pacific/Marquesas", date(2026, 7, 3), time(9), "2026-07-03T18:30:00Z"),
        ("Pacific/Kiritimati", date(2026, 7, 3), time(9), "2026-07-02T19:00:00Z"),
        # Zones whose rules changed in 2026: an old copy of the data is an hour off.
        ("America/Vancouver", date(2026, 12, 15), time(9), "2026-12-15T16:00:00Z"),
        ("Africa/Casablanca", date(2026, 10, 15), time(9), "2026-10-15T09:00:00Z"),
    ],
)
def test_odd_offsets_and_new_rules(tz: str, day: date, wall: time, utc: str) -> None:
    assert iso(resolve(day, wall, tz).instant) == utc


def test_the_zone_data_is_the_pinned_package_never_the_systems() -> None:
    assert zoneinfo.TZPATH == ()
    assert importlib.metadata.version("tzdata").split(".")[0] == tz_version()[:4]


def test_every_offset_in_use_is_whole_quarter_hours() -> None:
    for tz in ZONES:
        for month in range(1, 13):
            moment = datetime(2026, month, 1, tzinfo=UTC).astimezone(zone(tz)).utcoffset()
            assert moment is not None
            assert moment % timedelta(minutes=SLOT) == timedelta(0), tz


@given(st.integers(min_value=-(10**7), max_value=10**8))
def test_slots_enclose_their_instant(instant: int) -> None:
    assert slot_floor(instant) <= instant <= slot_ceil(instant) <= slot_floor(instant) + SLOT
    assert to_instant(from_instant(instant)) == instant


@pytest.mark.parametrize(
    ("length", "text"),
    [(480, "8h"), (510, "8h30"), (45, "45m"), (0, "0m"), (65, "1h05"), (-90, "-1h30")],
)
def test_lengths_read_as_people_write_them(length: int, text: str) -> None:
    assert hours(length) == text


def test_offsets_and_abbreviations_are_no_zones() -> None:
    assert not {"EST5EDT", "EST", "Etc/GMT+8", "GMT", "UTC+2", "PST"} & zone_names()
    assert {"UTC", "Europe/Dublin", "Asia/Calcutta", "America/Argentina/Ushuaia"} <= zone_names()
