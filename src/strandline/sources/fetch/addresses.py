"""The declared list of publishers' addresses, read from `addresses.toml`."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from strandline.kernel.errors import UserError


class UnknownAddress(UserError):
    """A key is named that the list does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """
    Where one file is published.

    `url` is the file, with `{day}` where the publisher names files by day; an empty one with `link` means: the newest
    address on `page` that matches; an empty one without means that a person must fetch the file from `page`.
    """

    key: str
    title: str
    publisher: str
    page: str
    url: str = ""
    link: str = ""
    name: str = ""
    days_back: int = 0
    years: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether the file has no address that a program could know."""
        return not self.url and not self.link

    def urls(self, today: date) -> tuple[str, ...]:
        """The addresses to try, the newest day first."""
        if not self.url:
            return ()
        days = [today - timedelta(days=back) for back in range(self.days_back + 1)]
        return tuple(dict.fromkeys(self.url.format(day=f"{day:%Y%m%d}") for day in days))


@cache
def addresses() -> tuple[Address, ...]:
    """Every address of the list, one for each year where there are several."""
    text = files("strandline.sources.fetch").joinpath("addresses.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["address"]
    stated = [Address(**{**entry, "years": tuple(entry.get("years", ()))}) for entry in entries]
    return tuple(address for entry in stated for address in _by_year(entry))


def chosen(keys: Iterable[str], known: tuple[Address, ...]) -> tuple[Address, ...]:
    """The addresses of those keys, or all that a program can fetch when none is named. Raises: UnknownAddress."""
    named = tuple(keys)
    if not named:
        return tuple(address for address in known if not address.by_hand)
    by_key = {address.key: address for address in known}
    for key in named:
        if key not in by_key:
            near = difflib.get_close_matches(key, by_key, 3)
            hint = f"Did you mean {' or '.join(near)}?" if near else "See `strandline data fetch --list`"
            raise UnknownAddress(f"No address is called {key}", what_to_do=hint)
    return tuple(by_key[key] for key in dict.fromkeys(named))


def _by_year(entry: Address) -> Iterable[Address]:
    if not entry.years:
        yield entry
    for year in entry.years:
        yield replace(
            entry,
            key=entry.key.replace("{year}", year),
            title=entry.title.replace("{year}", year),
            url=entry.url.replace("{year}", year),
            name=entry.name.replace("{year}", year),
            years=(year,),
        )
