"""What is published and from when notice counts, from publishing to the next search and the next
period.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from .tiny import Run, runner, write_plan

STABLE = '\n[[rules]]\nkind = "stable"\nstrength = "wishes"\n'
"""Of two weeks and less: 5 with less than 2 days' notice, 3 with less than 7, 2 with less than 14,
else 1.
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    return runner(capsys)


def wishes(found: dict[str, list[dict[str, int]]]) -> int:
    return next(g["cost"] for g in found["goals"] if g["name"] == "wishes")


def roster(root: Path, days: dict[str, str]) -> Path:
    """Write a roster in which each of *days*, a string of codes and dots, is worked; return its
    file.
    """
    first = date(2026, 10, 19)
    lines = [
        f"{who},{first + timedelta(days=k)},{code}\n"
        for who, line in days.items()
        for k, code in enumerate(line)
        if code != "."
    ]
    (root / "r.csv").write_text("person,date,shift\n" + "".join(lines))
    return root / "r.csv"


def test_a_published_roster_is_what_changes_are_counted_from(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path / "plan", more=STABLE)
    published_file = roster(root, {"Ana": "DDDDD..", "Ben": ".....DD"})
    assert run("publish", "-C", root, "--roster", published_file, "--force").code == 1
    # Ana off on Monday, Ben there instead: two cells, each 5 on the day before, and 1 three weeks
    # ahead.
    changed = roster(root, {"Ana": ".DDDD..", "Ben": "D....DD"})
    near = run("check", "-C", root, "--roster", changed, "--json", "--as-of", "2026-10-18").json()
    far = run("check", "-C", root, "--roster", changed, "--json", "--as-of", "2026-09-28").json()
    assert (wishes(near), wishes(far)) == (10, 2)
    texts = [b["text"] for b in near["breaches"] if b["rule"] == "stable"]
    assert texts[0].endswith("where D was published, at 1 day's notice.")


@pytest.mark.slow
def test_a_search_leaves_a_published_roster_alone_but_for_leave(run: Run, tmp_path: Path) -> None:
    root = write_plan(
        tmp_path / "plan", more=STABLE, leave="person,from_date,to_date\nCy,2026-11-30,2026-11-30\n"
    )
    published_file = roster(root, {"Ana": "DDDDD..", "Ben": ".....DD"})
    text = (root / "shiftplan.toml").read_text()
    rules = (
        text.replace("per_week = 2", 'per_week = 2\ncount = "at-least"')
        + '\n[[rules]]\nkind = "leave"\n'
    )
    (root / "shiftplan.toml").write_text(rules)
    assert run("publish", "-C", root, "--roster", published_file).code == 0
    (root / "leave.csv").write_text("person,from_date,to_date\nAna,2026-10-23,2026-10-23\n")
    out = root / "new.csv"
    options = ("--as-of", "2026-10-18", "--seed", 1, "--time-limit", 10)
    assert run("solve", "-C", root, "--out", out, *options).code == 0
    lines = {
        (who, day)
        for who, _, day, *_ in (line.split(",") for line in out.read_text().splitlines()[1:])
    }
    friday = ("Ben", "2026-10-23")
    kept = {("Ana", f"2026-10-{d}") for d in range(19, 23)} | {
        ("Ben", "2026-10-24"),
        ("Ben", "2026-10-25"),
    }
    assert lines in (kept | {friday}, kept | {("Cy", "2026-10-23")}, kept | {("Cy", "2026-10-24")})


def test_a_table_can_be_the_published_roster_and_the_store_goes_before_it(
    run: Run, tmp_path: Path
) -> None:
    lines = "person,date,shift\n" + "".join(f"Ana,2026-10-{d},D\n" for d in range(19, 24))
    root = write_plan(tmp_path / "plan", more=STABLE, published=lines)
    changed = roster(root, {"Ana": ".DDDD.."})
    options = ("check", "-C", root, "--roster", changed, "--json", "--as-of", "2026-10-01")
    assert wishes(run(*options).json()) == 1
    published_file = roster(root, {"Ana": "DDDD...", "Ben": "....DDD"})
    assert run("publish", "-C", root, "--roster", published_file, "--force").code == 1
    # Against what the store has: Ana's Monday and Friday, Ben's three days.
    roster(root, {"Ana": ".DDDD.."})
    assert wishes(run(*options).json()) == 5


def test_a_day_that_is_none_is_reported(run: Run, tmp_path: Path) -> None:
    root = write_plan(tmp_path / "plan", more=STABLE)
    done = run("solve", "-C", root, "--as-of", "tomorrow")
    assert done.code == 2
    assert "--as-of: 'tomorrow' is not a date. Write it like 2026-11-30." in done.err
