"""Packs and schools at random, made to meet: few names, few figures, many ties, every way to be missing."""

from __future__ import annotations

import random
from datetime import date

import polars as pl

from strandline.catalogue import FEATURES, Kind
from strandline.kernel.citations import Citation, Source, Verification
from strandline.strategy.model import (
    Category,
    Clock,
    Judgement,
    Pack,
    Parameter,
    ParameterVersion,
    Rule,
    RuleVersion,
    Scope,
    Setting,
)
from strandline.strategy.nodes import (
    Among,
    Arithmetic,
    Comparator,
    Comparison,
    Condition,
    IsMissing,
    Junction,
    Name,
    Negative,
    Not,
    Number,
    Operator,
    Text,
    Truth,
    Value,
    Within,
    joined,
)

AS_AT = date(2013, 4, 30)
CLOCKS = {"ks2_results_year": 2012, "ks4_results_year": None}
YEARS = (2009, 2010, 2011, 2012, 2013)
FIGURES = (0.0, -0.0, 1.0, 2.0, 3.0, 4.0, 0.1, 0.2, 0.1 + 0.2, -1.5, 59.9, 60.0, 60.1, 1e16, 5e-324, 1e308, -1e308)
WHOLE = (0, 1, 2, 3, 4, 11, 60, -1, 10**16)
ODD = (None, None, None, float("nan"), float("inf"), float("-inf"))
DATES = (date(2012, 8, 31), date(2012, 9, 1), date(2012, 9, 2), date(1999, 12, 31))
TEXTS = ("St Mary's", "École", "a", "A", "")
NUMBERS = ("ks2_l4_em", "ks2_cohort", "inspection_grade", "ks2_reading_progress", "ks2_l4_em_previous")
NUMBERS_NOW = NUMBERS[:4]
TRUTHS = ("special", "takes_ks2", "academy")
CODES = ("direction_of_travel", "inspection_wording")
DAYS = ("inspection_date", "opened_on")
WORDS = ("school_name", "diocese")
USED = (*NUMBERS, *TRUTHS, *CODES, *DAYS, *WORDS)
CITED = (Citation(source=Source(key="g", title="Generated"), at="", status=Verification.VERIFIED),)


class Maker:
    """Makes one pack; `chance` is any `random.Random`, hypothesis's own among them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.rules: list[str] = []

    def pack(self) -> Pack:
        """A pack of a few rules and categories over the names in USED."""
        parameters = self.parameters()
        rules: dict[str, Rule] = {}
        for number in range(self.chance.randint(0, 5)):
            rule = self.rule(f"rule_{number}")
            rules[rule.name] = rule
            self.rules.append(rule.name)
        categories = tuple(
            Category(code=f"C{n}", title=f"Category {n}", when=self.condition(3), citations=CITED)
            for n in range(self.chance.randint(1, 6))
        )
        scope = Scope(applies_to=self.condition(1) if self.chance.random() < 0.3 else None, citations=CITED)
        return Pack(
            id="generated",
            title="Generated",
            authority="national",
            parameters=parameters,
            judgements=JUDGEMENTS,
            settings=SETTINGS,
            rules=rules,
            categories=categories,
            scope=scope,
        )

    def parameters(self) -> dict[str, Parameter]:
        made = {}
        for name in ("limit", "median"):
            versions, year = [], self.chance.choice(YEARS)
            for _ in range(self.chance.randint(1, 3)):
                value = self.chance.choice(FIGURES)
                none = "" if self.chance.random() < 0.8 else "it was not published"
                until = year + self.chance.randint(0, 2)
                version = ParameterVersion(since=year, until=until, value=None if none else value, none=none)
                versions.append(version)
                year = until + 1
            made[name] = Parameter(name=name, clock=Clock.KS2, values=tuple(versions), citations=CITED)
        made["limit_before"] = Parameter(name="limit_before", same_as="limit", years_before=1)
        made["from_day"] = Parameter(
            name="from_day", kind=Kind.DATE, values=(ParameterVersion(value=self.chance.choice(DATES)),)
        )
        return made

    def rule(self, name: str) -> Rule:
        same = [rule for rule in self.rules if rule.startswith("rule")]
        if same and self.chance.random() < 0.15:
            earlier = f"{name}_earlier"
            return Rule(name=earlier, same_as=self.chance.choice(same), years_before=0)
        versions, year = [], self.chance.choice(YEARS[:4])
        for _ in range(self.chance.randint(1, 2)):
            until = year + self.chance.randint(0, 3)
            gone = self.chance.random() < 0.1
            when = None if gone else self.condition(2)
            versions.append(RuleVersion(since=year, until=until, when=when, none="it had ended" if gone else ""))
            year = until + 1
        applies = self.condition(1) if self.chance.random() < 0.4 else None
        return Rule(name=name, clock=Clock.KS2, applies_when=applies, versions=tuple(versions), citations=CITED)

    def condition(self, depth: int) -> Condition:
        """A condition of any shape, `depth` junctions deep at most."""
        pick = self.chance.random()
        if depth and pick < 0.55:
            junction = self.chance.choice((Junction.AND, Junction.OR))
            parts = [self.condition(depth - 1) for _ in range(self.chance.randint(2, 3))]
            return joined(junction, *parts)
        if depth and pick < 0.7:
            return Not(self.condition(depth - 1))
        return self.leaf()

    def leaf(self) -> Condition:
        return self.chance.choice(
            (
                self.rule_or_truth,
                self.rule_or_truth,
                self.numbers,
                self.numbers,
                self.numbers,
                self.among,
                self.within,
                self.codes,
                self.days,
                self.missing,
            )
        )()

    def rule_or_truth(self) -> Condition:
        if self.rules and self.chance.random() < 0.6:
            return Name(self.chance.choice(self.rules))
        if self.chance.random() < 0.1:
            return Truth(self.chance.random() < 0.5)
        return Name(self.chance.choice((*TRUTHS, "agreed")))

    def numbers(self) -> Condition:
        return Comparison(self.chance.choice(list(Comparator)), self.number(2), self.number(1))

    def number(self, depth: int) -> Value:
        """A figure, a name, or a little arithmetic."""
        pick = self.chance.random()
        if depth and pick < 0.2:
            operator = self.chance.choice(list(Operator))
            return Arithmetic(operator, self.number(depth - 1), self.number(depth - 1))
        if depth and pick < 0.25:
            operand = self.number(depth - 1)
            return Number(-operand.value) if isinstance(operand, Number) else Negative(operand)
        if pick < 0.5:
            return Number(self.chance.choice(FIGURES))
        return Name(self.chance.choice((*NUMBERS_NOW, "limit", "median", "limit_before", "score")))

    def among(self) -> Condition:
        if self.chance.random() < 0.5:
            return Among(self.number(1), tuple(self.number(0) for _ in range(self.chance.randint(1, 3))))
        name = self.chance.choice((*CODES, *WORDS))
        return Among(Name(name), tuple(Text(self.word(name)) for _ in range(self.chance.randint(1, 3))))

    def within(self) -> Condition:
        if self.chance.random() < 0.3:
            low, high = (Text(self.chance.choice(DATES).isoformat()) for _ in range(2))
            return Within(Name(self.chance.choice(DAYS)), low, high)
        return Within(self.number(1), self.number(0), self.number(0))

    def codes(self) -> Condition:
        comparator = self.chance.choice((Comparator.EQUAL, Comparator.NOT_EQUAL))
        if self.chance.random() < 0.2:
            return Comparison(comparator, Name("reading"), Text(self.chance.choice(("A", "B"))))
        name = self.chance.choice((*CODES, *WORDS, "capacity_to_improve"))
        return Comparison(comparator, Name(name), Text(self.word(name)))

    def word(self, name: str) -> str:
        if name == "capacity_to_improve":
            return self.chance.choice(("high", "low"))
        return self.chance.choice(FEATURES[name].values or TEXTS)

    def days(self) -> Condition:
        other: Value = self.chance.choice(
            (Text(self.chance.choice(DATES).isoformat()), Name("as_at"), Name("from_day"), Name("opened_on"))
        )
        return Comparison(self.chance.choice(list(Comparator)), Name(self.chance.choice(DAYS)), other)

    def missing(self) -> Condition:
        return IsMissing(Name(self.chance.choice((*USED[:4], *TRUTHS, *CODES, *DAYS, "limit", "agreed"))))


JUDGEMENTS = {
    "agreed": Judgement(name="agreed", kind=Kind.BOOLEAN, meaning="Agreed"),
    "score": Judgement(name="score", kind=Kind.NUMBER, meaning="A score"),
    "capacity_to_improve": Judgement(
        name="capacity_to_improve", values={"high": "High", "low": "Low"}, meaning="Capacity to improve"
    ),
}
SETTINGS = {"reading": Setting(name="reading", title="A reading", default="A", values={"A": "a", "B": "b"})}
SUPPLIED = ("agreed", "score")
DTYPES = {
    Kind.NUMBER: pl.Float64,
    Kind.INTEGER: pl.Int64,
    Kind.BOOLEAN: pl.Boolean,
    Kind.CODE: pl.String,
    Kind.TEXT: pl.String,
    Kind.DATE: pl.Date,
}


def schools(count: int, *, seed: int) -> pl.DataFrame:
    """Rows with the columns of USED and the supplied judgements; a sixth of the values are missing or not finite."""
    chance = random.Random(seed)
    kinds = {name: FEATURES[name].kind for name in USED} | {name: JUDGEMENTS[name].kind for name in SUPPLIED}
    columns = {name: [_value(name, kind, chance) for _ in range(count)] for name, kind in kinds.items()}
    typed = {name: pl.Series(name, values, dtype=DTYPES[kinds[name]]) for name, values in columns.items()}
    return pl.DataFrame({"urn": pl.Series("urn", range(count), dtype=pl.Int64), **typed})


def _value(name: str, kind: Kind, chance: random.Random) -> object:
    if chance.random() < 0.17:
        return chance.choice(ODD) if kind is Kind.NUMBER else None
    if kind is Kind.NUMBER:
        return chance.choice(FIGURES)
    if kind is Kind.INTEGER:
        return chance.choice(WHOLE)
    if kind is Kind.BOOLEAN:
        return chance.random() < 0.5
    if kind is Kind.DATE:
        return chance.choice((*DATES, AS_AT))
    return chance.choice(FEATURES[name].values or TEXTS)
