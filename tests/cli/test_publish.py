"""``publish``, ``history``, ``diff`` and ``calendars``: one after another, as a lead uses them."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from shiftplan.folder import load, write_roster
from shiftplan.roster import Roster
from shiftplan.store import open_store
from tests.calendars.reading import check, read

from .tiny import Run, runner, write_plan

MONDAY = date(2099, 10, 12)
"""Far ahead: calendars drop what was cancelled and is long over."""

DAYS = [MONDAY + timedelta(days=k) for k in range(7)]
PERIOD = f"{DAYS[0]} to {DAYS[6]}"
MON, THU = (f"{DAYS[k]:%a %d %b}" for k in (0, 3))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    sick = f"person,from_date,to_date,kind\nBen,{DAYS[3]},{DAYS[4]},sick\n"
    root = write_plan(tmp_path / "plan", start=str(DAYS[0]), leave=sick)
    text = (root / "shiftplan.toml").read_text()
    rules = '[[rules]]\nkind = "work-run"\nmax = 5\n[leave]\ntable = "leave.csv"\n'
    (root / "shiftplan.toml").write_text(text[: text.index("[[rules]]")] + rules)
    return root


def roster(plan: Path, **people: str) -> Roster:
    """Return the week, a character a day."""
    cells = {
        (who, day): code
        for who, codes in people.items()
        for day, code in zip(DAYS, codes, strict=True)
        if code != "."
    }
    return Roster(load(plan).plan.facts, MappingProxyType(cells))


def local(day: date, hour: int) -> str:
    """Return an hour in Los Angeles with its offset."""
    moment = datetime.combine(day, time(hour), ZoneInfo("America/Los_Angeles"))
    return moment.isoformat(timespec="minutes")


def draft(plan: Path, **people: str) -> int:
    with open_store(plan) as store:
        return store.rosters.save_draft(roster(plan, **people), digest=load(plan).digest).id


def events(plan: Path, name: str) -> list[tuple[str, str, str]]:
    """Return summary, status and sequence of each event of a file."""
    (file,) = (plan / "calendars").glob(name)
    calendar = read(file.read_bytes())
    check(calendar)
    return [(e.text("SUMMARY"), e.raw("STATUS"), e.raw("SEQUENCE")) for e in calendar.inner]


def test_a_draft_is_published_and_calendars_follow(plan: Path, run: Run) -> None:
    draft(plan, Ana="DDDDD..", Ben="..D....")
    assert run("calendars", "-C", plan, "--no-days-off").code == 0
    assert {status for _, status, _ in events(plan, "ana-*")} == {"TENTATIVE"}
    done = run("publish", "-C", plan, "--author", "Mara", "--message", "first")
    assert (done.code, done.err.splitlines()[-1]) == (
        0,
        f"Published as version 1 ({PERIOD}) by Mara.",
    )
    assert "6 shifts for 2 people." in done.out
    assert run("calendars", "-C", plan, "--no-days-off").code == 0
    assert events(plan, "ana-*") == [("Day 09:00–17:00", "CONFIRMED", "0")] * 5
    assert b"sick" not in next((plan / "calendars").glob("ben-*")).read_bytes()


def test_a_change_is_shown_before_it_is_published_and_reaches_the_calendar(
    plan: Path, run: Run
) -> None:
    draft(plan, Ana="DDDDD..")
    run("publish", "-C", plan, "--author", "Mara")
    draft(plan, Ana="NDD.D..", Cy="......D")
    shown = run("publish", "-C", plan, "--dry-run")
    assert shown.code == 0
    assert "Ana (America/Los_Angeles)" in shown.out
    assert f"{MON} D 09:00–17:00 → N 22:00–06:00" in shown.out
    assert f"- {THU} D 09:00–17:00" in shown.out
    assert "Cy (Asia/Singapore)" in shown.out
    assert shown.err.splitlines()[-1] == "Nothing was published (--dry-run)."
    assert run("history", "-C", plan, "--json").json()[0]["version"] == 1
    assert run("publish", "-C", plan, "--author", "Mara").code == 0
    run("calendars", "-C", plan, "--no-days-off")
    assert events(plan, "ana-*") == [
        ("Night 22:00–06:00", "CONFIRMED", "1"),
        ("Day 09:00–17:00", "CONFIRMED", "0"),
        ("Day 09:00–17:00", "CONFIRMED", "0"),
        ("Cancelled: Day 09:00–17:00", "CANCELLED", "1"),
        ("Day 09:00–17:00", "CONFIRMED", "0"),
    ]


def test_who_has_other_colleagues_is_counted_apart_and_gets_no_notice(plan: Path, run: Run) -> None:
    # Ana and Ben are both in Los Angeles, and on together on Monday.
    draft(plan, Ana="DD.....", Ben="D......")
    run("publish", "-C", plan, "--author", "Mara")
    draft(plan, Ana=".D.....", Ben="D......")
    shown = run("publish", "-C", plan, "--dry-run")
    assert "1 change for 1 person; the shortest notice is" in shown.out
    assert "The list of colleagues changes for 1 more person." in shown.out
    assert "Ben" not in shown.out
    found = run("publish", "-C", plan, "--dry-run", "--json").json()
    # Ana's shift is cancelled, and she has a day off more; Ben reads one name less.
    assert (found["events_changed"], found["events_with_other_colleagues"]) == (2, 1)
    assert found["people_with_other_colleagues"] == ["Ben"]
    run("calendars", "-C", plan, "--no-days-off")
    (before,) = (plan / "calendars").glob("ben-*")
    assert "With: Ana" in read(before.read_bytes()).inner[0].text("DESCRIPTION")
    assert run("publish", "-C", plan, "--author", "Mara").code == 0
    run("calendars", "-C", plan, "--no-days-off")
    assert "With: Ana" not in read(before.read_bytes()).inner[0].text("DESCRIPTION")
    assert events(plan, "ben-*")[0] == ("Day 09:00–17:00", "CONFIRMED", "0")


def test_the_same_again_is_not_published(plan: Path, run: Run) -> None:
    draft(plan, Ana="DD.....")
    run("publish", "-C", plan, "--author", "Mara")
    for words in (("publish",), ("publish", "--draft", "1"), ("publish", "--dry-run")):
        done = run(*words, "-C", plan, "--author", "Mara")
        assert (done.code, done.err.splitlines()[-1]) == (
            0,
            "Nothing to publish: version 1 says the same.",
        )
    assert len(run("history", "-C", plan, "--json").json()) == 1


def test_a_roster_that_breaks_a_hard_rule_is_refused_or_forced(plan: Path, run: Run) -> None:
    draft(plan, Ana="DDDDDD.")
    done = run("publish", "-C", plan, "--author", "Mara")
    assert done.code == 1
    assert "work-run: Ana works 6 days in a row" in done.out
    assert "Not published: the roster breaks a hard rule." in done.err
    assert run("history", "-C", plan).out == ""
    done = run("publish", "-C", plan, "--author", "Mara", "--force", "--json")
    assert (done.code, done.json()["version"], len(done.json()["musts_broken"])) == (1, 1, 1)
    assert "[1 breach of hard rules]" in run("history", "-C", plan).out


def test_a_draft_older_than_what_is_published_is_not_published_by_mistake(
    plan: Path, run: Run
) -> None:
    number = draft(plan, Ana="DD.....")
    write_roster(plan / "r.csv", roster(plan, Ana="D.D...."))
    assert run("publish", "-C", plan, "--author", "Mara", "--roster", plan / "r.csv").code == 0
    done = run("publish", "-C", plan, "--author", "Mara")
    assert done.code == 2
    assert f"--draft {number}" in done.err
    assert run("publish", "-C", plan, "--author", "Mara", "--draft", number).code == 0
    assert [v["version"] for v in run("history", "-C", plan, "--json").json()] == [2, 1]


@pytest.mark.slow
def test_history_tells_who_when_and_at_what_notice(plan: Path, run: Run) -> None:
    assert run("history", "-C", plan).err.splitlines()[-1] == "Nothing has been published yet."
    draft(plan, Ana="DD.....")
    run("publish", "-C", plan, "--author", " Mara\nx ", "-m", "first\tone")
    draft(plan, Ana="ND.....")
    run("publish", "-C", plan, "--author", "Mara")
    second, first = run("history", "-C", plan, "--json").json()
    assert (first["author"], first["message"], first["supersedes"]) == ("Mara x", "first one", None)
    assert (first["shifts"], first["changes"], first["shortest_notice_hours"]) == (2, 0, None)
    assert (second["supersedes"], second["changes"]) == (1, 1)
    assert isinstance(second["shortest_notice_hours"], int)
    assert len(second["plan_digest"]) == 64


@pytest.mark.slow
def test_diff_compares_what_is_named(plan: Path, run: Run) -> None:
    draft(plan, Ana="DD.....")
    run("publish", "-C", plan, "--author", "Mara")
    draft(plan, Ana="ND.....", Cy="D......")
    run("publish", "-C", plan, "--author", "Mara")
    draft(plan, Ana="ND.....")
    write_roster(plan / "r.csv", roster(plan, Ana="NDD...."))

    def diff(*words: object) -> list[tuple[str, str]]:
        shown = run("diff", *words, "-C", plan, "--json").json()
        return [(c["person"], c["what"]) for c in shown["changes"]]

    assert diff() == [("Cy", "removed")]
    assert diff("1") == [("Ana", "changed"), ("Cy", "added")]
    assert diff("1", "--person", "Cy") == [("Cy", "added")]
    assert diff("2", "1") == [("Ana", "changed"), ("Cy", "removed")]
    assert diff("draft", plan / "r.csv") == [("Ana", "added")]
    assert diff(plan / "r.csv") == [("Ana", "added"), ("Cy", "removed")]
    shown = run("diff", "1", "-C", plan, "--json").json()
    assert shown["changes"][0]["after"] == {
        "date": f"{DAYS[0]}",
        "shift": "N",
        "start": local(DAYS[0], 22),
        "end": local(DAYS[1], 6),
    }
    assert f"{MON} D 09:00–17:00 → N 22:00–06:00" in run("diff", "1", "-C", plan).out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("diff",), f"There is no version from {PERIOD}"),
        (("diff", "7"), "There is no version 7"),
        (("diff", "1", "2", "3"), "Two rosters can be compared, not more."),
        (("diff", "draft", "draft"), f"There is no draft from {PERIOD}"),
        (("diff", "draft", "none.csv"), "There is no draft"),
        (("publish",), f"There is no draft from {PERIOD}"),
        (("publish", "--draft", "4"), "There is no draft 4"),
        (("calendars", "--draft"), f"There is no draft from {DAYS[0]}"),
        (
            ("calendars", "--alarm", "soon"),
            "--alarm: 'soon' is no length up to 7 days. Write it like 30m",
        ),
        (("calendars", "--alarm", "169h"), "--alarm: '169h' is no length"),
        (("calendars", "--draft", "--roster", "r.csv"), "--draft and --roster name two rosters."),
    ],
)
def test_what_is_not_there_is_reported(
    words: tuple[str, ...], expected: str, plan: Path, run: Run
) -> None:
    done = run(*words, "-C", plan)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err


def test_somebody_unknown_is_reported(plan: Path, run: Run) -> None:
    draft(plan, Ana="D......")
    run("publish", "-C", plan, "--author", "Mara")
    done = run("diff", "-C", plan, "--person", "Anna")
    assert done.code == 2
    assert "Nobody is called 'Anna'. Did you mean 'Ana'?" in done.err


def test_a_newer_draft_does_not_reach_the_calendars_unless_asked_for(plan: Path, run: Run) -> None:
    draft(plan, Ana="D......")
    run("publish", "-C", plan, "--author", "Mara")
    number = draft(plan, Ana=".D.....")
    done = run("calendars", "-C", plan, "--no-days-off", "--json")
    assert f"draft {number} is newer, and --draft writes it" in done.err
    assert (done.json()["status"], done.json()["version"]) == ("confirmed", 1)
    assert [status for _, status, _ in events(plan, "ana-*")] == ["CONFIRMED"]
    done = run("calendars", "-C", plan, "--no-days-off", "--draft", "--json")
    assert (done.json()["status"], done.json()["version"]) == ("tentative", None)
    assert [status for _, status, _ in events(plan, "ana-*")] == ["TENTATIVE"]


def test_each_of_several_sites_has_a_calendar(plan: Path, run: Run) -> None:
    draft(plan, Ana="D......", Cy="D......")
    run("publish", "-C", plan, "--author", "Mara")
    shown = run("calendars", "-C", plan, "--json").json()
    whose = [
        (f["person"], f["site"], Path(f["path"]).name.rpartition("-")[0]) for f in shown["files"]
    ]
    assert whose[0] == (None, None, "")
    assert whose[1:] == [
        ("Ana", None, "ana"),
        ("Ben", None, "ben"),
        ("Cy", None, "cy"),
        (None, "East", "site-east"),
        (None, "West", "site-west"),
    ]
    assert [s for s, _, _ in events(plan, "site-west-*")] == ["Ana: Day 09:00–17:00", "Ben: Leave"]
    assert [s for s, _, _ in events(plan, "site-east-*")] == ["Cy: Day 09:00–17:00"]


def test_two_exports_are_the_same_bytes_and_local_times_come_with_their_zone(
    plan: Path, run: Run
) -> None:
    draft(plan, Ana="D......", Cy="D......")
    run("publish", "-C", plan, "--author", "Mara")
    for out in ("one", "two"):
        assert (
            run(
                "calendars", "-C", plan, "--out", plan / out, "--form", "tzid", "--alarm", "30m"
            ).code
            == 0
        )
    one, two = ({p.name: p.read_bytes() for p in (plan / out).iterdir()} for out in ("one", "two"))
    assert one == two
    (ana,) = [data for name, data in one.items() if name.startswith("ana-")]
    assert f"DTSTART;TZID=America/Los_Angeles:{DAYS[0]:%Y%m%d}T090000\r\n".encode() in ana
    assert ana.count(b"BEGIN:VTIMEZONE\r\n") == ana.count(b"BEGIN:VALARM\r\n") == 1
    assert one["team.ics"].count(b"BEGIN:VTIMEZONE\r\n") == 2
    assert b"BEGIN:VALARM" not in one["team.ics"]


def test_somebody_who_left_sees_that_their_shifts_are_cancelled(plan: Path, run: Run) -> None:
    draft(plan, Ana="D......", Cy="D......")
    run("publish", "-C", plan, "--author", "Mara")
    with (plan / "people.csv").open() as file:
        rows = [r for r in csv.reader(file) if r[0] != "Cy"]
    with (plan / "people.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    draft(plan, Ana="D......")
    assert f"- {MON} D 09:00–17:00" in run("publish", "-C", plan, "--author", "Mara").out
    assert run("calendars", "-C", plan, "--no-days-off").code == 0
    assert events(plan, "cy-*") == [("Cancelled: Day 09:00–17:00", "CANCELLED", "1")]
