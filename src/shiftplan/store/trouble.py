"""What a database can complain of, as a sentence without secrets."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, TimeoutError

from ..errors import StoreError
from .place import DATABASE_URL, StorePlace

_AGAIN = "Try again in a moment."
_COPY = "Move it away, or bring it back from a copy."
_ADDRESS = f"Check that the server runs, and the address in {DATABASE_URL}."
_WHO = f"Check the name in {DATABASE_URL}, and its password there or in ~/.pgpass."

_FILE = (
    ("locked", "is in use by another program.", _AGAIN),
    (
        "not a database",
        "is damaged, or is no store of rosters.",
        "Move it away; a new one is made then.",
    ),
    ("malformed", "is damaged.", _COPY),
    ("no such table", "is damaged: a table is missing.", _COPY),
    ("readonly", "cannot be written.", "Check who may write the file and its folder."),
    ("unable to open", "cannot be opened.", "Check who may read and write it and its folder."),
    ("disk is full", "cannot be written: the disk is full.", "Make room and try again."),
)
"""Part of what SQLite says, what that means, what to do."""

_SERVER = (
    ("55P03", "is in use by another program.", _AGAIN),
    ("40P01", "is in use by another program.", _AGAIN),
    ("40001", "is in use by another program.", _AGAIN),
    ("42P01", "is damaged: a table is missing.", "Bring it back from a copy."),
    ("42703", "is damaged: a column is missing.", "Bring it back from a copy."),
    ("25006", "can only be read there.", "Name the server that may be written."),
    ("53100", "cannot be written: the server's disk is full.", "Make room and try again."),
    ("57P01", "is being shut down.", _AGAIN),
    ("57P02", "broke off.", _AGAIN),
    ("57P03", "is not ready.", _AGAIN),
    ("the database system is", "is not ready.", _AGAIN),
    ("password authentication failed", "refuses that name or its password.", _WHO),
    ("no password supplied", "asks for a password.", _WHO),
    ("no pg_hba.conf entry", "does not let that name in from this machine.", _WHO),
    ("remaining connection slots", "has no connection left.", _AGAIN),
    ("too many", "has no connection left.", _AGAIN),
    ("Connection refused", "cannot be reached: nobody answers there.", _ADDRESS),
    ("could not translate host name", "cannot be reached: there is no such host.", _ADDRESS),
    ("failed to resolve host", "cannot be reached: there is no such host.", _ADDRESS),
    ("timeout expired", "cannot be reached: the server does not answer.", _ADDRESS),
    ("No such file or directory", "cannot be reached: there is no server there.", _ADDRESS),
    ("closed the connection", "broke off the connection.", _AGAIN),
    ("connection is closed", "broke off the connection.", _AGAIN),
    ("terminating connection", "broke off the connection.", _AGAIN),
    ("SSL", "cannot be reached with encryption as asked.", _ADDRESS),
)
"""The code of an error of PostgreSQL, or part of what its client says; what it means; what to do.

The first that fits counts.
"""

_RIGHTS = "42501"


def sentence(place: StorePlace, error: Exception) -> StoreError:
    """Return what *error* means for a person, every password masked."""
    if isinstance(error, (NoSuchModuleError, ImportError)):
        return StoreError(
            f"{place} is on a PostgreSQL server, and the driver for it is not installed.",
            "Run pip install 'shiftplan[postgres]'.",
        )
    if isinstance(error, FileNotFoundError):
        return StoreError(f"{place} cannot be opened: there is no such folder.", "Make it first.")
    if isinstance(error, OSError):
        return StoreError(
            f"{place} cannot be written: {error.strerror}.", "Check who may write that folder."
        )
    if isinstance(error, TimeoutError):
        return StoreError(f"{place} has no connection left.", _AGAIN)
    text = str(error.orig if isinstance(error, DBAPIError) else error)
    if place.path is None:
        return _of_server(place, error, text)
    for sign, meaning, hint in _FILE:
        if sign in text:
            return StoreError(f"{place} {meaning}", hint)
    return _in_its_words(place, text)


def _of_server(place: StorePlace, error: Exception, text: str) -> StoreError:
    """Return what an *error* means that says *text* and has to do with a server."""
    if not isinstance(error, DBAPIError):
        return _in_its_words(place, text)
    code = getattr(error.orig, "sqlstate", None)
    if code == _RIGHTS:
        return StoreError(
            f"{place} does not let this name do that: {_first_line(place, text)}.",
            "Grant it the rights that docs/postgres.md lists.",
        )
    if "database" in text and "does not exist" in text:
        return StoreError(
            f"{place} is not on that server.", "Make it with createdb, or correct its name."
        )
    if "role" in text and "does not exist" in text:
        return StoreError(f"{place} refuses that name or its password.", _WHO)
    for sign, meaning, hint in _SERVER:
        if sign == code or sign in text:
            return StoreError(f"{place} {meaning}", hint)
    return _in_its_words(place, text)


def _in_its_words(place: StorePlace, text: str) -> StoreError:
    return StoreError(f"{place} cannot be used: {_first_line(place, text)}.")


def _first_line(place: StorePlace, text: str) -> str:
    return _masked(text.strip().partition("\n")[0], place.url).rstrip(".")


def _masked(text: str, url: str) -> str:
    """Return *text* without the URL and without its password, in any spelling."""
    if not url:
        return text
    parsed = make_url(url)
    written = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
    secrets = {url, str(parsed.password or ""), written}
    # What follows the question mark can hold one too.
    for name, value in parsed.query.items():
        if "password" in name:
            secrets.update([value] if isinstance(value, str) else value)
    for secret in sorted(secrets - {""}, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text
