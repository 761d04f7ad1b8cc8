"""Other people's files as plans."""
