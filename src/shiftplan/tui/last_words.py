"""What is said when the application dies of a bug."""

from __future__ import annotations

import traceback
from pathlib import Path

from ..disk import write_text
from ..errors import CannotWrite, ShiftplanError
from ..folder.files import PRIVATE
from ..folder.given_file import shown
from ..session import Session
from ..session.journal import NAME as JOURNAL

LOG = "crash.log"


def last_words(session: Session, died_of: BaseException) -> ShiftplanError:
    """Return that it died, where the edits are that were not saved, and where the traceback is."""
    message = "The terminal UI ended by a bug in shiftplan."
    hints = []
    journal = session.root / PRIVATE / JOURNAL
    # Where nothing can be saved, edits are in memory alone.
    if session.unsaved and session.read_only is None and journal.exists():
        hints.append(
            f"Edits that were not saved are in {shown(journal)} and come back when you open it "
            "again."
        )
    log = session.root / PRIVATE / LOG
    text = "".join(traceback.format_exception(died_of))
    if _written(log, text):
        hints.append(f"{shown(log)} says what happened; please report it.")
    else:
        hints.append(f"It is a {type(died_of).__name__}: {died_of}.")
    return ShiftplanError(message, " ".join(hints))


def _written(log: Path, text: str) -> bool:
    """Write the traceback for its owner alone, over an older one; say whether that went well."""
    try:
        write_text(log, text.encode("utf-8", "backslashreplace").decode("utf-8"))
    except CannotWrite:
        return False
    return True
