"""Strandline: the school-improvement desk of an English local authority."""

from strandline._version import __version__

__all__ = ["__version__"]
