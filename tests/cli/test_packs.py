"""Packs in a plan: ordinary rules at the line of their entry, shown with their source."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.rules.packs import NOT_ADVICE, PACKS
from tests.folder.disk import NOTES, PLAN, changed, write

from .tiny import Run, runner

# E is from 05:00 to 13:30; San Jose's shifts S are eight hours.
PACK = 'pack = "ireland"\nfor = { site = ["Dublin"] }\npolicy = "wishes"\n'
FILES = changed("shiftplan.toml", "per_week = 2\n", f"per_week = 2\n\n[[rules]]\n{PACK}")
LINE = FILES["shiftplan.toml"].splitlines().index('pack = "ireland"')
ROSTER = "person,date,shift\n" + "".join(f"Ana,2026-10-{day},E\n" for day in range(19, 26))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def test_the_rules_of_a_pack_stand_at_the_line_of_its_entry(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    shown = run("rules", "--plan", "-C", root, "--json").json()
    assert [(r["line"], r["kind"], r["strength"]) for r in shown[1:-1]] == [
        (LINE, "rest", "must"),
        (LINE, "weekly-rest", "must"),
        (LINE, "hours", "must"),
    ]
    assert shown[1]["source"].startswith(
        "ireland, law: Organisation of Working Time Act 1997, section 11."
    )
    assert shown[0]["source"] is None


def test_what_a_pack_leaves_out_is_a_notice(run: Run, tmp_path: Path) -> None:
    done = run("check", "-C", write(tmp_path, FILES))
    assert done.code == 0
    left_out = "note: pack ireland leaves out 'sunday': there is no goal 'cost'.\n"
    assert done.err == left_out + NOTES


def test_a_breach_of_a_pack_says_which_law(run: Run, tmp_path: Path) -> None:
    """Seven days from 05:00 to 13:30 leave 15.5 h between shifts and 10.5 h at the end: never 11
    and 24.
    """
    root = write(tmp_path, {**FILES, "r.csv": ROSTER})
    done = run("check", "-C", root, "--roster", root / "r.csv", "--json")
    assert done.code == 1
    (found,) = (b for b in done.json()["breaches"] if b["rule"] == "weekly-rest")
    assert found["person"] == "Ana"
    assert "section 13" in found["source"]
    assert "http" in found["source"]


@pytest.mark.slow
def test_every_pack_is_shown_with_each_rule_its_label_and_its_source(run: Run) -> None:
    assert all(f"\n    {name} " in run("rules").out for name in PACKS.names)
    for name, pack in PACKS.all.items():
        page, shown = run("rules", name).out, run("rules", name, "--json").json()
        words = " ".join(page.split())
        assert [r["name"] for r in shown["rules"]] == [i.name for i in pack.rules]
        for item, rule in zip(pack.rules, shown["rules"], strict=True):
            assert f"{item.name} ({item.kind}): {item.label}" in page
            assert rule["citation"] == item.citation
            assert item.citation in words
            assert item.url in page
            assert rule["sentence"] in words
        assert NOT_ADVICE in words
        assert f'pack = "{name}"' in page


def test_packs_stand_after_the_rules_in_the_list_for_scripts(run: Run) -> None:
    shown = run("rules", "--json").json()
    assert [r["pack"] for r in shown if "pack" in r] == list(PACKS.names)
    assert shown[0]["kind"] == "apart"


def test_a_pack_mistyped_is_reported_with_the_nearest(run: Run) -> None:
    done = run("rules", "irland")
    assert (done.code, done.err) == (
        2,
        "error: 'irland' is no kind of rule. Did you mean 'ireland'?\n",
    )


def test_the_plan_without_packs_is_as_it_was(run: Run, tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "shiftplan.toml": PLAN})
    assert run("check", "-C", root).err == NOTES
