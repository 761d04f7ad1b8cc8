"""The terminal UI. Nothing outside this package imports Textual."""
