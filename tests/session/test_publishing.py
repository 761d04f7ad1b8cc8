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
    made = session.publish(session.preview_publishing(), "Mara", "as agreed", force=force)
    return made.number if made else None


def test_what_is_on_the_screen_is_saved_and_published(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.assign({("Ana", MONDAY): "E"})
        session.toggle_rule(1, False)
        shown = session.preview_publishing()
        assert shown.heading == "Version 1: 2026-10-19 to 2026-11-01, the first of these days"
        assert [(c.who, in_words(c)) for c in shown.changes] == [
            ("Ana", "+ Mon 19 Oct E 07:00–15:00")
        ]
        assert session.unsaved
        made = session.publish(shown, " Mara\n", "as  agreed")
        assert made is not None
        assert (made.number, made.author, made.message) == (1, "Mara", "as agreed")
        assert not session.unsaved
        assert not session.unpublished
        assert made.digest == load(tmp_path).digest
        assert session.roster is not None
        assert session.plan is not None
        assert session.roster.facts is session.plan.facts
        assert session.plan.facts.published is not None
        assert session.undo_label is not None
    with opened(tmp_path) as session:
        assert session.roster is not None
        assert dict(session.roster.cells) == {("Ana", MONDAY): "E"}
        assert session.publications() == (made,)


def test_the_next_version_shows_what_changes_and_supersedes_the_one_before(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.assign({("Ana", MONDAY): "E"})
        assert published(session) == 1
        session.assign({("Ana", MONDAY): "L", ("Ben", WEDNESDAY): "Q"})
        shown = session.preview_publishing()
        assert [(c.who, in_words(c)) for c in shown.changes] == [
            ("Ana", "Mon 19 Oct E 07:00–15:00 → L 14:00–22:00"),
            ("Ben", "+ Wed 21 Oct Q 09:00–15:00"),
        ]
        assert session.publish(shown, "Noor") is not None
        states = [
            (v.state, v.publication.number if v.publication else None) for v in session.versions()
        ]
        assert states == [("published", 2), ("draft", None), ("superseded", 1), ("draft", None)]


def test_the_same_again_is_not_published(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.assign({("Ana", MONDAY): "E"})
        assert published(session) == 1
        assert session.preview_publishing().nothing
        assert published(session) is None
        assert len(session.publications()) == 1


def test_a_broken_must_is_refused_unless_forced_and_nothing_is_saved_by_it(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.assign({("Ana", MONDAY): "L", ("Ana", TUESDAY): "E"})  # nine hours of rest
        shown = session.preview_publishing()
        assert [f.breach.rule for f in shown.verdict.hard_breaches] == ["rest"]
        with pytest.raises(ShiftplanError, match="The roster breaks 1 must"):
            session.publish(shown, "Mara")
        assert session.unsaved
        assert session.publications() == ()
        assert published(session, force=True) == 1
        assert session.publications()[0].musts == 1


def test_who_is_overtaken_is_told_by_whom(tmp_path: Path) -> None:
    with opened(tmp_path) as session, open_store(tmp_path) as store:
        session.assign({("Ana", MONDAY): "E"})
        shown = session.preview_publishing()
        assert session.roster is not None
        store.publish(session.roster, (), author="Noor", digest="", expects=0)
        with pytest.raises(StoreError, match="Noor has published version 1 meanwhile"):
            session.publish(shown, "Mara")
        assert session.preview_publishing().number == 2


def test_an_edit_after_the_difference_was_shown_is_not_published_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.assign({("Ana", MONDAY): "E"})
        shown = session.preview_publishing()
        session.assign({("Ana", TUESDAY): "E"})
        with pytest.raises(ShiftplanError, match="changed since the difference was shown"):
            session.publish(shown, "Mara")
        session.undo()
        session.toggle_rule(0, False)
        with pytest.raises(ShiftplanError, match="changed since the difference was shown"):
            session.publish(shown, "Mara")


def test_plans_with_problems_nobody_and_read_only_folders_publish_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.assign({("Ana", MONDAY): "E"})
        session.save()
        with Session.open(tmp_path) as other:
            shown = other.preview_publishing()
            with pytest.raises(CannotWrite, match="has this plan open"):
                other.publish(shown, "Mara")
            with pytest.raises(CannotWrite, match="has this plan open"):
                other.make_link("team")
            with pytest.raises(CannotWrite, match="has this plan open"):
                other.revoke_link(1)
        with pytest.raises(ShiftplanError, match="not known who"):
            session.publish(session.preview_publishing(), " ")
        session.set_file_text("people.csv", "name,site,skills\nAna,Atlantis,desk\n")
        with pytest.raises(ShiftplanError, match="The plan cannot be published: "):
            session.preview_publishing()
        assert session.publications() == ()


def test_the_ledgers_are_booked_with_the_version(tmp_path: Path) -> None:
    write(tmp_path)
    plan = tmp_path / "shiftplan.toml"
    policy = '[[rules]]\nkind = "fair-share"\nof = "weekends"\nstrength = "wishes"\n'
    plan.write_text(f"{plan.read_text()}\n{policy}")
    with opened(tmp_path) as session:
        saturday = MONDAY.replace(day=24)
        session.assign({("Ana", saturday): "E"})
        shown = session.preview_publishing()
        assert shown.booked
        assert {e.account.partition(":")[0] for e in shown.booked} == {"fairness"}
        made = session.publish(shown, "Mara")
        assert made is not None
        assert session.plan is not None
        with open_store(tmp_path) as store:
            assert store.entries(session.plan.facts) == shown.booked
        assert {e.source for e in shown.booked} == {made.roster_uid}


def test_calendars_of_what_is_published_leave_unpublished_edits_out(tmp_path: Path) -> None:
    with opened(write(tmp_path / "plan")) as session:
        session.assign({("Ana", MONDAY): "E"})
        with pytest.raises(ShiftplanError, match="Nothing is published"):
            session.export("published", tmp_path / "out")
        published(session)
        session.assign({("Ana", TUESDAY): "L"})
        session.export("published", tmp_path / "out")
        session.export("calendars", tmp_path / "tentative")
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
        assert session.links() == ()
        link = session.make_link("person", "Ana")
        assert link.address.startswith("https://rosters.example.org/calendars/")
        assert link.address.endswith(".ics")
        assert "/coverage/" in session.make_link("coverage").address
        assert [(f.kind, f.subject) for f in session.links()] == [
            ("person", "Ana"),
            ("coverage", ""),
        ]
        session.revoke_link(link.feed.id)
        assert [f.revoked_at is None for f in session.links()] == [False, True]
        for wrong in (link.feed.id, 99):
            with pytest.raises(ShiftplanError, match="not there, or was revoked"):
                session.revoke_link(wrong)
        with pytest.raises(ShiftplanError, match="Did you mean 'Ana'"):
            session.make_link("person", "Anna")
        with pytest.raises(ShiftplanError, match="is no address"):
            session.make_link("team", url="rosters")
        assert len(session.links()) == 2
