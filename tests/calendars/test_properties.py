"""What holds for any roster, any zone and any text."""

from __future__ import annotations

import re
import string
from datetime import date, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.calendars import TEAM_FILE, render
from shiftplan.clock import from_instant
from shiftplan.roster import Roster
from tests.plans import any_facts, any_roster
from tests.tries import tries

from .plans import BY_CELL, DAY, EVIL, facts_at, named
from .reading import Component, check, events, read

well, briefly = tries(60), tries(20)


def texts(longest: int = 200) -> st.SearchStrategy[str]:
    """Text as a plan may hold it: anything but blanks alone."""
    wild = st.one_of(
        st.text(max_size=longest),
        st.sampled_from(EVIL),
        st.lists(st.one_of(st.sampled_from(EVIL), st.text(max_size=9)), max_size=5).map("".join),
    )
    return wild.map(lambda t: t[:longest]).filter(
        lambda t: t.strip(string.whitespace + "\x85").strip()
    )


@well
@given(texts(), texts(), texts(), st.lists(texts(), min_size=1, max_size=3, unique_by=str.casefold))
def test_no_text_gets_out_of_its_line(team: str, site: str, shift: str, people: list[str]) -> None:
    roster = named(team, site, shift, people)
    files = render(roster, identity=BY_CELL)
    assert len(files) == 1 + len(roster.facts.people)
    for name, data in files.items():
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*\.ics", name)
        calendar = read(data)
        check(calendar)
        assert len(calendar.inner) == (len(roster.facts.people) if name == TEAM_FILE else 7)
        assert len(icalendar.Calendar.from_ical(data).events) == len(calendar.inner)


BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
VISIBLE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=BIDI)
PLAIN = st.text(VISIBLE, min_size=1, max_size=200).map(str.strip).filter(bool)


@well
@given(PLAIN, PLAIN, PLAIN)
def test_text_without_controls_reads_back_as_it_was(site: str, shift: str, who: str) -> None:
    roster = named("Support", site, shift, [who])
    (person,) = (p.name for p in roster.facts.people)
    (event,) = events(roster, "")
    assert event.text("SUMMARY") == f"{person}: {shift} 05:00–13:30"
    assert event.text("LOCATION") == roster.facts.sites[0].name
    (read_back,) = icalendar.Calendar.from_ical(render(roster, identity=BY_CELL)[TEAM_FILE]).events
    assert read_back["summary"] == event.text("SUMMARY")
    assert read_back["location"] == event.text("LOCATION")


@briefly
@given(st.integers(0, 10**6), st.booleans())
def test_a_person_s_calendar_is_their_part_of_the_roster(seed: int, days_off: bool) -> None:
    facts = any_facts(seed)
    roster = any_roster(facts, seed)
    recent = facts.first - timedelta(days=31)
    for p in facts.people:
        found = events(roster, p.name, days_off=days_off)
        timed = [(e.begin, e.end) for e in found if e.timed]
        duties = [d for d in roster.timeline(p.name) if d.day >= recent]
        assert timed == [(from_instant(d.start), from_instant(d.end)) for d in duties]
        off = [d for d in facts.known_days if facts.due(p.name, d) and not roster.works(p.name, d)]
        assert whole_days(found, "Day off") == (off if days_off else [])
        away = {
            r.from_date + timedelta(days=k)
            for r in facts.leave
            if r.person == p.name
            for k in range(20)
        }
        away = {d for d in away if facts.on_leave(p.name, d) and p.employed(d)}
        assert whole_days(found, "Leave") == sorted(away)


def whole_days(found: list[Component], summary: str) -> list[date]:
    """Return every day that all-day events called *summary* cover."""
    days = []
    for e in found:
        if e.text("SUMMARY") == summary:
            day = date.fromisoformat(e.raw("DTSTART"))
            while day < date.fromisoformat(e.raw("DTEND")):
                days.append(day)
                day += timedelta(days=1)
    return days


@briefly
@given(st.integers(0, 10**6))
def test_the_team_s_calendar_is_everybody_s_shifts_and_leave(seed: int) -> None:
    facts = any_facts(seed)
    roster = any_roster(facts, seed)
    own = [
        (p.name, e.raw("DTSTART"), e.raw("DTEND"))
        for p in facts.people
        for e in events(roster, p.name, days_off=False)
        if e.text("SUMMARY") != "No shifts"
    ]
    team = [
        (e.text("SUMMARY").split(":")[0], e.raw("DTSTART"), e.raw("DTEND"))
        for e in events(roster, "")
        if e.text("SUMMARY") != "No shifts"
    ]
    assert sorted(own) == sorted(team)
    starts = [e.begin for e in events(roster, "") if e.timed]
    assert starts == sorted(starts)


@briefly
@given(st.integers(0, 10**6), st.randoms())
def test_the_same_roster_gives_the_same_bytes(seed: int, rng: object) -> None:
    facts = any_facts(seed)
    roster = any_roster(facts, seed)
    cells = list(roster.cells.items())
    rng.shuffle(cells)  # type: ignore[attr-defined]
    again = Roster(any_facts(seed), dict(cells))
    assert render(roster, identity=BY_CELL) == render(again, identity=BY_CELL)


@briefly
@given(st.integers(0, 10**6))
def test_nothing_about_pay_skills_or_wishes_is_in_a_calendar(seed: int) -> None:
    facts = any_facts(seed)
    secrets = any_roster(facts, seed)
    plain = facts.changed(
        wishes=(),
        availability=(),
        pins=(),
        carried=(),
        people=tuple(p.model_copy(update={"hourly_rate": None, "level": ""}) for p in facts.people),
        leave=tuple(row.model_copy(update={"kind": "x"}) for row in facts.leave),
        shifts=tuple(s.model_copy(update={"unpaid_break": 0}) for s in facts.shifts),
    )
    assert render(secrets, identity=BY_CELL) == render(
        Roster(plain, secrets.cells), identity=BY_CELL
    )


def test_names_that_look_alike_have_files_of_their_own() -> None:
    people = (
        "Ana Ruiz",
        "Ana-Ruiz",
        "Aná Ruiz",
        "ana  ruiz!",
        "手術室",
        "🏥",
        "team",
        "Team.ics",
        "../x",
        "CON",
    )
    names = list(render(Roster(facts_at("UTC", DAY, people=people)), identity=BY_CELL))
    assert len(set(names)) == len(people) + 1
    assert all(re.fullmatch(r"[a-z0-9-]+\.ics", n) for n in names)
    assert names[1].startswith("ana-ruiz-")


def test_a_new_colleague_renames_nobody_s_file() -> None:
    before = render(Roster(facts_at("UTC", DAY, people=("Ana", "Ben"))), identity=BY_CELL)
    after = render(Roster(facts_at("UTC", DAY, people=("ana.", "Ben", "Ana"))), identity=BY_CELL)
    assert set(before) < set(after)
