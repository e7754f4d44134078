"""The numbered list of what the figures rest on, the run, and the strategy's own sources."""

from __future__ import annotations

from strandline.kernel.dates import long_date
from strandline.reports.document import Block, Bullets, Paragraph, Source, SourceList
from strandline.reports.input import ReleaseView, ReportInput
from strandline.reports.templates import TemplateSection

HASH_SHOWN = 12


def sources(view: ReportInput, section: TemplateSection) -> tuple[Block, ...]:
    """List every release with publisher, period, dates, status, licence and the start of its fingerprint."""
    words = section.words
    blocks: list[Block] = [
        Paragraph(text=words.text("before", as_at=long_date(view.as_at))),
        SourceList(sources=tuple(_source(release) for release in view.releases)),
        Paragraph(
            text=words.text(
                "run", run=view.run_id, version=view.version, pack=view.pack.title, in_force=view.pack.in_force
            )
        ),
    ]
    if any(each.published_on is not None and each.published_on > view.as_at for each in view.releases):
        blocks.insert(2, Paragraph(text=words.text("later", as_at=long_date(view.as_at))))
    if view.pack.citations:
        blocks.append(Paragraph(text=words.text("citations")))
        blocks.append(Bullets(items=tuple((citation,) for citation in view.pack.citations)))
    return tuple(blocks)


def _source(release: ReleaseView) -> Source:
    parts = [
        release.publisher,
        release.period if release.as_at is None or release.period != release.as_at.isoformat() else "",
        f"as at {long_date(release.as_at)}" if release.as_at else "",
        f"published {long_date(release.published_on)}" if release.published_on else "",
        release.status,
        release.licence,
        f"SHA-256 {release.sha256[:HASH_SHOWN]}" if release.sha256 else "",
    ]
    details = ", ".join(part for part in parts if part)
    return Source(release_id=release.release_id, title=release.title, details=details)
