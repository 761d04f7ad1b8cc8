"""What a plan folder says is what the plan holds."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from shiftplan.errors import BadInput
from shiftplan.facts import Contract, Need
from shiftplan.folder import find, load

from .disk import FILES, PLAN, added, changed, write

TOML, PEOPLE, DEMAND = "shiftplan.toml", "people.csv", "demand.csv"
MONDAY = date(2026, 10, 19)


def test_a_plan_is_found_from_below_as_git_finds_its_folder(tmp_path: Path) -> None:
    root = write(tmp_path / "plan")
    below = root / "notes" / "old"
    below.mkdir(parents=True)
    assert find(root) == find(below) == root


def test_every_section_ends_up_in_the_plan(tmp_path: Path) -> None:
    loaded = load(write(tmp_path))
    facts = loaded.plan.facts
    assert (facts.team.name, facts.first, facts.last) == ("Support", MONDAY, date(2026, 11, 1))
    assert [s.code for s in facts.shifts] == ["E", "S0900", "S0930", "S1000"]
    assert [p.name for p in facts.people] == ["Ana", "Ben", "Cy"]
    assert facts.people[1].skills == ("chat", "lead")
    assert facts.contracts == (Contract(name="full-time"),)
    assert facts.queues == {"chat": "chat"}
    assert facts.wishes[0].wish == "day-off"
    assert [rule.kind for rule in loaded.plan.rules] == ["days-off", "wish"]
    assert loaded.plan.rules[1].whom.site == ("Dublin",)
    assert loaded.plan.goals == ("must", "coverage", "wishes")
    assert [PLAN.splitlines()[n - 1] for n in loaded.rule_lines] == ["[[rules]]", "[[rules]]"]
    assert loaded.root == tmp_path
    assert loaded.notices == ()


def test_a_table_saved_by_a_spreadsheet_is_read_as_it_is_meant(tmp_path: Path) -> None:
    """With a byte order mark, Windows line ends, blank lines, and 7:00 for seven o'clock."""
    lines = (
        "\ufeffweekday,start,end,minimum,target",
        "mon-fri,7:00,24:00,1,",
        ",,,,",
        "",
        "sat sun,08:00,9:00,0,2",
    )
    table = "\r\n".join(lines)
    facts = load(write(tmp_path, {**FILES, DEMAND: table})).plan.facts
    weekdays, weekend = facts.curves[0].rows
    assert (weekdays.start, weekdays.finish, weekdays.need) == (time(7), 24 * 60, Need(1, 1, None))
    assert weekend.weekday == ("saturday", "sunday")
    write(tmp_path, {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in FILES.items()})
    assert load(tmp_path).plan.facts.curves[0].rows[0].target == 2


def test_weekdays_stand_in_one_cell_in_every_table(tmp_path: Path) -> None:
    table = "person,can,weekdays,start,end\nAna,only,mon-wed,,\nBen,never,sat sun,09:00,12:00\n"
    rows = load(write(tmp_path, added("availability", table))).plan.facts.availability
    assert rows[0].weekdays == ("monday", "tuesday", "wednesday")
    assert (rows[1].weekdays, rows[1].start) == (("saturday", "sunday"), time(9))
    table = "shift,weekday,minimum\nE,daily,1\nS,fri-sun,1\n"
    needs = load(write(tmp_path, added("shift_demand", table))).plan.facts.shift_needs
    assert len(needs[0].weekday) == 7
    assert needs[1].weekday == ("friday", "saturday", "sunday")


def test_a_table_larger_than_any_plan_has_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path)
    with (root / "wishes.csv").open("wb") as table:
        table.truncate(10**12)  # a hole, which takes no room on disk
    with pytest.raises(BadInput, match=r"'wishes.csv' cannot be read: it is larger than 20 MB."):
        load(root)


@pytest.mark.slow
def test_a_table_longer_than_any_plan_has_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "wishes.csv").write_bytes(b"person,date,wish\n" + b"a,b,c\n" * 250_001)
    with pytest.raises(BadInput, match=r"wishes.csv:250002: the table has more than 250,000 rows"):
        load(root)


def test_a_quoted_cell_may_hold_commas_and_lines(tmp_path: Path) -> None:
    facts = load(
        write(
            tmp_path,
            changed(PEOPLE, "Cy,San Jose,chat", '"Cy, ""the Brain""",San Jose,"chat\ntickets"'),
        )
    ).plan.facts
    assert facts.people[2].name == 'Cy, "the Brain"'
    assert facts.people[2].skills == ("chat", "tickets")


# -- history -------------------------------------------------------------------------------------


def test_a_roster_file_serves_as_history_and_days_without_a_line_are_days_off(
    tmp_path: Path,
) -> None:
    table = (
        "person,site,date,shift,start_utc,end_utc,pinned\n"
        "Ana,Dublin,2026-10-12,E,2026-10-12T04:00:00Z,2026-10-12T12:30:00Z,\n"
        "Ben,Dublin,2026-10-14,E,2026-10-14T04:00:00Z,2026-10-14T12:30:00Z,yes\n"
    )
    loaded = load(write(tmp_path, added("history", table)))
    history = loaded.plan.facts.history
    assert history.start == date(2026, 10, 12)
    assert history.cells == {("Ana", date(2026, 10, 12)): "E", ("Ben", date(2026, 10, 14)): "E"}
    assert loaded.plan.facts.known_days[:7][-1] == date(2026, 10, 18)
    assert loaded.notices == ()


def test_history_may_be_known_from_a_day_nobody_worked(tmp_path: Path) -> None:
    table = "person,date,shift\nAna,2026-10-15,E\nAna,2026-10-16,\n"
    history = load(
        write(tmp_path, added("history", table, "from = 2026-10-05\n"))
    ).plan.facts.history
    assert history.start == date(2026, 10, 5)
    assert history.cells == {("Ana", date(2026, 10, 15)): "E"}


def test_a_plan_can_say_that_nobody_was_on_duty_before(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, changed(TOML, "[people]", "[history]\nnone = true\n\n[people]")))
    history = loaded.plan.facts.history
    assert (history.none, history.start, dict(history.cells)) == (True, None, {})
    assert loaded.plan.facts.unrecorded == ()
    assert loaded.notices == ()


def test_a_line_without_a_shift_puts_a_site_on_record(tmp_path: Path) -> None:
    """Ana and Ben are of Dublin, Cy is of San Jose."""
    table = "person,date,shift\nAna,2026-10-18,E\n"
    facts = load(write(tmp_path, added("history", table))).plan.facts
    assert ("San Jose", date(2026, 10, 18)) in facts.unrecorded
    assert ("Dublin", date(2026, 10, 18)) not in facts.unrecorded
    facts = load(write(tmp_path, added("history", f"{table}Cy,2026-10-18,\n"))).plan.facts
    assert ("San Jose", date(2026, 10, 18)) not in facts.unrecorded


@pytest.mark.parametrize(("last", "used"), [("2026-10-12", True), ("2026-10-11", False)])
def test_history_that_ends_more_than_a_week_before_is_not_used(
    last: str, used: bool, tmp_path: Path
) -> None:
    loaded = load(
        write(tmp_path, added("history", f"person,date,shift\nAna,2026-10-01,E\nAna,{last},E\n"))
    )
    assert loaded.plan.facts.history.knows(date(2026, 10, 18)) == used
    assert loaded.notices == (
        ()
        if used
        else (
            "The history ends on Sun 11 Oct 2026, more than 7 days before the horizon, and "
            "is not used.",
        )
    )


def test_people_who_have_left_may_stand_in_the_history(tmp_path: Path) -> None:
    table = "person,date,shift\nZed,2026-10-15,OLD\nAna,2026-10-16,E\n"
    loaded = load(write(tmp_path, added("history", table)))
    assert loaded.plan.facts.history.cells == {("Ana", date(2026, 10, 16)): "E"}
    assert loaded.plan.facts.history.start == date(2026, 10, 15)
    assert loaded.notices == (
        "The history has lines of people who are not in the people table: Zed. These lines "
        "do not count.",
    )


def test_history_of_many_years_is_cut_to_the_last(tmp_path: Path) -> None:
    table = "person,date,shift\nAna,0206-10-15,E\nAna,2026-10-16,E\n"
    loaded = load(write(tmp_path, added("history", table)))
    assert loaded.plan.facts.history.start == date(2025, 10, 18)
    assert loaded.plan.facts.history.cells == {("Ana", date(2026, 10, 16)): "E"}
    assert loaded.notices == ("The history before Sat 18 Oct 2025 is not used.",)


# -- notices -------------------------------------------------------------------------------------

NIGHT = '\n[[shifts]]\ncode = "N"\nname = "Night"\nstart = {start}\nlength = "{length}"\n\n[people]'


def night(start: str, first: str, length: str = "8h") -> dict[str, str]:
    text = PLAN.replace("\n[people]", NIGHT.format(start=start, length=length))
    return {**FILES, TOML: text.replace("2026-10-19", first), "wishes.csv": "person,date,wish\n"}


def test_a_start_the_clocks_skip_is_reported_with_what_it_is_taken_as(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, night("02:30:00", "2027-03-08")))
    assert loaded.notices == (
        "Night starts 02:30 on Sun 14 Mar 2027 in San Jose, a time the clocks skip; it is "
        "taken as 03:30.",
    )


def test_a_start_the_clocks_show_twice_is_reported_at_each_site(
    tmp_path: Path,
) -> None:
    """Dublin sets its clocks back on 25 October, San Jose on 1 November; both show 01:30 twice."""
    loaded = load(write(tmp_path, night("01:30:00", "2026-10-19")))
    assert loaded.notices == (
        "Night starts 01:30 on Sun 25 Oct 2026 in Dublin, a time the clocks show twice; "
        "the first is meant (2026-10-25T00:30:00Z).",
        "Night starts 01:30 on Sun 01 Nov 2026 in San Jose, a time the clocks show twice; "
        "the first is meant (2026-11-01T08:30:00Z).",
    )


def test_a_shift_off_the_quarter_hours_is_reported(tmp_path: Path) -> None:
    notice = (
        "Night (N) begins or ends inside a quarter hour; coverage counts only the whole "
        "quarter hours of it.",
    )
    assert load(write(tmp_path, night("22:10:00", "2026-11-30"))).notices == notice
    assert load(write(tmp_path, night("22:00:00", "2026-11-30", "8h20"))).notices == notice


# -- digest --------------------------------------------------------------------------------------


def test_the_digest_changes_with_any_byte_of_any_file_read_and_with_nothing_else(
    tmp_path: Path,
) -> None:
    first = load(write(tmp_path / "a")).digest
    assert len(first) == 64
    assert load(write(tmp_path / "b", dict(reversed(FILES.items())))).digest == first
    (tmp_path / "a" / "notes.txt").write_text("not part of the plan")
    assert load(tmp_path / "a").digest == first
    for name in FILES:
        assert load(write(tmp_path / "c", {**FILES, name: FILES[name] + "\n"})).digest != first


def test_reading_a_plan_clears_what_killed_programs_have_left_in_it(tmp_path: Path) -> None:
    left = f".shiftplan-1234-{'0' * 32}.tmp"
    places = [tmp_path / left, tmp_path / ".shiftplan" / left, tmp_path / "calendars" / left]
    write(tmp_path)
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_text("half")
    load(tmp_path)
    assert [place for place in places if place.exists()] == []
