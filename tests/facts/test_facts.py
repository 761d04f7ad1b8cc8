"""What facts mean: kinds of shifts, demand in its time zone, the window a roster answers for."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shiftplan.clock import SLOT, from_instant, iso, resolve
from shiftplan.facts import (
    Curve,
    DemandRow,
    Facts,
    History,
    Horizon,
    Need,
    Person,
    ShiftSpec,
    Site,
    StartRange,
    Team,
    kind_of,
)
from tests.plans import any_facts
from tests.tries import tries


def team_of(
    *zones: str, start: date = date(2026, 10, 19), weeks: int = 1, curves: tuple[Curve, ...] = ()
) -> Facts:
    sites = tuple(Site(name=z, timezone=z) for z in zones)
    specs = (
        ShiftSpec(code="E", start=time(6), length="8h30"),
        ShiftSpec(code="L", start=time(13, 30), length="8h30"),
    )
    return Facts(
        team=Team(name="T", home=zones[0]),
        horizon=Horizon(start=start, weeks=weeks),
        sites=sites,
        shifts=tuple(s for spec in specs for s in spec.expand()),
        people=tuple(Person(name=f"P{k}", site=z, skills=("chat",)) for k, z in enumerate(zones)),
        curves=curves,
    )


@pytest.mark.parametrize(
    ("start", "length", "kind"),
    [
        (time(6), 510, "early"),
        (time(6, 59), 480, "early"),
        (time(7), 480, "day"),
        (time(11, 30), 510, "day"),  # ends at 20:00 sharp
        (time(11, 45), 510, "late"),
        (time(15), 510, "late"),  # half an hour after 23:00 is no night
        (time(17, 30), 510, "night"),  # three hours after 23:00 are
        (time(22), 480, "night"),
        (time(0), 480, "night"),
        (time(3), 480, "night"),  # 03:00 to 06:00
        (time(3, 15), 480, "early"),
    ],
)
def test_a_shift_is_called_by_its_wall_times(start: time, length: int, kind: str) -> None:
    assert kind_of(start, length) == kind


def test_a_range_of_starts_expands_into_codes_of_one_family() -> None:
    spec = ShiftSpec(
        code="D", starts=StartRange(first=time(7), last=time(8), every="30m"), length="8h30"
    )
    shifts = spec.expand()
    assert [s.code for s in shifts] == ["D0700", "D0730", "D0800"]
    assert {s.family for s in shifts} == {"D"}


@pytest.mark.parametrize("bad", ["0h", "0m", "8", "8.5h", "-1h", "37h", "h30", ""])
def test_a_length_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(ValidationError):
        ShiftSpec(code="E", start=time(6), length=bad)


NIGHT_OWLS = Curve(
    queue="chat",
    clock="America/New_York",
    rows=(
        DemandRow(weekday="daily", start="00:00", end="01:00", minimum=1),
        DemandRow(weekday="daily", start="01:00", end="02:00", minimum=3),
        DemandRow(weekday="daily", start="02:00", end="03:00", minimum=5),
        DemandRow(weekday="daily", start="03:00", end="24:00", minimum=7),
    ),
)


def minimums(day: date, *, hours: int) -> list[int]:
    start = resolve(day, time(0), "America/New_York").instant
    return [NIGHT_OWLS.need(t).minimum for t in range(start, start + hours * 60, 60)]


def test_demand_follows_its_clock_through_a_repeated_hour() -> None:
    assert minimums(date(2026, 11, 1), hours=5) == [1, 3, 3, 5, 7]


def test_demand_follows_its_clock_through_a_skipped_hour() -> None:
    assert minimums(date(2027, 3, 14), hours=4) == [1, 3, 7, 7]


def test_a_dates_own_rows_replace_its_weekdays() -> None:
    curve = Curve(
        queue="chat",
        clock="UTC",
        rows=(
            DemandRow(weekday="mon-fri", start="08:00", end="18:00", minimum=2, target=4),
            DemandRow(date=date(2026, 10, 20), start="09:00", end="10:00", minimum=1),
        ),
    )
    on = {h: curve.need(resolve(date(2026, 10, 20), time(h), "UTC").instant) for h in (8, 9, 10)}
    assert on == {8: Need(0, 0), 9: Need(1, 1), 10: Need(0, 0)}


def test_curves_of_one_queue_add_up() -> None:
    rows = (DemandRow(weekday="daily", start="08:00", end="16:00", minimum=1, target=2, maximum=3),)
    curves = tuple(
        Curve(queue="chat", clock=z, rows=rows) for z in ("Europe/Dublin", "Asia/Singapore")
    )
    facts = team_of("Europe/Dublin", curves=curves)
    # 08:30 in Dublin is 15:30 in Singapore while Dublin keeps summer time.
    assert facts.need(resolve(date(2026, 10, 20), time(8, 30), "Europe/Dublin").instant)[
        "chat"
    ] == Need(2, 4, 6)
    assert (
        facts.need(resolve(date(2026, 10, 20), time(9, 30), "Europe/Dublin").instant)[
            "chat"
        ].minimum
        == 1
    )


def test_the_window_runs_from_the_last_shift_before_to_the_first_shift_after() -> None:
    facts = team_of("Europe/Dublin")
    # The day before ends with L at 22:00 on Sunday, before Monday begins at 00:00 Irish time =
    # 23:00 UTC; the Monday after (winter time) the first E starts at 06:00.
    assert iso(facts.window.start) == "2026-10-18T23:00:00Z"
    assert iso(facts.window.end) == "2026-10-26T06:00:00Z"
    assert facts.window.tail == facts.window.end  # the last L is long over


def test_with_sites_around_the_world_the_window_waits_for_the_last_unknown_shift() -> None:
    facts = team_of("America/Los_Angeles", "Asia/Singapore")
    # Unknown: Los Angeles' L of Sunday 18 October, over at 22:00 PDT = 05:00 UTC.
    assert iso(facts.window.start) == "2026-10-19T05:00:00Z"
    # Not planned yet: Singapore's E of Monday 26 October, 06:00 SGT = 22:00 UTC on Sunday.
    assert iso(facts.window.end) == "2026-10-25T22:00:00Z"
    # The last L in Los Angeles ends at 22:00 PDT on Sunday = 05:00 UTC on Monday.
    assert iso(facts.window.tail) == "2026-10-26T05:00:00Z"


@tries(60)
@given(st.integers(min_value=0, max_value=10**6))
def test_periods_one_after_another_meet_without_a_seam(seed: int) -> None:
    facts = any_facts(seed)
    after = facts.last + timedelta(days=1)
    people = tuple(
        p.model_copy(update={"start_date": None, "end_date": None}) for p in facts.people
    )
    following = facts.changed(
        horizon=Horizon(start=after, weeks=1),
        history=History(facts.first, {}),
        people=people,
        wishes=(),
        pins=(),
        shift_needs=(),
    )
    assert following.window.start == facts.changed(people=people).window.end


@tries(60)
@given(st.integers(min_value=0, max_value=10**6))
def test_need_is_known_for_every_slot_of_window_and_tail(seed: int) -> None:
    facts = any_facts(seed)
    assert list(facts.needs) == list(range(facts.window.opens, facts.window.tail, SLOT))
    assert all(b - a == timedelta(days=1) for a, b in pairwise(facts.days))
    assert facts.window.start % SLOT == facts.window.end % SLOT == facts.window.tail % SLOT == 0
    assert (
        from_instant(facts.window.start)
        <= from_instant(facts.window.end)
        <= from_instant(facts.window.tail)
    )


def test_facts_that_contradict_each_other_are_refused_with_all_reasons() -> None:
    with pytest.raises(ValidationError) as caught:
        team_of("Europe/Dublin").changed(
            people=(
                Person(name="Ana", site="Europe/Dublin"),
                Person(name="ana", site="Dublin", contract="half"),
            ),
            horizon=Horizon(start=date(2026, 10, 20), weeks=1),
        )
    text = str(caught.value)
    for part in (
        "'ana' is there twice",
        "'Dublin' is not one of the sites",
        "'half' is not",
        "is a Tuesday",
    ):
        assert part in text
