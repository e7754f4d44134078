"""Redraw screenshots with at most 128 colours: words on flat grounds look the same, in a third of the bytes."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import numpy as np

COLOURS = 128
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}


def pixels(png: bytes) -> np.ndarray:
    """The red, green and blue of a picture with 8 bits each. Shape: height, width, 3."""
    at, packed, head = len(SIGNATURE), b"", b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, inside = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        head = inside if kind == b"IHDR" else head
        packed += inside if kind == b"IDAT" else b""
        at += size + 12
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if depth != 8 or colour not in CHANNELS or interlaced:
        raise ValueError("only plain pictures of 8 bits with red, green and blue are read")
    step = CHANNELS[colour]
    rows = np.frombuffer(zlib.decompress(packed), dtype=np.uint8).reshape(height, 1 + width * step)
    made = np.zeros((height, width, step), dtype=np.uint8)
    above = np.zeros((width, step), dtype=np.uint8)
    for number, row in enumerate(rows):
        above = made[number] = unfiltered(int(row[0]), row[1:].reshape(width, step), above)
    return made[:, :, :3]


def unfiltered(kind: int, row: np.ndarray, above: np.ndarray) -> np.ndarray:
    """One row as it was before PNG's filter: none, left, above, mean, Paeth."""
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row, axis=0, dtype=np.uint8)
    if kind == 2:
        return row + above
    made = np.zeros_like(row)
    left, corner = [0] * row.shape[1], [0] * row.shape[1]
    for place, (given, over) in enumerate(zip(row.tolist(), above.tolist(), strict=True)):
        if kind == 3:
            left = [(one + (a + b) // 2) & 255 for one, a, b in zip(given, left, over, strict=True)]
        else:
            parts = zip(given, left, over, corner, strict=True)
            left = [(one + nearest(a, b, c)) & 255 for one, a, b, c in parts]
        corner = over
        made[place] = left
    return made


def nearest(left: int, above: int, corner: int) -> int:
    """Paeth's choice: whichever neighbour is nearest to left + above - corner."""
    far = [abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)]
    return (left, above, corner)[far.index(min(far))]


def palette(found: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The colours to draw with: the commonest of each neighbourhood, the commonest neighbourhoods first."""
    order = np.argsort(-counts, kind="stable")
    around = found[order] // 12
    _, first = np.unique(around, axis=0, return_index=True)
    return found[order][np.sort(first)[:COLOURS]]


def redrawn(png: bytes) -> bytes:
    """The same picture with a palette."""
    picture = pixels(png)
    height, width, _ = picture.shape
    found, which, counts = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    chosen = palette(found, counts)
    apart = ((found[:, None, :].astype(int) - chosen[None, :, :].astype(int)) ** 2).sum(axis=2)
    places = apart.argmin(axis=1).astype(np.uint8)[which.reshape(-1)].reshape(height, width)
    rows = np.hstack([np.zeros((height, 1), dtype=np.uint8), places]).tobytes()
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", chosen.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(
        struct.pack(">I", len(inside)) + kind + inside + struct.pack(">I", zlib.crc32(kind + inside))
        for kind, inside in parts
    )


def main(paths: list[str]) -> int:
    """Redraw each picture in its place, where that makes it smaller."""
    for path in map(Path, paths):
        before = path.read_bytes()
        after = redrawn(before)
        if len(after) < len(before):
            path.write_bytes(after)
        sys.stdout.write(f"{path.name}: {len(before):,} bytes, now {min(len(before), len(after)):,}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
