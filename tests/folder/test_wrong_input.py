"""Whatever is wrong in a plan folder is reported with file, line, key and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.errors import BadInput, PlanNotFound
from shiftplan.folder import find, load

from .disk import FILES, PLAN, added, changed, reported, write
from .wrong import DEMAND, PEOPLE, TOML, WISHES, WRONG


@pytest.mark.parametrize("what", WRONG)
def test_each_mistake_is_reported_with_its_place_and_what_to_do(what: str, tmp_path: Path) -> None:
    files, problems = WRONG[what]
    assert reported(write(tmp_path, files)) == problems


def test_all_mistakes_of_all_files_are_reported_at_once_by_file_and_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            TOML: PLAN.replace("weeks = 2", "weeks = 2.5").replace("per_week", "perweek"),
            PEOPLE: "name,site,skills,end_date\nAna,Dublin,chat,soon\nBen,Doublin,chat,\n",
            DEMAND: "weekday,start,end,minimum\nmon-fri,09:00,09:00,1\nmon,25:00,9:00,x\n",
            WISHES: b"person,date\xff",
        },
    )
    assert [line.rpartition(": ")[0] for line in reported(tmp_path)] == [
        "demand.csv:2",
        "demand.csv:3: minimum",
        "demand.csv:3: start",
        "people.csv:2: end_date",
        "people.csv:3: site",
        "shiftplan.toml:8: weeks",
        "shiftplan.toml:43: perweek",
        "wishes.csv:1",
    ]


def test_what_only_follows_from_another_mistake_is_not_reported(tmp_path: Path) -> None:
    """Ana's line cannot be read, so her wish is not held against her; nor are dates without a
    horizon.
    """
    write(tmp_path, changed(PEOPLE, "Ana,Dublin,chat", "Ana,Dublin,chat,"))
    assert [line.split(":")[0] for line in reported(tmp_path)] == ["people.csv"]
    write(tmp_path, {**FILES, TOML: PLAN.replace("2026-10-19", '"soon"')})
    assert reported(tmp_path) == [
        "shiftplan.toml:7: start: 'soon' is not a date. Write it like 2026-11-30."
    ]
    write(tmp_path, {**FILES, TOML: PLAN.replace('code = "E"', 'code = "E E"')})
    assert [line.split(": ")[1] for line in reported(tmp_path)] == ["code"]
    write(tmp_path, {**FILES, TOML: PLAN.replace('name = "Dublin"', "name = 1")})
    assert reported(tmp_path) == ["shiftplan.toml:11: name: '1' is not text. Put it in quotes."]


@pytest.mark.parametrize(
    ("section", "table", "problem"),
    [
        ("leave", "person,from_date,to_date\nAna,2026-10-22,2026-10-20\n",
         "leave.csv:2: to_date: 2026-10-20 is before from_date 2026-10-22."),
        ("availability", "person,can,start\nAna,never,09:00\n",
         "availability.csv:2: start: give both start and end of the hours, or neither for "
         "whole days."),
        ("availability", "person,can\nAna,maybe\n",
         "availability.csv:2: can: 'maybe' is not one of only, never."),
        ("pins", "person,date,shift\nAna,2026-10-20,S0900\n",
         "pins.csv:2: shift: Ana cannot work 'S0900': it is for another site or requires other "
         "skills. Known: E."),
        ("pins", "person,date,shift\nAna,2026-10-20,E\nAna,2026-10-20,\n",
         "pins.csv:3: date: Ana has two lines for 2026-10-20. Keep one of them."),
        ("carried", "person,of,points\nAna,night,some\n",
         "carried.csv:2: points: 'some' is not a number; write it like 2 or 2.5."),
        ("carried", "person,of,points\nAna,night,1.005\n",
         "carried.csv:2: points: 1.005 has more than two decimals; round it to hundredths."),
        ("shift_demand", "shift,weekday,minimum,preferred\nX,daily,1,1\n",
         "shift_demand.csv:2: shift: 'X' is no shift, family or kind. "),
        ("shift_demand", "shift,minimum\nE,1\n",
         "shift_demand.csv:2: weekday: give either a weekday or a date."),
        ("history", "person,date,shift\nAna,2026-10-19,E\n",
         "history.csv:2: date: 2026-10-19 is not before the horizon, which starts on 2026-10-19. "
         "History ends the day before; delete the line."),
        ("history", "person,date,shift\nAna,2026-10-18,F\n",
         "history.csv:2: shift: 'F' is no shift. Known: E, S0900, S0930, S1000."),
        ("history", "person,date,shift\nAna,2026-10-18,E\nAna,2026-10-18,\n",
         "history.csv:3: date: Ana has two lines for 2026-10-18. Keep one of them."),
    ],
)  # fmt: skip
def test_a_mistake_in_any_other_table_is_reported(
    section: str, table: str, problem: str, tmp_path: Path
) -> None:
    (line,) = reported(write(tmp_path, added(section, table)))
    assert line.startswith(problem)


def test_a_record_cannot_begin_in_the_horizon_or_after_its_own_lines(tmp_path: Path) -> None:
    table = "person,date,shift\nAna,2026-10-10,E\n"
    assert reported(write(tmp_path, added("history", table, "from = 2026-10-19\n"))) == [
        "shiftplan.toml:52: from: 2026-10-19 is not before the horizon, which starts on 2026-10-19."
    ]
    assert reported(write(tmp_path, added("history", table, "from = 2026-10-12\n"))) == [
        "history.csv:2: date: 2026-10-10 is before 2026-10-12, which [history] gives as "
        "the first day on "
        "record. Correct 'from' or delete the line."
    ]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ('none = true\ntable = "history.csv"',
         "none: nobody was on duty before, it says, and 'table' speaks of a record. Delete one of "
         "the two."),
        ("none = true\nfrom = 2026-10-12",
         "none: nobody was on duty before, it says, and 'from' speaks of a record. Delete one of "
         "the two."),
        ("none = false",
         "table: is missing. Name the table of who worked before, or write none = true if nobody "
         "was on duty before."),
        ("from = 2026-10-12",
         "table: is missing. Name the table of who worked before, or write none = true if nobody "
         "was on duty before."),
        ('none = "yes please"', "none: 'yes please' is neither true nor false."),
    ],
)  # fmt: skip
def test_that_nobody_worked_before_and_a_record_exclude_each_other(
    keys: str, problem: str, tmp_path: Path
) -> None:
    history = changed(TOML, "[people]", f"[history]\n{keys}\n\n[people]")
    history["history.csv"] = "person,date,shift\nAna,2026-10-18,E\n"
    (line,) = reported(write(tmp_path, history))
    assert line.split(": ", 1)[1].startswith(problem)


def test_a_folder_without_a_plan_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(PlanNotFound, match=r"no shiftplan\.toml in .* or above\. Make a plan with"):
        find(tmp_path)
    with pytest.raises(
        PlanNotFound, match=r"has no shiftplan\.toml\. Make a plan there with 'shiftplan init"
    ):
        load(tmp_path)
    with pytest.raises(PlanNotFound, match="is not there"):
        load(tmp_path / "gone")
    with pytest.raises(PlanNotFound, match="is a file"):
        load(write(tmp_path) / TOML)


def test_lists_nested_beyond_reason_are_a_mistake_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, TOML: "x = " + "[" * 5000 + "]" * 5000})
    with pytest.raises(BadInput, match="nested too deeply"):
        load(tmp_path)
