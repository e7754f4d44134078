"""A pack in words: tables of what it says, each line with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strandline.kernel.dates import long_date
from strandline.runs.pack_parts import is_own
from strandline.strategy.model import Pack
from strandline.strategy.model.cited import Cited
from strandline.strategy.model.rules import Dated
from strandline.strategy.nodes import Condition
from strandline.strategy.printing import print_node

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of a pack."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """A pack in words; sections without rows are left out."""

    header: dict[str, str]
    sections: tuple[Section, ...]


def view(pack: Pack, *, imported: bool = False) -> PackView:
    """The pack as tables of text: its own values, with `imported` those of the packs it imports as well."""
    return PackView(header=_header(pack), sections=_sections(pack if imported else _own(pack)))


def _own(pack: Pack) -> Pack:
    """The pack without what it imports."""
    own: dict[str, object] = {
        name: {key: part for key, part in getattr(pack, name).items() if is_own(pack, str(part.place))}
        for name in ("settings", "parameters", "judgements", "rules")
    }
    own["lists"] = {
        name: mine
        for name, items in pack.lists.items()
        if (mine := tuple(i for i in items if is_own(pack, str(i.place))))
    }
    return replace(pack, **own)  # type: ignore[arg-type]


def _sections(pack: Pack) -> tuple[Section, ...]:
    made = (
        _section("Categories, in order of decision", ("code", "title", "when", "source"), _categories(pack)),
        _section("Rules", ("rule", "applies", "when", "source"), _rules(pack)),
        _section("Parameters", ("parameter", "from – to", "value", "source"), _parameters(pack)),
        _section(
            "Choices that the source leaves open (--setting)",
            ("setting", "default", "others", "source"),
            _settings(pack),
        ),
        _section("What officers judge (--judgements)", ("judgement", "values", "meaning", "source"), _judgements(pack)),
        _section("Entitlements", ("support", "categories", "for", "source"), _entitlements(pack)),
        _section("Offers", ("offer", "for", "presets", "source"), _offers(pack)),
        _section("Officer days", ("categories", "risk", "days", "source"), _days(pack)),
        _section("Visits and meetings", ("what", "categories", "every", "source"), _cadence(pack)),
        _section("Funding", ("formula", "categories", "rate", "source"), _funding(pack)),
        _section("Other lists", ("list", "items"), [(name, str(len(items))) for name, items in pack.lists.items()]),
    )
    return tuple(section for section in made if section.rows)


def _section(title: str, columns: tuple[str, ...], rows: Sequence[Row]) -> Section:
    return Section(title=title, columns=columns, rows=tuple(rows))


def _header(pack: Pack) -> dict[str, str]:
    force = pack.in_force
    span = " ".join(
        part
        for part in (
            f"from {long_date(force.since)}" if force.since else "",
            f"to {long_date(force.until)}" if force.until else "",
        )
        if part
    )
    scope = pack.scope.applies_to
    return {
        "pack": pack.id,
        "title": pack.title,
        "publisher": pack.publisher,
        "authority": pack.authority,
        "in force": span or "not dated",
        "applies to": _when(scope) or "every school",
        "imports": ", ".join(pack.imports) or "nothing",
        "summary": pack.summary,
        "hash": pack.sha256,
    }


def _categories(pack: Pack) -> list[Row]:
    return [
        (
            each.code,
            ": ".join(word for word in (each.title, each.words) if word),
            _when(each.when) or "an officer decides",
            _cite(each),
        )
        for each in pack.categories
    ]


def _rules(pack: Pack) -> list[Row]:
    rows: list[Row] = []
    for rule in pack.rules.values():
        if rule.same_as:
            rows.append((rule.name, "", f"{rule.same_as}, {rule.years_before} results years earlier", _cite(rule)))
        for version in rule.versions:
            applies = _when(version.applies_when or rule.applies_when)
            rows.append(
                (_dated(rule.name, version), applies, _when(version.when) or version.none, _cite(version, rule))
            )
    return rows


def _parameters(pack: Pack) -> list[Row]:
    rows: list[Row] = []
    for parameter in pack.parameters.values():
        if parameter.same_as:
            text = f"{parameter.same_as}, {parameter.years_before} results years earlier"
            rows.append((parameter.name, "", text, _cite(parameter)))
        for version in parameter.values:
            value = (
                version.none if version.value is None else f"{_plain(version.value)} {_unit(parameter.unit)}".strip()
            )
            rows.append((parameter.name, version.period, value, _cite(version, parameter)))
    return rows


def _settings(pack: Pack) -> list[Row]:
    return [
        (each.name, each.default, ", ".join(value for value in each.values if value != each.default), _cite(each))
        for each in pack.settings.values()
    ]


def _judgements(pack: Pack) -> list[Row]:
    return [
        (each.name, ", ".join(each.values) or each.kind.value, each.meaning, _cite(each))
        for each in pack.judgements.values()
    ]


def _entitlements(pack: Pack) -> list[Row]:
    return [(each.title, ", ".join(each.categories), each.audience.value, _cite(each)) for each in pack.entitlements]


def _offers(pack: Pack) -> list[Row]:
    return [(each.title, each.audience.value, ", ".join(each.presets), _cite(each)) for each in pack.offers]


def _days(pack: Pack) -> list[Row]:
    if pack.days is None:
        return []
    core = ("all", "any", f"{_plain(pack.days.core.days)} core", _cite(pack.days.core, pack.days))
    extra = [
        (
            ", ".join(each.categories),
            each.risk,
            f"{_plain(each.days.least)}–{_plain(each.days.most)} more"
            if each.days.chosen_by_a_person
            else f"{_plain(each.days.least)} more",
            _cite(each, pack.days),
        )
        for each in pack.days.extra
    ]
    return [core, *extra]


def _cadence(pack: Pack) -> list[Row]:
    return [
        (each.title, ", ".join(each.categories), str(each.every).replace("_", " "), _cite(each))
        for each in pack.cadence
    ]


def _funding(pack: Pack) -> list[Row]:
    return [
        (
            each.title,
            ", ".join(rate.categories),
            "no figure given" if rate.rate is None else _plain(rate.rate),
            _cite(rate, each),
        )
        for each in pack.funding
        for rate in each.rates
    ]


def _dated(name: str, version: Dated) -> str:
    return f"{name} ({version.period})" if version.period else name


def _when(condition: Condition | None) -> str:
    return print_node(condition) if condition is not None else ""


def _cite(*parts: Cited) -> str:
    return next((str(part.citation) for part in parts if part.citation), "")


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _unit(unit: object) -> str:
    return "" if str(unit) == "none" else str(unit).replace("_", " ")
