"""Name and password for a CalDAV server: from the environment or the keyring, never an option."""

from __future__ import annotations

import os
from typing import NamedTuple

from ..errors import ShiftplanError

USER, PASSWORD = "SHIFTPLAN_CALDAV_USER", "SHIFTPLAN_CALDAV_PASSWORD"
"""Environment variables; without the password the keyring is asked for it."""
KEYRING = "shiftplan caldav"
"""What the keyring knows the password by."""


class Credentials(NamedTuple):
    """A name and its password; both are empty where a server asks for neither."""

    user: str
    password: str


def credentials() -> Credentials:
    """Return name and password; raise ``ShiftplanError`` for a name without a password."""
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if user and not password:
        password = _from_keyring(user)
    return Credentials(user, password)


def _from_keyring(user: str) -> str:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise ShiftplanError(
            f"{PASSWORD} is not set, and no keyring is installed.",
            "Set it, or run pip install 'shiftplan[keyring]'.",
        ) from None
    try:
        password = keyring.get_password(KEYRING, user) or ""
    except keyring.errors.KeyringError as error:
        raise ShiftplanError(
            f"the keyring cannot be asked: {error}", f"Set {PASSWORD} instead."
        ) from None
    if not password:
        raise ShiftplanError(
            f"neither {PASSWORD} nor the keyring has a password for '{user}'.",
            f"Try 'keyring set \"{KEYRING}\" {user}'.",
        )
    return password
