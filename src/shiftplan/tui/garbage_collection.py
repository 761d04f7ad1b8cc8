"""Garbage is collected while nobody types: among a large team's rosters that takes a quarter of a
second.
"""

from __future__ import annotations

import gc
import time

PAUSE = 2.0
"""Seconds without a key or a click after which there is time to collect."""
MOST = 3_000_000
"""Objects made and kept since the last collection after which it is time for one anyway."""


class GarbageCollection:
    """Takes the place of Python's own collector, which comes when it likes."""

    def __init__(self) -> None:
        self._touched: float = time.monotonic()
        self._collected: bool = True
        self._was_on: bool = gc.isenabled()

    def begin(self) -> None:
        """Take over from Python's collector."""
        gc.collect()
        # Modules, plan and screens are there to stay: frozen, no later collection looks at them.
        gc.freeze()
        gc.disable()

    def touch(self) -> None:
        """Take note of a key or a click."""
        self._touched, self._collected = time.monotonic(), False

    def tick(self) -> None:
        """Collect if there is time for it, or too much to wait any longer."""
        idle = not self._collected and time.monotonic() - self._touched > PAUSE
        # A search makes objects without anybody typing, so the count is looked at too.
        if idle or gc.get_count()[0] > MOST:
            self._collected = True
            gc.collect()

    def end(self) -> None:
        """Hand back to Python's collector."""
        gc.unfreeze()
        # Tests and the documentation's pictures open several applications in one process.
        if self._was_on:
            gc.enable()
