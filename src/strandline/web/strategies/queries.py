"""Reading strategies: drafts for the service alone, what is published for everybody who sees strategies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from strandline.kernel.errors import UserError
from strandline.runs import packs, strategy_text
from strandline.runs.packs import PackLine
from strandline.runs.strategy_text import Difference
from strandline.web.people.roles import Role
from strandline.web.people.scope import Actor, AuthorityQuerySet, ScopedQuerySet
from strandline.web.schools.models import CategorySpell
from strandline.web.strategies.actions.drafting import home
from strandline.web.strategies.actions.receiving import own_school
from strandline.web.strategies.models import SHOWN, Comment, LinkedPlan, Receipt, StrategyVersion, VersionState

HEAVY = ("content", "files")
COUNTED = {
    "sent": Count("pk"),
    "opened": Count("pk", filter=Q(opened_at__isnull=False)),
    "acknowledged": Count("pk", filter=Q(acknowledged_at__isnull=False)),
}
Compared = tuple[StrategyVersion, StrategyVersion, tuple[Difference, ...]]


def visible(actor: Actor) -> AuthorityQuerySet[StrategyVersion]:
    """The versions that a person may read, the latest first."""
    rows = StrategyVersion.objects.for_actor(actor).defer("files")
    if actor.is_of_the_service or Role.AUDITOR in actor.roles:
        return rows
    return rows.filter(state__in=SHOWN)


def versions(actor: Actor) -> AuthorityQuerySet[StrategyVersion]:
    """The same for a list: without their long texts."""
    return visible(actor).defer(*HEAVY)


def published(actor: Actor) -> StrategyVersion | None:
    """The version in force, without its long texts; None before the first publication."""
    return versions(actor).filter(state=VersionState.PUBLISHED).first()


def plans(actor: Actor, row: StrategyVersion) -> tuple[LinkedPlan, ...]:
    """The plans that a version is linked to."""
    return tuple(LinkedPlan.objects.for_actor(actor).filter(strategy=row))


def comments(actor: Actor, row: StrategyVersion) -> tuple[Comment, ...]:
    """The consultation log of a version, group by group."""
    return tuple(Comment.objects.for_actor(actor).filter(strategy=row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many schools of a group received, opened and acknowledged."""

    group: str
    sent: int
    opened: int
    acknowledged: int

    @property
    def percent(self) -> float | None:
        """Acknowledged as a percentage of those it was sent to; None where it was sent to nobody."""
        return 100 * self.acknowledged / self.sent if self.sent else None


def receipts(actor: Actor, row: StrategyVersion) -> ScopedQuerySet[Receipt]:
    """Every school that a version was sent to, within reach: those that have not acknowledged first."""
    rows = Receipt.objects.for_actor(actor).filter(strategy=row).select_related("school")
    return rows.order_by("acknowledged_at", "school__name")


def shares(actor: Actor, row: StrategyVersion) -> tuple[Share, ...]:
    """Acknowledgement in all, by sector, by status, and of schools that no category was published for. One query."""
    published = CategorySpell.objects.filter(school=OuterRef("school"))
    rows = Receipt.objects.for_actor(actor).filter(strategy=row).order_by().annotate(never=~Exists(published))
    counted: list[Any] = list(rows.values("sector", "maintained", "never").annotate(**COUNTED))
    found = [
        (each["sector"], each["maintained"], each["never"], (each["sent"], each["opened"], each["acknowledged"]))
        for each in counted
    ]
    sectors = sorted({sector for sector, *_ in found})
    groups = [
        _share("All schools", [each[3] for each in found]),
        *(_share(_sector(name), [each[3] for each in found if each[0] == name]) for name in sectors),
        _share("Maintained schools", [each[3] for each in found if each[1]]),
        _share("Academies and others", [each[3] for each in found if not each[1]]),
        _share("Never given a category", [each[3] for each in found if each[2]]),
    ]
    return tuple(group for group in groups if group.sent or group.group == "All schools")


def acknowledged_share(actor: Actor) -> Share | None:
    """The strategy in force and how many schools have acknowledged it; None before a publication. One query."""
    rows = Receipt.objects.for_actor(actor).filter(strategy__state=VersionState.PUBLISHED)
    found = rows.aggregate(**COUNTED)
    return Share(group="All schools", **found) if found["sent"] else None


def own_receipt(actor: Actor) -> Receipt | None:
    """The receipt of the person's own school for the version in force."""
    urn = own_school(actor)
    if urn is None:
        return None
    rows = Receipt.objects.for_actor(actor).filter(school=urn, strategy__state=VersionState.PUBLISHED)
    return rows.select_related("strategy").defer("strategy__content", "strategy__files").first()


def pack_choices() -> list[tuple[str, str]]:
    """The packs that a strategy can be drafted from."""
    return [(each.id, f"{each.title} ({each.publisher}, {each.id})") for each in _packs() if each.categories]


def _packs() -> Iterable[PackLine]:
    return packs.list_packs(home())


def pack_moved_on(row: StrategyVersion) -> bool:
    """Whether the pack on disk says something else by now than the draft took from it."""
    try:
        return packs.read(home(), which=row.pack).sha256 != row.pack_sha256
    except UserError:
        return False


def compared(actor: Actor, *, earlier: int, later: int) -> Compared:
    """Two versions and every value of their packs that differs. Raises: StrategyVersion.DoesNotExist."""
    rows = StrategyVersion.objects.for_actor(actor).filter(pk__in=visible(actor).values("pk"))
    one, other = rows.get(pk=earlier), rows.get(pk=later)
    differences = strategy_text.compare(one.files, other.files, packs_named=(one.pack, other.pack))
    return one, other, differences


def _share(group: str, numbers: list[tuple[int, int, int]]) -> Share:
    sent, opened, acknowledged = (sum(each[place] for each in numbers) for place in range(3))
    return Share(group=group, sent=sent, opened=opened, acknowledged=acknowledged)


def _sector(name: str) -> str:
    return name.replace("_", " ").capitalize() or "Sector not known"
