"""The numbers that name a school or an authority: parsed once at the boundary, trusted inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from strandline.kernel.errors import UserError


class NotAnIdentifier(UserError):
    """A text that should name a school or an authority does not have the form."""


@dataclass(frozen=True, slots=True, order=True)
class Urn:
    """A school's unique reference number: five to seven digits, never re-used."""

    number: int

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read `100000` from text. Raises: NotAnIdentifier."""
        return cls(_digits(text, name="URN", pattern=r"\d{5,7}", example="100000"))

    def __str__(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True, order=True)
class LaCode:
    """A local authority's three-digit DfE code, such as 937 for Warwickshire."""

    number: int

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read `937` from text. Raises: NotAnIdentifier."""
        return cls(_digits(text, name="local authority code", pattern=r"[1-9]\d{2}", example="937"))

    def __str__(self) -> str:
        return f"{self.number:03d}"


@dataclass(frozen=True, slots=True, order=True)
class Laestab:
    """Authority code and establishment number together: `937/2001`, stored as 9372001."""

    number: int

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read `937/2001` or `9372001`. Raises: NotAnIdentifier."""
        return cls(_digits(str(text).replace("/", ""), name="LAESTAB", pattern=r"\d{7}", example="937/2001"))

    @property
    def la(self) -> LaCode:
        """The authority part."""
        return LaCode(self.number // 10_000)

    def __str__(self) -> str:
        return f"{self.number // 10_000:03d}/{self.number % 10_000:04d}"


@dataclass(frozen=True, slots=True, order=True)
class Ukprn:
    """A provider's eight-digit UK reference number, which begins with 1."""

    number: int

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read `10079319`. Raises: NotAnIdentifier."""
        return cls(_digits(text, name="UKPRN", pattern=r"1\d{7}", example="10079319"))

    def __str__(self) -> str:
        return str(self.number)


def _digits(text: str | int, *, name: str, pattern: str, example: str) -> int:
    cleaned = str(text).strip()
    if not re.fullmatch(pattern, cleaned, flags=re.ASCII):
        raise NotAnIdentifier(f'"{cleaned}" is not a {name}', what_to_do=f"Write it like {example}")
    return int(cleaned)
