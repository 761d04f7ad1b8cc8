"""A plan folder that is looked at again and again, and read anew when a file of it is written."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from ..errors import BadInput, ShiftplanError
from ..folder import Loaded
from ..folder.load import examine

LOG = logging.getLogger("shiftplan.serve")

FileMark = tuple[str, int, int]
"""Name of a file, when it was written and how long it is."""


class WatchedFolder:
    """The plan in a folder as it was when it was last right."""

    loaded: Loaded
    """The plan; what ``reread`` found."""

    def __init__(self, root: Path) -> None:
        """Read the plan in *root*; raise ``BadInput`` or ``PlanNotFound`` if it is not right."""
        self.root = root
        self._files: frozenset[str] = frozenset()
        # Looked at before it is read: what is written while we read makes us read again.
        self._read = self.written()
        self.loaded = self._load()

    def written(self) -> tuple[FileMark, ...]:
        """Return a value that is another once a file of the plan was written."""
        return _marks(self.root, self._files)

    def reread(self) -> None:
        """Take in a changed plan; where it is wrong, say so in the log and keep the one before."""
        written = self.written()
        if written == self._read:
            return
        try:
            self.loaded = self._load()
        except ShiftplanError:
            LOG.warning(
                "the plan folder has problems, which 'shiftplan check' lists; "
                "the plan read before stays in use"
            )
        self._read = written

    def _load(self) -> Loaded:
        found = examine(self.root)
        # Tables may lie in folders of their own, where only the plan file says so.
        self._files |= frozenset(found.files)
        if found.loaded is None:
            raise BadInput(found.problems)
        return found.loaded


def _marks(root: Path, names: Iterable[str]) -> tuple[FileMark, ...]:
    """Return name, time and size of every file that may belong to the plan."""
    paths = {*root.glob("*.toml"), *root.glob("*.csv"), *(root / name for name in names)}
    found = []
    for path in sorted(paths):
        try:
            known = path.stat()
        except FileNotFoundError:
            continue  # an editor puts the new file in the place of the old one
        found.append((str(path), known.st_mtime_ns, known.st_size))
    return tuple(found)
