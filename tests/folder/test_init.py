"""A plan begun from a template is right, whenever it starts, and never touches what is there."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import CannotWrite, ShiftplanError
from shiftplan.folder import load
from shiftplan.folder.init import TEMPLATES, Template, create, next_monday
from tests.tries import tries

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize("template", get_args(Template))
@given(weeks=st.integers(-600, 600))
@tries(15)
def test_every_template_is_a_right_plan_whenever_it_starts(template: Template, weeks: int) -> None:
    start = MONDAY + timedelta(weeks=weeks)
    with tempfile.TemporaryDirectory() as name:
        create(Path(name), template, start)
        facts = load(Path(name)).plan.facts
    assert facts.first == start
    dated = [*facts.wishes, *facts.pins]
    assert dated
    assert all(facts.first <= row.date <= facts.last for row in facts.wishes)
    assert all(facts.first <= row.from_date <= facts.last for row in facts.leave)


@pytest.mark.parametrize("template", get_args(Template))
def test_every_template_shows_the_rules_most_teams_need(template: Template, tmp_path: Path) -> None:
    create(tmp_path, template, MONDAY)
    loaded = load(tmp_path)
    assert loaded.unread == ()
    strengths = {rule.kind: rule.strength for rule in loaded.plan.rules}
    more = {"lieu": "fairness", "cost": "cost"} if template == "puo" else {}
    assert strengths == {
        **more,
        **dict.fromkeys(
            ("days-off", "days-off-together", "work-run", "rest", "succession"), "must"
        ),
        **dict.fromkeys(("leave", "available", "pinned"), "must"),
        **dict.fromkeys(("demand", "presence"), "coverage"),
        "steady": "stability",
        "fair-share": "fairness",
        "wish": "wishes",
    }


@pytest.mark.parametrize("template", get_args(Template))
def test_every_template_asks_for_less_than_its_people_can_give(
    template: Template, tmp_path: Path
) -> None:
    """Five shifts a week each, leave taken off, and four fifths of that are more than the target
    asks for.
    """
    create(tmp_path, template, MONDAY)
    facts = load(tmp_path).plan.facts
    length = min(s.length for s in facts.shifts)
    leave = sum(facts.on_leave(p.name, day) for p in facts.people for day in facts.days)
    given_minutes = (len(facts.people) * 5 * facts.horizon.weeks - leave) * length
    asked = 15 * sum(need.target for needs in facts.needs.values() for need in needs.values())
    assert asked < 0.8 * given_minutes


def test_templates_differ_as_they_say(tmp_path: Path) -> None:
    size = {}
    for template in TEMPLATES:
        create(tmp_path / template, template, MONDAY)
        facts = load(tmp_path / template).plan.facts
        size[template] = (
            len(facts.people),
            len(facts.sites),
            facts.horizon.weeks,
            sorted(facts.queues),
        )
    assert size == {
        "puo": (20, 3, 2, ["chat", "tickets"]),
        "one-site": (9, 1, 1, ["desk"]),
        "follow-the-sun": (15, 3, 2, ["tickets"]),
    }


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_plan_starts_on_the_next_monday(today: date) -> None:
    assert next_monday(today).weekday() == 0
    assert 1 <= (next_monday(today) - today).days <= 7


def test_a_folder_that_has_a_plan_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "shiftplan.toml").write_text("mine")
    with pytest.raises(CannotWrite, match="has a plan already"):
        create(tmp_path, "puo", MONDAY)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("shiftplan.toml", "mine")]


def test_a_file_that_is_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("mine")
    with pytest.raises(CannotWrite, match=r"has a file 'people\.csv' already"):
        create(tmp_path, "one-site", MONDAY)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("people.csv", "mine")]


def test_where_no_folder_can_be_made_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite, match="cannot be made: Not a directory"):
        create(tmp_path / "file" / "plan", "puo", MONDAY)
    with pytest.raises(CannotWrite, match="cannot be made: File exists"):
        create(tmp_path / "file", "puo", MONDAY)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_start_in_the_middle_of_a_week_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ShiftplanError, match="2026-12-02 is a Wednesday, and the plan's week"):
        create(tmp_path / "plan", "puo", date(2026, 12, 2))
    assert not list(tmp_path.iterdir())
