"""Files on disk: read if they are files at all, written whole and for their owner only."""

from .private import SECRET, make_folder, make_one_folder, open_private
from .read import check_is_file, read_bytes
from .unfinished import clear_unfinished
from .write import write_bytes, write_text

__all__ = [
    "SECRET",
    "check_is_file",
    "clear_unfinished",
    "make_folder",
    "make_one_folder",
    "open_private",
    "read_bytes",
    "write_bytes",
    "write_text",
]
