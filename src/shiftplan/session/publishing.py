"""Publishing the roster on the screen, and the calendars of what is published."""

from __future__ import annotations

from datetime import UTC, datetime

from ..delivery import publishing
from ..delivery.publishing import Preview
from ..errors import ShiftplanError, count
from ..publication import Publication
from ..roster import Roster
from ..store import open_plan, open_store
from .judging import Judging
from .listeners import Listeners
from .reading import PlanReading
from .saving import Saving
from .state import State
from .versions import Versions

AGAIN = "Look at what would change now, then publish."


class Publishing:
    """What everybody goes by: the roster on the screen becomes it."""

    def __init__(
        self,
        state: State,
        saving: Saving,
        versions: Versions,
        reading: PlanReading,
        judging: Judging,
        listeners: Listeners,
    ) -> None:
        self._state: State = state
        self._saving: Saving = saving
        self._versions: Versions = versions
        self._reading: PlanReading = reading
        self._judging: Judging = judging
        self._listeners: Listeners = listeners

    def preview(self) -> Preview:
        """Return what publishing the roster on the screen would change, judged in full. Changes
        nothing.

        Safe on a thread. Raise ``ShiftplanError`` while the plan's files are wrong, ``StoreError``
        if the store cannot be read.
        """
        state, loaded = self._state, self._state.loaded
        if state.problems or loaded is None:
            problems = count(len(state.problems), "problem")
            raise ShiftplanError(
                f"The plan cannot be published: {problems} in its files.", "Fix them first."
            )
        roster = state.known_roster()
        with open_store(state.root, create=False) as store:
            plan = open_plan(loaded, store).plan
            made = Roster(plan.facts, roster.cells, roster.pinned)
            now = datetime.now(UTC)
            return publishing.preview(store, plan, made, loaded.digest, now, loaded.people_table)

    def publish(
        self, shown: Preview, author: str, message: str = "", *, force: bool = False
    ) -> Publication | None:
        """Publish what was *shown*, and save it first if it is not; None if nothing would change by
        it.

        Raise ``CannotWrite`` if the folder is read-only, ``ShiftplanError`` if the roster has
        changed since it was shown, or breaks a hard rule and is not forced, ``StoreError`` if
        somebody has published since.
        """
        self._state.check_writable()
        name = publishing.one_line(author)
        if not name:
            raise ShiftplanError("It is not known who publishes.", "Say who.")
        self._check_unchanged(shown)
        publishing.check_hard_rules(shown, force=force)
        if shown.nothing:
            # An id given since the last version is to be known before its person's name changes.
            with open_store(self._state.root) as store:
                store.publications.note_people(shown.plan.facts)
            return None
        if self._state.unsaved:
            self._saving.save()
        with open_store(self._state.root) as store:
            made = publishing.publish(store, shown, name, message, force=force)
        self._go_by_it()
        self._listeners.tell("versions", str(made))
        return made

    def publications(self) -> tuple[Publication, ...]:
        """Return every version published, of any days, the newest first. Raise ``StoreError``."""
        with open_store(self._state.root, create=False) as store:
            return store.publications.all(self._state.known_plan().facts)

    def _check_unchanged(self, shown: Preview) -> None:
        roster, loaded = self._state.known_roster(), self._state.loaded
        same_plan = loaded is not None and loaded.digest == shown.digest
        same_roster = (roster.cells, roster.pinned) == (shown.roster.cells, shown.roster.pinned)
        if not (same_plan and same_roster):
            raise ShiftplanError(
                "The roster or the plan was changed since the difference was shown.", AGAIN
            )

    def _go_by_it(self) -> None:
        """Judge by what is published now; rules may ask to stay close to it."""
        self._versions.forget_published()
        if self._state.loaded is None:
            return
        before = self._state.judged
        self._reading.ask_store_again()
        self._judging.begin("Published", before)
        self._listeners.tell("plan", "Published")
