"""The cyclic rota: what is asked of one, the rota itself, and a plain check of one."""

from .check import problems
from .request import RotaRequest
from .rota import OFF, Headcount, OffTogether, Outcome, Rota, Rotas, RotaWish, Run

__all__ = [
    "OFF",
    "Headcount",
    "OffTogether",
    "Outcome",
    "Rota",
    "RotaRequest",
    "RotaWish",
    "Rotas",
    "Run",
    "problems",
]
