"""The words by which a school is found, written the same way in the index and in a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTENED = {
    "saint": "st",
    "saints": "sts",
    "coe": "cofe",
    "ce": "cofe",
    "catholic": "rc",
    "and": "",
    "the": "",
    "of": "",
}
CHURCH = re.compile(r"\bc\.? ?(?:of|/) ?e\b|\bchurch of england\b", re.IGNORECASE)
CATHOLIC = re.compile(r"\br\.? ?c\.?\b|\broman catholic\b", re.IGNORECASE)
LONGEST = 60
CLOSE = 0.34
"""How much of the letters two words must share to be taken for one mistyped as the other."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name, each once: small letters, no accents, no apostrophes; St for Saint, CofE for its forms."""
    plain = CATHOLIC.sub(" rc ", CHURCH.sub(" cofe ", text))
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower().replace("'", "")
    found = (SHORTENED.get(word, word) for word in re.findall(r"[a-z0-9]+", plain))
    return tuple(dict.fromkeys(word[:LONGEST] for word in found if word))


def terms_of(*, names: Iterable[str], urn: int, laestab: int | None, postcode: str) -> frozenset[str]:
    """Everything that leads to a school: words of its names, its two numbers, its postcode whole and in parts."""
    found = {word for name in names for word in words_of(name)}
    found.add(str(urn))
    if laestab:
        found |= {str(laestab), str(laestab)[3:]}
    code = postcode.lower().replace(" ", "")
    if code:
        found |= {code, *postcode.lower().split()}
    return frozenset(found)


def is_guessable(word: str) -> bool:
    """Whether a mistyped form of a word is looked for: numbers and very short words are taken as typed."""
    return len(word) > 2 and not any(letter.isdigit() for letter in word)


def grams_of(word: str) -> frozenset[str]:
    """Every three letters in a row of a word, its beginning and its end marked by spaces."""
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """How much two words have in common: shared threes of all threes, from 0 to 1."""
    these, those = grams_of(one), grams_of(other)
    return len(these & those) / len(these | those)
