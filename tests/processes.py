"""Programs run by tests, which are gone when the test is over, however that went."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(*words: object) -> Iterator[subprocess.Popen[str]]:
    """Yield a running ``shiftplan`` whose stderr the test reads; one that fails leaves none behind."""
    command = [sys.executable, "-m", "shiftplan", *map(str, words)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
