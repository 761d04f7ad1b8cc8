"""Addresses of servers, as somebody types them: without a name or password in them, or a query."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from ..errors import CONTROLS, ShiftplanError

_UNSEEN = re.compile(rf"\s|{CONTROLS.pattern}")
_AFTER_PATH = re.compile(r"[?#]")
_SECRET = re.compile(r"[@?#]")


def checked(
    url: str, example: str, instead: str, error: type[ShiftplanError] = ShiftplanError
) -> SplitResult:
    """Return the parts of *url*; raise *error* for what is no address, or gives a password away.

    A query or a fragment is refused, as a path is appended; neither is repeated.

    *example* is an address of the kind, *instead* says what to do with name and password.
    """
    parts = _split(url)
    if parts is None:
        # What may hold a password or a token is not repeated.
        what = "the URL" if _SECRET.search(url) else f"'{url}'"
        raise error(f"{what} is no address.", f"Write it like {example}.")
    if parts.username is not None or parts.password is not None:
        raise error("a name or password in an address shows in logs and process lists.", instead)
    # An empty query is one all the same: a path after it is none.
    if _AFTER_PATH.search(url):
        raise error("the URL is no address: it has a '?' or a '#'.", f"Write it like {example}.")
    return parts


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address of the web; None if it is none."""
    # What splits addresses takes blanks, and drops line breaks.
    if _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname)
        _ = parts.port
    except ValueError:  # such as a bracket that is not closed, or a port that is no number
        return None
    return parts if named and parts.scheme in ("http", "https") else None
