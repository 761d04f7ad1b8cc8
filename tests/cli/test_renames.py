"""A name is corrected after publishing: with an id nothing else changes, without one it is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shiftplan.folder import load, read_roster, write_roster
from shiftplan.roster import Roster
from shiftplan.store import open_plan, open_store

from .test_publish import DAYS, draft, events
from .tiny import PAY, Run, runner, write_plan

LONG = "Ana Ruiz-Vega"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a plan whose Ana Ruiz and Ben are published, with a link for each."""
    root = write_plan(
        tmp_path / "plan",
        start=str(DAYS[0]),
        people=("Ana Ruiz,West,chat", "Ben,West,chat", "Cy,East,chat"),
        leave=f"person,from_date,to_date,kind\nAna Ruiz,{DAYS[5]},{DAYS[6]},sick\n",
    )
    text = (root / "shiftplan.toml").read_text()
    rule = '[[rules]]\nkind = "work-run"\nmax = 5\n[leave]\ntable = "leave.csv"\n'
    (root / "shiftplan.toml").write_text(text[: text.index("[[rules]]")] + rule)
    draft(root, **{"Ana Ruiz": "DDD....", "Ben": "...DDD.", "Cy": "......D"})
    return root


def people(plan: Path, *lines: str) -> None:
    """Write the table of people: name, id and site each."""
    rows = [f"{line},chat,{PAY}\n" for line in lines]
    (plan / "people.csv").write_text("".join(["name,id,site,skills,hourly_rate\n", *rows]))


def leave_of(plan: Path, who: str) -> None:
    text = f"person,from_date,to_date,kind\n{who},{DAYS[5]},{DAYS[6]},sick\n"
    (plan / "leave.csv").write_text(text)


OTHERS = ("Ben,,West", "Cy,,East")


@pytest.mark.slow
def test_a_rename_with_the_old_name_as_id_changes_titles_and_nothing_else(
    plan: Path, run: Run
) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    run("calendars", "-C", plan)
    own, team = events(plan, "ana-*"), events(plan, "team*")
    files = sorted(path.name for path in (plan / "calendars").iterdir())
    people(plan, f"{LONG},Ana Ruiz,West", *OTHERS)

    shown = run("publish", "-C", plan, "--dry-run", "--draft", 1)
    assert "No shift changes." in shown.out
    assert f"Ana Ruiz is now called {LONG}." in shown.out
    assert "gone" not in shown.out
    done = run("publish", "-C", plan, "--author", "Mara", "--draft", 1, "--json").json()
    assert (done["version"], done["changes"], done["likely_renames"]) == (2, [], [])
    assert done["renamed"] == [{"before": "Ana Ruiz", "after": LONG}]

    run("calendars", "-C", plan)
    # Nor is there a second file of hers.
    assert sorted(path.name for path in (plan / "calendars").iterdir()) == files
    written = run("calendars", "-C", plan, "--json").json()
    assert {file["person"] for file in written["files"]} >= {LONG, "Ben", "Cy"}
    assert written["stale"] == []
    # Calendars of a draft have the same names.
    run("calendars", "-C", plan, "--draft")
    assert sorted(path.name for path in (plan / "calendars").iterdir()) == files
    run("calendars", "-C", plan)
    # Her own calendar does not name her in any event: not one revision is counted.
    assert events(plan, "ana-*") == own
    # The team's does, and only there her shifts and her leave are other by their title.
    after = events(plan, "team*")
    assert [title for title, _, _ in after] == [
        title.replace("Ana Ruiz:", f"{LONG}:") for title, _, _ in team
    ]
    assert {number for title, _, number in after if title.startswith("Ana")} == {"1"}
    assert {number for title, _, number in after if not title.startswith("Ana")} == {"0"}
    assert {status for _, status, _ in after} == {"CONFIRMED"}


@pytest.mark.slow
def test_history_and_diff_show_the_new_name_with_the_old(plan: Path, run: Run) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    people(plan, f"{LONG},Ana Ruiz,West", *OTHERS)
    run("publish", "-C", plan, "--author", "Mara", "--draft", 1)
    draft(plan, **{LONG: "DDN....", "Ben": "...DDD.", "Cy": "......D"})
    run("publish", "-C", plan, "--author", "Mara")
    assert f"Version 2: {LONG}, before that Ana Ruiz." in run("history", "-C", plan).out
    found = run("diff", "1", "3", "-C", plan).out
    assert f"Ana Ruiz is now called {LONG}." in found
    assert f"{LONG} (America/Los_Angeles)" in found
    assert "Ana Ruiz (" not in found
    by_old_name = run("diff", "1", "3", "--person", "Ana Ruiz", "-C", plan, "--json").json()
    assert [(c["person"], c["what"]) for c in by_old_name["changes"]] == [(LONG, "changed")]


def test_a_rename_without_id_is_noticed_and_the_sentence_is_right(plan: Path, run: Run) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    people(plan, f"{LONG},,West", *OTHERS)
    leave_of(plan, LONG)
    draft(plan, **{LONG: "DDD....", "Ben": "...DDD.", "Cy": "......D"})
    sentence = (
        f"Ana Ruiz is gone and {LONG} is new with the same 3 shifts: if they are one person, give "
        'them the id "Ana Ruiz" in people.csv, and their calendars only change names.'
    )
    shown = run("publish", "-C", plan, "--dry-run")
    assert sentence in shown.out
    assert run("publish", "-C", plan, "--dry-run", "--json").json()["likely_renames"] == [sentence]
    # What it says to do does it.
    people(plan, f"{LONG},Ana Ruiz,West", *OTHERS)
    done = run("publish", "-C", plan, "--author", "Mara")
    assert "No shift changes." in done.out
    assert "is gone" not in done.out


def test_a_rename_between_two_periods_is_noticed_by_the_name(plan: Path, run: Run) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    text = (plan / "shiftplan.toml").read_text()
    monday = DAYS[0] + timedelta(days=7)
    (plan / "shiftplan.toml").write_text(text.replace(str(DAYS[0]), str(monday)))
    # Ben is no more, and Dilnoza of the same site is nothing like him.
    people(plan, f"{LONG},,West", "Dilnoza,,West", "Cy,,East")
    leave_of(plan, LONG)
    with open_store(plan) as store:
        facts = load(plan).plan.facts
        week = Roster(facts).with_cell(LONG, monday, "D").with_cell("Dilnoza", monday, "N")
        store.rosters.save_draft(week, digest="")
    shown = run("publish", "-C", plan, "--dry-run", "--json").json()
    assert shown["likely_renames"] == [
        f"Ana Ruiz is gone and {LONG} is new: if they are one person, give them "
        'the id "Ana Ruiz" in people.csv, and their calendars only change names.'
    ]


def test_a_draft_of_the_old_name_says_what_to_do(plan: Path, run: Run) -> None:
    people(plan, f"{LONG},,West", *OTHERS)
    leave_of(plan, LONG)
    done = run("publish", "-C", plan, "--dry-run")
    assert done.code != 0
    assert 'If Ana Ruiz has another name now, give them the id "Ana Ruiz".' in done.err
    people(plan, f"{LONG},Ana Ruiz,West", *OTHERS)
    assert run("publish", "-C", plan, "--dry-run").code == 0


def test_a_newcomer_unlike_whoever_left_is_no_rename(plan: Path, run: Run) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    # Cy of the East has left; Dilnoza is at the other site, with another name.
    people(plan, "Ana Ruiz,,West", "Ben,,West", "Dilnoza,,West")
    draft(plan, **{"Ana Ruiz": "DDD....", "Ben": "...DDD.", "Dilnoza": "......D"})
    shown = run("publish", "-C", plan, "--dry-run", "--json").json()
    assert shown["likely_renames"] == []


def test_a_staff_number_given_later_takes_the_record_over(plan: Path, run: Run) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    run("calendars", "-C", plan)
    own = events(plan, "ana-*")
    # First the number, then the name: the number is known from the first time on it is written.
    people(plan, "Ana Ruiz,70017,West", *OTHERS)
    draft(plan, **{"Ana Ruiz": "DDD....", "Ben": "...DDD.", "Cy": "......D"})
    people(plan, f"{LONG},70017,West", *OTHERS)
    leave_of(plan, LONG)
    shown = run("publish", "-C", plan, "--author", "Mara")
    assert "No shift changes." in shown.out
    run("calendars", "-C", plan)
    assert events(plan, "ana-*") == own
    made = [path.read_bytes() for path in (plan / "calendars").iterdir()]
    assert not any(b"70017" in data for data in made)


def test_tables_and_rules_may_name_people_by_id(plan: Path, run: Run) -> None:
    people(plan, f"{LONG},70017,West", *OTHERS)
    leave_of(plan, "70017")
    text = (plan / "shiftplan.toml").read_text()
    rule = '[[rules]]\nkind = "work-run"\nmax = 4\nfor = { names = ["70017", "Ben"] }\n'
    rule += '[[rules]]\nkind = "apart"\nwho = ["Ben", "70017"]\n'
    (plan / "shiftplan.toml").write_text(text + rule)
    facts = load(plan).plan.facts
    assert facts.on_leave(LONG, DAYS[5])
    run_rule, apart = load(plan).plan.rules[-2:]
    assert run_rule.whom.names == (LONG, "Ben")
    assert apart.sentence() == f"Ben and {LONG} never work the same shift."
    # So may whoever types a command.
    made = run("links", "--for", "70017", "-C", plan)
    assert made.out.startswith(f"{LONG}: ")
    assert "70017" not in made.out
    leave_of(plan, "70018")
    assert "nobody is called '70018'" in run("check", "-C", plan).err


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("Ana Ruiz,7,West", "Ben,7,West"), "'7' is there twice"),
        (("Ana Ruiz,ben,West", "Ben,,West"), "'ben' is the id of Ana Ruiz, and the name of"),
        (("Ana Ruiz,a\x07b,West", "Ben,,West"), "a character that cannot be seen"),
    ],
)
def test_an_id_that_cannot_be_one_is_refused(
    plan: Path, run: Run, rows: tuple[str, ...], sentence: str
) -> None:
    people(plan, *rows)
    done = run("check", "-C", plan)
    assert done.code == 2
    assert "people.csv" in done.err
    assert sentence in done.err


def test_a_roster_file_is_read_under_a_new_name(plan: Path, run: Run) -> None:
    people(plan, "Ana Ruiz,70017,West", *OTHERS)
    run("publish", "-C", plan, "--author", "Mara")
    out = plan / "roster.csv"
    with open_store(plan) as store:
        plan_now = open_plan(load(plan), store).plan
        before = store.rosters.roster(1, plan_now.facts)
    write_roster(out, before)
    assert out.read_text().splitlines()[0] == ("person,id,site,date,shift,start_utc,end_utc,pinned")
    people(plan, f"{LONG},70017,West", "Ana Ruiz,70018,West", *OTHERS)
    read = read_roster(out, load(plan).plan.facts)
    assert {who for who, _ in read.cells} == {LONG, "Ben", "Cy"}
    assert read.at(LONG, DAYS[0] + timedelta(days=1)) == "D"


@pytest.mark.slow
@pytest.mark.parametrize("newcomer_first", [True, False])
@pytest.mark.parametrize("known_before", [True, False])
def test_somebody_new_may_have_the_name_that_is_the_id_of_another(
    plan: Path, run: Run, newcomer_first: bool, known_before: bool
) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    run("calendars", "-C", plan)
    own = events(plan, "ana-*")
    file = next((plan / "calendars").glob("ana-*")).name
    if known_before:
        people(plan, f"{LONG},Ana Ruiz,West", *OTHERS)
        draft(plan, **{LONG: "DDD....", "Ben": "...DDD.", "Cy": "......D"})
        run("publish", "-C", plan, "--author", "Mara")
    both = [f"{LONG},Ana Ruiz,West", "Ana Ruiz,new-ana,West"]
    people(plan, *(reversed(both) if newcomer_first else both), *OTHERS)
    facts = load(plan).plan.facts
    # In tables a name comes before an id.
    assert facts.on_leave("Ana Ruiz", DAYS[5])
    assert not facts.on_leave(LONG, DAYS[5])
    leave_of(plan, LONG)
    draft(plan, **{LONG: "DDD....", "Ben": "...DDD.", "Cy": "......D", "Ana Ruiz": "......D"})
    shown = run("publish", "-C", plan, "--author", "Mara")
    assert shown.code == 0, shown.err
    with open_store(plan, create=False) as store:
        keys = store.record.keys(load(plan).plan.facts)
        first = store.record.first_names(load(plan).plan.facts)
    assert keys[LONG] == "Ana Ruiz"
    assert keys["Ana Ruiz"] == "new-ana"
    assert first["Ana Ruiz"] == "Ana Ruiz"
    run("calendars", "-C", plan)
    assert events(plan, file) == own


def test_two_people_may_exchange_their_names(plan: Path, run: Run) -> None:
    run("publish", "-C", plan, "--author", "Mara")
    people(plan, "Ben,Ana Ruiz,West", "Ana Ruiz,Ben,West", "Cy,,East")
    leave_of(plan, "Ben")
    draft(plan, **{"Ben": "DDD....", "Ana Ruiz": "...DDD.", "Cy": "......D"})
    assert "No shift changes." in run("publish", "-C", plan, "--author", "Mara").out
    with open_store(plan, create=False) as store:
        keys = store.record.keys(load(plan).plan.facts)
    assert (keys["Ben"], keys["Ana Ruiz"]) == ("Ana Ruiz", "Ben")


def test_no_advice_takes_anybody_s_id_away(plan: Path, run: Run) -> None:
    people(plan, f"{LONG},Ana Ruiz,West", "Ana Ruiz,,West", *OTHERS)
    shown = run("check", "-C", plan)
    assert shown.code == 2
    assert "another name, such as 'Ana Ruiz (2)'" in shown.err
    assert "another id" not in shown.err
