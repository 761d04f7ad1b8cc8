"""Whoever holds a link sees what is published now, and nobody sees anything else."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from shiftplan.delivery.choices import Chosen
from shiftplan.delivery.links import change_links, make_links
from shiftplan.store import DATABASE_URL, LinkChoices, LinkKind, open_store
from tests.cli.tiny import PAY
from tests.postgres import Server
from tests.tries import tries

from .desk import BASE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "plan")
    made.publish(("Ana", 0, "D"), ("Ben", 1, "N"))
    return made


def test_a_person_sees_their_own_shifts_and_nobody_elses(desk: Desk) -> None:
    answer = desk.ask(desk.paths["Ana"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('inline; filename="ana-')
    assert answer.text.count("SUMMARY:Day 09:00") == 1
    assert "SUMMARY:Night" not in answer.text
    assert PAY not in answer.text


def test_the_team_and_a_site_see_everybody_of_theirs(desk: Desk) -> None:
    for whose in ("team", "West"):
        text = desk.ask(desk.paths[whose]).text
        assert "SUMMARY:Ana: Day" in text
        assert "SUMMARY:Ben: Night" in text


def test_the_coverage_page_is_there_for_its_link_only(desk: Desk) -> None:
    answer = desk.ask(desk.paths["coverage"])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Coverage of version 1" in answer.text
    secret = desk.paths["Ana"].removeprefix("/calendars/").removesuffix(".ics")
    assert desk.ask(f"/coverage/{secret}").status_code == 404


def test_a_new_version_shows_without_a_restart_and_what_did_not_change_keeps_its_tag(
    desk: Desk,
) -> None:
    ana, ben = desk.ask(desk.paths["Ana"]), desk.ask(desk.paths["Ben"])
    desk.publish(("Ana", 0, "D"), ("Ben", 2, "N"))
    assert desk.ask(desk.paths["Ana"]).headers["etag"] == ana.headers["etag"]
    assert desk.ask(desk.paths["Ben"]).headers["etag"] != ben.headers["etag"]


def test_a_revoked_link_leads_nowhere_from_then_on_and_looks_like_one_that_never_was(
    desk: Desk,
) -> None:
    assert desk.ask(desk.paths["Ben"]).status_code == 200
    with open_store(desk.root) as store:
        store.links.revoke(desk.facts, [desk.ids["Ben"]])
    gone, never = desk.ask(desk.paths["Ben"]), desk.ask("/calendars/" + "x" * 32 + ".ics")
    assert gone.status_code == never.status_code == 404
    assert (gone.content, dict(gone.headers)) == (never.content, dict(never.headers))
    assert desk.ask(desk.paths["Ana"]).status_code == 200


@pytest.mark.slow
def test_a_store_on_a_server_is_followed_without_a_restart_too(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_URL, server.empty())
    desk = Desk(tmp_path / "plan")
    desk.publish(("Ana", 0, "D"))
    assert desk.ask(desk.paths["Ana"]).text.count("SUMMARY:Day 09:00") == 1
    desk.publish(("Ana", 0, "D"), ("Ana", 2, "D"))
    assert desk.ask(desk.paths["Ana"]).text.count("SUMMARY:Day 09:00") == 2
    with open_store(desk.root) as store:
        store.links.revoke(desk.facts, [desk.ids["Ana"]])
    assert desk.ask(desk.paths["Ana"]).status_code == 404


def test_a_client_that_has_it_gets_304(desk: Desk) -> None:
    path, first = desk.paths["Ana"], desk.ask(desk.paths["Ana"])
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = desk.ask(path, if_none_match=known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer.headers["etag"], answer.headers["last-modified"]) == (tag, changed)
    assert desk.ask(path, if_modified_since=changed).status_code == 304


def test_a_client_that_has_another_gets_it_whole(desk: Desk) -> None:
    path, first = desk.paths["Ana"], desk.ask(desk.paths["Ana"])
    old = format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)
    for headers in (
        {"if_none_match": '"other"'},
        {
            "if_none_match": '"other"',
            "if_modified_since": first.headers["last-modified"],
        },  # the tag decides
        {"if_modified_since": old},
        {"if_modified_since": "not a date"},
        {"if_none_match": ""},
    ):
        answer = desk.ask(path, **headers)
        assert (answer.status_code, answer.content) == (200, first.content), headers


def test_head_says_what_get_would_without_the_body(desk: Desk) -> None:
    whole, head = desk.ask(desk.paths["Ana"]), desk.ask(desk.paths["Ana"], "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)


def test_a_link_made_before_anything_is_published_shows_a_calendar_that_says_so(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path / "plan")
    for whose in ("Ana", "team", "West"):
        answer = desk.ask(desk.paths[whose])
        assert answer.status_code == 200
        assert answer.text.count("BEGIN:VEVENT") == 1
        assert "No shifts" in answer.text
    assert "Nothing is published" in desk.ask(desk.paths["coverage"]).text


def test_a_plan_that_breaks_meanwhile_leaves_what_was_shown(desk: Desk) -> None:
    before = desk.ask(desk.paths["Ana"]).content
    (desk.root / "shiftplan.toml").write_text("[team")
    assert desk.ask(desk.paths["Ana"]).content == before
    assert desk.ask("/health").status_code == 200


def gone(desk: Desk) -> None:
    """Assert that everybody is asked to come again later, and that health says why nobody gets
    anything.
    """
    for path in (*desk.paths.values(), "/calendars/" + "x" * 32 + ".ics"):
        answer = desk.ask(path)
        assert (answer.status_code, answer.text) == (503, "Try again later.\n")
        assert answer.headers["retry-after"] == "60"
    assert desk.ask("/health").status_code == 503


def test_a_damaged_store_makes_nobody_lose_their_calendar(desk: Desk) -> None:
    (desk.root / ".shiftplan" / "store.db").write_bytes(b"no database" * 100)
    gone(desk)


def test_while_store_or_folder_are_away_everybody_is_asked_to_come_again(desk: Desk) -> None:
    before = desk.ask(desk.paths["Ana"]).content
    for lost in (desk.root / ".shiftplan" / "store.db", desk.root):
        away = lost.rename(desk.root.parent / "away")
        gone(desk)
        away.rename(lost)
        answer = desk.ask(desk.paths["Ana"])
        assert (answer.status_code, answer.content) == (200, before)


def test_a_locked_store_is_waited_for_and_then_served(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "plan", wait=0.05)
    desk.publish(("Ana", 0, "D"))
    held = sqlite3.connect(desk.root / ".shiftplan" / "store.db")
    held.execute("BEGIN EXCLUSIVE")
    assert {a.status_code for a in desk.ask_all(*[desk.paths["Ana"]] * 50)} == {503}
    held.rollback()
    held.close()
    assert "SUMMARY:Day" in desk.ask(desk.paths["Ana"]).text


def test_a_table_in_a_folder_of_its_own_is_watched_too(desk: Desk) -> None:
    plan, tables = desk.root / "shiftplan.toml", desk.root / "tables"
    tables.mkdir()
    demand = (desk.root / "demand.csv").rename(tables / "demand.csv")
    plan.write_text(plan.read_text().replace('"demand.csv"', '"tables/demand.csv"'))
    assert "Below the minimum" in desk.ask(desk.paths["coverage"]).text
    before = desk.ask(desk.paths["coverage"]).text
    demand.write_text(demand.read_text().replace("1,1", "3,3"))
    assert desk.ask(desk.paths["coverage"]).text != before


@pytest.mark.slow
def test_who_has_an_old_copy_by_date_gets_the_new_one_even_within_a_second(desk: Desk) -> None:
    for code in ("D", "N", "D", "N"):
        seen = desk.ask(desk.paths["Ana"])
        desk.publish(("Ana", 0, code), ("Ben", 1, code))
        answer = desk.ask(desk.paths["Ana"], if_modified_since=seen.headers["last-modified"])
        assert (answer.status_code == 304) is (answer.headers["etag"] == seen.headers["etag"])


def test_a_link_made_in_place_of_another_shows_the_same(desk: Desk) -> None:
    before = desk.ask(desk.paths["Ana"])
    with open_store(desk.root) as store:
        ((_, secret),) = store.links.make(desk.facts, [("person", "Ana")], revoke=[desk.ids["Ana"]])
    assert desk.ask(desk.paths["Ana"]).status_code == 404
    assert desk.ask(f"/calendars/{secret}.ics").content == before.content


def test_a_calendar_looks_as_was_chosen_when_its_link_was_made(desk: Desk) -> None:
    chosen = Chosen(days_off=False, form="tzid", alarm="1h30")
    wanted: list[tuple[LinkKind, str]] = [("person", "Ana"), ("team", ""), ("coverage", "")]
    with open_store(desk.root) as store:
        made = make_links(store, desk.facts, wanted, url=BASE, chosen=chosen)
    own, team, page = (desk.ask(new.address.removeprefix(BASE)).text for new in made)
    assert "SUMMARY:Day off" in desk.ask(desk.paths["Ana"]).text
    assert "SUMMARY:Day off" not in own
    assert "DTSTART;TZID=America/Los_Angeles:20991012T090000" in own
    assert "TRIGGER:-PT1H30M" in own
    # A calendar of several people reminds nobody.
    assert "DTSTART;TZID=America/Los_Angeles:20991012T090000" in team
    assert "TRIGGER" not in team
    assert page == desk.ask(desk.paths["coverage"]).text
    assert [new.link.choices for new in made] == [
        LinkChoices(days_off=False, form="tzid", alarm=90),
        LinkChoices(form="tzid"),
        LinkChoices(),
    ]


@pytest.mark.slow
def test_a_live_link_takes_other_choices_and_keeps_its_address_and_the_rest(desk: Desk) -> None:
    def choose(chosen: Chosen) -> str:
        with open_store(desk.root) as store:
            change_links(store, desk.facts, [desk.ids["Ana"]], chosen)
        return desk.ask(desk.paths["Ana"]).text

    first = desk.ask(desk.paths["Ana"]).text
    assert "TRIGGER:-PT30M" in choose(Chosen(alarm="30m"))
    assert "TRIGGER:P0D" in choose(Chosen(alarm="0m"))
    choose(Chosen(alarm="30m"))
    without = choose(Chosen(days_off=False))
    assert ("TRIGGER:-PT30M" in without, "Day off" in without) == (True, False)
    assert choose(Chosen(days_off=True, alarm="none")) == first


def test_links_of_a_store_from_before_there_were_choices_go_on_and_take_some(desk: Desk) -> None:
    before = desk.ask(desk.paths["Ana"]).text
    with sqlite3.connect(desk.root / ".shiftplan" / "store.db") as old:
        old.execute("DROP TABLE link_choices")
        old.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    old.close()
    assert desk.ask(desk.paths["Ana"]).text == before
    with open_store(desk.root) as store:
        change_links(store, desk.facts, [desk.ids["Ana"]], Chosen(days_off=False))
    assert "Day off" not in desk.ask(desk.paths["Ana"]).text


def test_what_was_cancelled_before_a_link_was_made_is_not_in_it(tmp_path: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=3)
    desk = Desk(tmp_path / "plan")
    # Ana works on Thursday, a day off before, and her Monday is cancelled, all of it long ago.
    for k, days in enumerate(((0, 1), (0, 1, 3), (1, 3))):
        desk.publish(*(("Ana", day, "D") for day in days), at=long_ago + timedelta(hours=k))
    for whose in ("Ana", "team", "West"):
        assert "Cancelled" not in desk.ask(desk.paths[whose]).text
    # The same of Friday and Tuesday, since then: of that whoever has the link gets to know.
    desk.publish(("Ana", 1, "D"), ("Ana", 3, "D"), ("Ana", 4, "D"))
    desk.publish(("Ana", 3, "D"), ("Ana", 4, "D"))
    for whose in ("team", "West"):
        assert desk.ask(desk.paths[whose]).text.count("STATUS:CANCELLED") == 1
    own = desk.ask(desk.paths["Ana"]).text
    assert own.count("SUMMARY:Cancelled: Day off") == own.count("SUMMARY:Cancelled: Day 09") == 1
    with open_store(desk.root) as store:
        change_links(store, desk.facts, [desk.ids["Ana"]], Chosen(days_off=False))
    own = desk.ask(desk.paths["Ana"]).text
    assert (own.count("Day off"), own.count("SUMMARY:Cancelled: Day 09")) == (0, 1)


def test_teams_that_share_a_database_see_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFTPLAN_DATABASE_URL", f"sqlite:///{tmp_path / 'shared.db'}")
    ours, theirs = Desk(tmp_path / "ours"), Desk(tmp_path / "theirs", team="Other Desk")
    ours.publish(("Ana", 0, "D"))
    theirs.publish(("Ana", 0, "N"))
    assert "SUMMARY:Day" in ours.ask(ours.paths["Ana"]).text
    assert "SUMMARY:Night" in theirs.ask(theirs.paths["Ana"]).text
    for path in theirs.paths.values():
        assert ours.ask(path).status_code == 404


@pytest.mark.slow
def test_two_hundred_subscribers_at_once_get_their_own_calendar_each(desk: Desk) -> None:
    whose = ["Ana", "Ben", "team", "West", "coverage"] * 200
    desk.publish(("Ana", 3, "D"))  # all of them meet documents still to be made
    answers = desk.ask_all(*(desk.paths[name] for name in whose))
    assert {a.status_code for a in answers} == {200}
    alone = {name: desk.ask(path).content for name, path in desk.paths.items()}
    assert all(answer.content == alone[name] for name, answer in zip(whose, answers, strict=True))


WEIRD = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=60)


@tries(150, HealthCheck.function_scoped_fixture)
@given(
    path=st.one_of(
        WEIRD,
        WEIRD.map(lambda t: f"calendars/{t}.ics"),
        WEIRD.map(lambda t: f"coverage/{t}"),
        st.sampled_from(
            (
                "calendars/../../etc/passwd",
                "calendars//.ics",
                "%2e%2e/%2f",
                "calendars/.ics",
                "?x=1",
            )
        ),
    ),
    method=st.sampled_from(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND")),
    value=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80),
)
def test_whatever_is_asked_for_nobody_elses_calendar_and_no_traceback_comes(
    desk: Desk, path: str, method: str, value: str
) -> None:
    try:
        url = httpx.URL(BASE).join("/" + path.lstrip("/"))
    except httpx.InvalidURL:
        return
    if url.host != "test":
        return
    answer = asyncio.run(
        desk._ask(
            [
                (
                    method,
                    str(url),
                    {"if-none-match": value, "if-modified-since": value, "range": value},
                )
            ]
        )
    )[0]
    assert answer.status_code in (404, 405) or url.path == "/health"
    assert "VEVENT" not in answer.text
    assert "Traceback" not in answer.text
    assert "Ana" not in answer.text


def test_secrets_are_neither_kept_nor_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    secrets = [path.split("/")[-1].removesuffix(".ics") for path in desk.paths.values()]
    with caplog.at_level(logging.DEBUG, logger="shiftplan"):
        for path in desk.paths.values():
            desk.ask(path)
    stored = (desk.root / ".shiftplan" / "store.db").read_bytes()
    for secret in secrets:
        assert len(secret) >= 32  # 24 random bytes
        assert secret not in caplog.text
        assert secret.encode() not in stored
