"""
Download the current official releases from the publishers' own addresses.

Files are only brought to a folder; what they are is for `adding.add` to say. One failure does not stop the others,
except that a machine which is offline is told so at once.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from strandline.sources.fetch.addresses import Address, UnknownAddress, addresses, chosen
from strandline.sources.fetch.asking import FetchFailed, Manners, NotThere, Offline, read_page
from strandline.sources.fetch.download import download

__all__ = ["Address", "FetchFailed", "Fetched", "Manners", "Offline", "UnknownAddress", "addresses", "fetch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one address: a file with its hash, or the reason why there is none."""

    address: Address
    path: Path | None = None
    url: str = ""
    sha256: str = ""
    already_there: bool = False
    failure: str = ""


def fetch(
    folder: Path,
    *,
    keys: Iterable[str] = (),
    today: date,
    known: tuple[Address, ...] | None = None,
    manners: Manners | None = None,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> tuple[Fetched, ...]:
    """
    Download the files of `keys` (all that a program can fetch, when none is named) into `folder`.

    `progress` is told the key, the bytes so far and the bytes to come, where the publisher says so. A file that is
    there already, from an address that names its day or year, is not fetched again.

    Raises: UnknownAddress; Offline, when the first publisher asked cannot be reached.
    """
    wanted = chosen(keys, addresses() if known is None else known)
    folder.mkdir(parents=True, exist_ok=True)
    behaviour = manners or Manners()
    results: list[Fetched] = []
    for address in wanted:
        try:
            results.append(_one(address, folder, today=today, manners=behaviour, progress=progress))
        except Offline as error:
            if not any(result.path for result in results):
                raise
            results.append(Fetched(address=address, failure=str(error)))
        except FetchFailed as error:
            results.append(Fetched(address=address, failure=str(error)))
    return tuple(results)


def _one(
    address: Address,
    folder: Path,
    *,
    today: date,
    manners: Manners,
    progress: Callable[[str, int, int | None], None] | None,
) -> Fetched:
    if address.by_hand:
        raise FetchFailed(
            f"{address.title} has no fixed address", what_to_do=f"Download it by hand from {address.page}"
        )
    urls = address.urls(today) or (_linked(address, manners),)
    for url in urls:
        path = folder / (address.name or _name_of(url))
        if path.is_file():
            return Fetched(address=address, path=path, url=url, sha256=_hash(path), already_there=True)
    for number, url in enumerate(urls):
        path = folder / (address.name or _name_of(url))
        try:
            tell = None if progress is None else _Told(progress, address.key)
            download(url, path, manners=manners, sha256=address.sha256, progress=tell)
        except NotThere:
            if number + 1 == len(urls):
                raise
        else:
            return Fetched(address=address, path=path, url=url, sha256=_hash(path))
    raise FetchFailed(f"{address.title} was not found", what_to_do=f"See {address.page}")


class _Told:
    """The caller's progress, with the key of the address in front."""

    def __init__(self, progress: Callable[[str, int, int | None], None], key: str) -> None:
        self.progress, self.key = progress, key

    def __call__(self, have: int, total: int | None) -> None:
        self.progress(self.key, have, total)


def _linked(address: Address, manners: Manners) -> str:
    """The first address on the publisher's page that matches: pages list the newest file first."""
    page = html.unescape(read_page(address.page, manners=manners))
    match = re.search(address.link, page, flags=re.IGNORECASE)
    if match is None:
        raise FetchFailed(
            f"{address.page} has no link to {address.title}",
            what_to_do="The page has changed: download the file by hand",
        )
    return match[0]


def _name_of(url: str) -> str:
    """The last part of the address, without anything that could leave the folder."""
    last = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.\-]+", "_", last).lstrip(".") or "download"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
