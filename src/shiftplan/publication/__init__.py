"""What was published: versions, what differs between them, and the calendar events that follow.

Nothing here knows a database or a file format. A published roster never changes; a newer one
supersedes it.
"""

from .change import Change, difference, in_words
from .content import Content
from .event import KEPT, Event, Stamp
from .record import Publication, Standing
from .rename import LikelyRename, Renamed, Seen, free_name, likely_renames, renamed
from .revise import revise
from .shift import PublishedShift, from_contents, from_roster
from .uids import cell_uid, in_site, in_team, owner

__all__ = [
    "KEPT",
    "Change",
    "Content",
    "Event",
    "LikelyRename",
    "Publication",
    "PublishedShift",
    "Renamed",
    "Seen",
    "Stamp",
    "Standing",
    "cell_uid",
    "difference",
    "free_name",
    "from_contents",
    "from_roster",
    "in_site",
    "in_team",
    "in_words",
    "likely_renames",
    "owner",
    "renamed",
    "revise",
]
