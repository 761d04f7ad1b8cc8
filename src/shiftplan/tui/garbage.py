"""Rubbish is looked for while nobody types: among a large team's rosters that takes a quarter of a
second.
"""

from __future__ import annotations

import gc
import time

PAUSE = 2.0
"""Seconds without a key or a click after which there is time for it."""
MOST = 3_000_000
"""Objects made and kept since the last look after which it is time for it anyway."""


class Rubbish:
    """Takes the place of Python's own collector, which comes when it likes, for as long as it is
    kept on.
    """

    def __init__(self) -> None:
        self._touched = time.monotonic()
        self._looked = True
        self._was_on = gc.isenabled()

    def begin(self) -> None:
        """Take over; what is there so far is there to stay."""
        gc.collect()
        gc.freeze()
        gc.disable()

    def touch(self) -> None:
        """Take note of a key or a click."""
        self._touched, self._looked = time.monotonic(), False

    def tick(self) -> None:
        """Look for rubbish if there is time for it, or too much of it."""
        idle = not self._looked and time.monotonic() - self._touched > PAUSE
        if idle or gc.get_count()[0] > MOST:
            self._looked = True
            gc.collect()

    def end(self) -> None:
        """Hand back."""
        gc.unfreeze()
        if self._was_on:
            gc.enable()
