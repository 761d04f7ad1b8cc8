"""Calendar links: which there are, another one, an end to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ...delivery.choices import Chosen, in_words
from ...delivery.links import AS_FILES, HERE, URL
from ...errors import ShiftplanError
from ...session import NewLink, Session
from ...store import LinkChoices
from .ask import Pick
from .find import Find
from .look import LookDialog

if TYPE_CHECKING:
    from ...store import CalendarLink, LinkKind

KINDS: dict[str, LinkKind] = {
    "Person": "person",
    "Site": "site",
    "Team": "team",
    "Coverage": "coverage",
}
MEANINGS = (
    ("Person", "somebody's own shifts, leave and days off"),
    ("Site", "everybody's shifts at one site"),
    ("Team", "everybody's shifts"),
    ("Coverage", "the page that shows where staff is short"),
)
REVOKE, KEEP = "Revoke", "Keep"
SECRET = (
    "This link is a secret and is not shown again: whoever has it sees the calendar. "
    "Send it to those it is meant for, and nobody else."
)


class LinksDialog(ModalScreen[None]):
    """The links that work, and what can be done with them."""

    HELP = """
# Calendar links

Whoever has a link sees the calendar it leads to, as it was last published, wherever `shiftplan
serve` runs. A link is a secret: it is shown once, when it is made; only a hash of it is kept.
**n** makes one, **Del** revokes the one under the cursor: from then on it leads nowhere. **e**
changes what its calendar shows: days off, local times, a reminder; its address stays. **o** chooses
the same for links still to be made.
"""
    AUTO_FOCUS = "#links"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "make", "Make a link"),
        Binding("e", "change", "Change its look"),
        Binding("o", "choose", "Choose the look of new ones"),
        Binding("delete,backspace", "revoke", "Revoke it", key_display="Del"),
        Binding("escape,q", "dismiss", "Close"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._links: list[CalendarLink] = []
        self._chosen: Chosen = AS_FILES
        """How new ones look."""

    def compose(self) -> ComposeResult:
        """Lay out the links."""
        with Vertical(classes="dialog wide") as box:
            box.border_title = "Calendar links"
            box.border_subtitle = (
                "n makes one · e changes it · o new ones · Del revokes · Esc closes"
            )
            yield Static(id="links-in-use", classes="title")
            yield OptionList(id="links")
            yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        """Show them."""
        self._draw()

    def _draw(self) -> None:
        try:
            known = self._session.links.all()
        except ShiftplanError as error:
            self._show_error(str(error))
            return
        self._links = [link for link in known if link.revoked_at is None]
        self.query_one("#links-in-use", Static).update(self._in_use(len(known)))
        options = self.query_one("#links", OptionList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(self._line(link)) for link in self._links])
        options.highlighted = min(at, len(self._links) - 1) if self._links else None

    def _in_use(self, known: int) -> str:
        """Return how many links work, and how many of those *known* are revoked."""
        used, revoked = len(self._links), known - len(self._links)
        text = f"{used} in use" if used else "There are no calendar links yet: n makes one."
        text = f"{text}, {revoked} revoked" if revoked else text
        look = in_words(self._chosen.over(LinkChoices()))
        return f"{text}\nNew ones: {look}" if look else text

    def _line(self, link: CalendarLink) -> Text:
        line = Text.assemble(f"{link.kind:<9} ", (whose(link, self._session), "bold"))
        line.append(f"  link {link.id}, made {link.created_at:%Y-%m-%d %H:%M} UTC", "dim")
        look = in_words(link.choices)
        if look:
            line.append(f"  {look}")
        plan = self._session.plan
        # The link goes on showing what was published of them; it is for a person to revoke.
        if link.kind == "person" and plan is not None and not plan.facts.has_person(link.subject):
            line.append("  not in the plan any more", "yellow")
        return line

    def _attempt(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except ShiftplanError as error:
            self._show_error(str(error))
            return False
        self._show_error("")
        self._draw()
        return True

    def _show_error(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)

    # -- keys ------------------------------------------------------------------------------------

    def action_make(self) -> None:
        """Ask whose calendar, and make a link to it."""
        if self._session.plan is None:
            self._show_error("The plan cannot be read yet.")
            return
        facts = self._session.plan.facts

        def chosen(name: str | None) -> None:
            kind = KINDS.get(name or "")
            if kind == "person":
                self._ask_person([person.name for person in facts.people])
            elif kind == "site":
                self._ask_site([(site.name, site.timezone) for site in facts.sites])
            elif kind is not None:
                self._make(kind, "")  # there is one team, and one page of its coverage

        self.app.push_screen(Pick("A link to", MEANINGS), chosen)

    def _ask_person(self, names: Sequence[str]) -> None:
        self.app.push_screen(Find(names, "Whose calendar"), lambda who: self._make("person", who))

    def _ask_site(self, sites: Sequence[tuple[str, str]]) -> None:
        self.app.push_screen(Pick("Which site", sites), lambda site: self._make("site", site))

    def _make(self, kind: LinkKind, subject: str | None) -> None:
        if subject is None:
            return  # given up
        made: list[NewLink] = []
        links, chosen = self._session.links, self._chosen
        if self._attempt(lambda: made.append(links.make(kind, subject, chosen=chosen))):
            self.app.push_screen(LinkAddress(made[0], whose(made[0].link, self._session)))

    def action_choose(self) -> None:
        """Choose how new ones look."""

        def chosen(look: Chosen | None) -> None:
            if look is not None:
                self._chosen = look
                self._draw()

        now = self._chosen.over(LinkChoices())
        self.app.push_screen(LookDialog("How new ones look", now, own=True), chosen)

    def action_change(self) -> None:
        """Change how the calendar of the link under the cursor looks."""
        link = self._under_cursor()
        if link is None:
            return
        if link.kind == "coverage":
            self._show_error("The coverage page is no calendar: there is nothing to choose.")
            return

        def chosen(look: Chosen | None) -> None:
            if look is not None:
                self._attempt(lambda: self._session.links.change(link.id, look))

        title = f"Link {link.id}, {whose(link, self._session)}"
        own = link.kind == "person"
        self.app.push_screen(LookDialog(title, link.choices, own=own), chosen)

    def _under_cursor(self) -> CalendarLink | None:
        at = self.query_one("#links", OptionList).highlighted
        return self._links[at] if at is not None and at < len(self._links) else None

    def action_revoke(self) -> None:
        """Revoke the link under the cursor, if that is meant."""
        link = self._under_cursor()
        if link is None:
            return

        def chosen(name: str | None) -> None:
            if name == REVOKE:
                self._attempt(lambda: self._session.links.revoke(link.id))

        title = f"Link {link.id}, {whose(link, self._session)}"
        choices = (
            (KEEP, "it goes on working"),
            (REVOKE, "whoever has it gets nothing from now on"),
        )
        # The answer at hand is the one that can be taken back.
        self.app.push_screen(Pick(title, choices, KEEP), chosen)

    async def action_dismiss(self, result: None = None) -> None:
        """Close it."""
        self.dismiss(None)


class LinkAddress(ModalScreen[None]):
    """A link that was just made: the only time it is seen."""

    HELP = "This link is not shown again. c copies it; Esc closes this."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy it"),
        Binding("escape", "dismiss", "Close"),
    ]

    def __init__(self, link: NewLink, subject: str) -> None:
        super().__init__()
        self._link, self._subject = link, subject

    def compose(self) -> ComposeResult:
        """Lay out the link and what to mind about it."""
        with Vertical(classes="dialog wide") as box:
            box.border_title = Content(f"Link {self._link.link.id}, {self._subject}")
            box.border_subtitle = "c copies it · Esc closes this"
            # Folded, never cut: it is copied with the mouse where the terminal copies nothing.
            address = Text(self._link.address, "bold", overflow="fold")
            yield Static(address, id="address", classes="title")
            yield Static(Text(SECRET, "yellow"))
            if self._link.address.startswith(HERE):
                where = f"set {URL} to the address people reach the server at."
                yield Static(f"It works on this machine only: {where}", markup=False)

    def action_copy(self) -> None:
        """Put the link into the clipboard."""
        self.app.copy_to_clipboard(self._link.address)
        self.notify("Copied, if the terminal lets programs copy.", timeout=4, markup=False)


def whose(link: CalendarLink, session: Session) -> str:
    """Return whose calendar a link leads to."""
    if link.subject:
        return link.subject
    team = session.plan.facts.team.name if session.plan is not None else "the team"
    return f"coverage of {team}" if link.kind == "coverage" else team
