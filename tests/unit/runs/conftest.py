"""The made-up shire, ready to run on."""

from fakes.settled import home, settle

__all__ = ["home", "settle"]
