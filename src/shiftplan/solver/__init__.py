"""The search. Nothing outside this package imports OR-Tools."""
