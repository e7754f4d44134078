"""
Finding schools by what somebody remembers of their names.

Every word of the question must lead to the school: as it stands, as the beginning of a word, or, where no school in
reach fits, as a mistyped form of a word that shares enough of its letters. Plain tables: the same on both databases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from strandline.web.schools.models import Line, SchoolTerm, WordGram
from strandline.web.schools.queries.within import unscoped
from strandline.web.schools.words import CLOSE, grams_of, is_guessable, likeness, words_of

MOST_WORDS = 8
MOST_GUESSES = 12
FEW = 500
FEW_SCHOOLS = 3_000
"""Up to so many schools each is asked whether it has the words; beyond, the words are asked for their schools."""
TOLD = (
    "pk",
    "school",
    "sector",
    "legal_form",
    "proposed_state",
    "proposed_category",
    "consortium",
    "diocese",
    "trust_uid",
    "trust_name",
)
"""What is told of each line where few are found: what the list filters by."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    What a question leads to: a condition on lines, and the words taken for mistyped ones ("brookfeild").

    `few`: the lines themselves (`TOLD` of each) where they are a few hundred at most; None where they are more.
    """

    condition: Q | None = None
    guesses: tuple[str, ...] = ()
    few: tuple[Row, ...] | None = None

    def narrow(self, lines: QuerySet[Line]) -> QuerySet[Line]:
        """The lines of schools that fit."""
        return lines if self.condition is None else lines.filter(self.condition)


NOTHING = Found(condition=Q(pk__in=()), few=())


def search(lines: QuerySet[Line], text: str, *, several: bool = False) -> Found:
    """
    Find schools among `lines` by words. Where they are few, they are found once and for all.

    `several`: there are many thousands of lines.
    """
    asked = words_of(text)[:MOST_WORDS]
    if not asked:
        return Found() if not text else NOTHING
    strict = _conditions([_beginning(word) for word in asked], several=several)
    few = _few(lines, strict)
    if few is None or few:
        return Found(condition=strict, few=few)
    near = [guessed(word) for word in asked]
    if not any(near):
        return NOTHING
    either = [_beginning(word) | Q(word__in=words) for word, words in zip(asked, near, strict=True)]
    loose = _conditions(either, several=several)
    few = _few(lines, loose)
    if few is None:
        return Found(condition=loose)
    guesses = _leading({word for words in near for word in words}, to=[row["school"] for row in few])
    return Found(condition=loose, guesses=guesses, few=few)


def _leading(words: set[str], *, to: Collection[int]) -> tuple[str, ...]:
    """Those of some words that do lead to schools in reach: words of others' schools are not told."""
    found = unscoped(SchoolTerm).filter(school__in=to, word__in=words).order_by("word").values_list("word", flat=True)
    return tuple(found.distinct())


def _few(lines: QuerySet[Line], condition: Q) -> tuple[Row, ...] | None:
    """The lines that fit, with what filters count of them; None where they are more than a few hundred."""
    found = tuple(lines.filter(condition).order_by().values(*TOLD)[: FEW + 1])
    return None if len(found) > FEW else found


def guessed(word: str) -> tuple[str, ...]:
    """The words that a word may be a mistyped form of, the likest first."""
    if not is_guessable(word):
        return ()
    grams = grams_of(word)
    shared = (
        WordGram.objects.filter(gram__in=grams)
        .values("word_id")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=max(2, len(grams) // 3))
        .order_by("-shared", "word_id")
        .values_list("word_id", flat=True)[:200]
    )
    ranked = sorted(((likeness(word, other), other) for other in shared), key=lambda pair: (-pair[0], pair[1]))
    return tuple(other for close, other in ranked[:MOST_GUESSES] if close >= CLOSE and other != word)


def _beginning(word: str) -> Q:
    """The word, or any that begins with it: six times z stands behind every continuation in any alphabet's order."""
    return Q(word__gte=word, word__lte=f"{word}zzzzzz")


def _conditions(wanted: Sequence[Q], *, several: bool) -> Q:
    """That a line's school has a term for each of the conditions."""
    terms = unscoped(SchoolTerm)
    first, *others = sorted(wanted, key=lambda each: -len(str(each)))
    if several:  # the longest word finds, the others confirm
        whole = Q(school__in=terms.filter(first).values("school"))
    else:
        whole = Q(Exists(terms.filter(first, school=OuterRef("school"))))
    for each in others:
        whole &= Q(Exists(terms.filter(each, school=OuterRef("school"))))
    return whole
