from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from strandline.runs import record
from strandline.runs.manifest import FILE_NAME, Inputs, JudgementsUsed, Manifest, PackUsed, ReleaseUsed

RELEASE = ReleaseUsed(
    release_id="gias-1", kind="gias", title="Register", publisher="DfE", period="", as_at=None,
    published_on=date(2013, 4, 1), status="", licence="OGL-UK-3.0", sha256="a" * 64,
)  # fmt: skip
INPUTS = Inputs(
    version="0.1.0",
    as_at=date(2013, 4, 30),
    authority="937",
    pack=PackUsed(id="warwickshire-2013", title="T", publisher="P", sha256="b" * 64),
    preset="",
    settings=(),
    predecessors=False,
    releases=(RELEASE,),
    judgements=JudgementsUsed(sha256="d" * 64, given=3, used=2),
)
TABLES = {"decisions": pl.DataFrame({"urn": [1, 2], "category": ["1", None]}), "facts": pl.DataFrame({"urn": [1, 2]})}


def manifest(**changes: object) -> Manifest:
    return Manifest(
        inputs=replace(INPUTS, **changes),
        clocks={"ks2_results_year": 2012},
        counts={"decided": 1},
        warnings=("w",),
        outputs=(),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    one = record.write(tmp_path / "one", manifest=manifest(), tables=TABLES)
    two = record.write(tmp_path / "two", manifest=manifest(), tables=dict(reversed(TABLES.items())))
    assert one.run_id == two.run_id
    assert contents(one.folder) == contents(two.folder)
    assert set(contents(one.folder)) == {"manifest.json", "decisions.parquet", "facts.parquet"}


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "0.2.0"},
        {"as_at": date(2013, 5, 1)},
        {"authority": "all"},
        {"preset": "printed"},
        {"settings": (("grade_2_stable", "2B"),)},
        {"predecessors": True},
        {"releases": ()},
        {"judgements": None},
        {"pack": replace(INPUTS.pack, sha256="e" * 64)},
    ],
)
def test_a_change_of_any_input_gives_the_run_another_name(changes: dict[str, object]) -> None:
    assert manifest(**changes).run_id != manifest().run_id


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    run = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    assert record.open_run(tmp_path, run.run_id).manifest == run.manifest
    assert run.manifest.outputs[0].rows == 2


def test_a_run_made_twice_is_kept_as_it_is(tmp_path: Path) -> None:
    first = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    stamp = (first.folder / FILE_NAME).stat().st_mtime_ns
    second = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    assert second.folder == first.folder
    assert (first.folder / FILE_NAME).stat().st_mtime_ns == stamp


def test_a_run_is_opened_by_the_unique_start_of_its_name_its_hash_or_latest(tmp_path: Path) -> None:
    old = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    new = record.write(tmp_path, manifest=manifest(as_at=date(2014, 4, 30)), tables=TABLES)
    os.utime(old.folder, ns=(1, 1))
    assert record.open_run(tmp_path, "warwickshire-2013_937_2013").run_id == old.run_id
    assert record.open_run(tmp_path, old.run_id.rpartition("_")[2]).run_id == old.run_id
    assert record.open_run(tmp_path, "latest").run_id == new.run_id
    assert [run.run_id for run in record.list_runs(tmp_path)] == [new.run_id, old.run_id]


def test_an_ambiguous_start_names_the_runs_it_could_mean(tmp_path: Path) -> None:
    record.write(tmp_path, manifest=manifest(), tables=TABLES)
    record.write(tmp_path, manifest=manifest(as_at=date(2014, 4, 30)), tables=TABLES)
    with pytest.raises(record.RunAmbiguous, match=r"2 runs begin.*2013-04-30.*2014-04-30"):
        record.open_run(tmp_path, "warwickshire")


def test_no_run_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(record.RunNotFound, match="Make one with strandline run"):
        record.open_run(tmp_path, "latest")
    record.write(tmp_path, manifest=manifest(), tables=TABLES)
    with pytest.raises(record.RunNotFound, match="See strandline runs list"):
        record.open_run(tmp_path, "sefton")


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    run = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    record.verify(run)
    (run.folder / "facts.parquet").unlink()
    path = run.folder / "decisions.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(record.RunDamaged) as damaged:
        record.verify(run)
    assert len(damaged.value.problems) == 2


def test_what_a_killed_process_left_behind_is_invisible_and_swept(tmp_path: Path) -> None:
    left = tmp_path / "runs" / ".staging-999999999-warwickshire"
    left.mkdir(parents=True)
    (left / FILE_NAME).write_text("{}")
    assert record.list_runs(tmp_path) == ()
    record.write(tmp_path, manifest=manifest(), tables=TABLES)
    assert not left.exists()


def test_a_manifest_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    run = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    (run.folder / FILE_NAME).write_text('{"inputs": 1}')
    with pytest.raises(record.RunDamaged, match="Remove the folder"):
        record.open_run(tmp_path, "latest")


def test_two_processes_may_write_the_same_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    kept = contents(first.folder)
    monkeypatch.setattr(record.Path, "is_dir", _absent_once(record.Path.is_dir))
    second = record.write(tmp_path, manifest=manifest(), tables=TABLES)
    assert second.manifest == first.manifest
    assert contents(first.folder) == kept


def _absent_once(real: Callable[[Path], bool]) -> Callable[[Path], bool]:
    """The run is not yet there when the second writer looks, and there when it renames."""
    answers = iter([False])
    return lambda path: next(answers, real(path))


def test_copies_of_files_are_kept_and_watched(tmp_path: Path) -> None:
    run = record.write(tmp_path, manifest=manifest(), tables=TABLES, copies={"packs/w/pack.yaml": b"id: w"})
    path = run.folder / "packs" / "w" / "pack.yaml"
    assert path.read_bytes() == b"id: w"
    path.write_bytes(b"id: x")
    with pytest.raises(record.RunDamaged, match=r"pack\.yaml"):
        record.verify(run)


def test_a_removed_run_is_gone(tmp_path: Path) -> None:
    record.remove(record.write(tmp_path, manifest=manifest(), tables=TABLES))
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_failed_write_shows_no_run(tmp_path: Path) -> None:
    broken = {"decisions": TABLES["decisions"], "facts": object()}
    with pytest.raises(AttributeError):
        record.write(tmp_path, manifest=manifest(), tables=broken)
    assert record.list_runs(tmp_path) == ()
    assert list((tmp_path / "runs").iterdir()) == []
