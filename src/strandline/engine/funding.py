"""Money by category: rate times pupils, or rate times schools. A rate that is not given is an error, never £0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from strandline.kernel.citations import Citation
from strandline.kernel.errors import DataError, Problem, UserError
from strandline.strategy.model import Basis, Funding, Rate


class CannotAllocate(DataError):
    """An allocation lacks rates or rolls; every school concerned is named."""


class BasisNotOffered(UserError):
    """A formula is asked for a basis that the strategy does not offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedSchool:
    """What the formula needs to know of a school; the category is None where it is undecided."""

    urn: str
    category: str | None
    pupils: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """
    One school's share of the formula.

    Units: pounds. `amount` is 0 only where the category does not trigger money; `lead` says who leads instead.
    """

    school: FundedSchool
    rate: Decimal
    units: int
    amount: Decimal
    triggers: bool
    lead: str = ""
    words: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A formula worked out for a set of schools. `undecided` schools are in no sum and are listed."""

    funding: Funding
    basis: Basis
    rows: tuple[Allocated, ...]
    undecided: tuple[FundedSchool, ...]

    @property
    def total(self) -> Decimal:
        """The sum over all schools, in pounds."""
        return sum((row.amount for row in self.rows), Decimal(0))

    @property
    def triggering(self) -> tuple[Allocated, ...]:
        """The schools that bring money."""
        return tuple(row for row in self.rows if row.triggers)

    @property
    def led_elsewhere(self) -> tuple[Allocated, ...]:
        """The schools that another body leads and that are outside the sum."""
        return tuple(row for row in self.rows if row.lead)

    def amounts(self) -> Mapping[str, Decimal]:
        """Pounds by category."""
        sums: dict[str, Decimal] = {}
        for row in self.rows:
            code = row.school.category or ""
            sums[code] = sums.get(code, Decimal(0)) + row.amount
        return sums


def allocate(
    funding: Funding,
    schools: Iterable[FundedSchool],
    *,
    rates: Mapping[str, Decimal] | None = None,
    basis: Basis | None = None,
) -> Allocation:
    """
    Work the formula out: the sum over schools in triggering categories of rate × pupils (or × 1 for each school).

    `rates` gives or replaces pounds for a category; `basis` chooses another basis that the strategy offers.
    Raises: CannotAllocate, naming every category without a rate and every school without a roll; BasisNotOffered.
    """
    chosen = basis or funding.basis
    if chosen not in (funding.basis, *funding.other_bases):
        offered = ", ".join((funding.basis, *funding.other_bases))
        raise BasisNotOffered(f"{funding.title} is not reckoned by {chosen}", what_to_do=f"It offers {offered}")
    every = tuple(schools)
    decided = [school for school in every if school.category is not None]
    given = dict(rates or {})
    problems = [problem for school in decided for problem in _problems(funding, school, given, chosen)]
    if problems:
        raise CannotAllocate(
            f"{funding.title} cannot be worked out", problems=tuple(dict.fromkeys(problems)), what_to_do=""
        )
    return Allocation(
        funding=funding,
        basis=chosen,
        rows=tuple(_allocated(funding, school, given, chosen) for school in decided),
        undecided=tuple(school for school in every if school.category is None),
    )


def _problems(funding: Funding, school: FundedSchool, given: Mapping[str, Decimal], basis: Basis) -> Iterable[Problem]:
    row = funding.rate(school.category or "")
    if row is None:
        yield Problem(
            what=f"category {school.category} has no row in the table of rates",
            what_to_do="Add one to the strategy, with a rate or as not triggering",
        )
        return
    if not row.triggers:
        return
    if _pounds(row, school.category or "", given) is None:
        yield Problem(
            what=f"category {school.category} triggers money and has no rate",
            what_to_do=f"Give one, such as {school.category}=20",
        )
    if basis is Basis.PUPILS and school.pupils is None:
        yield Problem(what=f"school {school.urn} has no number of pupils", what_to_do="Add its roll or leave it out")


def _allocated(funding: Funding, school: FundedSchool, given: Mapping[str, Decimal], basis: Basis) -> Allocated:
    category = school.category or ""
    row = funding.rate(category)
    if row is None or not row.triggers:
        lead, words = (row.lead, row.words) if row else ("", "")
        return Allocated(
            school=school, rate=Decimal(0), units=0, amount=Decimal(0), triggers=False, lead=lead, words=words,
            citation=row.citation if row else None,
        )  # fmt: skip
    rate = _pounds(row, category, given) or Decimal(0)
    units = 1 if basis is Basis.SCHOOLS else school.pupils or 0
    return Allocated(
        school=school,
        rate=rate,
        units=units,
        amount=rate * units,
        triggers=True,
        lead=row.lead,
        words=row.words,
        citation=row.citation,
    )


def _pounds(row: Rate, category: str, given: Mapping[str, Decimal]) -> Decimal | None:
    if category in given:
        return given[category]
    return Decimal(str(row.rate)) if row.rate is not None else None
