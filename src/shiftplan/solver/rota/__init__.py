"""Cyclic rotas: found or proven impossible, and assigned to people."""

from .search import find_rotas

__all__ = ["find_rotas"]
