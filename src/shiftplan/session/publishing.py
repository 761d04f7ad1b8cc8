"""Publishing the roster on the screen, and the calendars of what is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ..delivery import publishing
from ..delivery.publishing import Preview
from ..errors import ShiftplanError, count
from ..publication import Publication
from ..roster import Roster
from ..store import open_store
from .versions import Versions

AGAIN = "Look at what would change now, then publish."


class Publications(Versions):
    """What everybody goes by: the roster on the screen becomes it."""

    def preview_publishing(self) -> Preview:
        """Return what publishing the roster on the screen would change, judged in full. Changes
        nothing.

        Safe on a thread. Raise ``ShiftplanError`` while the plan's files are wrong, ``StoreError``
        if the store cannot be read.
        """
        found = self._examined.loaded if self._examined else None
        if self.problems or found is None:
            problems = count(len(self.problems), "problem")
            raise ShiftplanError(
                f"The plan cannot be published: {problems} in its files.", "Mend them first."
            )
        roster = self._known_roster()
        with open_store(self.root, create=False) as store:
            plan = replace(found.plan, facts=store.with_border(found.plan.facts))
            made = Roster(plan.facts, roster.cells, roster.pinned)
            return publishing.preview(store, plan, made, found.digest, datetime.now(UTC))

    def publish(
        self, shown: Preview, author: str, message: str = "", *, force: bool = False
    ) -> Publication | None:
        """Publish what was *shown*, and save it first if it is not; None if nothing would change by
        it.

        Raise ``CannotWrite`` if the folder is read-only, ``ShiftplanError`` if the roster has
        changed since it was shown, or breaks a must and is not forced, ``StoreError`` if somebody
        has published since.
        """
        self._check_writable()
        name = publishing.one_line(author)
        if not name:
            raise ShiftplanError("It is not known who publishes.", "Say who.")
        self._check_same(shown)
        publishing.check_musts(shown, force=force)
        if shown.nothing:
            return None
        if self.unsaved:
            self.save()
        with open_store(self.root) as store:
            made = publishing.publish(store, shown, name, message, force=force)
        self._forget_published()
        self._look_at_store()
        self._tell("versions", str(made))
        return made

    def _check_same(self, shown: Preview) -> None:
        roster = self._known_roster()
        found = self._examined.loaded if self._examined else None
        same = found is not None and not self.problems and found.digest == shown.digest
        if not same or (roster.cells, roster.pinned) != (shown.roster.cells, shown.roster.pinned):
            raise ShiftplanError(
                "The roster or the plan was changed since the difference was shown.", AGAIN
            )

    def _look_at_store(self) -> None:
        """Judge by what is published now."""
        before, examined = self._judged, self._examined
        if examined is None or examined.loaded is None:
            return
        self._facts = None
        self._take(examined)
        self._settler.begin("Published", before, self._judged, None)
        self._tell("plan", "Published")

    def publications(self) -> tuple[Publication, ...]:
        """Return every version published, of whatever days, the newest first. Raise ``StoreError``."""
        with open_store(self.root, create=False) as store:
            return store.publications(self._known_plan().facts)

    def write_published(self, path: Path) -> tuple[Path, ...]:
        """Write the calendars of the newest version of these days into a folder, and return the
        files.

        Raise ``ShiftplanError`` if nothing is published yet, and ``CannotWrite``.
        """
        from ..calendars import write_files

        with open_store(self.root, create=False) as store:
            found = publishing.published_files(store, self._known_plan().facts, datetime.now(UTC))
        if found is None:
            raise ShiftplanError(
                "Nothing is published for these days yet.", "Publish the roster first."
            )
        return write_files(found[1], path).paths
