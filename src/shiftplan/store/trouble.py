"""What a database can complain of, as a sentence without secrets."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from ..errors import StoreError
from .place import DATABASE_URL, StorePlace

_SIGNS = (
    ("locked", "is in use by another program.", "Try again in a moment."),
    (
        "not a database",
        "is damaged, or is no store of rosters.",
        "Move it away; a new one is made then.",
    ),
    ("malformed", "is damaged.", "Move it away, or bring it back from a copy."),
    (
        "no such table",
        "is damaged: a table is missing.",
        "Move it away, or bring it back from a copy.",
    ),
    ("readonly", "cannot be written.", "Check who may write the file and its folder."),
    ("unable to open", "cannot be opened.", "Check who may read and write it and its folder."),
    ("disk is full", "cannot be written: the disk is full.", "Make room and try again."),
)
"""Part of what SQLite says, what that means, what to do."""


def sentence(place: StorePlace, error: Exception) -> StoreError:
    """Return what *error* means for a person, every password masked."""
    if isinstance(error, (NoSuchModuleError, ImportError)):
        return StoreError(
            f"{DATABASE_URL} names a kind of database whose driver is not installed.",
            "Install the driver, or unset it to keep rosters in the plan folder.",
        )
    text = str(error.orig if isinstance(error, DBAPIError) else error)
    if isinstance(error, OSError):
        return StoreError(
            f"{place} cannot be written: {error.strerror}.", "Check who may write that folder."
        )
    if place.path is not None:
        for sign, meaning, hint in _SIGNS:
            if sign in text:
                return StoreError(f"{place} {meaning}", hint)
    first = _masked(text.strip().partition("\n")[0], place.url).rstrip(".")
    return StoreError(f"{place} cannot be used: {first}.")


def _masked(text: str, url: str) -> str:
    """Return *text* without the URL and without its password, in any spelling."""
    if not url:
        return text
    password = str(make_url(url).password or "")
    written = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
    for secret in sorted({url, password, written} - {""}, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text
