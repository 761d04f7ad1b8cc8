"""The coverage page shows coverage in the local time of every site, and nothing it should not."""

from __future__ import annotations

import re
from datetime import date, time
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import Curve, DemandRow, Facts, Horizon, Person, ShiftSpec, Site, Team
from shiftplan.reports.web import coverage_page
from shiftplan.roster import Roster
from shiftplan.roster.coverage import gaps, intervals
from shiftplan.rules import RULES
from tests.plans import any_facts, any_roster
from tests.tries import tries


class Page(HTMLParser):
    """Every cell of the page by its class, and which tags there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.looks: list[str] = []
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        if tag == "td" and dict(attrs).get("class"):
            self.looks.append(str(dict(attrs)["class"]))

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def desk(name: str = "Desk", queue: str = "chat") -> Facts:
    # London's clocks go back on Sunday 25 October 2026: on Saturday noon there is 11:00 UTC, on
    # Sunday 12:00.
    return Facts(
        team=Team(name=name, home="London"),
        horizon=Horizon(start=date(2026, 10, 19), weeks=1),
        sites=(Site(name="London", timezone="Europe/London"),),
        shifts=ShiftSpec(code="D", start=time(9), length="8h").expand(),
        people=(Person(name="Ana <b>", site="London", skills=(queue,), hourly_rate=4321.75),),
        curves=(
            Curve(
                queue=queue,
                clock="Europe/London",
                rows=(
                    DemandRow(weekday="daily", start=time(9), end=time(17), minimum=1, target=2),
                ),
            ),
        ),
    )


def test_each_hour_shows_its_worst_quarter() -> None:
    # Ana works on Monday: one of a minimum of one and a target of two in eight hours; nobody on six
    # days.
    facts = desk()
    page = Page(coverage_page(Roster(facts, {("Ana <b>", facts.first): "D"}), about="draft 1"))
    assert page.looks.count("low") == 8
    assert page.looks.count("short") == 6 * 8
    assert "met" not in page.looks


def test_the_rulers_are_those_of_each_day() -> None:
    rows = Page(coverage_page(Roster(desk()), about="draft 1")).rows
    rulers = [row[1:] for row in rows if row[0] == "London"]
    # Until Saturday summer time; on Sunday the clocks go back after 00:00 UTC; from Monday on
    # winter time.
    assert [(ruler[0], ruler[11]) for ruler in rulers] == [("01", "12"), ("01", "11"), ("00", "11")]


def test_people_and_pay_are_not_on_it_and_text_from_the_plan_is_only_text() -> None:
    evil = "<script>alert(1)</script>&\"'"
    text = coverage_page(Roster(desk(evil, evil)), about=evil)
    assert "Ana" not in text
    assert "4321" not in text
    assert not {"script", "img", "link", "iframe"} & Page(text).tags
    assert not re.search(r"(?:src|href)=", text)


@tries(30)
@given(plan=st.integers(0, 10_000), roster=st.integers(0, 10_000))
def test_any_roster_has_a_page_with_all_its_gaps(plan: int, roster: int) -> None:
    made = any_roster(any_facts(plan), roster)
    page = Page(coverage_page(made, about="a roster"))
    below = len(gaps(intervals(made)))
    listed = [
        row
        for row in page.rows
        if len(row) > 3 and row[1].startswith("-") and row[0] in ("chat", "tickets")
    ]
    assert len(listed) >= min(below, 200)


def night_desk() -> Facts:
    """Return a desk that is open day and night, with a day from 09:00 and a night from 21:00."""
    facts = desk()
    (curve,) = facts.curves
    always = DemandRow(weekday="daily", start=time(0), end=time(0), minimum=1, target=1)
    return facts.changed(
        shifts=(
            *ShiftSpec(code="D", start=time(9), length="12h").expand(),
            *ShiftSpec(code="N", start=time(21), length="12h").expand(),
        ),
        curves=(curve.model_copy(update={"rows": (always,)}),),
    )


def test_hours_nobody_judged_have_a_look_and_a_line_of_their_own() -> None:
    """Sunday's night lasts until Monday 09:00 in London, when the first shift of the plan begins:
    before that the roster of the week before answers. So all is judged. Two hours of it are not
    once the plan has a shift at 07:00.
    """
    facts = night_desk()
    text = coverage_page(Roster(facts), about="draft 1")
    assert "unknown" not in Page(text).looks
    assert "not on record" not in text
    early = ShiftSpec(code="E", start=time(7), length="8h").expand()
    text = coverage_page(Roster(facts.changed(shifts=(*facts.shifts, *early))), about="draft 1")
    assert Page(text).looks.count("unknown") == 2
    assert "2h not judged: who worked on Sun 18 Oct is not on record." in text
    assert "Work not judged: chat 2h." in text


def test_what_rules_require_stands_beside_the_queues() -> None:
    """Ana has Monday, so presence has 8 of 56 hours from 09:00 to 17:00, and the duty one of seven
    days.
    """
    facts = desk()
    roster = Roster(facts, {("Ana <b>", facts.first): "D"})
    always = RULES["presence"].model_validate(
        {"kind": "presence", "skill": "chat", "start": "09:00", "end": "17:00"}
    )
    report = RULES["duty"].model_validate({"kind": "duty", "name": "Report <i>"})
    required = [*always.required(roster), *report.required(roster)]
    text = coverage_page(roster, about="draft 1", required=required)
    page = Page(text)
    sums = [row[:5] for row in page.rows if row[:1] in (["presence"], ["duty"])]
    assert sums == [
        ["presence", "chat from 09:00 to 17:00", "8h of 56h", "8h of 56h", "48h"],
        ["duty", "Report <i>", "1 of 7 days", "1 of 7", "6"],
    ]
    (days,) = (row for row in page.rows if row[:1] == ["duty: Report <i>"])
    assert days[1:-1] == ["", *["-1"] * 5]
    # Six days each of the queue, below its minimum, and of the lead.
    assert page.looks.count("short") == 6 * 8 * 2 + 6
    assert "i" not in page.tags
    assert "Ana" not in text
    assert "Required and missing: 6 gaps" in text
