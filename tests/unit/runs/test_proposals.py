"""Making a run: deciding, saying what is missing, the same bytes from the same inputs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fakes.shire import AS_AT, PACK

from strandline import runs
from strandline.engine.resolve import UnknownSetting
from strandline.runs.judgements import JudgementsRefused
from strandline.runs.proposals import PackHasNoCategories, UnknownPreset
from strandline.strategy.reading import PackNotFound


@pytest.fixture
def made(settle: Callable[..., Path]) -> runs.Run:
    return runs.run(settle(), pack="shire-2012", as_at=AS_AT, authority="937")


def standings(run: runs.Run) -> dict[int, str]:
    rows = run.decisions.select("urn", "category", "state").iter_rows()
    return {urn: category or state for urn, category, state in rows}


def test_every_school_is_in_a_category_or_says_why_not(made: runs.Run) -> None:
    assert standings(made) == {
        100001: "1",
        100002: "1",
        100003: "needs_judgement",
        100004: "4",
        100005: "undecided",
        100006: "out_of_scope",
    }
    reasons = dict(made.decisions.select("urn", "reason").iter_rows())
    assert reasons[100001] == "1 (Good or better, good or outstanding)"
    assert reasons[100003] == (
        "for want of “Whether the school's partner judges its leadership to be strong”: no officer has supplied it yet"
    )
    assert reasons[100005].startswith(
        "for want of overall effectiveness at the latest graded inspection: no inspection is on record"
    )
    assert reasons[100006] == "Concerns go to the regulator"


def test_the_states_add_up_to_the_schools(made: runs.Run) -> None:
    summary = runs.summarise(made)
    assert sum(summary.states.values()) == summary.schools == 6
    assert sum(line.schools for line in summary.categories) == summary.decided == 3
    assert [(line.code, line.schools, line.percent) for line in summary.categories] == [
        ("1", 2, 67), ("S", 0, 0), ("3", 0, 0), ("4", 1, 33),
    ]  # fmt: skip
    assert summary.area == "Shire"


def test_what_is_missing_is_counted_by_reason(made: runs.Run) -> None:
    missing = {(line.feature, line.reason): line.schools for line in runs.summarise(made).missing}
    assert missing["leadership_strong", "no officer has supplied it yet"] == 2
    assert missing["inspection_grade", "no inspection is on record"] == 1


def test_the_same_inputs_give_the_same_bytes(settle: Callable[..., Path], tmp_path: Path) -> None:
    folders = []
    for name in ("one", "two"):
        run = runs.run(settle(tmp_path / name), pack="shire-2012", as_at=AS_AT, authority="937")
        folders.append(run.folder)
    first, second = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in folders)
    assert first == second
    assert folders[0].name == folders[1].name


def test_a_run_keeps_its_pack_and_is_decided_by_its_own_copy(made: runs.Run) -> None:
    from strandline.runs.rules_of import rules_of

    assert (made.folder / "packs" / "shire-2012" / "pack.yaml").read_text(encoding="utf-8") == PACK
    assert rules_of(made).pack.sha256 == made.manifest.inputs.pack.sha256


def test_an_officers_judgement_decides_a_school(settle: Callable[..., Path], tmp_path: Path) -> None:
    judged = tmp_path / "judged.csv"
    judged.write_text("urn,name,value,reason,by-role,date\n100003,leadership_strong,no,two visits,partner,2012-11-01\n")
    run = runs.run(settle(), pack="shire-2012", as_at=AS_AT, authority="937", judgements=judged)
    assert standings(run)[100003] == "3"
    assert run.manifest.inputs.judgements.used == 1


def test_a_judgement_after_the_day_does_not_count(settle: Callable[..., Path], tmp_path: Path) -> None:
    judged = tmp_path / "judged.csv"
    judged.write_text("urn,name,value,reason,by-role,date\n100003,leadership_strong,no,two visits,partner,2012-12-02\n")
    run = runs.run(settle(), pack="shire-2012", as_at=AS_AT, authority="937", judgements=judged)
    assert standings(run)[100003] == "needs_judgement"
    assert any("later than the day" in warning for warning in run.manifest.warnings)


def test_a_setting_of_the_pack_changes_the_decision(settle: Callable[..., Path]) -> None:
    later = date(2013, 9, 1)
    home = settle()
    assert standings(runs.run(home, pack="shire-2012", as_at=later, authority="937"))[100002] == "S"
    usual = runs.run(home, pack="shire-2012", as_at=later, authority="937", settings={"small_schools": "usual"})
    assert standings(usual)[100002] == "1"


def test_a_run_outside_the_time_in_force_warns_and_does_not_refuse(settle: Callable[..., Path]) -> None:
    run = runs.run(settle(), pack="shire-2012", as_at=date(2016, 1, 1), authority="937")
    assert any("is in force" in warning for warning in run.manifest.warnings)


def test_a_strategy_applied_to_all_or_long_after_the_last_file_warns(settle: Callable[..., Path]) -> None:
    home = settle()
    everywhere = runs.run(home, pack="shire-2012", as_at=AS_AT, authority="all")
    assert any("is the strategy of authority 937" in warning for warning in everywhere.manifest.warnings)
    late = runs.run(home, pack="shire-2012", as_at=date(2099, 1, 1), authority="937")
    (words,) = (warning for warning in late.manifest.warnings if "newest file" in warning)
    assert words.endswith("what came after it is not known.")
    here = runs.run(home, pack="shire-2012", as_at=AS_AT, authority="937")
    assert not any("strategy of authority" in warning or "newest" in warning for warning in here.manifest.warnings)


def test_entitlements_follow_from_category_and_legal_form(made: runs.Run) -> None:
    rows = made.table("entitlements").select("urn", "kind", "key", "claim").rows()
    assert (100001, "support", "partner", "entitled") in rows
    assert (100004, "support", "plan", "entitled") in rows
    assert (100001, "support", "plan", "entitled") not in rows
    assert (100004, "cadence", "visit_4", "entitled") in rows
    assert not [row for row in rows if row[0] in (100003, 100005, 100006)]
    days = dict(made.table("entitlements").filter(kind="days").select("urn", "amount_least").iter_rows())
    assert days == {100001: 5.0, 100002: 5.0, 100004: 8.0}


def test_a_missing_pack_names_the_nearest(settle: Callable[..., Path]) -> None:
    with pytest.raises(PackNotFound, match="shire-2012"):
        runs.run(settle(), pack="shire-2021", as_at=AS_AT)


def test_a_library_of_rules_cannot_decide(settle: Callable[..., Path]) -> None:
    with pytest.raises(PackHasNoCategories):
        runs.run(settle(), pack="england-national", as_at=AS_AT)


def test_an_unknown_preset_setting_or_judgement_is_refused(settle: Callable[..., Path], tmp_path: Path) -> None:
    home = settle()
    with pytest.raises(UnknownPreset, match="It has meant, printed"):
        runs.run(home, pack="shire-2012", as_at=AS_AT, preset="corrected")
    with pytest.raises(UnknownSetting, match="small_schools"):
        runs.run(home, pack="shire-2012", as_at=AS_AT, settings={"small": "x"})
    judged = tmp_path / "judged.csv"
    judged.write_text("urn,name,value,reason,by-role,date\n100003,leadership,no,two visits,partner,2012-11-01\n")
    with pytest.raises(JudgementsRefused, match="leadership_strong"):
        runs.run(home, pack="shire-2012", as_at=AS_AT, judgements=judged)
    assert runs.list_runs(home) == ()


def test_every_stage_is_told(settle: Callable[..., Path]) -> None:
    told: list[str] = []
    runs.run(settle(), pack="shire-2012", as_at=AS_AT, authority="937", progress=told.append)
    assert told[0] == "Reading the pack"
    assert told[-1] == "Keeping the run"


def test_schools_are_listed_by_category_then_name(made: runs.Run) -> None:
    assert runs.school_rows(made)["urn"].to_list() == [100002, 100001, 100004, 100005, 100003, 100006]
    assert runs.school_rows(made, categories=["4"])["urn"].to_list() == [100004]
    assert runs.school_rows(made, state="undecided")["urn"].to_list() == [100005]
