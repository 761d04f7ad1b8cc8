"""``shiftplan check``: wrong input ends in exit code 2 and sentences; a roster is judged without
solving.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.folder.disk import FILES, NOTES, PLAN, UNREAD, added, changed, write
from tests.folder.wrong import WRONG

from .tiny import Run, runner

KEYS = ["ok", "problems", "notices", "goals", "breaches"]
HEAD = "person,date,shift\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def test_a_right_plan_is_summed_up_in_one_line(run: Run, tmp_path: Path) -> None:
    done = run("check", "-C", write(tmp_path))
    assert (done.code, done.err) == (0, NOTES)
    assert done.out == (
        "Support: 2 weeks from Mon 19 Oct to Sun 01 Nov 2026, 2 sites, "
        "3 people, 4 shifts, 1 queue, 2 rules. "
        "No problems found.\n"
    )


def test_the_plan_is_found_from_the_current_folder_upwards(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (write(tmp_path) / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert run("check").code == 0


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_of_every_kind_ends_in_exit_code_2_and_sentences(
    what: str, run: Run, tmp_path: Path
) -> None:
    files, problems = WRONG[what]
    root = write(tmp_path, files)
    before = {p.name: p.read_bytes() for p in root.iterdir()}
    done = run("check", "-C", root)
    assert (done.code, done.out) == (2, "")
    assert done.err == "".join(f"error: {p}\n" for p in problems)
    assert {p.name: p.read_bytes() for p in root.iterdir()} == before


def test_a_folder_without_a_plan_ends_in_exit_code_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("check", "-C", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "has no shiftplan.toml. Make a plan there with 'shiftplan init" in done.err
    monkeypatch.chdir(tmp_path)
    assert run("check").code == 2


def test_scripts_get_the_problems_as_json(run: Run, tmp_path: Path) -> None:
    done = run(
        "check",
        "--json",
        "-C",
        write(tmp_path, changed("people.csv", "Cy,San Jose", "Cy,San Hose")),
    )
    assert (done.code, done.err) == (2, "")
    assert done.json() == {
        "ok": False,
        "problems": [
            {
                "file": "people.csv",
                "line": 4,
                "key": "site",
                "message": "'San Hose' is not one of the sites.",
                "hint": "Did you mean 'San Jose'?",
            }
        ],
        "notices": [],
        "goals": [],
        "breaches": [],
    }


def test_scripts_get_notices_as_json_and_people_on_stderr(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path, changed("shiftplan.toml", "05:00:00", "05:10:00"))
    notice = (
        "E (E) begins or ends inside a quarter hour; "
        "coverage counts only the whole quarter hours of it."
    )
    assert run("check", "-C", root, "--json").json()["notices"] == [notice, *UNREAD]
    assert run("check", "-C", root).err == f"note: {notice}\n{NOTES}"


# -- rosters -------------------------------------------------------------------------------------

# Everyone works Monday to Friday of both weeks: two days off each week, Ana's wish for Saturday the
# 24th granted, and Ben's for E on the 20th too.
DAYS = [*range(19, 24), *range(26, 31)]
CLEAN = HEAD + "".join(
    f"{who},2026-10-{day},{code}\n"
    for who, code in (("Ana", "E"), ("Ben", "E"), ("Cy", "S0930"))
    for day in DAYS
)


def test_nothing_is_found_in_a_clean_roster(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "r.csv": CLEAN})
    done = run("check", "-C", root, "--roster", root / "r.csv")
    assert (done.code, done.err) == (0, NOTES)
    assert done.out == "Costs: hard rules 0, coverage 0, wishes 0.\nNo hard rule is broken.\n"
    found = run("check", "-C", root, "--roster", root / "r.csv", "--json").json()
    assert list(found) == KEYS
    assert found["ok"] is True
    assert found["goals"] == [{"name": name, "cost": 0} for name in ("must", "coverage", "wishes")]
    assert found["breaches"] == []


def test_a_denied_wish_costs_and_breaks_no_hard_rule(run: Run, tmp_path: Path) -> None:
    """Ana works Saturday the 24th, which she wished off, and has Friday off for it."""
    root = write(tmp_path, {**FILES, "r.csv": CLEAN.replace("Ana,2026-10-23", "Ana,2026-10-24")})
    done = run("check", "-C", root, "--roster", root / "r.csv")
    assert done.code == 0
    assert done.out.startswith("wishes:\n  wish: ")
    assert done.out.endswith(
        "Costs: hard rules 0, coverage 0, wishes 1.\nNo hard rule is broken.\n"
    )


def test_a_broken_hard_rule_ends_in_exit_code_1_and_a_sentence(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "r.csv": CLEAN + "Ana,2026-10-25,E\n"})
    done = run("check", "-C", root, "--roster", root / "r.csv")
    assert done.code == 1
    assert done.out == (
        "hard rules:\n  days-off: Ana has 1 day off in the week of Mon 19 Oct, not 2.\n"
        "Costs: hard rules 1, coverage 0, wishes 0.\n1 breach of hard rules.\n"
    )
    found = run("check", "-C", root, "--roster", root / "r.csv", "--json")
    assert found.code == 1
    assert found.json()["ok"] is False
    assert found.json()["breaches"] == [
        {
            "rule": "days-off",
            "strength": "must",
            "person": "Ana",
            "date": "2026-10-19",
            "amount": 1,
            "text": "Ana has 1 day off in the week of Mon 19 Oct, not 2.",
            "source": None,
        }
    ]


def test_a_gap_is_an_error_only_if_asked_for(run: Run, tmp_path: Path) -> None:
    """Dublin's E ends at 13:30, and San Jose's shifts begin at 17:00 Dublin time: between them,
    nobody.
    """
    root = write(tmp_path, {**FILES, "r.csv": CLEAN})
    args = ("check", "-C", root, "--roster", root / "r.csv")
    assert run(*args).code == 0
    done = run(*args, "--fail-on-gaps")
    assert done.code == 1
    gaps = [text for text in done.err.splitlines() if text.startswith("gap: ")]
    # On the first five days Dublin is an hour ahead of UTC, and the desk open until 16:00 UTC.
    assert gaps[0] == "gap: chat is 1 below its minimum from Mon 19 Oct 12:30 to 16:00 UTC."
    assert len(gaps) == 10
    assert run(*args, "--fail-on-gaps", "--json").json()["ok"] is False


def test_gaps_are_looked_for_in_a_roster_only(run: Run, tmp_path: Path) -> None:
    done = run("check", "-C", write(tmp_path), "--fail-on-gaps")
    assert done.code == 2
    assert "--roster" in done.err


def test_a_roster_is_judged_at_the_border_with_the_history(run: Run, tmp_path: Path) -> None:
    """S0930 on Sunday in San Jose ends at 17:30; E on Monday starts at 05:00, eleven and a half
    hours on.
    """
    more = '\n[history]\ntable = "history.csv"\n\n[[rules]]\nkind = "rest"\nhours = "12h"\n'
    roster = CLEAN.replace("Cy,2026-10-19,S0930", "Cy,2026-10-19,E")
    files = {**FILES, "shiftplan.toml": PLAN + more, "r.csv": roster}
    root = write(tmp_path, {**files, "history.csv": HEAD + "Cy,2026-10-18,S0930\n"})
    done = run("check", "-C", root, "--roster", root / "r.csv")
    assert done.code == 1
    assert "  rest: Cy rests 11h30 before E on Mon 19 Oct, not 12h.\n" in done.out
    (root / "history.csv").write_text(HEAD + "Cy,2026-10-18,S0900\n")
    assert run("check", "-C", root, "--roster", root / "r.csv").code == 0


def test_a_wrong_roster_ends_in_exit_code_2_with_every_problem(run: Run, tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {**FILES, "r.csv": HEAD + "Anna,2026-10-19,E\nAna,2026-12-19,E\nAna,2026-10-19,Q\n"},
    )
    done = run("check", "-C", root, "--roster", root / "r.csv")
    assert (done.code, done.out) == (2, "")
    errors = done.err.removeprefix(NOTES).splitlines()
    assert [text.split(": ")[2] for text in errors] == ["person", "date", "shift"]
    assert (
        len(run("check", "-C", root, "--roster", root / "r.csv", "--json").json()["problems"]) == 3
    )


def test_the_schema_is_printed_without_a_plan(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("check", "--schema")
    assert (done.code, done.err) == (0, "")
    assert done.json()["title"] == "shiftplan.toml"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_what_everybody_can_read_is_a_note_with_the_command_that_closes_it(
    run: Run, tmp_path: Path
) -> None:
    leave = "person,from_date,to_date,kind\nAna,2026-10-25,2026-10-25,sick\n"
    plan = write(tmp_path / "my plan", added("leave", leave))
    (plan / "leave.csv").chmod(0o644)
    sentence = f"To keep others out: chmod 600 '{plan / 'leave.csv'}'"
    assert f"{sentence}\n" in run("check", "-C", plan).err
    notices = run("check", "-C", plan, "--json").json()["notices"]
    assert [notice for notice in notices if notice.endswith(sentence)]
