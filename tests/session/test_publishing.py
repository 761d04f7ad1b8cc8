"""Publishing what is on the screen, and links to its calendars."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.errors import CannotWrite, ShiftplanError, StoreError
from shiftplan.folder import load
from shiftplan.publication import in_words
from shiftplan.session import Session
from shiftplan.store import open_store
from tests.session.desk import MONDAY, TUESDAY, opened, write

WEDNESDAY = TUESDAY.replace(day=21)


def published(session: Session, *, force: bool = False) -> int | None:
    """Publish the roster as it is, and return its number."""
    made = session.publishing.publish(
        session.publishing.preview(), "Mara", "as agreed", force=force
    )
    return made.number if made else None


def test_what_is_on_the_screen_is_saved_and_published(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.plan_edits.toggle_rule(1, False)
        shown = session.publishing.preview()
        assert (
            shown.heading == "Version 1: 2026-10-19 to 2026-11-01, the first version of these days"
        )
        assert [(c.who, in_words(c)) for c in shown.changes] == [
            ("Ana", "+ Mon 19 Oct E 07:00–15:00")
        ]
        assert session.unsaved
        made = session.publishing.publish(shown, " Mara\n", "as  agreed")
        assert made is not None
        assert (made.number, made.author, made.message) == (1, "Mara", "as agreed")
        assert not session.unsaved
        assert not session.versions.unpublished
        assert made.digest == load(tmp_path).digest
        assert session.roster is not None
        assert session.plan is not None
        assert session.roster.facts is session.plan.facts
        assert session.plan.facts.published is not None
        assert session.steps.undo_label is not None
    with opened(tmp_path) as session:
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}
        assert session.publishing.publications() == (made,)


def test_the_next_version_shows_what_changes_and_supersedes_the_one_before(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        assert published(session) == 1
        session.roster_edits.assign({("Ana", MONDAY): "L", ("Ben", WEDNESDAY): "Q"})
        shown = session.publishing.preview()
        assert [(c.who, in_words(c)) for c in shown.changes] == [
            ("Ana", "Mon 19 Oct E 07:00–15:00 → L 14:00–22:00"),
            ("Ben", "+ Wed 21 Oct Q 09:00–15:00"),
        ]
        assert session.publishing.publish(shown, "Noor") is not None
        states = [
            (v.state, v.publication.number if v.publication else None)
            for v in session.versions.all()
        ]
        assert states == [("published", 2), ("draft", None), ("superseded", 1), ("draft", None)]


def test_the_same_again_is_not_published(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        assert published(session) == 1
        assert session.publishing.preview().nothing
        assert published(session) is None
        assert len(session.publishing.publications()) == 1


def test_a_broken_hard_rule_is_refused_unless_forced_and_nothing_is_saved(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign(
            {("Ana", MONDAY): "L", ("Ana", TUESDAY): "E"}
        )  # nine hours of rest
        shown = session.publishing.preview()
        assert [f.breach.rule for f in shown.verdict.hard_breaches] == ["rest"]
        with pytest.raises(ShiftplanError, match="The roster has 1 breach of hard rules"):
            session.publishing.publish(shown, "Mara")
        assert session.unsaved
        assert session.publishing.publications() == ()
        assert published(session, force=True) == 1
        assert session.publishing.publications()[0].musts == 1


def test_who_is_overtaken_sees_by_whom(tmp_path: Path) -> None:
    with opened(tmp_path) as session, open_store(tmp_path) as store:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        shown = session.publishing.preview()
        assert session.roster is not None
        store.publications.publish(session.roster, (), author="Noor", digest="", expects=0)
        with pytest.raises(StoreError, match="Noor has published version 1 meanwhile"):
            session.publishing.publish(shown, "Mara")
        assert session.publishing.preview().number == 2


def test_an_edit_after_the_difference_was_shown_is_not_published_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        shown = session.publishing.preview()
        session.roster_edits.assign({("Ana", TUESDAY): "E"})
        with pytest.raises(ShiftplanError, match="changed since the difference was shown"):
            session.publishing.publish(shown, "Mara")
        session.steps.undo()
        session.plan_edits.toggle_rule(0, False)
        with pytest.raises(ShiftplanError, match="changed since the difference was shown"):
            session.publishing.publish(shown, "Mara")


def test_plans_with_problems_nobody_and_read_only_folders_publish_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        session.save()
        with Session.open(tmp_path) as other:
            shown = other.publishing.preview()
            with pytest.raises(CannotWrite, match="has this plan open"):
                other.publishing.publish(shown, "Mara")
            with pytest.raises(CannotWrite, match="has this plan open"):
                other.links.make("team")
            with pytest.raises(CannotWrite, match="has this plan open"):
                other.links.revoke(1)
        with pytest.raises(ShiftplanError, match="not known who"):
            session.publishing.publish(session.publishing.preview(), " ")
        session.plan_edits.set_file_text("people.csv", "name,site,skills\nAna,Atlantis,desk\n")
        with pytest.raises(ShiftplanError, match="The plan cannot be published: "):
            session.publishing.preview()
        assert session.publishing.publications() == ()


def test_the_ledgers_are_booked_with_the_version(tmp_path: Path) -> None:
    write(tmp_path)
    plan = tmp_path / "shiftplan.toml"
    policy = '[[rules]]\nkind = "fair-share"\nof = "weekends"\nstrength = "wishes"\n'
    plan.write_text(f"{plan.read_text()}\n{policy}")
    with opened(tmp_path) as session:
        saturday = MONDAY.replace(day=24)
        session.roster_edits.assign({("Ana", saturday): "E"})
        shown = session.publishing.preview()
        assert shown.booked
        assert {e.account.partition(":")[0] for e in shown.booked} == {"fairness"}
        made = session.publishing.publish(shown, "Mara")
        assert made is not None
        assert session.plan is not None
        with open_store(tmp_path) as store:
            assert store.ledger.entries(session.plan.facts) == shown.booked
        assert {e.source for e in shown.booked} == {made.roster_uid}


def test_calendars_of_what_is_published_leave_unpublished_edits_out(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan")) as session:
        session.roster_edits.assign({("Ana", MONDAY): "E"})
        with pytest.raises(ShiftplanError, match="Nothing is published"):
            session.exports.write("published", tmp_path / "out")
        published(session)
        session.roster_edits.assign({("Ana", TUESDAY): "L"})
        session.exports.write("published", tmp_path / "out")
        session.exports.write("calendars", tmp_path / "tentative")
    (ana,) = (tmp_path / "out").glob("ana*.ics")
    assert b"DTSTART:20261019T060000Z" in ana.read_bytes()  # 07:00 in Dublin's summer
    assert b"DTSTART:20261020T130000Z" not in ana.read_bytes()
    (ana,) = (tmp_path / "tentative").glob("ana*.ics")
    assert b"DTSTART:20261020T130000Z" in ana.read_bytes()


def test_links_are_made_shown_once_and_revoked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFTPLAN_URL", "https://rosters.example.org/")
    with opened(tmp_path) as session:
        assert session.links.all() == ()
        link = session.links.make("person", "Ana")
        assert link.address.startswith("https://rosters.example.org/calendars/")
        assert link.address.endswith(".ics")
        assert "/coverage/" in session.links.make("coverage").address
        assert [(f.kind, f.subject) for f in session.links.all()] == [
            ("person", "Ana"),
            ("coverage", ""),
        ]
        session.links.revoke(link.link.id)
        assert [f.revoked_at is None for f in session.links.all()] == [False, True]
        for wrong, why in ((link.link.id, "was revoked before"), (99, "There is no calendar link")):
            with pytest.raises(ShiftplanError, match=why):
                session.links.revoke(wrong)
        with pytest.raises(ShiftplanError, match="Did you mean 'Ana'"):
            session.links.make("person", "Anna")
        with pytest.raises(ShiftplanError, match="is no address"):
            session.links.make("team", url="rosters")
        assert len(session.links.all()) == 2
