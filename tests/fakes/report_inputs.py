"""A made-up country of sixty authorities and their schools, and the report input of one of them, Strandshire."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from datetime import date

from strandline.kernel.citations import Verification
from strandline.kernel.units import Unit
from strandline.reports.figures import Number, Query, Share
from strandline.reports.input import (
    AuthorityMap,
    AuthorityValue,
    CategoryCount,
    DecisionsSummary,
    EntitlementTotal,
    InspectionProfile,
    MissingCount,
    NamedSchool,
    PackView,
    ParameterUsed,
    ProfileRow,
    ReleaseView,
    ReportInput,
)

AS_AT = date(2025, 8, 31)
RUN, OFSTED, REGISTER = (
    "run-2025-08-31-strand-3f9a",
    "ofsted_mi-2025-08-31-0c1d2e3f4a5b",
    "gias-2025-09-01-77aa88bb99cc",
)
HERE = "900"
CATEGORIES = (
    ("1", "Below floor", "in an inspection category, or below the floor standard", 3, 8),
    ("2", "Vulnerable", "satisfactory with falling results", 9, 7),
    ("3", "Inconsistent", "results that differ between subjects & years", 15, 6),
    ("4", "Maximising", "good, and more could be made of it", 32, 4),
    ("5", "Great", "outstanding or securely good", 21, 2),
)
STATES = {"undecided": 4, "needs_judgement": 1, "out_of_scope": 6}
PHASES = ("Primary", "Secondary", "Special")
STEMS = ("Strand", "Alder", "Brock", "Calder", "Dun", "Elm", "Fern", "Garth", "Holm", "Ings", "Kel", "Lax")
ENDINGS = ("shire", "ford", "by", "wick", "ness")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The tables that the queries ask, and the input made from them."""

    database: sqlite3.Connection
    view: ReportInput


def world(*, seed: int = 20) -> World:
    """Make the country, its schools and Strandshire's input."""
    database = sqlite3.connect(":memory:")
    _tables(database, random.Random(seed))
    return World(database=database, view=_view(database))


def _tables(database: sqlite3.Connection, chance: random.Random) -> None:
    database.execute("CREATE TABLE authorities (code TEXT, name TEXT, x REAL, y REAL)")
    database.execute("CREATE TABLE decisions (urn TEXT, authority TEXT, category TEXT, state TEXT)")
    database.execute("CREATE TABLE facts (urn TEXT, authority TEXT, phase TEXT, inspection_grade INTEGER)")
    database.execute("CREATE TABLE missing (urn TEXT, feature TEXT, reason TEXT)")
    database.execute("CREATE TABLE entitlements (urn TEXT, support TEXT, days REAL)")
    names = [f"{stem}{ending}" for ending in ENDINGS for stem in STEMS]
    for index, name in enumerate(names):
        crowded = index % 4 == 0 and index > 0
        x = chance.gauss(530_000, 18_000) if crowded else chance.uniform(150_000, 600_000)
        y = chance.gauss(180_000, 15_000) if crowded else chance.uniform(80_000, 620_000)
        database.execute("INSERT INTO authorities VALUES (?, ?, ?, ?)", (str(900 + index), name, x, y))
        if index:
            _elsewhere(database, chance, str(900 + index), unknown=index in {7, 31})
    _strandshire(database, chance)


def _elsewhere(database: sqlite3.Connection, chance: random.Random, code: str, *, unknown: bool) -> None:
    quality = chance.uniform(0.55, 0.92)
    for number in range(chance.randint(20, 70)):
        phase = chance.choices(PHASES, weights=(8, 2, 1))[0]
        grade = (
            None
            if unknown or chance.random() < 0.03
            else (chance.choice((1, 2, 2, 2)) if chance.random() < quality else 3)
        )
        database.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", (f"{code}{number:03d}", code, phase, grade))


def _strandshire(database: sqlite3.Connection, chance: random.Random) -> None:
    schools = [(code, "decided") for code, _, _, count, _ in CATEGORIES for _ in range(count)]
    schools += [("", state) for state, count in STATES.items() for _ in range(count)]
    days = {"1": 8, "2": 7, "3": 6, "4": 5, "5": 5}
    for number, (category, state) in enumerate(schools):
        urn, phase = f"{100000 + number}", PHASES[0 if number % 7 else 1 + number % 2]
        grade = None if state == "undecided" else min(4, 1 + (5 - int(category or 4)) // 2 + (chance.random() < 0.1))
        database.execute("INSERT INTO decisions VALUES (?, ?, ?, ?)", (urn, HERE, category, state))
        database.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", (urn, HERE, phase, grade))
        if category:
            database.execute(
                "INSERT INTO entitlements VALUES (?, ?, ?)", (urn, "School improvement partner", days[category])
            )
        if category in {"1", "2"}:
            database.execute("INSERT INTO entitlements VALUES (?, ?, ?)", (urn, "Leading teachers", None))
        if state == "undecided":
            database.execute("INSERT INTO missing VALUES (?, ?, ?)", (urn, "inspection_grade", "never_inspected"))


def ask(database: sqlite3.Connection, query: Query) -> int | float | None:
    """Give the one number that a query asks for."""
    (value,) = database.execute(query.sql, query.parameters).fetchone()
    return value


def _view(database: sqlite3.Connection) -> ReportInput:
    def number(sql: str, *parameters: str, release: str = RUN, unit: Unit = Unit.SCHOOLS) -> Number:
        query = Query(sql=sql, parameters=parameters)
        return Number(value=ask(database, query), query=query, release_id=release, date=AS_AT, unit=unit)

    def graded(where: str, *parameters: str) -> Share:
        base = f"SELECT count(*) FROM facts WHERE inspection_grade IS NOT NULL AND {where}"
        return Share(
            part=number(f"{base} AND inspection_grade IN (1, 2)", *parameters, release=OFSTED),
            whole=number(base, *parameters, release=OFSTED),
        )

    def state(name: str) -> Number:
        return number("SELECT count(*) FROM decisions WHERE state = ?", name)

    rows = [
        ProfileRow(
            label=label,
            local=graded(f"authority = ? AND {where}", HERE),
            national=graded(where),
            not_counted=number(
                f"SELECT count(*) FROM facts WHERE inspection_grade IS NULL AND authority = ? AND {where}",
                HERE,
                release=OFSTED,
            ),
        )
        for label, where in [("All schools", "1 = 1"), *((phase, f"phase = '{phase}'") for phase in PHASES)]
    ]
    values = tuple(
        AuthorityValue(code=code, name=name, x=x, y=y, value=graded("authority = ?", code))
        for code, name, x, y in database.execute("SELECT code, name, x, y FROM authorities ORDER BY code")
    )
    entitled = "SELECT count(*) FROM entitlements WHERE support = ?"
    return ReportInput(
        area="Strandshire",
        area_code=HERE,
        as_at=AS_AT,
        run_id=RUN,
        version="0.1.0",
        pack=PackView(
            id="strandshire-2025",
            title="Strandshire School Improvement Strategy",
            publisher="Strandshire Council",
            in_force="in force from 1 April 2025",
            citations=("Strandshire Council, School Improvement Strategy 2025, paragraphs 1.5 to 3.2",),
        ),
        decisions=DecisionsSummary(
            schools=number("SELECT count(*) FROM decisions"),
            decided=state("decided"),
            undecided=state("undecided"),
            needs_judgement=state("needs_judgement"),
            out_of_scope=state("out_of_scope"),
        ),
        categories=tuple(
            CategoryCount(
                code=code,
                title=title,
                words=words,
                count=number("SELECT count(*) FROM decisions WHERE category = ?", code),
                step=step,
            )
            for code, title, words, _, step in CATEGORIES
        ),
        releases=(
            ReleaseView(
                release_id=RUN,
                title="Strandline run of 1 October 2025",
                publisher="Strandshire Council",
                as_at=AS_AT,
            ),
            ReleaseView(
                release_id=OFSTED,
                title="State-funded schools: inspections and outcomes, management information",
                publisher="Ofsted",
                licence="Open Government Licence v3.0",
                as_at=AS_AT,
                published_on=date(2025, 9, 16),
                sha256="0c1d2e3f4a5b6c7d8e9f",
            ),
            ReleaseView(
                release_id=REGISTER,
                title="Get Information about Schools, establishment extract",
                publisher="Department for Education",
                licence="Open Government Licence v3.0",
                published_on=date(2025, 9, 1),
                sha256="77aa88bb99cc",
            ),
        ),
        undecided=(
            MissingCount(
                feature="Overall effectiveness at the latest graded inspection",
                reason="no inspection is on record",
                schools=number(
                    "SELECT count(DISTINCT urn) FROM missing WHERE feature = ? AND reason = ?",
                    "inspection_grade",
                    "never_inspected",
                ),
            ),
        ),
        inspections=(
            InspectionProfile(
                key="graded",
                title="Overall effectiveness, latest graded inspection",
                measure="judged good or outstanding",
                base="schools with a graded inspection",
                row_heading="Phase",
                as_at=AS_AT,
                rows=tuple(rows),
                notes=("A new academy is counted once it has been inspected itself; its predecessor’s grade is not.",),
            ),
        ),
        entitlements=(
            EntitlementTotal(
                support="School improvement partner",
                schools=number(entitled, "School improvement partner"),
                amount=number(
                    "SELECT sum(days) FROM entitlements WHERE support = ?", "School improvement partner", unit=Unit.DAYS
                ),
                amount_words="days a year",
                payer="Council",
                citation="Appendix, “Additional SIP days”",
            ),
            EntitlementTotal(support="Leading teachers", schools=number(entitled, "Leading teachers"), payer="Council"),
        ),
        authorities=AuthorityMap(
            measure="judged good or outstanding",
            base="schools with a graded inspection",
            as_at=AS_AT,
            values=values,
            here=HERE,
        ),
        parameters=(
            ParameterUsed(
                meaning="Key stage 2 floor: level 4 or above in English and mathematics",
                value="60 %",
                applies="results years 2010 to 2012",
                citation="Walsall 2011, Introduction",
                status=Verification.VERIFIED,
            ),
            ParameterUsed(
                meaning="Smallest cohort to which a floor applies",
                value="11 pupils",
                applies="results years 2011 to 2018",
                citation="Department for Education, performance tables guidance",
                status=Verification.SECONDARY,
            ),
        ),
        named_schools=(
            NamedSchool(urn="100000", name="Sample Primary School", category="1", reason="below the floor"),
        ),
        glossary=(("floor standard", "the least that the government expects of a school’s results."),),
    )
