"""
One file from one address, whole or not at all.

What has come stays in `<name>.part`, so that a cut connection is taken up where it broke (Range, guarded by
If-Range). A file gets its own name only when its length and checksum are as the publisher said, and it is not a web
page.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from strandline.sources.fetch.asking import Broken, FetchFailed, Manners, open_url

CHUNK_BYTES = 1 << 16
MOST_BYTES = 4 << 30
PARTIAL = 206
Progress = Callable[[int, int | None], None]


def download(url: str, to: Path, *, manners: Manners, sha256: str = "", progress: Progress | None = None) -> Path:
    """
    Bring the file at `url` to the path `to`.

    Raises: Offline; NotThere; FetchFailed when it stays broken, is a web page or has another checksum.
    """
    part, note = to.with_name(f"{to.name}.part"), to.with_name(f"{to.name}.part.json")
    broken = Broken("nothing was tried")
    for attempt in range(manners.tries):
        try:
            headers = _transfer(url, part, note, manners=manners, progress=progress)
            _check_content(url, part, headers, sha256=sha256)
            break
        except Broken as error:
            broken = error
            if error.afresh:
                part.unlink(missing_ok=True)
            manners.wait_after(error, attempt=attempt)
    else:
        raise FetchFailed(
            f"{url} did not deliver the file in {manners.tries} tries: {broken.what}",
            what_to_do="Try again later; what has come so far is kept and will be taken up",
        )
    part.replace(to)
    note.unlink(missing_ok=True)
    return to


def _transfer(url: str, part: Path, note: Path, *, manners: Manners, progress: Progress | None) -> Mapping[str, str]:
    """Append what is still to come to the part file. Returns the headers of the whole. Raises: Broken."""
    have, guard = _so_far(url, part, note)
    request = {"Range": f"bytes={have}-", "If-Range": guard} if have else {}
    with open_url(url, request, manners=manners) as response:
        headers = {name.casefold(): value for name, value in response.headers.items()}
        if have and response.status != PARTIAL:
            have = 0
        if response.status == PARTIAL and _starts_at(headers) != have:
            raise Broken("the publisher sent another part than was asked for", afresh=True)
        total = _total(headers, have)
        if total is not None and total > MOST_BYTES:
            raise FetchFailed(f"{url} is larger than 4 GB", what_to_do="Check the address")
        guard = headers.get("etag") or headers.get("last-modified", "")
        note.write_text(json.dumps({"url": url, "guard": guard}), encoding="utf-8")
        with part.open("ab" if have else "wb") as file:
            have = _receive(response, file.write, have=have, total=total, progress=progress)
            file.flush()
            os.fsync(file.fileno())
    if total is not None and have != total:
        raise Broken(f"{have:,} of {total:,} bytes came")
    return headers


def _receive(
    response: http.client.HTTPResponse,
    write: Callable[[bytes], int],
    *,
    have: int,
    total: int | None,
    progress: Progress | None,
) -> int:
    try:
        while chunk := response.read(CHUNK_BYTES):
            have += write(chunk)
            if have > MOST_BYTES:
                raise FetchFailed("The file does not end", what_to_do="Check the address")
            if progress is not None:
                progress(have, total)
    except http.client.IncompleteRead as error:
        have += write(error.partial)
        raise Broken(f"the connection was cut after {have:,} bytes") from error
    except (http.client.HTTPException, OSError) as error:
        raise Broken(f"the connection broke after {have:,} bytes: {error}") from error
    return have


def _check_content(url: str, part: Path, headers: Mapping[str, str], *, sha256: str) -> None:
    """Refuse web pages, hold the checksums that are known. A file that fails is thrown away."""
    with part.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        file.seek(0)
        found = hashlib.file_digest(file, "sha256")
    if start.startswith((b"<!doctype", b"<html", b"<?xml")) or "text/html" in headers.get("content-type", ""):
        part.unlink()
        raise FetchFailed(
            f"{url} gave a web page instead of the file",
            what_to_do="Open the publisher's page in a browser; the address may have moved",
        )
    if not start and part.stat().st_size == 0:
        part.unlink()
        raise Broken("the file was empty")
    if sha256 and found.hexdigest() != sha256:
        part.unlink()
        raise FetchFailed(f"{url} gave a file with another checksum", what_to_do="Get it again; do not use this one")
    stated = _stated_sha256(headers)
    if stated and stated != found.digest():
        part.unlink()
        raise Broken("the checksum is not the one the publisher sent with it")


def _stated_sha256(headers: Mapping[str, str]) -> bytes | None:
    """The sha-256 of `Repr-Digest`, `Content-Digest` or the older `Digest` header."""
    for name in ("repr-digest", "content-digest", "digest"):
        match = re.search(r"sha-256=:?([A-Za-z0-9+/]{43}=)", headers.get(name, ""), flags=re.IGNORECASE)
        if match and not (name == "content-digest" and "content-range" in headers):
            return base64.b64decode(match[1])
    return None


def _so_far(url: str, part: Path, note: Path) -> tuple[int, str]:
    """How many bytes of this very file are there, and what proves that it has not changed meanwhile."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(note.read_text(encoding="utf-8"))
        if kept["url"] == url and kept["guard"] and not str(kept["guard"]).startswith("W/"):
            return part.stat().st_size, str(kept["guard"])
    return 0, ""


def _starts_at(headers: Mapping[str, str]) -> int | None:
    match = re.match(r"bytes (\d+)-", headers.get("content-range", ""))
    return int(match[1]) if match else None


def _total(headers: Mapping[str, str], have: int) -> int | None:
    whole = re.search(r"/(\d+)$", headers.get("content-range", ""))
    if whole:
        return int(whole[1])
    length = headers.get("content-length", "")
    return int(length) + have if length.isdigit() else None
