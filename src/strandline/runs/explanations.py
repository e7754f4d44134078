"""Every school of a run explained at once, as the desk keeps it: the same words as `explain` gives for one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from strandline.catalogue import FEATURES
from strandline.engine.evaluate import decide
from strandline.engine.explain import Explanation, Provenance
from strandline.engine.explain import explain as explained_by
from strandline.runs.evidence import schools_in
from strandline.runs.record import Run
from strandline.runs.rules_of import kept_rules

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolExplained:
    """One school of a run with its explanation."""

    urn: int
    explanation: Explanation


def explanations(run: Run, *, urns: Collection[int] | None = None) -> Iterator[SchoolExplained]:
    """
    Say why each school is where it is, by the rules and figures of the run itself.

    Shape:   one per school that the run holds, by urn; `urns` narrows.
    Missing: a figure that is not there is named with its reason.
    """
    rules = kept_rules(run)
    titled = _releases(run)
    wanted = sorted(run.decisions["urn"].to_list() if urns is None else urns)
    for start in range(0, len(wanted), AT_ONCE):
        some = pl.Series(wanted[start : start + AT_ONCE], dtype=pl.Int64)
        origins = _origins(run, urns=some)
        for urn, school in sorted(schools_in(run, urns=some).items()):
            decision = decide(rules, school)
            provenance = _Origins(origins.get(urn, {}), titled)
            yield SchoolExplained(
                urn=urn, explanation=explained_by(rules, decision, school=school, provenance=provenance)
            )


class _Origins(Mapping[str, Provenance]):
    """Feature → the release that its figure was read from: that of its group, unless another one filled it."""

    def __init__(self, releases: Mapping[str, str], titled: Mapping[str, Provenance]) -> None:
        self._releases = releases
        self._titled = titled

    def _release(self, name: str) -> str | None:
        feature = FEATURES.get(name)
        filled = self._releases.get(f"feature:{name}")
        return filled or (self._releases.get(f"group:{feature.group}") if feature is not None else None)

    def __getitem__(self, name: str) -> Provenance:
        release = self._release(name)
        if release is None:
            raise KeyError(name)
        return self._titled[release]

    def __contains__(self, name: object) -> bool:
        return self._release(str(name)) in self._titled

    def __iter__(self) -> Iterator[str]:
        return (name for name in FEATURES if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _origins(run: Run, *, urns: pl.Series) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for table, column in (("provenance", "group"), ("filled", "feature")):
        rows = run.table(table).filter(pl.col("urn").is_in(urns.implode()))
        for urn, name, release in rows.select("urn", pl.col(column).cast(pl.String), "release_id").iter_rows():
            found.setdefault(urn, {})[f"{column}:{name}"] = str(release)
    return found


def _releases(run: Run) -> dict[str, Provenance]:
    return {
        release.release_id: Provenance(
            title=release.title,
            publisher=release.publisher,
            published_on=release.published_on,
            release_id=release.release_id,
            status=release.status,
        )
        for release in run.manifest.inputs.releases
    }
