"""Publishing, versions and links, as a lead works with them."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.command import CommandList
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from shiftplan.session import Session
from shiftplan.store import LinkChoices, open_store
from shiftplan.tui.app import DARK, LIGHT, ShiftplanApp

from .driving import (
    Driven,
    copied,
    ground_of,
    judged,
    opened,
    seen,
    still,
    type_in,
    until,
    with_roster,
)
from .driving import lines as lines_of

Desk = AbstractAsyncContextManager[Driven]
pytestmark = [pytest.mark.asyncio, pytest.mark.slow]


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Log in as Mara, whose people reach the server at an address of their own."""
    monkeypatch.setenv("LOGNAME", "mara")
    monkeypatch.setenv("SHIFTPLAN_URL", "https://rosters.example.org")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a desk of nine people, one week, with a roster by turns, which breaks no hard rule."""
    return with_roster(copied("one-site", tmp_path / "desk"))


@pytest.fixture
def desk(folder: Path) -> Desk:
    """Return the application on that desk."""
    return opened(folder)


@pytest.fixture
def sound(folder: Path) -> Desk:
    """Return the application on that desk without rules, so that no hard rule is broken."""
    plan = folder / "shiftplan.toml"
    text = plan.read_text()
    plan.write_text(text[: text.index("[[rules]]")])
    return opened(folder)


async def ask(app: ShiftplanApp, pilot: Pilot[None]) -> OptionList:
    """Press the key that publishes, and wait for what would change."""
    await pilot.press("f4")
    changes = app.screen.query_one("#changes", OptionList)
    await until(lambda: changes.option_count)
    await pilot.pause()
    return changes


async def publish(app: ShiftplanApp, pilot: Pilot[None]) -> None:
    """Publish the roster as it is, whatever it breaks."""
    await ask(app, pilot)
    await pilot.press("ctrl+s")
    if len(app.screen_stack) > 1 and app.screen.query("#force").first().display:
        await pilot.press("space", "ctrl+s")
    await until(lambda: len(app.screen_stack) == 1)
    await pilot.pause()


def lines(options: OptionList) -> list[str]:
    return [str(option.prompt) for option in options.options]


async def test_the_difference_is_shown_and_the_version_named(sound: Desk) -> None:
    async with sound as (app, pilot):
        changes = await ask(app, pilot)
        assert "Version 1: 2026-10-19 to 2026-10-25, the first version of these days" in seen(app)
        # Nine people, two lines each: who, and from when to when.
        assert len(lines(changes)) == 18
        assert lines(changes)[0] == "Aisling Burke  Europe/Dublin"
        assert lines(changes)[1].startswith("  5 shifts: ")
        await pilot.press("tab", "tab", *"first", "ctrl+s")
        await until(lambda: len(app.screen_stack) == 1)
        await pilot.pause()
        messages = [n.message for n in app._notifications]
        assert messages[-1] == "Published as version 1 (2026-10-19 to 2026-10-25) by mara."
        assert "unpublished" not in seen(app)
        app.clear_notifications()
        await pilot.press("L")
        await judged(app)
        changes = await ask(app, pilot)
        assert "Version 2: 2026-10-19 to 2026-10-25, supersedes version 1" in seen(app)
        assert "1 change for 1 person" in seen(app)
        assert "What is not saved is saved first." in seen(app)
        assert lines(changes)[0] == "Orla Fitzgerald  Europe/Dublin"
        assert "+ Mon 19 Oct L 13:30–22:00  notice " in lines(changes)[1]
        await pilot.press("ctrl+s")
        await until(lambda: len(app.screen_stack) == 1)
        await pilot.press("7")
        await pilot.pause()
        app.clear_notifications()
        await pilot.pause()
        shown = seen(app)
        assert "published version 2 by mara" in shown
        assert "superseded version 1 by mara: first" in shown
        assert not app.session.unsaved


async def test_a_roster_that_breaks_a_hard_rule_is_published_only_with_the_box_ticked(
    desk: Desk,
) -> None:
    async with desk as (app, pilot):
        await pilot.press("E")
        await judged(app)
        changes = await ask(app, pilot)
        assert app.verdict is not None
        broken = len(app.verdict.hard_breaches)
        assert broken
        assert sum(line.startswith("× hard rule · ") for line in lines(changes)) == broken
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "The roster breaks a hard rule. Fix it, or tick the box" in seen(app)
        assert app.session.publishing.publications() == ()
        await pilot.press("space", "ctrl+s")
        await until(lambda: len(app.screen_stack) == 1)
        assert [p.musts for p in app.session.publishing.publications()] == [broken]


async def test_who_is_overtaken_reads_by_whom_and_sees_what_differs_now(
    sound: Desk, folder: Path
) -> None:
    async with sound as (app, pilot):
        await ask(app, pilot)
        assert app.session.roster is not None
        with open_store(folder) as store:
            store.publications.publish(app.session.roster, (), author="Noor", digest="", expects=0)
        await pilot.press("ctrl+s")
        await until(lambda: "Version 2" in seen(app))
        assert "Noor has published version 1 meanwhile." in seen(app)
        await pilot.press("ctrl+s")
        await until(lambda: len(app.screen_stack) == 1)
        assert [p.author for p in app.session.publishing.publications()] == ["mara", "Noor"]


async def test_nobody_publishes_and_nothing_is_published_twice(sound: Desk) -> None:
    async with sound as (app, pilot):
        await ask(app, pilot)
        app.screen.query_one("#author", Input).value = " "
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Who publishes?" in seen(app)
        await type_in(pilot, "Mara")
        await pilot.press("ctrl+s")
        await until(lambda: len(app.screen_stack) == 1)
        await pilot.press("f4")
        await until(lambda: "Nothing to publish: version 1 says the same." in seen(app))
        await pilot.press("ctrl+s", "escape")
        assert [p.author for p in app.session.publishing.publications()] == ["Mara"]


async def test_a_folder_open_elsewhere_shows_the_difference_and_publishes_nothing(
    folder: Path,
) -> None:
    with Session.open(folder):
        async with opened(folder) as (app, pilot):
            await ask(app, pilot)
            assert "Nothing can be published from here" in seen(app)
            await pilot.press("ctrl+s")
            await until(lambda: "has this plan open" in seen(app))
            assert "has this plan open" in seen(app)
            await pilot.press("escape", "f8", "n", "end", "enter")
            await pilot.pause()
            assert "has this plan open" in seen(app)
            assert app.session.publishing.publications() == ()
            assert app.session.links.all() == ()


async def test_what_cannot_be_saved_is_not_published(sound: Desk, folder: Path) -> None:
    plan = folder / "shiftplan.toml"
    async with sound as (app, pilot):
        app.session.plan_edits.set_file_text("shiftplan.toml", f"{plan.read_text()}\n# ours\n")
        await judged(app)
        await ask(app, pilot)
        plan.write_text(f"{plan.read_text()}\n# theirs\n")  # somebody else's change comes first
        await pilot.press("ctrl+s")
        await until(lambda: "Somebody else changed shiftplan.toml meanwhile." in seen(app))
        assert app.session.publishing.publications() == ()


async def test_a_link_is_made_shown_once_copied_and_revoked(desk: Desk, folder: Path) -> None:
    async with desk as (app, pilot):
        await pilot.press("8", "f8")
        assert "There are no calendar links yet" in seen(app)
        await pilot.press("n", "enter", *"Zainab", "enter")
        await until(lambda: "https://rosters.example.org/calendars/" in seen(app))
        assert "is not shown again" in seen(app)
        await pilot.press("c")
        secret = app.clipboard.removeprefix("https://rosters.example.org/calendars/")
        assert secret.endswith(".ics")
        await pilot.press("escape")
        assert secret not in seen(app)
        (link,) = app.session.links.all()
        assert (link.kind, link.subject, link.revoked_at) == ("person", "Zainab Bello", None)
        assert "person Zainab Bello link 1" in seen(app)
        await pilot.press("n", "down", "enter", "enter", "escape", "n", "end", "enter", "escape")
        assert [(f.kind, f.subject) for f in app.session.links.all()[1:]] == [
            ("site", "Dublin"),
            ("coverage", ""),
        ]
        await pilot.press("home", "delete", "enter")  # the answer at hand is to keep it
        assert app.session.links.all()[0].revoked_at is None
        await pilot.press("delete", "down", "enter")
        assert app.session.links.all()[0].revoked_at is not None
        assert "2 in use, 1 revoked" in seen(app)


async def test_links_take_choices_when_made_and_later(desk: Desk, folder: Path) -> None:
    async with desk as (app, pilot):
        await pilot.press("8", "f8", "o", "space", "tab", "space", "tab", *"soon", "ctrl+s")
        assert "'soon' is no length up to 7 days." in seen(app)
        await pilot.press(*(["backspace"] * 4), *"30m", "ctrl+s")
        await until(lambda: "New ones: no days off, local times, alarm 30m" in seen(app))
        await pilot.press("n", "enter", *"Zainab", "enter")
        await until(lambda: "is not shown again" in seen(app))
        await pilot.press("escape", "n", "down", "enter", "enter", "escape")
        own, site = app.session.links.all()
        assert own.choices == LinkChoices(days_off=False, form="tzid", alarm=30)
        assert site.choices == LinkChoices(form="tzid")
        assert "Zainab Bello link 1" in seen(app)
        await pilot.press("home", "e", "space", "tab", "tab", *(["backspace"] * 3), "ctrl+s")
        only_local = LinkChoices(form="tzid")
        await until(lambda: app.session.links.all()[0].choices == only_local)
        await pilot.press("end", "e", "space", "ctrl+s")
        await until(lambda: app.session.links.all()[1].choices == LinkChoices())
        await pilot.press("e", "space", "escape")  # given up
        assert app.session.links.all()[1].choices == LinkChoices()
        await pilot.press("n", "end", "enter", "escape", "end", "e")
        await until(lambda: "The coverage page is no calendar" in seen(app))


async def test_the_palette_publishes_and_knows_the_calendar_links(desk: Desk) -> None:
    async with desk as (app, pilot):
        await pilot.press("3", "ctrl+p", *"calendar li")
        await until(lambda: "Calendar links" in seen(app))
        await pilot.press("escape", "ctrl+p", *"publish")
        await until(lambda: "Calendars, published" in seen(app))
        commands = app.screen.query_one(CommandList)
        commands.highlighted = next(
            k for k, line in enumerate(lines(commands)) if line.startswith("Publish")
        )
        await pilot.press("enter")
        await until(lambda: app.screen.query("#changes"))


async def test_without_a_plan_there_is_nothing_to_publish_and_no_link(folder: Path) -> None:
    (folder / "shiftplan.toml").write_text("[team\n")
    async with opened(folder) as (app, pilot):
        await pilot.press("escape", "f4", "f8")
        await until(lambda: "The plan cannot be read yet" in seen(app))
        assert len(app.screen_stack) == 1


async def test_a_plan_with_errors_is_not_published(desk: Desk) -> None:
    async with desk as (app, pilot):
        app.session.plan_edits.set_file_text("people.csv", "name,site,skills\nAna,Atlantis,chat\n")
        await pilot.press("f4")
        await until(lambda: "The plan cannot be published" in seen(app))
        await pilot.press("ctrl+s")
        assert app.session.publishing.publications() == ()


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=["80x24", "160x48"])
async def test_publishing_and_links_look_as_they_did(
    folder: Path, pictured: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with opened(folder, size) as (app, pilot):

        async def take(name: str) -> None:
            app.clear_notifications()
            assert pictured(name=name) == await still(app, pilot)
            if size == (80, 24):
                shown = lines_of(app)
                app.theme = LIGHT
                await still(app, pilot)
                assert (lines_of(app), ground_of(app) > 192) == (shown, True)
                app.theme = DARK

        await pilot.press("E")
        await judged(app)
        await ask(app, pilot)
        await take("publish")
        await pilot.press("escape")
        await publish(app, pilot)
        await pilot.press("7")
        await take("published")
        await pilot.press("f8", "n", "enter", "enter")
        await take("new link")
        await pilot.press("escape")
        await take("links")
