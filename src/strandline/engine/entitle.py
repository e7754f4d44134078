"""
What a school is entitled to under its category: support, officer days, offers.

Nothing here is a default: what depends on a figure or a judgement that is missing is *unknown* and says why, and a
range of days stays a range until a person has chosen and given a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from strandline.engine.categorise import Decision
from strandline.engine.days import DayChoice, DaysDue, days_due
from strandline.engine.evaluate import School, evaluate
from strandline.engine.resolve import ResolvedPack
from strandline.engine.trace import blamed
from strandline.kernel.errors import UserError
from strandline.kernel.missing import Missing
from strandline.strategy.model import Audience, Entitlement, Need, Offer, OfferItem, Pack, Status, Visit
from strandline.strategy.nodes import Condition


class UnknownPreset(UserError):
    """A preset that the pack's offers do not have."""


class Claim(StrEnum):
    """How a school stands to one kind of support."""

    ENTITLED = "entitled"
    IF_NEEDED = "if_needed"
    PLANNED = "planned"
    NOT_ENTITLED = "not_entitled"
    OTHER_AUDIENCE = "other_audience"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """One kind of support with the school's claim to it, and why where it is not plain."""

    entitlement: Entitlement
    claim: Claim
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One thing offered to the school, by which offer; `known` is false where a figure is missing."""

    offer: Offer
    item: OfferItem
    known: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlements:
    """
    Everything that follows from a school's category.

    Missing: without a category there is no support and no days, and `why_none` says why.
    """

    category: str | None
    support: tuple[Entitled, ...]
    offers: tuple[Offered, ...]
    days: DaysDue | None
    why_none: str = ""

    @property
    def claimed(self) -> tuple[Entitled, ...]:
        """The support the school has, by right, where needed or as planned."""
        return tuple(e for e in self.support if e.claim in (Claim.ENTITLED, Claim.IF_NEEDED, Claim.PLANNED))

    @property
    def visit(self) -> Visit:
        """The contact that the offer by category states: no visit by policy is not an overdue visit."""
        stated = [o.item.visit for o in self.offers if o.known and o.item.visit is not Visit.UNSTATED]
        return stated[0] if stated else Visit.UNSTATED


def entitle(
    resolved: ResolvedPack, decision: Decision, school: School, *, preset: str = "", choice: DayChoice | None = None
) -> Entitlements:
    """
    What follows from the decision for one school.

    Raises: UnknownPreset; ChoiceNotAllowed when the choice of days is outside the range or gives no reason.
    """
    if decision.category is None:
        state = decision.state.value.replace("_", " ")
        return Entitlements(category=None, support=(), offers=(), days=None, why_none=f"the school is {state}")
    pack, category = resolved.pack, decision.category
    return Entitlements(
        category=category,
        support=tuple(_entitled(resolved, part, category, school) for part in pack.entitlements),
        offers=tuple(_offered(resolved, category, school, preset)),
        days=days_due(resolved, category, school, choice=choice) if pack.days else None,
    )


def audience_includes(audience: Audience, school: School) -> bool | None:
    """Whether a column of the offer is meant for this school; unknown where its legal form is."""
    if audience is Audience.ALL:
        return True
    given = school.get("maintained" if audience is Audience.MAINTAINED else "academy")
    return given if isinstance(given, bool) else None


def truth_and_why(resolved: ResolvedPack, condition: Condition | None, school: School) -> tuple[bool | None, str]:
    """A further condition's truth, and what it is for want of where it is unknown."""
    if condition is None:
        return True, ""
    trace = evaluate(resolved, condition, school)
    if trace.truth is not None:
        return trace.truth, ""
    lacking = (f"{name} is missing: {_reason(operand.missing)}" for name, operand in blamed(trace).items())
    return None, "; ".join(lacking)


def preset_names(pack: Pack) -> tuple[str, ...]:
    """Every preset that the pack's offers have."""
    return tuple(dict.fromkeys(name for offer in pack.offers for name in offer.presets))


def _entitled(resolved: ResolvedPack, part: Entitlement, category: str, school: School) -> Entitled:
    if not part.covers(category):
        return Entitled(entitlement=part, claim=Claim.NOT_ENTITLED, why=f"not for category {category}")
    meant = audience_includes(part.audience, school)
    if meant is False:
        return Entitled(entitlement=part, claim=Claim.OTHER_AUDIENCE, why=f"for {_audience_words(part.audience)} only")
    holds, why = truth_and_why(resolved, part.when, school)
    if holds is False:
        return Entitled(entitlement=part, claim=Claim.NOT_ENTITLED, why="its condition does not hold for the school")
    if meant is None or holds is None:
        reason = why or "the school's legal form is missing"
        return Entitled(entitlement=part, claim=Claim.UNKNOWN, why=reason)
    return Entitled(entitlement=part, claim=_claim(part), why=part.note)


def _claim(part: Entitlement) -> Claim:
    if part.status is not Status.IN_FORCE:
        return Claim.PLANNED
    return Claim.IF_NEEDED if part.need is Need.IF_NEEDED else Claim.ENTITLED


def _offered(resolved: ResolvedPack, category: str, school: School, preset: str) -> list[Offered]:
    if preset and preset not in preset_names(resolved.pack):
        among = ", ".join(preset_names(resolved.pack)) or "none"
        raise UnknownPreset(
            f"the pack {resolved.pack.id} has no preset {preset}", what_to_do=f"There are these presets: {among}"
        )
    rows: list[Offered] = []
    for offer in resolved.pack.offers:
        meant = audience_includes(offer.audience, school)
        if meant is False:
            continue
        for item in _items(offer, category, preset):
            holds, why = truth_and_why(resolved, item.when, school)
            if holds is not False:
                known = meant is True and holds is True
                reason = why or ("" if meant else "the school's legal form is missing")
                rows.append(Offered(offer=offer, item=item, known=known, why=reason))
    return rows


def _items(offer: Offer, category: str, preset: str) -> tuple[OfferItem, ...]:
    by_category = offer.by_category_under(preset if preset in offer.presets else "")
    if not by_category:
        return offer.items
    return (offer.item(by_category[category]),) if category in by_category else ()


def _audience_words(audience: Audience) -> str:
    return "maintained schools" if audience is Audience.MAINTAINED else "academies"


def _reason(missing: Missing | None) -> str:
    return str(missing) if missing else "no value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """
    The support types by category, as published.

    Shape: `ticks` holds (support key, category code) for every cell that is ticked.
    """

    rows: tuple[Entitlement, ...]
    columns: tuple[str, ...]
    ticks: frozenset[tuple[str, str]]

    def is_entitled(self, support: str, category: str) -> bool:
        """Whether the cell is ticked."""
        return (support, category) in self.ticks

    @property
    def column_totals(self) -> Mapping[str, int]:
        """Ticks under each category."""
        return {code: sum(1 for _, category in self.ticks if category == code) for code in self.columns}

    @property
    def total(self) -> int:
        """All ticks."""
        return len(self.ticks)


def matrix(pack: Pack) -> Matrix:
    """The pack's entitlements as a table of support types by category, in the order of display."""
    columns = tuple(category.code for category in sorted(pack.categories, key=lambda category: category.order))
    ticks = frozenset((part.key, code) for part in pack.entitlements for code in columns if part.covers(code))
    return Matrix(rows=pack.entitlements, columns=columns, ticks=ticks)
