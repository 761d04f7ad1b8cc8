"""What is installed on request only, with a sentence for where it is missing."""

from __future__ import annotations

from ..errors import ShiftplanError

EXTRAS = {"aiohttp": "web", "caldav": "caldav", "textual_serve": "web"}
"""The extra that each of these packages comes with."""


def not_installed(error: ModuleNotFoundError) -> ShiftplanError | None:
    """Return what to say if the module that *error* misses comes with an extra."""
    package = (error.name or "").partition(".")[0]
    extra = EXTRAS.get(package)
    if extra is None:
        return None
    return ShiftplanError(
        f"this needs the package '{package}', which is not installed.",
        f"Run pip install 'shiftplan[{extra}]'.",
    )
