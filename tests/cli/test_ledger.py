"""`shiftplan ledger`: balances, where they come from, and booking."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shiftplan.cli.task import task
from shiftplan.folder import load
from shiftplan.roster import Roster
from shiftplan.store import open_store

from .tiny import Run, runner, write_plan

MONDAY = date(2026, 11, 23)
"""Thursday the 26th is Thanksgiving Day."""

POLICY = """
[[leave_policies]]
sites = ["West"]
pto = [[0, 17], [3, 20]]
sick_days = 10
lieu = { within = "2 weeks" }

[[rules]]
kind = "lieu"
strength = "wishes"

[[rules]]
kind = "fair-share"
of = "weekend"
strength = "wishes"
"""
TABLES = {
    "leave": "person,from_date,to_date,kind\n"
    "Ben,2026-11-24,2026-11-24,pto\nBen,2026-11-25,2026-11-25,lieu\n",
    "leave_balances": "person,account,date,balance,expires\nAna,pto,2026-11-23,40h,\n",
    "holidays": "site,date,name\nWest,2026-11-26,Thanksgiving Day\n",
}
PEOPLE = ("Ana,West,chat", "Ben,West,chat", "Bea,East,chat")

Keep = Callable[..., Path]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Return what writes a plan and keeps a draft in which the people named work as their letters
    say.
    """

    def made(start: date = MONDAY, more: str = POLICY, **lines: str) -> Path:
        root = write_plan(tmp_path / "plan", start=str(start), more=more, people=PEOPLE, **TABLES)
        loaded = load(root)
        days = loaded.plan.facts.days
        cells = {
            (w, days[k]): c for w, line in lines.items() for k, c in enumerate(line) if c != "."
        }
        with open_store(root) as store:
            store.rosters.save_draft(Roster(loaded.plan.facts, cells), digest=loaded.digest)
        return root

    return made


def account(done: Any, person: str, name: str) -> dict[str, Any]:
    (found,) = (a for a in done["accounts"] if (a["person"], a["account"]) == (person, name))
    return found


def test_an_empty_ledger_says_how_it_is_filled(run: Run, keep: Keep) -> None:
    root = keep(Ana="DDDDD..")
    done = run("ledger", "-C", root)
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith(
        "The ledger is empty. 'shiftplan ledger --book' books the newest roster.\n"
    )
    assert run("ledger", "-C", root, "--json").json()["accounts"] == []


def test_booking_tells_what_it_adds_and_the_second_time_there_is_nothing_to_add(
    run: Run, keep: Keep
) -> None:
    root = keep(Ana="DDDDD..", Ben="D..DDD.")
    done = run("ledger", "-C", root, "--book")
    assert done.code == 0
    assert "Booked draft 1 (2026-11-23 to 2026-11-29, made " in done.err
    assert "lines added: 4 of pto, 3 of lieu, 2 of sick" in done.err
    again = run("ledger", "-C", root, "--book")
    assert "): nothing to add." in again.err
    assert again.out == done.out


def test_balances_come_per_person_and_what_is_to_be_taken_in_time_below(
    run: Run, keep: Keep
) -> None:
    root = keep(Ana="DDDDD..", Ben="D..DDD.")
    lines = run("ledger", "-C", root, "--book").out.splitlines()
    # A week of November earns 17 x 480 x 7 / 365 = 156.5 minutes: 333 days make 7444.6, 326 make
    # 7288.1.
    assert lines[0].split() == ["pto", "sick", "lieu", "weekend"]
    assert lines[1].split()[:4] == ["Ana", "42h36", "80h", "8h"]
    # Ben worked the holiday too, and has had a day in lieu for it on the day before, which was
    # early.
    assert lines[3].split()[:4] == ["Ben", "-5h24", "80h", "0h"]
    assert "2026-12-10: Ana has 8h of days in lieu until then." in lines


def test_a_name_shows_every_line_with_the_balance_after_it(run: Run, keep: Keep) -> None:
    root = keep(Ana="DDDDD..", Ben="D..DDD.")
    run("ledger", "-C", root, "--book")
    done = run("ledger", "ana", "-C", root, "--account", "lieu")
    assert done.out.splitlines()[1:4] == [
        "Ana, days in lieu (lieu): 8h",
        "date              amount  balance",
        "2026-11-26  earn     +8h       8h  Thanksgiving Day worked, on top of pay, "
        "until 2026-12-10",
    ]
    assert "(pto)" not in done.out
    assert "Ana, paid leave (pto): 42h36" in run("ledger", "Ana", "-C", root).out


def test_a_balance_below_zero_is_reported_in_a_sentence(run: Run, keep: Keep) -> None:
    root = keep(Ana="DDDDD..", Ben="D..DDD.")
    done = run("ledger", "-C", root, "--book")
    assert "note: Ben has taken 5h24 more paid leave than accrued.\n" in done.err
    shown = run("ledger", "-C", root, "--json").json()
    assert "Ben has taken 5h24 more paid leave than accrued." in shown["notices"]
    assert "note: Ben" not in run("ledger", "Ana", "-C", root).err


def test_another_roster_for_the_same_days_corrects_line_by_line(run: Run, keep: Keep) -> None:
    run("ledger", "-C", keep(Ana="DDDDD.."), "--book")
    root = keep(Ana="DDD.DD.")
    done = run("ledger", "-C", root, "--book")
    assert "  Ana, lieu, 2026-11-26: -8h, correction: now nothing\n" in done.err
    shown = account(run("ledger", "-C", root, "--json").json(), "Ana", "lieu")
    assert (shown["balance"], [line["event"] for line in shown["lines"]]) == (0, ["earn", "adjust"])


def test_json_has_what_was_booked_every_line_and_what_expires(run: Run, keep: Keep) -> None:
    shown = run("ledger", "-C", keep(Ana="DDDDD.."), "--book", "--json").json()
    assert {line["account"] for line in shown["booked"]} == {
        "pto",
        "lieu",
        "sick",
        "fairness:weekend",
    }
    lieu = account(shown, "Ana", "lieu")
    assert lieu["expiring"] == [{"on": "2026-12-10", "amount": 480}]
    assert lieu["unit"] == "minutes"
    assert lieu["lines"][0]["balance"] == 480


def test_balances_of_an_earlier_day_leave_out_what_came_after(run: Run, keep: Keep) -> None:
    root = keep(Ana="DDDDD..")
    run("ledger", "-C", root, "--book")
    shown = run("ledger", "-C", root, "--on", "2026-11-25", "--json").json()
    found = [
        (a["person"], a["account"], a["balance"]) for a in shown["accounts"] if a["person"] == "Ben"
    ]
    assert shown["on"] == "2026-11-25"
    assert [f for f in found if "fairness" not in f[1]] == [
        ("Ben", "pto", -480),
        ("Ben", "sick", 4800),
        ("Ben", "lieu", -480),
    ]


def test_the_next_roster_owes_what_the_one_before_earned(run: Run, keep: Keep) -> None:
    # Thanksgiving worked and no day off for it in the week: the next two weeks owe one, by 10
    # December.
    run("ledger", "-C", keep(Ana="DDDDD.."), "--book")
    root = keep(MONDAY + timedelta(days=7))
    loaded = load(root)
    with open_store(root) as store:
        facts = store.record.added_to(loaded.plan.facts)
        assert [(o.person, o.earned, o.expires) for o in facts.lieu_owed] == [
            ("Ana", date(2026, 11, 26), date(2026, 12, 10))
        ]
        assert facts.lieu_from == MONDAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["Cleo"], "error: nobody is called 'Cleo'."),
        (["B"], "error: 'B' may be Ben or Bea. Write more of the name.\n"),
        (
            ["--account", "lie"],
            "error: --account: nothing is booked under 'lie'. Did you mean 'lieu'?\n",
        ),
        (["--on", "soon"], "error: --on: 'soon' is not a date. Write it like 2026-11-30.\n"),
    ],
)
def test_what_cannot_be_shown_is_reported_in_a_sentence(
    args: list[str], expected: str, run: Run, keep: Keep
) -> None:
    root = keep(Ana="DDDDD..")
    run("ledger", "-C", root, "--book")
    done = run("ledger", *args, "-C", root)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(expected) or expected in done.err


def test_there_is_nothing_to_book_before_there_is_a_roster(run: Run, tmp_path: Path) -> None:
    done = run("ledger", "-C", write_plan(tmp_path / "plan"), "--book")
    assert done.code == 2
    assert "There is no roster from 2026-10-19 to 2026-10-25" in done.err


def book_twice(root: Path) -> None:
    """Leave behind what two programs of an earlier version left that booked at once."""
    columns = "team, account, person, day, event, amount, expires, source, reason, created_at"
    with closing(sqlite3.connect(root / ".shiftplan" / "store.db")) as store, store:
        again = f"SELECT {columns}, 2 FROM ledger ORDER BY id"
        store.execute(f"INSERT INTO ledger ({columns}, number) {again}")


def test_what_was_booked_twice_is_reported_and_corrected_and_nothing_is_deleted(
    run: Run, keep: Keep
) -> None:
    root = keep(Ana="DDDDD..", Ben="D..DDD.")
    once = run("ledger", "-C", root, "--book", "--json").json()
    book_twice(root)
    twice = run("ledger", "-C", root, "--json").json()
    remedy = "'shiftplan ledger --book' corrects that while the plan is of these days."
    noted = [text for text in twice["notices"] if "booked twice" in text]
    assert [text.partition(" has ")[0] for text in noted] == ["Ana", "Ben", "Bea"]
    assert all(text.endswith(remedy) for text in noted)
    with open_store(root) as store:
        notes = task(load(root), store, None, from_rota=False, fresh=True).notes
    said = "the ledger has lines of 3 people that were booked twice; 'shiftplan ledger' says which"
    assert any(note.startswith(said) for note in notes)
    mended = run("ledger", "-C", root, "--book", "--json").json()
    assert mended["notices"] == once["notices"]
    for before, doubled, after in zip(
        *(done["accounts"] for done in (once, twice, mended)), strict=True
    ):
        assert before["balance"] == after["balance"]
        assert len(doubled["lines"]) == 2 * len(before["lines"])
        assert len(after["lines"]) >= len(doubled["lines"])
    assert run("ledger", "-C", root, "--book", "--json").json()["booked"] == []


def test_calendars_never_show_what_leave_it_is(run: Run, keep: Keep, tmp_path: Path) -> None:
    root = keep(Ana="DDDDD..", Ben="D..DDD.")
    run("ledger", "-C", root, "--book")
    run("calendars", "-C", root, "--out", tmp_path / "out")
    texts = " ".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "Leave" in texts
    assert not any(word in texts.casefold() for word in ("pto", "lieu", "sick"))
