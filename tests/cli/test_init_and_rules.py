"""``shiftplan init`` and ``shiftplan rules``: from nothing to a right plan, with every rule
explained.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from shiftplan.rules import RULES
from tests.folder.disk import PLAN, write

from .tiny import Run, runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.mark.parametrize("template", ["puo", "one-site", "follow-the-sun"])
def test_what_init_writes_is_a_right_plan(template: str, run: Run, tmp_path: Path) -> None:
    root = tmp_path / "plans" / "mine"
    done = run("init", root, "--template", template, "--start", "2026-11-30")
    assert done.code == 0
    assert sorted(done.out.split()) == sorted(str(p) for p in root.iterdir())
    assert done.err == f"The plan starts on Mon 30 Nov 2026. Next: shiftplan check -C {root}\n"
    assert run("check", "-C", root).code == 0


def test_init_refuses_a_folder_that_has_a_plan(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path)
    before = {p.name: p.read_bytes() for p in root.iterdir()}
    done = run("init", root)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"error: {root} has a plan already. Name another folder.\n"
    assert {p.name: p.read_bytes() for p in root.iterdir()} == before


@pytest.mark.parametrize("start", ["2026-12-01", "tomorrow", "1700-01-04"])
def test_init_refuses_a_start_that_is_no_monday_of_our_time(
    start: str, run: Run, tmp_path: Path
) -> None:
    done = run("init", tmp_path / "plan", "--start", start)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(("error: --start: ", f"error: {start} is "))
    assert not list(tmp_path.iterdir())


def test_init_tells_scripts_what_it_wrote(run: Run, tmp_path: Path) -> None:
    done = run("init", tmp_path, "--start", "2026-11-30", "--json")
    shown = done.json()
    assert shown["start"] == "2026-11-30"
    assert sorted(shown["files"]) == sorted(p.name for p in tmp_path.iterdir())


def test_every_rule_is_explained_with_its_sentence(run: Run) -> None:
    done = run("rules")
    assert done.code == 0
    for kind in RULES:
        assert f"\n{kind}\n" in f"\n{done.out}"
    assert "Everyone has exactly 2 days off in each week." in done.out


@pytest.mark.parametrize("kind", RULES)
def test_every_example_of_a_rule_is_a_right_entry_of_the_plan_file(kind: str, run: Run) -> None:
    shown = run("rules", kind, "--json").json()
    assert shown["kind"] == kind
    assert shown["sentence"]
    for example in shown["examples"]:
        (entry,) = tomllib.loads(example["toml"])["rules"]
        assert RULES[kind].model_validate(entry).sentence() == example["sentence"]
    page = run("rules", kind).out
    for example in shown["examples"]:
        assert all(line in page for line in example["toml"].splitlines())
    for parameter in shown["parameters"]:
        assert f"\n    {parameter['name']}" in page


def test_an_unknown_kind_is_reported_with_the_nearest(run: Run) -> None:
    done = run("rules", "days-of")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: 'days-of' is no kind of rule. Did you mean 'days-off'?\n"


def test_the_rules_of_a_plan_are_listed_with_line_strength_and_sentence(
    run: Run, tmp_path: Path
) -> None:
    root = write(tmp_path)
    done = run("rules", "--plan", "-C", root)
    lines = [k for k, text in enumerate(PLAN.splitlines(), 1) if text == "[[rules]]"]
    assert done.out.splitlines() == [
        f"shiftplan.toml:{lines[0]}   must    Everyone has exactly 2 days off in each week.",
        f"shiftplan.toml:{lines[1]}   wishes  Everyone (site Dublin) gets the days off, "
        "days on and shifts they wish for.",
    ]
    shown = run("rules", "--plan", "-C", root, "--json").json()
    assert [(r["line"], r["kind"], r["strength"], r["weight"]) for r in shown] == [
        (lines[0], "days-off", "must", 1),
        (lines[1], "wish", "wishes", 1),
    ]
