"""What the team owes its people and they the team: lines that are added and never changed."""

from .entry import Entry, Event

__all__ = ["Entry", "Event"]
