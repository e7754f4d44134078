"""Why the paper is here, what is asked, and the findings in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from strandline.kernel.dates import long_date
from strandline.reports.document import Block, Bullets, Note, Paragraph, Reference, Text
from strandline.reports.figures import Share, count, difference, share
from strandline.reports.input import InspectionProfile, ReportInput
from strandline.reports.phrases import schools, schools_are, schools_wait, with_base
from strandline.reports.sections.categories import largest_categories
from strandline.reports.templates import TemplateSection
from strandline.reports.wording import Words


def purpose(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """Open the paper: purpose, what the committee is asked, warnings of the pack, findings."""
    words = section.words
    why = words.text(
        "why",
        schools=schools(view.decisions.schools),
        area=view.area,
        pack=view.pack.quoted,
        as_at=long_date(view.as_at),
    )
    blocks: list[Block] = [Paragraph(text=why)]
    blocks.extend(Note(text=words.text("warning", warning=warning)) for warning in view.pack.warnings)
    asked = tuple(_asked(view, section))
    if asked:
        blocks += [Paragraph(text=words.text("asked")), Bullets(items=asked)]
    blocks += [Paragraph(text=words.text("summary")), Bullets(items=tuple(_findings(view, words)))]
    return tuple(blocks)


def _asked(view: ReportInput, section: TemplateSection) -> Iterator[Text]:
    """What the committee is asked to note: only what the paper holds."""
    words, held = section.words, section.headings
    if "categories" in held and view.categories and words.has("asked_categories"):
        yield words.text("asked_categories", table_categories=Reference(to="categories"))
    if "inspections" in held and view.inspections and words.has("asked_inspections"):
        first = Reference(to=f"inspections-{view.inspections[0].key}")
        yield words.text("asked_inspections", table_inspections=first)
    if "entitlements" in held and view.entitlements and words.has("asked_entitlements"):
        yield words.text("asked_entitlements", table_entitlements=Reference(to="entitlements"))
    if "not_assessed" in held and words.has("asked_not_assessed"):
        yield words.text("asked_not_assessed", heading_not_assessed=held["not_assessed"])


def _findings(view: ReportInput, words: Words) -> Iterator[Text]:
    decisions = view.decisions
    placed = Share(part=decisions.decided, whole=decisions.schools)
    yield words.text(
        "placed", decided=count(decisions.decided), schools=schools(decisions.schools), share=share(placed)
    )
    first = largest_categories(view)
    if len(first) == 1:
        yield words.text(
            "largest",
            category=first[0].title,
            count=schools(first[0].count),
            share=share(Share(part=first[0].count, whole=decisions.decided)),
        )
    for profile in view.inspections:
        yield from _profile(profile, words)
    if any(number.value for number in (decisions.undecided, decisions.needs_judgement, decisions.out_of_scope)):
        yield words.text(
            "left",
            undecided=schools(decisions.undecided),
            judgement=schools_wait(decisions.needs_judgement),
            outside=schools_are(decisions.out_of_scope),
        )


def _profile(profile: InspectionProfile, words: Words) -> Iterator[Text]:
    """The first line of a profile: its headline."""
    for row in profile.rows[:1]:
        local = with_base(row.local, places=profile.places)
        if row.national is None:
            yield words.text("profile_local", label=row.label, local=local, measure=profile.measure)
            continue
        gap = difference(share(row.local), share(row.national), places=max(profile.places, 1))
        yield words.text(
            "profile",
            label=row.label,
            local=local,
            measure=profile.measure,
            national=with_base(row.national, places=profile.places),
            difference=gap,
        )
