"""Rosters kept in a database, so that the next period knows what was worked before it."""

from .place import DATABASE_URL
from .records import StoredRoster
from .store import Store, open_store

__all__ = ["DATABASE_URL", "Store", "StoredRoster", "open_store"]
