"""What is installed on request only: a sentence where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import ShiftplanError


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Let the extra called *name* be imported; raise ``ShiftplanError`` if it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        # A module of our own that is missing is no matter of what is installed beside it.
        if missing == __name__.partition(".")[0]:
            raise
        raise ShiftplanError(
            f"this needs the package '{missing}', which is not installed.",
            f"Run pip install 'shiftplan[{name}]'.",
        ) from None
