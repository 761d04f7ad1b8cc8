"""Rotating rosters for teams that work around the clock."""
