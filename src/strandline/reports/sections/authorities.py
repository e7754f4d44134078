"""The authority among all authorities: a map of hexagons in five bands, and the same figures in a table."""

from __future__ import annotations

from collections.abc import Iterator

from strandline.kernel.dates import long_date
from strandline.reports.bands import Banded, fifths
from strandline.reports.document import Band, Block, Column, HexMap, Inline, Paragraph, Place, Reference, Row, Table
from strandline.reports.figures import Figure, percent, share
from strandline.reports.input import AuthorityMap, AuthorityValue, ReportInput
from strandline.reports.phrases import with_base
from strandline.reports.short_names import short_names
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words

TABLE, MAP = "authorities", "map-authorities"


def authorities(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """
    Show where the authority stands among all.

    Units:   percentages of each authority's own base; bands are fifths of the known values.
    Missing: an authority without a figure is drawn hatched and listed as not known; it is in no band.
    """
    words, chosen = section.words, view.authorities
    if chosen is None or all(share(row.value).value is None for row in chosen.values):
        return (Paragraph(text=words.text("none", as_at=long_date(view.as_at))),)
    figures = {row.code: share(row.value, places=chosen.places) for row in chosen.values}
    banded = fifths({code: figure.value for code, figure in figures.items()})
    blocks: list[Block] = [Paragraph(text=words.text("before", map=Reference(to=MAP), table=Reference(to=TABLE)))]
    blocks.extend(_position(chosen, figures, view, words))
    blocks.append(_map(chosen, figures, banded, view, words))
    blocks.append(_table(chosen, figures, banded, words))
    return tuple(blocks)


def _here(chosen: AuthorityMap) -> AuthorityValue | None:
    return next((row for row in chosen.values if row.code == chosen.here), None)


def _position(chosen: AuthorityMap, figures: dict[str, Figure], view: ReportInput, words: Words) -> Iterator[Paragraph]:
    here = _here(chosen)
    value = figures[here.code].value if here else None
    if here is None or value is None:
        return
    known = [figure.value for figure in figures.values() if figure.value is not None]
    yield Paragraph(
        text=words.text(
            "position",
            area=view.area,
            local=with_base(here.value, places=chosen.places),
            above=str(sum(other > value for other in known)),
            below=str(sum(other < value for other in known)),
            known=str(len(known)),
        )
    )


def _map(chosen: AuthorityMap, figures: dict[str, Figure], banded: Banded, view: ReportInput, words: Words) -> HexMap:
    shorts = short_names({row.code: row.name for row in chosen.values})
    places = tuple(
        Place(
            code=row.code,
            name=row.name,
            short=row.short or shorts[row.code],
            x=row.x,
            y=row.y,
            figure=figures[row.code],
            band=banded.of(row.code),
            here=row.code == chosen.here,
        )
        for row in chosen.values
    )
    bands = tuple(
        Band(code=code, words=_range(banded, code, places=chosen.places), step=step)
        for step, code in enumerate(banded.codes, start=1)
    )
    return HexMap(
        anchor=MAP,
        title=_title(chosen, figures, banded, view, words),
        subtitle=words.plain("subtitle", base=chosen.base, measure=chosen.measure, as_at=long_date(chosen.as_at)),
        description=_description(chosen, banded, view, words),
        places=places,
        bands=bands,
        unknown_words=words.plain("unknown_legend"),
        here_words=words.plain("here_legend") if _here(chosen) else "",
        degrees=chosen.degrees,
        beside=TABLE,
    )


def _title(chosen: AuthorityMap, figures: dict[str, Figure], banded: Banded, view: ReportInput, words: Words) -> str:
    here = _here(chosen)
    if here is None:
        known = [figure.value for figure in figures.values() if figure.value is not None]
        lowest, highest = (percent(value, places=chosen.places) for value in (min(known), max(known)))
        measure = chosen.measure[:1].upper() + chosen.measure[1:]
        return words.plain("title_england", measure=measure, lowest=lowest, highest=highest)
    band = banded.of(here.code)
    if band is None:
        return words.plain("title_unknown", area=view.area, measure=chosen.measure)
    return words.plain(
        "title",
        area=view.area,
        band=band,
        bands=f"{banded.codes[0]} to {banded.codes[-1]}",
        local=figures[here.code].display,
        measure=chosen.measure,
    )


def _description(chosen: AuthorityMap, banded: Banded, view: ReportInput, words: Words) -> str:
    counted = [
        f"Band {code}, {_range(banded, code, places=chosen.places)}: {len(banded.members(code))}"
        for code in banded.codes
    ]
    unknown = len(chosen.values) - sum(len(banded.members(code)) for code in banded.codes)
    here = words.plain("here_describe", area=view.area) if _here(chosen) else ""
    return words.plain(
        "describe",
        count=str(len(chosen.values)),
        bands="; ".join(counted),
        unknown=f"Not known: {unknown}",
        here=here,
    ).strip()


def _range(banded: Banded, code: str, *, places: int) -> str:
    low, high = banded.range(code)
    first, last = percent(low, places=max(places, 1)), percent(high, places=max(places, 1))
    return first if first == last else f"{first} to {last}"


def _table(chosen: AuthorityMap, figures: dict[str, Figure], banded: Banded, words: Words) -> Table:
    names = {row.code: row.name for row in chosen.values}
    rows = [
        Row(
            cells=(
                (code,),
                (_range(banded, code, places=chosen.places),),
                (str(len(banded.members(code))),),
                tuple(_named(banded.members(code), names, figures)),
            )
        )
        for code in banded.codes
    ]
    unknown = tuple(code for code in figures if banded.of(code) is None)
    if unknown:
        reasons = "; ".join(f"{names[code]} ({figures[code].missing})" for code in unknown)
        rows.append(Row(cells=((words.plain("unknown_legend"),), (), (str(len(unknown)),), (reasons,))))
    return Table(
        anchor=TABLE,
        caption=words.plain("caption", base=chosen.base, measure=chosen.measure, as_at=long_date(chosen.as_at)),
        columns=(
            Column(title=words.plain("column_band")),
            Column(title=words.plain("column_range")),
            Column(title=words.plain("column_count"), align="right"),
            Column(title=words.plain("column_names")),
        ),
        rows=tuple(rows),
        notes=(words.text("bands_note"),),
    )


def _named(codes: tuple[str, ...], names: dict[str, str], figures: dict[str, Figure]) -> Iterator[Inline]:
    for position, code in enumerate(codes):
        yield f"{'; ' if position else ''}{names[code]} "
        yield figures[code]
