"""Addresses of servers, as somebody types them: without a name or password in them."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from ..errors import ShiftplanError


def checked(
    url: str, example: str, instead: str, error: type[ShiftplanError] = ShiftplanError
) -> SplitResult:
    """Return the parts of *url*; raise *error* for what is no address, or gives a password away.

    *example* is an address of the kind, *instead* says what to do with name and password.
    """
    parts = _split(url)
    if parts is None:
        # What may hold a password is not repeated.
        what = "the URL" if "@" in url else f"'{url}'"
        raise error(f"{what} is no address.", f"Write it like {example}.")
    if parts.username is not None or parts.password is not None:
        raise error("a name or password in an address shows in logs and process lists.", instead)
    return parts


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address of the web; None if it is none."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname)
        _ = parts.port
    except ValueError:  # such as a bracket that is not closed, or a port that is no number
        return None
    return parts if named and parts.scheme in ("http", "https") else None
