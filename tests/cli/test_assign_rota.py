"""``shiftplan rota --assign`` and ``solve --from-rota``: what is written, what is refused, what
comes of it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from shiftplan.folder import load
from tests.pairs import waiting_pair

from .test_rota import EAST, written
from .tiny import Run, runner

ASSIGN = ("--assign", 1, "--alternatives", 1)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    return runner(capsys)


def test_an_assigned_rota_is_part_of_the_plan_and_comments_stay(run: Run, tmp_path: Path) -> None:
    waiting = '[[rules]]\nkind = "rotation"\nstrength = "stability"  # the sooner the better\n'
    root = written(tmp_path / "plan", rules=waiting + "# last words\n")
    before = (root / "shiftplan.toml").read_text()
    done = run("rota", "-C", root, *ASSIGN)
    assert done.code == 0
    assert "Rota 1 assigned to 9 people" in done.out
    assert "hard rules 0" in done.out
    assert "Written to rotation.csv" in done.err
    after = (root / "shiftplan.toml").read_text()
    assert after.startswith(before)
    assert '[rotation]\ntable = "rotation.csv"\nfrom = 2026-10-19' in after
    lines = (root / "rotation.csv").read_text().splitlines()
    assert lines[0] == "rota,week,monday,tuesday,wednesday,thursday,friday,saturday,sunday,people"
    assert [line.split(",")[:2] for line in lines[1:]] == [["West", str(k)] for k in range(1, 10)]
    followed = load(root).plan.facts.assigned_rotas
    assert followed is not None
    assert sorted(followed.places.values()) == list(range(9)), "each starts in another week"


def test_scripts_get_who_starts_where_and_assigning_again_comes_to_the_same(
    run: Run, tmp_path: Path
) -> None:
    first, second = (
        json.loads(run("rota", "-C", written(tmp_path / name), *ASSIGN, "--json").out)
        for name in "ab"
    )
    assert first == second
    assert (first["outcome"], first["table"], first["from"]) == (
        "dealt",
        "rotation.csv",
        "2026-10-19",
    )
    assert sorted(first["starts"].values()) == list(range(1, 10))
    assert [g["cost"] for g in first["goals"] if g["name"] == "must"] == [0]


def test_the_name_the_option_had_before_still_works_and_no_help_lists_it(
    run: Run, tmp_path: Path
) -> None:
    done = run("rota", "-C", written(tmp_path / "plan"), "--deal", 1, "--alternatives", 1)
    assert (done.code, "Rota 1 assigned to 9 people" in done.out) == (0, True)
    listed = run("rota", "--help").out
    assert "--assign K" in listed
    assert "--deal" not in listed


def test_nothing_is_overwritten_unasked(run: Run, tmp_path: Path) -> None:
    root = written(tmp_path / "plan")
    (root / "rotation.csv").write_text("mine\n")
    done = run("rota", "-C", root, *ASSIGN)
    assert (done.code, (root / "rotation.csv").read_text()) == (2, "mine\n")
    assert "is there already. Name another file with --out." in done.err
    assert "[rotation]" not in (root / "shiftplan.toml").read_text()
    assert run("rota", "-C", root, *ASSIGN, "--out", "turns.csv").code == 0
    table = (root / "turns.csv").read_text()
    done = run("rota", "-C", root, *ASSIGN)
    assert done.code == 2
    assert "P0 follows a rota already, in turns.csv. Assign a new one with --replace" in done.err
    assert (root / "turns.csv").read_text() == table
    assert run("rota", "-C", root, *ASSIGN, "--replace", "--people", 10).code == 0
    assert len((root / "turns.csv").read_text().splitlines()) == 11
    assert (root / "shiftplan.toml").read_text().count("[rotation]") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--assign", 1, "--out", "../x.csv"), "lies outside the plan folder"),
        (("--assign", 1, "--out", "people.csv"), "is there already"),
        (("--assign", 1, "--out", "no/x.csv"), "there is no folder"),
        (("--out", "x.csv"), "--out and --replace go with --assign"),
        (("--replace",), "--out and --replace go with --assign"),
    ],
)
def test_what_cannot_be_written_is_reported_before_the_search(
    run: Run, tmp_path: Path, words: tuple[str | int, ...], sentence: str
) -> None:
    root = written(tmp_path / "plan")
    before = sorted(root.iterdir())
    done = run("rota", "-C", root, *words)
    assert done.code == 2
    assert sentence in done.err
    assert sorted(root.iterdir()) == before


def test_a_rota_that_cannot_be_is_not_assigned(run: Run, tmp_path: Path) -> None:
    root = written(tmp_path / "plan")
    done = run("rota", "-C", root, *ASSIGN, "--people", 6)
    assert (done.code, (root / "rotation.csv").exists()) == (3, False)


def test_sites_have_rotas_of_their_own_in_one_table(run: Run, tmp_path: Path) -> None:
    needs = (
        "shift,weekday,site,preferred,over\n"
        "D,mon-fri,East,1,1\nD,daily,West,2,1\nA,daily,West,1,1\n"
    )
    root = written(tmp_path / "plan", people=4, more=EAST, needs=needs)
    assert run("rota", "-C", root, "--site", "West", *ASSIGN).code == 0
    west = (root / "rotation.csv").read_text()
    plan = (root / "shiftplan.toml").read_text()
    # Two weeks later the rota of the other site joins; what was there stays as it is.
    (root / "shiftplan.toml").write_text(plan.replace("start = 2026-10-19", "start = 2026-11-02"))
    before = load(root).plan.facts
    assert run("rota", "-C", root, "--site", "East", *ASSIGN).code == 0
    after = load(root).plan.facts
    assert (root / "rotation.csv").read_text() == west + "East,1,D,D,D,D,D,-,-,Zoe\n"
    assert before.assigned_rotas is not None
    assert after.assigned_rotas is not None
    assert after.assigned_rotas.start == date(2026, 10, 19)
    for day in after.days:
        assert [after.assigned_rotas.at(f"P{k}", day) for k in range(4)] == [
            before.assigned_rotas.at(f"P{k}", day) for k in range(4)
        ]


@pytest.mark.slow
def test_rotas_assigned_to_two_sites_at_the_same_instant_are_both_there(tmp_path: Path) -> None:
    needs = (
        "shift,weekday,site,preferred,over\n"
        "D,mon-fri,East,1,1\nD,daily,West,2,1\nA,daily,West,1,1\n"
    )
    with waiting_pair() as pair:
        for number in range(3):
            root = written(tmp_path / str(number), people=4, more=EAST, needs=needs)
            words = ["run", "rota", "-C", str(root), "--assign", "1", "--alternatives", "1"]
            done = pair.do([*words, "--site", "West"], [*words, "--site", "East"])
            assert [d.code for d in done] == [0, 0], done
            rotas = {row.rota for row in load(root).plan.facts.rotation}
            assert rotas == {"West", "East"}


@pytest.mark.slow
def test_a_search_from_the_rota_keeps_it_where_nothing_is_better(run: Run, tmp_path: Path) -> None:
    root = written(tmp_path / "plan")
    assert run("rota", "-C", root, *ASSIGN).code == 0
    facts = load(root).plan.facts
    done = run("solve", "-C", root, "--from-rota", "--time-limit", 20, "--json", "--no-store")
    assert done.code == 0
    assert (
        "the search starts from the rota, which by itself, with leave and pins, costs: hard rules 0"
        in done.err
    )
    assert facts.assigned_rotas is not None
    rota = {
        (p.name, str(day), code)
        for p in facts.people
        for day in facts.days
        if (code := facts.assigned_rotas.at(p.name, day))
    }
    assert {(r["person"], r["date"], r["shift"]) for r in json.loads(done.out)["roster"]} == rota


def test_there_is_nothing_to_start_from_without_a_rota(run: Run, tmp_path: Path) -> None:
    root = written(tmp_path / "plan")
    done = run("solve", "-C", root, "--from-rota")
    assert done.code == 2
    assert "Assign one with 'shiftplan rota --assign 1'." in done.err
    done = run("solve", "-C", root, "--from-rota", "--start", root / "roster.csv")
    assert "--from-rota and --start both say where to begin" in done.err
