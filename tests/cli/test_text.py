"""Whatever a name says is text in everything that a command prints or writes."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shiftplan.errors import CONTROLS
from shiftplan.folder import load, read_roster
from shiftplan.roster import Roster
from shiftplan.session import Session
from tests.nasty import ANA, BEN, DEE, MARK, PEOPLE, TEAM, write_nasty

from .tiny import Run, runner

UNARMED = re.compile(r"[^=+\-@\t\r＝＋－＠].*|-?\d+(\.\d+)?|-|", re.DOTALL)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_nasty(tmp_path / "plan")


def keep_a_roster(root: Path) -> None:
    """Keep a roster in which everybody works on the first day."""
    with Session.open(root) as session:
        assert session.plan is not None
        facts = session.plan.facts
        cells = {(person.name, facts.first): "D" for person in facts.people}
        session.roster_edits.adopt(Roster(facts, cells))
        session.save()


def tables(folder: Path) -> list[Path]:
    return [*folder.rglob("*.csv"), *folder.rglob("*.xlsx")]


def armed(path: Path) -> list[str]:
    """Return the cells of a table that a spreadsheet would run."""
    if path.suffix == ".csv":
        cells = [cell for line in csv.reader(io.StringIO(path.read_text())) for cell in line]
        return [cell for cell in cells if not UNARMED.fullmatch(cell)]
    rows = [row for sheet in load_workbook(path) for row in sheet.iter_rows()]
    return [str(cell.value) for row in rows for cell in row if cell.data_type == "f"]


COMMANDS = (
    ("check",),
    ("coverage",),
    ("coverage", "--html", "page.html"),
    ("publish", "--dry-run"),
    ("publish", "--force", "--message", f"[red]{MARK}[/] <b>"),
    ("history",),
    ("history", "--json"),
    ("diff", "1", "2"),
    ("ledger",),
    ("calendars",),
    ("links", "--everyone", "--json"),
    ("links",),
    ("rules", "--plan"),
    ("rota",),
)


@pytest.mark.slow
def test_nothing_printed_is_anything_but_text(root: Path, run: Run, tmp_path: Path) -> None:
    keep_a_roster(root)
    for name, *more in COMMANDS:
        more = [str(tmp_path / word) if word.endswith(".html") else word for word in more]
        done = run(name, "-C", root, *more)
        assert done.code in (0, 1, 2, 3), (name, done.err)
        text = (done.out + done.err).replace("\n", "")
        assert not CONTROLS.search(text), (name, text)
        assert "49" not in re.findall(rf"{MARK} Dee(\d+)", text)


@pytest.mark.slow
def test_a_roster_comes_back_with_the_same_people(root: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "roster.csv"
    solved = run("solve", "-C", root, "--time-limit", 5, "--out", out)
    # What a name says stands there letter by letter, and makes no colour.
    assert ANA in solved.out
    assert armed(out) == []
    facts = load(root).plan.facts
    assert tuple(person.name for person in facts.people) == PEOPLE
    roster = read_roster(out, facts)
    assert {who for who, _ in roster.cells} <= set(PEOPLE)
    assert len(roster.cells) > 10
    assert run("check", "-C", root, "--roster", out).code in (0, 1)


def test_every_table_that_is_written_is_disarmed(root: Path, tmp_path: Path) -> None:
    with Session.open(root) as session:
        session.tables.add_row("leave", {"person": DEE, "from_date": "2026-12-02"})
        session.tables.set_cell("leave.csv", 1, "to_date", "2026-12-02")
        session.tables.set_cell("people.csv", 0, "name", BEN)
        session.tables.set_cell("people.csv", 0, "name", ANA)
        session.save()
        for ending in ("csv", "xlsx"):
            session.tables.export("people.csv", tmp_path / f"people.{ending}")
            for kind in ("roster", "shifts", "coverage"):
                session.exports.write(kind, tmp_path / f"{kind}.{ending}")
        before = session.tables.view("people.csv").rows
        for ending in ("csv", "xlsx"):
            session.tables.import_file("people.csv", tmp_path / f"people.{ending}")
            after = session.tables.view("people.csv").rows
            assert [row.cells for row in after] == [row.cells for row in before]
    written = tables(tmp_path)
    assert len(written) == 11
    assert {path.name: armed(path) for path in written if armed(path)} == {}
    leave = load(root).plan.facts.leave
    assert [row.person for row in leave] == [ANA, DEE]


def test_the_page_shows_names_and_runs_nothing(root: Path, run: Run, tmp_path: Path) -> None:
    keep_a_roster(root)
    page = tmp_path / "page.html"
    run("coverage", "-C", root, "--html", page)
    html = page.read_text()
    assert TEAM not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<script>alert" not in html


def test_what_is_published_holds_nothing_that_cannot_be_seen(root: Path, run: Run) -> None:
    keep_a_roster(root)
    for option in ("--message", "--author"):
        done = run("publish", "-C", root, "--force", option, "a\x1b[31mb")
        assert done.code == 2
        what = option.removeprefix("--")
        assert f"The {what} holds a character that cannot be seen, U+001B. Delete it." in done.err
    assert run("history", "-C", root, "--json").json() == []


def test_what_a_command_line_says_is_shown_with_signs(run: Run) -> None:
    done = run("check", "-C", "a\x1b[2Jb\u202e")
    assert done.code == 2
    assert done.err.startswith("error: a␛[2Jb\ufffd is not there.")


def test_json_says_it_in_letters(root: Path, run: Run) -> None:
    (root / "people.csv").write_text("name,site\n\x9b\u202eAna,x\n")
    done = run("check", "-C", root, "--json")
    assert not CONTROLS.search(done.out.replace("\n", ""))
    assert done.json()["ok"] is False
