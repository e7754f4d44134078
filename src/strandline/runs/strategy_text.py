"""A strategy as its publication prints it: rules in words, the offer in three columns, the role, the lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from strandline.engine.figures import listed
from strandline.kernel.citations import Citation
from strandline.kernel.dates import long_date
from strandline.runs import packs
from strandline.runs.clauses import Clause, Clauses, years_words
from strandline.runs.pack_copies import FOLDER, copies
from strandline.runs.pack_parts import is_own
from strandline.runs.pack_view import view
from strandline.runs.strategy_words import (
    CategoryText,
    Cite,
    Line,
    Lines,
    NamedText,
    OfferLine,
    StrategyText,
    VersionText,
)
from strandline.strategy import comparing
from strandline.strategy.comparing import Difference
from strandline.strategy.model import ALL, Audience, Every, Item, Pack, Period
from strandline.strategy.model.cited import Cited
from strandline.strategy.names import base_parameter, base_rule
from strandline.strategy.nodes import Condition, names
from strandline.strategy.reading import read_pack

__all__ = ["Clause", "Difference", "Frozen", "Line", "StrategyText", "compare", "take", "text_of"]
COLUMNS = (Audience.ALL, Audience.MAINTAINED, Audience.ACADEMY)
TABLES = frozenset({"Officer days", "Visits and meetings", "Funding"})
APART = frozenset({"plans", "sister_strategies", "consultation", "inconsistencies", "figures"})
"""Lists that have a place of their own, and those for editors of the pack alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A pack taken as it stands: its words, and its very files, by which it can be compared later."""

    text: StrategyText
    files: Mapping[str, str]


def take(home: Path, *, which: str) -> Frozen:
    """The pack of that name as it stands now. Raises: PackNotFound, PackRefused."""
    pack = packs.read(home, which=which)
    files = {name: content.decode("utf-8") for name, content in copies(home, which=which, pack=pack).items()}
    return Frozen(text=text_of(pack), files=files)


def compare(
    before: Mapping[str, str], after: Mapping[str, str], *, packs_named: tuple[str, str]
) -> tuple[Difference, ...]:
    """Every value that differs between two packs that were taken; `packs_named` are their names, in order."""
    with TemporaryDirectory() as folder:
        both = [
            _read(files, which=name, into=Path(folder) / side)
            for files, name, side in zip((before, after), packs_named, ("before", "after"), strict=True)
        ]
    return comparing.compare(both[0], both[1])


def text_of(pack: Pack) -> StrategyText:
    """A pack in words."""
    words = Clauses.of(pack)
    used = tuple(_used(pack))
    outside = pack.scope.outside
    return StrategyText(
        pack=pack.id,
        title=pack.title,
        publisher=pack.publisher,
        sha256=pack.sha256,
        summary=pack.summary,
        since=pack.in_force.since.isoformat() if pack.in_force.since else "",
        until=pack.in_force.until.isoformat() if pack.in_force.until else "",
        category_word=pack.word("category", "category"),
        officer_word=pack.word("officer", "officer"),
        scope=words.clause(pack.scope.applies_to) if pack.scope.applies_to is not None else None,
        scope_cite=_cite(pack.scope),
        outside=Line(title=outside.words, cite=_cite(outside, pack.scope)) if outside else None,
        categories=tuple(_categories(pack, words)),
        rules=tuple(_rule(pack, words, name) for name in used if name in pack.rules),
        numbers=tuple(_number(pack, name) for name in used if name in pack.parameters),
        judgements=tuple(_judgement(pack, name) for name in used if name in pack.judgements),
        choices=tuple(_choice(pack, name) for name in used if name in pack.settings),
        tables=tuple(section for section in view(pack).sections if section.title in TABLES),
        offers={str(column): tuple(_offered(pack, column)) for column in COLUMNS},
        role=tuple(
            Line(title="", text=each.text, cite=_cite(each, pack.statement)) for each in pack.statement.paragraphs
        )
        if pack.statement
        else (),
        paths=tuple(_paths(pack)),
        plans=_lines(pack, "plans"),
        sister_strategies=_lines(pack, "sister_strategies"),
        consulted=_lines(pack, "consultation"),
        lists=tuple(_lists(pack)),
        flagged=tuple(
            Line(title=each.words, text=each.status.words, cite=Cite(text=each.citation))
            for each in packs.flagged(pack)
            if is_own(pack, each.place)
        ),
    )


def _read(files: Mapping[str, str], *, which: str, into: Path) -> Pack:
    for name, content in files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return read_pack(into / FOLDER / which, folders=(into / FOLDER,))


def _used(pack: Pack) -> Iterator[str]:
    """Every name that the scope and the categories use, by way of rules as well, in the order of first use."""
    waiting: list[Condition] = [each.when for each in reversed(pack.categories) if each.when is not None]
    if pack.scope.applies_to is not None:
        waiting.append(pack.scope.applies_to)
    seen: set[str] = set()
    while waiting:
        for name in names(waiting.pop()):
            if name in seen:
                continue
            seen.add(name)
            yield name
            if name in pack.rules:
                rule, _ = base_rule(pack, pack.rules[name])
                conditions = [rule.applies_when, *(part for v in rule.versions for part in (v.when, v.applies_when))]
                waiting += [condition for condition in reversed(conditions) if condition is not None]


def _categories(pack: Pack, words: Clauses) -> Iterator[CategoryText]:
    for each in pack.categories:
        when = words.clause(each.when) if each.when is not None else Clause(text="an officer decides; no rule does")
        yield CategoryText(
            code=each.code,
            label=each.label,
            title=each.title,
            words=each.words,
            step=each.colour_step,
            when=when,
            cite=_cite(each),
        )


def _rule(pack: Pack, words: Clauses, name: str) -> NamedText:
    own = pack.rules[name]
    rule, years = base_rule(pack, own)
    applies = rule.applies_when
    return NamedText(
        name=name,
        title=words.title(name),
        meaning=own.meaning or (f"the same rule, {years} results years earlier" if years else ""),
        applies=words.clause(applies) if applies is not None else None,
        versions=tuple(
            VersionText(
                period=years_words(version.period, counts_years=rule.clock.counts_years),
                when=words.clause(version.when) if version.when is not None else None,
                shown=version.none,
                cite=_cite(version, own, rule),
            )
            for version in rule.versions
        ),
        cite=_cite(own, rule),
    )


def _number(pack: Pack, name: str) -> NamedText:
    own = pack.parameters[name]
    base, years = base_parameter(pack, own)
    unit = "" if str(base.unit) == "none" else base.unit.suffix
    return NamedText(
        name=name,
        title=own.title or base.title or base.meaning or name.replace("_", " "),
        meaning=f"{years} results years earlier" if years else "",
        versions=tuple(
            VersionText(
                period=years_words(version.period, counts_years=base.clock.counts_years),
                shown=version.none if version.value is None else f"{_plain(version.value)}{unit}",
                cite=_cite(version, base),
            )
            for version in base.values
        ),
        cite=_cite(own, base),
    )


def _judgement(pack: Pack, name: str) -> NamedText:
    each = pack.judgements[name]
    return NamedText(name=name, title=each.meaning, meaning=", ".join(each.values.values()), cite=_cite(each))


def _choice(pack: Pack, name: str) -> NamedText:
    each = pack.settings[name]
    default = each.values.get(each.default, each.default)
    others = [words for value, words in each.values.items() if value != each.default]
    meaning = f"As it stands: {default}." + (f" The source can also be read as: {'; '.join(others)}." if others else "")
    return NamedText(name=name, title=each.title, meaning=meaning, cite=_cite(each))


def _offered(pack: Pack, column: Audience) -> Iterator[OfferLine]:
    """What is available to an audience: the offers of the pack, then what follows from a category."""
    for offer in pack.offers:
        if offer.audience is column:
            for item in offer.items:
                codes = [code for code, key in offer.by_category_under().items() if key == item.key]
                hints = [_every(item.every) if item.every else "", _for(pack, tuple(codes)) if codes else "", item.note]
                hint = "; ".join(hint for hint in hints if hint)
                yield OfferLine(title=item.title, group=offer.title, hint=hint, cite=_cite(item, offer))
    for each in pack.entitlements:
        if each.audience is column:
            hints = [_for(pack, each.categories), "" if str(each.status) == "in_force" else str(each.status)]
            hint = "; ".join(hint for hint in hints if hint)
            yield OfferLine(
                title=each.title, group=f"By {pack.word('category', 'category')}", hint=hint, cite=_cite(each)
            )


def _for(pack: Pack, codes: tuple[str, ...]) -> str:
    if not codes or codes == ALL or set(codes) == set(pack.codes):
        return "whatever the " + pack.word("category", "category")
    called = [_called(pack, code) for code in codes]
    return f"for {'; '.join(called) if any(',' in each for each in called) else listed(called)}"


def _called(pack: Pack, code: str) -> str:
    """A category as people say it: `3A` is a name, `SM` is short for one, `below_floor` stands for one."""
    title = pack.category(code).title
    if code[:1].isdigit() or not title:
        return code
    return f"{title} ({code})" if code.isupper() else title


def _every(every: Every) -> str:
    words = {
        Period.HALF_TERM: "every half-term",
        Period.TERM: "every term",
        Period.YEAR: "every year",
        Period.ONCE: "once",
        Period.AS_NEEDED: "as needed",
    }
    return words.get(every.period, f"every {every}")


def _role(pack: Pack) -> Iterator[Line]:
    for each in pack.statement.paragraphs if pack.statement else ():
        yield Line(title="", text=each.text, cite=_cite(each, pack.statement))


def _paths(pack: Pack) -> Iterator[Lines]:
    audiences = {Audience.ALL: "", Audience.MAINTAINED: " (maintained schools)", Audience.ACADEMY: " (academies)"}
    for path in pack.protocols:
        steps = tuple(
            Line(title=step.title, text=_step(step.within, step.by), cite=_cite(step, path)) for step in path.steps
        )
        yield Lines(key=path.key, title=f"{path.title}{audiences[path.audience]}", lines=steps)


def _step(within: str, by: str) -> str:
    parts = [f"within {within}" if within else "", f"by the {by.replace('_', ' ')}" if by else ""]
    return ", ".join(part for part in parts if part)


def _lists(pack: Pack) -> Iterator[Lines]:
    for key in pack.lists:
        if key not in APART and (lines := _lines(pack, key)):
            yield Lines(key=key, title=key.replace("_", " ").capitalize(), lines=lines)


def _lines(pack: Pack, key: str) -> tuple[Line, ...]:
    return tuple(
        Line(title=item.title, text=_told(pack, item), cite=_cite(item))
        for item in pack.lists.get(key, ())
        if is_own(pack, str(item.place))
    )


def _told(pack: Pack, item: Item) -> str:
    """What an item says beyond its title: its text, when it holds, and the rules that it changed (WAR-56)."""
    first, last = (_plain(each) if each is not None else "" for each in (item.since, item.until))
    when = (
        f"from {first} to {last}" if first and last else f"from {first}" if first else f"until {last}" if last else ""
    )
    named = item.more.get("rules", ())
    rules = (
        [pack.rules[str(name)].title for name in named if str(name) in pack.rules]
        if isinstance(named, list | tuple)
        else []
    )
    changed = f"changed the rules “{'”, “'.join(rules)}”" if rules else ""
    return "; ".join(part for part in (item.text, when, changed) if part)


def _cite(*several: Cited | None) -> Cite:
    citation: Citation | None = next((part.citation for part in several if part is not None and part.citation), None)
    if citation is None:
        return Cite()
    place = f", {citation.at}" if citation.at else ""
    note = f" ({citation.note})" if citation.note else ""
    flag = citation.status.words if citation.status.flagged else ""
    return Cite(text=f"{citation.source.title}{place}{note}", flag=flag)


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return long_date(value) if hasattr(value, "isoformat") else str(value)  # type: ignore[arg-type]
