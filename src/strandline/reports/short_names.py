"""Short marks for authorities on a small map: four letters, each different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

LENGTH = 4
SKIPPED = frozenset(
    {"and", "in", "of", "on", "the", "to", "upon", "with", "city", "county", "royal", "borough", "council"}
)


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Give each key a mark made from its name; the marks differ from one another and follow the order of the names."""
    taken: dict[str, str] = {}
    for key, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        mark = next(candidate for candidate in _candidates(name) if candidate not in taken.values())
        taken[key] = mark
    return taken


def _candidates(name: str) -> Iterator[str]:
    words = [word for word in _words(name) if word.casefold() not in SKIPPED] or _words(name) or ["?"]
    if len(words) > 1:
        yield words[0][:2].capitalize() + words[1][:2].capitalize()
        yield words[0][:1].upper() + words[1][:3].capitalize()
    yield words[0][:LENGTH].capitalize()
    letters = "".join(words)
    for position in range(LENGTH, len(letters)):
        yield letters[: LENGTH - 1].capitalize() + letters[position].casefold()
    number = 2
    while True:
        yield f"{words[0][:2].capitalize()}{number}"
        number += 1


def _words(name: str) -> list[str]:
    return ["".join(character for character in word if character.isalnum()) for word in name.replace("-", " ").split()]
