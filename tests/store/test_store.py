"""A roster comes back from the store as it went in, and nothing else ever changes there."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.clock import today, tz_version
from shiftplan.errors import ShiftplanError, StoreError
from shiftplan.facts import Facts, Horizon, Published
from shiftplan.plan.result import Goal, Result
from shiftplan.roster import Roster
from shiftplan.store import DATABASE_URL, Store, open_store
from tests.plans import any_facts, any_roster
from tests.tries import tries

from .databases import sqlite_alone

WEEK = timedelta(days=7)


def next_period(facts: Facts) -> Facts:
    """Return the same team in the four weeks after, everything dated left behind."""
    gone = {
        "leave": (),
        "wishes": (),
        "pins": (),
        "shift_needs": (),
        "rotation": (),
        "published": None,
    }
    return facts.changed(horizon=Horizon(start=facts.last + timedelta(days=1), weeks=4), **gone)


@pytest.fixture
def facts() -> Facts:
    return any_facts(7)


@pytest.fixture
def roster(facts: Facts) -> Roster:
    return any_roster(facts, 7)


@tries(40)
@given(seed=st.integers(0, 10_000))
def test_a_roster_comes_back_cell_for_cell_with_its_pins(seed: int) -> None:
    facts = any_facts(seed)
    rng = random.Random(seed)
    cells = [(p.name, d) for p in facts.people for d in facts.days]
    roster = any_roster(facts, seed).with_pinned(rng.sample(cells, rng.randint(0, 5)))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        kept = store.rosters.save_draft(roster, digest="abc")
        assert store.rosters.roster(kept.id, facts) == roster
        assert store.rosters.latest(facts) == kept
        assert store.rosters.all() == (kept,)


@pytest.mark.parametrize("seed", range(5))
def test_a_roster_of_odd_names_comes_back_from_a_server_too(tmp_path: Path, seed: int) -> None:
    facts = any_facts(seed)
    roster = any_roster(facts, seed)
    with open_store(tmp_path) as store:
        kept = store.rosters.save_draft(roster, digest="abc")
        assert store.rosters.roster(kept.id, facts) == roster


@tries(40)
@given(seed=st.integers(0, 10_000))
def test_the_next_period_starts_from_what_this_one_worked(seed: int) -> None:
    facts = any_facts(seed)
    roster, after = any_roster(facts, seed), next_period(facts)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        store.rosters.save_draft(roster, digest="")
        found = store.record.added_to(after)
    assert found.history.start == facts.first
    assert found.history.cells == roster.cells
    assert found.known_days[0] == facts.first
    assert Roster(found).before == roster.assignments


def test_the_record_says_where_a_roster_came_from(tmp_path: Path, roster: Roster) -> None:
    goals = (Goal("must", 0, 0), Goal("coverage", 45, None), Goal("wishes", 3, 2))
    before = datetime.now(UTC)
    with open_store(tmp_path) as store:
        store.rosters.save_draft(
            Result(roster, goals, "feasible", 1.5, "deadline"),
            digest="d1",
            solver="ortools 9",
            seed=4,
        )
        kept = store.rosters.all()[0]
    assert (kept.state, kept.digest, kept.solver_version, kept.seed) == (
        "draft",
        "d1",
        "ortools 9",
        4,
    )
    assert (kept.status, kept.seconds, kept.goals) == ("feasible", 1.5, goals)
    assert (kept.first, kept.last, kept.weeks) == (
        roster.facts.first,
        roster.facts.last,
        roster.facts.horizon.weeks,
    )
    assert (kept.team, kept.tz_version, len(kept.uid)) == ("Team", tz_version(), 32)
    assert kept.created_at.tzinfo is UTC
    assert before <= kept.created_at <= datetime.now(UTC)


def test_a_result_without_a_roster_is_not_kept(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, pytest.raises(ValueError, match="no roster"):
        store.rosters.save_draft(Result(None, (), "unknown", 1, "deadline"), digest="")
    assert not list(tmp_path.iterdir())


def test_the_latest_roster_is_the_newest_of_exactly_this_horizon(
    tmp_path: Path, facts: Facts, roster: Roster
) -> None:
    with open_store(tmp_path) as store:
        store.rosters.save_draft(roster, digest="old")
        new = store.rosters.save_draft(
            roster.with_cell(*next(iter(roster.cells)), None), digest="new"
        )
        store.rosters.save_draft(Roster(next_period(facts)), digest="later")
        longer = facts.changed(horizon=Horizon(start=facts.first, weeks=facts.horizon.weeks + 1))
        assert store.rosters.latest(facts) == new
        assert store.rosters.latest(longer) is None


# -- the border ----------------------------------------------------------------------------------


def publish(store: Store, id: int) -> None:
    from sqlalchemy import update

    from shiftplan.store.tables import RosterRow

    with store._access.database.writing() as session:
        session.execute(update(RosterRow).where(RosterRow.id == id).values(state="published"))


def test_a_published_roster_counts_before_a_newer_draft(tmp_path: Path, roster: Roster) -> None:
    after = next_period(roster.facts)
    with open_store(tmp_path) as store:
        published = store.rosters.save_draft(roster, digest="")
        publish(store, published.id)
        draft = store.rosters.save_draft(Roster(roster.facts), digest="")
        assert store.rosters.latest(roster.facts) == draft
        assert store.record.before(after) == replace(published, state="published")
        assert store.record.added_to(after).history.cells == roster.cells


def test_a_roster_that_ends_on_another_day_is_no_border(tmp_path: Path, roster: Roster) -> None:
    after = next_period(roster.facts)
    a_week_later = after.changed(horizon=Horizon(start=after.first + WEEK, weeks=1))
    with open_store(tmp_path) as store:
        store.rosters.save_draft(roster, digest="")
        assert store.record.before(a_week_later) is None
        assert store.record.worked(a_week_later) is None
        assert store.record.added_to(a_week_later) is a_week_later


def test_people_who_left_are_not_part_of_the_border(tmp_path: Path) -> None:
    facts = any_facts(3, people=5)
    assert len(facts.people) > 1
    gone = facts.people[0].name
    roster = any_roster(facts, 3, busy=1)
    stay = tuple(p for p in facts.people if p.name != gone)
    after = next_period(facts).changed(people=stay, carried=(), availability=(), rotation=())
    with open_store(tmp_path) as store:
        store.rosters.save_draft(roster, digest="")
        history = store.record.added_to(after).history
    assert history.cells == {cell: code for cell, code in roster.cells.items() if cell[0] != gone}


def test_a_shift_the_plan_no_longer_has_is_named_with_who_and_when(
    tmp_path: Path, facts: Facts
) -> None:
    who = facts.people[0].name
    roster = Roster(facts).with_cell(who, facts.first, "N")
    after = next_period(facts).changed(shifts=tuple(s for s in facts.shifts if s.code != "N"))
    with open_store(tmp_path) as store:
        store.rosters.save_draft(roster, digest="")
        with pytest.raises(ShiftplanError) as failure:
            store.record.worked(after)
    text = str(failure.value)
    assert f"{who} worked 'N' on {facts.first}" in text
    assert "Keep a [[shifts]] entry with the code 'N'" in text


def test_the_record_goes_back_through_one_roster_after_another(
    tmp_path: Path, roster: Roster
) -> None:
    facts = roster.facts
    second = next_period(facts)
    second_roster = any_roster(second, 8)
    third = next_period(second)
    with open_store(tmp_path) as store:
        store.rosters.save_draft(Roster(facts), digest="")
        store.rosters.save_draft(roster, digest="")  # the newer draft of the first period counts
        published = store.rosters.save_draft(second_roster, digest="")
        publish(store, published.id)
        store.rosters.save_draft(Roster(second), digest="")
        history = store.record.added_to(third).history
    assert history.start == facts.first
    assert history.cells == {**roster.cells, **second_roster.cells}


def test_the_record_ends_at_a_gap_and_after_a_year(tmp_path: Path, facts: Facts) -> None:
    # 53 weeks and 4 weeks are 399 days; of these the last 366 are looked at.
    long = next_period(facts).changed(horizon=Horizon(start=facts.first, weeks=53), availability=())
    after = next_period(next_period(long))
    with open_store(tmp_path) as store:
        store.rosters.save_draft(any_roster(long, 1), digest="")
        assert store.record.worked(after) is None
        store.rosters.save_draft(any_roster(next_period(long), 1), digest="")
        history = store.record.worked(after)
    assert history is not None
    assert history.start == after.first - timedelta(days=366)
    assert min(day for _, day in history.cells) >= history.start


def test_a_plan_that_begins_inside_a_published_roster_looks_back_into_it(
    tmp_path: Path, roster: Roster
) -> None:
    facts = roster.facts
    inside = next_period(facts).changed(
        horizon=Horizon(start=facts.first + WEEK, weeks=1), availability=(), carried=()
    )
    long = facts.changed(horizon=Horizon(start=facts.first, weeks=3))
    with open_store(tmp_path) as store:
        kept = store.rosters.save_draft(any_roster(long, 5), digest="")
        assert store.record.worked(inside) is None, "a draft of other days is nobody's border"
        publish(store, kept.id)
        history = store.record.worked(inside)
    assert history is not None
    assert {day for _, day in history.cells} <= set(facts.weeks[0])


def test_an_old_shift_the_plan_no_longer_has_ends_the_record_there(
    tmp_path: Path, facts: Facts
) -> None:
    who = facts.people[0].name
    second = next_period(facts)
    third = next_period(second).changed(shifts=tuple(s for s in facts.shifts if s.code != "N"))
    with open_store(tmp_path) as store:
        store.rosters.save_draft(Roster(facts).with_cell(who, facts.first, "N"), digest="")
        store.rosters.save_draft(Roster(second).with_cell(who, second.first, "E"), digest="")
        history = store.record.worked(third)
    assert history is not None
    assert (history.start, dict(history.cells)) == (second.first, {(who, second.first): "E"})


# -- what was published --------------------------------------------------------------------------


def test_the_roster_published_for_these_days_comes_along_with_the_border(
    tmp_path: Path, facts: Facts, roster: Roster
) -> None:
    with open_store(tmp_path) as store:
        old = store.rosters.save_draft(Roster(facts), digest="")
        publish(store, old.id)
        kept = store.rosters.save_draft(roster, digest="")
        store.rosters.save_draft(Roster(facts), digest="")
        assert store.record.added_to(facts).published == Published({})
        publish(store, kept.id)
        found = store.record.added_to(facts)
        assert store.record.added_to(facts.changed(as_of=date(2026, 1, 1))).as_of == date(
            2026, 1, 1
        )
        assert store.record.added_to(next_period(facts)).published is None
    assert found.published == Published(roster.cells)
    assert found.as_of == today(facts.site("North").timezone)


# -- a plan that changed since -------------------------------------------------------------------


def test_a_cell_the_plan_no_longer_allows_for_is_refused_or_left_out(
    tmp_path: Path, facts: Facts
) -> None:
    who, first, second = facts.people[0].name, facts.days[0], facts.days[1]
    roster = Roster(facts).with_cell(who, first, "N").with_cell(who, second, "E")
    changed = facts.changed(
        shifts=tuple(s for s in facts.shifts if s.code != "N"),
        wishes=(),
        pins=(),
        shift_needs=(),
        rotation=(),
    )
    with open_store(tmp_path) as store:
        kept = store.rosters.save_draft(roster, digest="")
        with pytest.raises(StoreError, match=f"{who} works 'N' on {first}"):
            store.rosters.roster(kept.id, changed)
        assert store.rosters.roster(kept.id, changed, strict=False).cells == {(who, second): "E"}


def test_a_roster_that_is_not_there_is_reported(
    tmp_path: Path, facts: Facts, roster: Roster
) -> None:
    with open_store(tmp_path) as store:
        with pytest.raises(StoreError, match="no roster 9"):
            store.rosters.roster(9, facts)
        store.rosters.save_draft(roster, digest="")
        with pytest.raises(StoreError, match="no roster 9"):
            store.rosters.roster(9, facts)


# -- one database for several teams --------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+pysqlite"])
@sqlite_alone
def test_teams_that_share_a_database_do_not_see_each_others_rosters(
    tmp_path: Path, roster: Roster, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv(DATABASE_URL, f"{scheme}:///{tmp_path}/all.db")
    facts = roster.facts
    other = facts.changed(team=facts.team.model_copy(update={"name": "Others"}))
    with open_store(tmp_path) as store:
        store.rosters.save_draft(roster, digest="")
        assert store.rosters.latest(facts) is not None
        assert store.rosters.latest(other) is None
        assert store.record.before(next_period(other)) is None
    assert [p.name for p in tmp_path.iterdir()] == ["all.db"]


@sqlite_alone
def test_a_team_that_is_renamed_keeps_the_rosters_of_its_folder(
    tmp_path: Path, roster: Roster
) -> None:
    facts = roster.facts
    renamed = facts.changed(team=facts.team.model_copy(update={"name": "Better name"}))
    with open_store(tmp_path) as store:
        kept = store.rosters.save_draft(roster, digest="")
        assert store.rosters.latest(renamed) == kept


def test_dates_far_from_today_come_back(tmp_path: Path, facts: Facts) -> None:
    team = facts.team.model_copy(update={"week_starts": "monday"})
    old = facts.changed(
        team=team,
        horizon=Horizon(start=date(1990, 1, 1), weeks=53),
        rotation_start=None,
        rotation=(),
        wishes=(),
        pins=(),
        shift_needs=(),
    )
    with open_store(tmp_path) as store:
        store.rosters.save_draft(Roster(old), digest="")
        assert store.rosters.latest(old) is not None
