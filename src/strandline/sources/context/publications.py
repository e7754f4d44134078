"""The contracts of the census, absence and finance files that accompany the performance tables."""

from __future__ import annotations

from strandline.kernel.missing import MissingReason
from strandline.sources import contract as c
from strandline.sources.results.layouts import contracts_of, read_book
from strandline.sources.tokens import PERFORMANCE_TABLES, TokenSet

PACKAGE = "strandline.sources.context"
CENSUS = read_book(PACKAGE, "census.toml")
ABSENCE = read_book(PACKAGE, "absence.toml")
FINANCE = read_book(PACKAGE, "finance.toml")


MISPRINTED = TokenSet(
    name="consistent financial reporting",
    reasons={**PERFORMANCE_TABLES.reasons, "SUPP!": MissingReason.SUPPRESSED},  # one column of 2016-17 prints it so
)


def _template(**stated: object) -> c.Contract:
    return c.Contract(
        kind="",
        name="",
        title="",
        publisher="",
        columns=(),
        period=c.Period(),
        published=c.Published(),
        shape=c.INDICATORS,
        key=("urn",),
        containers=("csv",),
        la_column="la_code",
        **stated,  # type: ignore[arg-type]
    )


CENSUS_CONTRACTS = contracts_of(
    CENSUS,
    template=_template(
        expects=c.Expects(
            closing=("national",),
            closing_count=2,
            national_rows=20_000,
            why="every download ends with a national row for each type of school",
        )
    ),
)
ABSENCE_CONTRACTS = contracts_of(
    ABSENCE,
    template=_template(
        expects=c.Expects(
            closing=("national",),
            closing_count=3,
            national_rows=19_000,
            why="the file ends with the national rows of primary, secondary and special schools",
        )
    ),
)
FINANCE_CONTRACTS = contracts_of(
    FINANCE,
    template=_template(
        tokens=MISPRINTED,
        expects=c.Expects(
            closing=("outside_london",),
            closing_count=3,
            national_rows=18_000,
            why="the file ends with the medians of groups of schools outside London",
        ),
    ),
)
