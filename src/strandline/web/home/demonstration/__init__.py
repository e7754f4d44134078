"""A desk filled with three authorities that never were: runs, people, decisions. Doing it again adds nothing."""

from strandline.web.home.demonstration.filling import Filled, LogIn, fill

__all__ = ["Filled", "LogIn", "fill"]
