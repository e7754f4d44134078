"""Figures given ahead, never among the published ones, and what rules would say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from strandline.kernel.units import Unit
from strandline.runs.early_warning import Tested, Warned
from strandline.web.design.parts import EmptyState
from strandline.web.design.tables import Cell, Column, Row, Table
from strandline.web.schools.measures import MEASURES, STAGES, stage_of, year_words
from strandline.web.schools.models import FigureKind, ForwardFigure, Snapshot
from strandline.web.schools.presenters.moments import as_at_words
from strandline.web.schools.presenters.results import SUFFIXES
from strandline.web.schools.queries.forward import Outlook, tried
from strandline.web.schools.wording import STATES, number, short_date, shown

BREAK = mark_safe("<br>")
NOT_PUBLISHED = "not a published result"
Given = Mapping[tuple[int, str], ForwardFigure]


def figures_table(rows: Sequence[ForwardFigure], *, may_act: bool) -> Table:
    """The figures given ahead for one school."""
    columns = [
        Column(heading="Measure", kind="words", header=True),
        Column(heading="Results year"),
        Column(heading="What it is"),
        Column(heading="Figure", kind="number"),
        Column(heading="Source", kind="words"),
        Column(heading="Given", kind="date"),
    ]
    if may_act:
        columns.append(Column(heading="Change", hidden_heading=True))
    return Table(
        caption="Figures given ahead of publication",
        caption_hidden=True,
        columns=tuple(columns),
        rows=[_figure(row, may_act=may_act) for row in rows],
        key="forward-figures",
        empty=EmptyState(title="No target, prediction or estimate has been given"),
    )


def _figure(row: ForwardFigure, *, may_act: bool) -> Row:
    meaning = MEASURES[row.measure].meaning
    cells: list[Cell | str] = [
        meaning,
        year_words(row.results_year),
        Cell(text=kind_words(row), hint=NOT_PUBLISHED),
        Cell(text=shown(row.measure, row.value), hint=_of(row)),
        Cell(text=row.source, hint=f"Given to the desk by {row.given_by.name}"),
        Cell(text=short_date(row.given_on), sort=row.given_on.isoformat()),
    ]
    if may_act:
        about = f"{kind_words(row).lower()} for {year_words(row.results_year)}, {meaning}"
        link = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> the {}</span></a>'
        links = ((("schools:revise_figure"), "Revise"), (("schools:withdraw_figure"), "Withdraw"))
        cells.append(
            Cell(
                text=format_html_join(
                    " ", link, ((reverse(name, args=[row.school_id, row.pk]), word, about) for name, word in links)
                )
            )
        )
    return Row(cells=cells)


def kind_words(row: ForwardFigure) -> str:
    """Target, Prediction, Estimate."""
    return FigureKind(row.kind).label


def _of(row: ForwardFigure) -> str:
    return f"of {row.cohort}" if row.cohort is not None else "cohort not given"


def outlook(seen: Outlook) -> dict[str, Any]:
    """The page of early warning."""
    given = tried(seen.figures)
    names = {row.school_id: row.school.name for row in seen.figures}
    ahead = [row for row in seen.figures if not seen.is_published(row.measure)]
    come = [row for row in seen.figures if seen.is_published(row.measure)]
    lines = [(one, test) for one in seen.warned or () for test in one.tests]
    stages = {stage_of(row.measure) for row in come}
    return {
        "year_words": year_words(seen.year),
        "years": [(year, year_words(year), year == seen.year) for year in seen.years],
        "run_words": as_at_words(seen.moment),
        "why_not": seen.why_not,
        "silent": seen.silent,
        "schools": seen.schools,
        "withheld": seen.withheld,
        "has_figures": bool(seen.figures),
        "no_rule": _without_rule(lines),
        "parts": [
            part
            for part in (
                _part("at-risk", "Would meet the rule on these figures", lines, given, names, truth=True),
                _part("unknown", "Cannot be told yet", lines, given, names, truth=None),
                _part("clear", "Would not meet the rule", lines, given, names, truth=False),
            )
            if part is not None
        ],
        "categories": _categories(seen.warned or (), names, _titles(seen)) if seen.warned else None,
        "ahead": _ahead(ahead, seen) if ahead else None,
        "come_words": _come_words(stages, seen),
        "come": _come(come, seen) if come else None,
    }


def _part(
    key: str,
    title: str,
    lines: Sequence[tuple[Warned, Tested]],
    given: Given,
    names: Mapping[int, str],
    *,
    truth: bool | None,
) -> dict[str, Any] | None:
    rows = [_line(one, test, given, names) for one, test in lines if test.truth is truth and not test.why_none]
    if not rows:
        return None
    table = Table(
        caption=title,
        caption_hidden=True,
        columns=(
            Column(heading="School", kind="words", header=True),
            Column(heading="Rule", kind="words"),
            Column(heading="Figures and thresholds", kind="words"),
            Column(heading="Source", kind="words"),
        ),
        rows=rows,
        key=f"early-{key}",
    )
    return {"key": key, "title": title, "table": table}


def _line(one: Warned, test: Tested, given: Given, names: Mapping[int, str]) -> Row:
    used = [given[(one.urn, name)] for name in sorted(test.given) if (one.urn, name) in given]
    kinds = sorted({kind_words(row).lower() for row in used})
    on = f"on {' and '.join(f'{kind}s' for kind in kinds)}" if kinds else "on published figures only"
    return Row(
        cells=[
            Cell(text=names[one.urn], href=reverse("schools:section", args=[one.urn, "results"])),
            Cell(text=test.title, hint=on if test.applies else f"{on}; does not apply to the school"),
            Cell(text=_compared(one, test, given)),
            Cell(text=_sources(used)) if used else "",
        ]
    )


def _compared(one: Warned, test: Tested, given: Given) -> SafeString:
    """Each comparison with the label of what was given ahead and the threshold that was used; then what is lacking."""
    said = []
    for row in test.rows:
        ahead = [given[(one.urn, name)] for name in row.names if (one.urn, name) in given]
        cohort = any(name in test.given for name in row.names) and not ahead
        if row.met is None or not (ahead or cohort):
            continue
        label = ", ".join(dict.fromkeys(kind_words(each).lower() for each in ahead)) or "cohort given ahead"
        doubt = " (threshold not yet verified in its source)" if row.flagged else ""
        met = "yes" if row.met else "no"
        said.append(f"{row.what}: {row.value} ({label}); {row.asked}? {met}{doubt}")
    said += [f"Not known: {each}" for each in test.lacking]
    return format_html_join(BREAK, "{}", ((text,) for text in said))


def _sources(rows: Sequence[ForwardFigure]) -> SafeString:
    told = dict.fromkeys((row.source, short_date(row.given_on)) for row in rows)
    return format_html_join(BREAK, "{}, {}", told)


def _without_rule(lines: Sequence[tuple[Warned, Tested]]) -> list[str]:
    """The rules that are not in force for the year, each with the reason in words."""
    return list(dict.fromkeys(f"{test.title}: {test.why_none}." for _, test in lines if test.why_none))


def _categories(warned: Sequence[Warned], names: Mapping[int, str], titles: Mapping[str, str]) -> Table:
    return Table(
        caption="Categories on these figures",
        caption_hidden=True,
        columns=(
            Column(heading="School", kind="words", header=True),
            Column(heading="The run proposes", kind="words"),
            Column(heading="On these figures", kind="words"),
        ),
        rows=[
            Row(
                cells=[
                    names[one.urn],
                    _standing(one.category_now, one.state_now, titles),
                    Cell(text=_standing(one.category_then, one.state_then, titles), hint=_moved(one)),
                ]
            )
            for one in warned
        ],
        key="early-categories",
        note="Nothing here is proposed or kept: the categories are those of the strategy tried on unpublished figures.",
    )


def _titles(seen: Outlook) -> dict[str, str]:
    known = seen.moment.intake.categories if seen.moment.intake else ()
    return {row["code"]: row["title"] for row in known}


def _standing(category: str, state: str, titles: Mapping[str, str]) -> str:
    title = titles.get(category, "")
    return f"{category}: {title}" if title and title != category else category or STATES.get(state, state)


def _moved(one: Warned) -> str:
    same = (one.category_now, one.state_now) == (one.category_then, one.state_then)
    return "the same" if same else "would move"


def _ahead(rows: Sequence[ForwardFigure], seen: Outlook) -> Table:
    """The figures given ahead beside the last published ones."""
    return Table(
        caption="Figures given ahead, beside the last published ones",
        caption_hidden=True,
        columns=(
            Column(heading="School", kind="words", header=True),
            Column(heading="Measure", kind="words"),
            Column(heading="What it is"),
            Column(heading="Figure", kind="number", hint=year_words(seen.year)),
            Column(heading="Last published", kind="number"),
            Column(heading="Source", kind="words"),
        ),
        rows=[_beside(row, seen.snapshots.get(row.school_id), published=True) for row in rows],
        key="early-figures",
    )


def _come(rows: Sequence[ForwardFigure], seen: Outlook) -> Table:
    """What was given ahead beside the actual figures."""
    return Table(
        caption="Actual figures beside what was given ahead",
        caption_hidden=True,
        columns=(
            Column(heading="School", kind="words", header=True),
            Column(heading="Measure", kind="words"),
            Column(heading="What it is"),
            Column(heading="Given ahead", kind="number"),
            Column(heading="Actual", kind="number", hint=year_words(seen.year)),
            Column(heading="Source", kind="words"),
        ),
        rows=[_beside(row, seen.snapshots.get(row.school_id), published=False) for row in rows],
        key="early-come",
    )


def _beside(row: ForwardFigure, snapshot: Snapshot | None, *, published: bool) -> Row:
    """One figure beside the last published one, or beside the actual one of its own year."""
    suffix = "" if published else _suffix(snapshot, row)
    value = snapshot.facts.get(f"{row.measure}{suffix}") if snapshot is not None and suffix is not None else None
    if value is None:
        official = Cell(missing="Not in the published tables")
    else:
        change = row.value - float(value)
        year = snapshot.facts.get(f"{stage_of(row.measure)}_results_year{suffix}") if snapshot else None
        words = _change(change, row.measure)
        official = Cell(text=shown(row.measure, value), hint="; ".join(filter(None, (_year(year), words))))
    return Row(
        cells=[
            Cell(text=row.school.name, href=reverse("schools:section", args=[row.school_id, "results"])),
            MEASURES[row.measure].meaning,
            Cell(text=kind_words(row), hint=NOT_PUBLISHED),
            Cell(text=shown(row.measure, row.value), hint=_of(row)),
            official,
            Cell(text=row.source, hint=short_date(row.given_on)),
        ]
    )


def _change(change: float, measure: str) -> str:
    """`given ahead: 2 pp lower`."""
    if not change:
        return "given ahead: the same"
    unit = "pp" if MEASURES[measure].unit is Unit.PERCENT else "points"
    size = number(abs(change), places=0 if float(change).is_integer() else 1)
    return f"given ahead: {size} {unit} {'higher' if change > 0 else 'lower'}"


def _suffix(snapshot: Snapshot | None, row: ForwardFigure) -> str | None:
    """Where the snapshot holds the figure's own year."""
    if snapshot is None:
        return None
    year = f"{stage_of(row.measure)}_results_year"
    return next((each for each in SUFFIXES if snapshot.facts.get(f"{year}{each}") == row.results_year), None)


def _year(year: int | None) -> str:
    return year_words(year) if year else ""


def _come_words(stages: set[str], seen: Outlook) -> str:
    if not stages:
        return ""
    titles = " and ".join(STAGES[stage][0].lower() for stage in STAGES if stage in stages)
    return (
        f"The actual {titles} results of {year_words(seen.year)} have been published. "
        "They stand beside what was given ahead; no rule is tried on the earlier figures any more."
    )
