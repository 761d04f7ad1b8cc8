"""``shiftplan coverage``: the same gaps on every clock, for people and for scripts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shiftplan.cli.gaps import span
from shiftplan.clock import day_start, iso
from shiftplan.folder import load, read_roster
from shiftplan.roster import Roster
from shiftplan.roster.coverage import intervals
from shiftplan.store import open_store

from .tiny import Run, runner, write_plan

KEYS = ["queue", "start_utc", "end_utc", "minimum", "target", "staffed"]
MORE = ["short", "below_target", "not_judged", "not_judged_target"]
OF_RULES = ["rule", "requirement", "unit", "date"]
ALL = [*KEYS, *MORE, *OF_RULES, "not_judged_because"]
LEAD = """
[[rules]]
kind = "presence"
skill = "lead"
start = 09:00:00
end = 17:00:00
strength = "coverage"
"""

# The desk in California wants two from nine to five, one of them at least. On Monday both are
# there, on Tuesday one, and from Wednesday on nobody but Ben on a night: from 22:00 to 06:00 the
# desk is closed.
DEMAND = "weekday,start,end,minimum,target\ndaily,09:00,17:00,1,2\n"
ROSTER = (
    "person,date,shift\nAna,2026-10-19,D\nBen,2026-10-19,D\nAna,2026-10-20,D\nBen,2026-10-21,N\n"
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    return runner(capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_plan(tmp_path / "plan", demand=DEMAND)
    (root / "roster.csv").write_text(ROSTER)
    return root


def test_people_see_how_much_is_met_and_the_gaps_worst_first(run: Run, root: Path) -> None:
    done = run("coverage", "-C", root, "--roster", root / "roster.csv")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Tiny Desk: 3 people, 2026-10-19 to 2026-10-25"
    assert lines[1] == f"Coverage of {root / 'roster.csv'}"
    # Two of seven days reach the minimum; 16 of 56 hours, and towards the target 24 of 112.
    (row,) = (line for line in lines if line.startswith("chat  ") and " of " in line)
    assert "16h of 56h" in row
    assert "24h of 112h 21.4%" in row
    assert "Below minimum: 5 gaps, 40h of work missing" in lines
    assert "Minimum reached, below target: 1 gap, 8h of work missing" in lines
    gaps = [line for line in lines if line.startswith("chat ") and " -1 " in line]
    # 09:00 to 17:00 in California is 16:00 to midnight in UTC and 00:00 to 08:00 in Singapore.
    assert gaps[0].endswith("  -1       8h  We 21 Oct 16:00-24:00  We 09:00-17:00  Th 00:00-08:00")
    days = [line.split()[3:5] for line in gaps]
    assert days[:5] == [["We", "21"], ["Th", "22"], ["Fr", "23"], ["SA", "24"], ["SU", "25"]]
    assert days[5:] == [["Tu", "20"]]


def test_a_strip_of_hours_shows_the_worst_of_each_hour_without_colour(run: Run, root: Path) -> None:
    out = run("coverage", "-C", root, "--roster", root / "roster.csv").out
    strips = out[out.index("Hour by hour in UTC, the worst quarter hour of each") :].splitlines()
    assert strips[2] == "UTC        0  3  6  9  12 15 18 21"
    # The desk is open during the last eight hours of the UTC day.
    assert "Mo 19 Oct                  ........" in strips
    assert "Tu 20 Oct                  --------" in strips
    assert "We 21 Oct                  11111111" in strips


def test_json_is_every_quarter_of_an_hour(run: Run, root: Path) -> None:
    found = run("coverage", "-C", root, "--roster", root / "roster.csv", "--json").json()
    made = read_roster(root / "roster.csv", load(root).plan.facts)
    assert [list(row) for row in found] == [ALL] * len(found)
    assert {(*(row[key] for key in OF_RULES),) for row in found} == {(None, None, "people", None)}
    assert [tuple(row.values())[: len(KEYS)] for row in found] == [
        (i.queue, iso(i.start), iso(i.end), i.minimum, i.target, i.staffed) for i in intervals(made)
    ]
    open_ = [row for row in found if row["target"]]
    assert len(open_) == 7 * 8 * 4
    assert {key: open_[0][key] for key in KEYS} == dict(
        zip(KEYS, ("chat", "2026-10-19T16:00:00Z", "2026-10-19T16:15:00Z", 1, 2, 2), strict=True)
    )


def test_another_clock_stands_beside_the_sites(run: Run, root: Path) -> None:
    done = run("coverage", "-C", root, "--roster", root / "roster.csv", "--tz", "Asia/Kathmandu")
    assert "West            East            Asia/Kathmandu" in done.out
    assert "Th 00:00-08:00  We 21:45-Th 05:45" in done.out


def test_clocks_that_do_not_fit_beside_utc_stand_below_it(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("coverage", "-C", root, "--roster", root / "roster.csv").out.splitlines()
    at = lines.index("chat      -1       8h  We 21 Oct 16:00-24:00")
    assert lines[at + 1] == "    West We 09:00-17:00 | East Th 00:00-08:00"


def test_a_zone_that_does_not_exist_is_refused_with_the_nearest(run: Run, root: Path) -> None:
    done = run("coverage", "-C", root, "--roster", root / "roster.csv", "--tz", "Europe/Dublyn")
    assert (done.code, done.out) == (2, "")
    assert "'Europe/Dublyn' is not an IANA time zone. Did you mean 'Europe/Dublin'?" in done.err


def test_gaps_fail_the_command_only_if_asked_and_only_below_the_minimum(
    run: Run, root: Path
) -> None:
    file = root / "roster.csv"
    assert run("coverage", "-C", root, "--roster", file).code == 0
    assert run("coverage", "-C", root, "--roster", file, "--fail-on-gaps").code == 1
    assert run("coverage", "-C", root, "--roster", file, "--fail-on-gaps", "--json").code == 1
    days = "".join(f"Ana,2026-10-{day},D\n" for day in range(19, 26))
    file.write_text(f"person,date,shift\n{days}")
    assert run("coverage", "-C", root, "--roster", file, "--fail-on-gaps").code == 0


def test_a_time_without_a_lead_is_reported(run: Run, tmp_path: Path) -> None:
    people = ("Ana,West,chat lead", "Ben,West,chat")
    root = write_plan(tmp_path / "plan", demand=DEMAND, people=people, more=LEAD)
    (root / "roster.csv").write_text(ROSTER)
    out = run("coverage", "-C", root, "--roster", root / "roster.csv").out
    # Ana leads on Monday and Tuesday, 16 hours of 56; five days go without.
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "presence lead from 09:00 to 17:00 28.6% 16h of 56h 40h" in lines
    assert "Required and missing: 5 gaps" in lines
    first = "lead from 09:00 to 17:00 -1 We 21 Oct 16:00-24:00 We 09:00-17:00 Th 00:00-08:00"
    assert first in lines
    strip = out[out.index("Hour by hour") :].splitlines()
    assert strip[1].split() == ["chat", "lead", "from", "09:00", "to", "17:00"]
    assert strip[5].endswith("  11111111"), "Wednesday"


SOFT = """
[[rules]]
kind = "duty"
name = "Report"
weekdays = "mon tue"
strength = "wishes"

[[rules]]
kind = "handover"
from_site = "East"
to_site = "West"
minutes = "30m"
strength = "wishes"
"""


def test_soft_duties_and_handovers_count_as_gaps_and_have_rows_of_their_own(
    run: Run, tmp_path: Path
) -> None:
    """Ana works all week, so queue and report are fine; nobody in the East ever hands over."""
    root = write_plan(tmp_path / "plan", more=SOFT)
    file = root / "roster.csv"
    days = "".join(f"Ana,2026-10-{day},D\n" for day in range(19, 26))
    file.write_text(f"person,date,shift\n{days}")
    done = run("coverage", "-C", root, "--roster", file, "--fail-on-gaps")
    assert done.code == 1
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "duty Report 100% 2 of 2" in lines
    # Seven days of 30 minutes; on the first, a night of Sunday in the West could have met the East.
    assert "handover East to West 0.0% 0m of 3h30 3h 30m" in lines
    assert "1 day not judged: who worked on Sun 18 Oct is not on record" in lines
    assert "East to West -30m Tu 20 Oct" in lines
    assert "handover: East to West ? 2 2 2 2 2 2" in lines, "quarter hours, day by day"
    rows = run("coverage", "-C", root, "--roster", file, "--json").json()
    assert [list(row) for row in rows] == [ALL] * len(rows)
    required = [row for row in rows if row["queue"] is None]
    assert [(row["requirement"], row["date"]) for row in required[:3]] == [
        ("Report", "2026-10-19"),
        ("Report", "2026-10-20"),
        ("East to West", "2026-10-19"),
    ]
    keys = (*KEYS[3:], "short", "not_judged", "unit")
    assert [required[2][key] for key in keys] == [30, 30, 0, 0, 30, "minutes"]
    assert [required[3][key] for key in keys] == [30, 30, 0, 30, 0, "minutes"]
    judged = run("check", "-C", root, "--roster", file, "--fail-on-gaps")
    assert judged.code == 1
    assert "gap: handover 'East to West' is 30m short on Tue 20 Oct.\n" in judged.err


# -- what is not judged --------------------------------------------------------------------------

# The desk in California is open day and night. Ana has the days, 09:00 to 17:00, and Ben the
# nights, 22:00 to 06:00: 17:00 to 22:00 and 06:00 to 09:00 are gaps of eight hours in all, every
# day. The first shift of the plan could begin on Monday 09:00 in Singapore, 01:00 UTC, which is
# 18:00 on Sunday in California, and Sunday's nights there are over at 06:00, 13:00 UTC; Cy in the
# East may have a night until 06:00 there, 22:00 UTC on Sunday, and works for no one.
ALL_DAY = "weekday,start,end,minimum,target\ndaily,00:00,24:00,1,1\n"
NOT_JUDGED = "8h not judged: who worked on Sun 18 Oct is not on record"


def around_the_clock(root: Path, history: str = "") -> tuple[Path, Path]:
    people = ("Ana,West,chat", "Ben,West,chat", "Cy,East,post")
    plan = write_plan(root, demand=ALL_DAY, people=people, more=history)
    file = plan / "roster.csv"
    lines = "".join(f"Ana,2026-10-{k},D\nBen,2026-10-{k},N\n" for k in range(19, 26))
    file.write_text(f"person,date,shift\n{lines}")
    return plan, file


def test_hours_nobody_can_judge_are_neither_staffed_nor_short(run: Run, tmp_path: Path) -> None:
    """From 01:00 to 05:00 UTC nobody could be there: no shift runs in California from 18:00 to
    22:00. From 05:00 to 13:00 Ana or Ben may have had Sunday's night: 8 h.
    """
    plan, file = around_the_clock(tmp_path / "plan")
    done = run("coverage", "-C", plan, "--roster", file)
    lines = done.out.splitlines()
    assert NOT_JUDGED in lines
    table = lines[lines.index(NOT_JUDGED) + 1 :]
    assert table[1].split() == ["chat", "8h", "8h", "8h", "8h"]
    assert "none = true" in table[2]
    strip = next(line for line in lines if line.startswith("Mo 19 Oct   1"))
    assert strip == "Mo 19 Oct   1111????????111........"
    assert lines[lines.index(strip) + 7].startswith("Mo 26 Oct")
    assert any(line.endswith("| ? not judged") for line in lines)
    rows = run("coverage", "-C", plan, "--roster", file, "--json").json()
    unknown = [row for row in rows if row["not_judged"]]
    assert len(unknown) == 8 * 4
    assert unknown[0]["start_utc"] == "2026-10-19T05:00:00Z"
    assert {row["staffed"] for row in unknown} == {0}
    assert {row["short"] for row in unknown} == {0}
    because = "who worked on Sun 18 Oct is not on record"
    assert {row["not_judged_because"] for row in unknown} == {because}
    assert {row["not_judged_because"] for row in rows if row not in unknown} == {None}
    # Sums: of 168 h Ana and Ben have 7 x 16 h less the one hour of Sunday's night that lies beyond
    # the next roster's first moment, and the rest is missing but for what is not judged.
    met = sum(min(row["minimum"], row["staffed"]) for row in rows)
    missing = sum(row["short"] for row in rows)
    assert met + missing + len(unknown) == sum(row["minimum"] for row in rows)


def test_hours_that_are_not_judged_fail_a_command_that_fails_on_gaps(
    run: Run, tmp_path: Path
) -> None:
    """Without a gap anywhere else: only the nights are open, and Ben has them all."""
    plan, file = around_the_clock(tmp_path / "plan")
    nights = "weekday,start,end,minimum,target\ndaily,00:00,06:00,1,1\ndaily,22:00,24:00,1,1\n"
    (plan / "demand.csv").write_text(nights)
    done = run("coverage", "-C", plan, "--roster", file, "--fail-on-gaps")
    assert done.code == 1
    assert NOT_JUDGED in done.out
    assert "Below minimum" not in done.out
    assert "100%" not in next(line for line in done.out.splitlines() if line.startswith("chat "))
    judged = run("check", "-C", plan, "--roster", file, "--fail-on-gaps")
    assert judged.code == 1
    assert f"gap: {NOT_JUDGED}." in judged.err
    # Nobody was on duty before: then Sunday's night is a gap.
    plan, file = around_the_clock(tmp_path / "new", "[history]\nnone = true\n")
    (plan / "demand.csv").write_text(nights)
    done = run("coverage", "-C", plan, "--roster", file, "--fail-on-gaps")
    assert done.code == 1
    assert "not judged" not in done.out
    assert "Below minimum: 1 gap, 8h of work missing" in done.out


def test_a_record_of_the_night_before_judges_it(run: Run, tmp_path: Path) -> None:
    history = '[history]\ntable = "history.csv"\n'
    plan, file = around_the_clock(tmp_path / "plan", history)
    (plan / "history.csv").write_text("person,date,shift\nAna,2026-10-18,N\nCy,2026-10-18,\n")
    nights = "weekday,start,end,minimum,target\ndaily,00:00,06:00,1,1\ndaily,22:00,24:00,1,1\n"
    (plan / "demand.csv").write_text(nights)
    done = run("coverage", "-C", plan, "--roster", file, "--fail-on-gaps")
    assert done.code == 0
    assert "not judged" not in done.out


@pytest.mark.parametrize(
    ("hours", "plain", "dated"),
    [
        ((6, 7.5), "Mo 06:00-07:30", "Mo 19 Oct 06:00-07:30"),
        ((16, 24), "Mo 16:00-24:00", "Mo 19 Oct 16:00-24:00"),
        ((22, 30), "Mo 22:00-Tu 06:00", "Mo 19 Oct 22:00-Tu 20 Oct 06:00"),
        ((0, 168), "Mo 00:00-Mo 26 Oct 00:00", "Mo 19 Oct 00:00-Mo 26 Oct 00:00"),
    ],
)
def test_a_gap_that_ends_on_another_day_names_both(
    hours: tuple[float, float], plain: str, dated: str
) -> None:
    start, end = (day_start(date(2026, 10, 19), "UTC") + round(60 * hour) for hour in hours)
    assert span(start, end, "UTC") == plain
    assert span(start, end, "UTC", dated=True) == dated


def test_all_gaps_are_shown_when_asked(run: Run, tmp_path: Path) -> None:
    # Every other hour of the day: twelve gaps a day, 84 in the week.
    hours = "".join(f"daily,{h:02}:00,{h + 1:02}:00,1,1\n" for h in range(0, 24, 2))
    root = write_plan(tmp_path / "plan", demand=f"weekday,start,end,minimum,target\n{hours}")
    (root / "roster.csv").write_text("person,date,shift\n")
    short = run("coverage", "-C", root, "--roster", root / "roster.csv").out
    whole = run("coverage", "-C", root, "--roster", root / "roster.csv", "--all").out
    total = int(short.split("Below minimum: ")[1].split()[0])
    assert f"and {total - 20} more (--all shows them)" in short
    assert short.count("\nchat  ") == 20 + 1  # and one line of the summary
    assert whole.count("\nchat  ") == total + 1
    assert " more (" not in whole


# -- which roster --------------------------------------------------------------------------------


def test_the_last_stored_roster_is_looked_at(run: Run, root: Path) -> None:
    loaded = load(root)
    made = read_roster(root / "roster.csv", loaded.plan.facts)
    with open_store(root) as store:
        store.rosters.save_draft(Roster(loaded.plan.facts), digest=loaded.digest)
        store.rosters.save_draft(made, digest=loaded.digest)
    done = run("coverage", "-C", root)
    assert done.err == ""
    assert "Coverage of draft 2 (2026-10-19 to 2026-10-25, made " in done.out
    assert "Below minimum: 5 gaps" in done.out
    (root / "demand.csv").write_text(DEMAND.replace("1,2", "1,3"))
    assert "note: the plan was changed after draft 2 " in run("coverage", "-C", root).err


def test_no_roster_yet_is_reported_and_nothing_is_made(run: Run, root: Path) -> None:
    before = sorted(root.iterdir())
    done = run("coverage", "-C", root)
    assert (done.code, done.out) == (2, "")
    assert "There is no roster from 2026-10-19 to 2026-10-25" in done.err
    assert "Run 'shiftplan solve' first" in done.err
    assert sorted(root.iterdir()) == before


def test_a_plan_without_demand_has_no_gaps(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path / "plan")
    text = (root / "shiftplan.toml").read_text()
    cut = text.index("[[demand]]")
    (root / "shiftplan.toml").write_text(text[:cut])
    (root / "roster.csv").write_text(ROSTER)
    done = run("coverage", "-C", root, "--roster", root / "roster.csv", "--fail-on-gaps")
    assert done.code == 0
    assert "Nothing says how many people are needed" in done.out
    assert run("coverage", "-C", root, "--roster", root / "roster.csv", "--json").json() == []
