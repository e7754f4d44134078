"""The store of releases: immutable, whole or absent, whatever happens to the writer."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from strandline.kernel.errors import UserError
from strandline.sources.adding import FilesRefused, add, read_table
from strandline.sources.release import Release, ReleaseDamaged
from strandline.sources.store import Store, UnknownRelease

ADDER = Path(__file__).resolve().parents[2] / "fakes" / "adding_process.py"


def adding_process() -> ModuleType:
    """The module of the other process, for its contract."""
    specification = importlib.util.spec_from_file_location("fake_adding_process", ADDER)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def results_files(tmp_path: Path) -> list[Path]:
    """Files of a few hundred kilobytes, all different, of one authority each."""
    header = ",".join(["LEA", "URN", *(f"C{n}" for n in range(40))])
    files = []
    for number in range(6):
        rows = (",".join([str(201 + number), str(100_000 + urn), *([str(urn / 8)] * 40)]) for urn in range(1_500))
        path = tmp_path / f"results_{number}.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        files.append(path)
    return files


class Adder:
    """Another process that adds files; it is ready when made, and begins on `go`."""

    def __init__(self, home: Path, files: list[Path]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ADDER), str(home), *map(str, files)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "POLARS_MAX_THREADS": "1"},
        )
        assert self.process.stdout.readline() == "ready\n"

    def go(self) -> None:
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def finish(self) -> None:
        self.process.communicate(timeout=120)
        assert self.process.returncode == 0


def sound(store: Store) -> int:
    """Every visible release is whole, and every table can be read. Returns how many there are."""
    assert store.check() == ()
    for release in store.releases():
        for table in release.tables:
            read_table(store, release.release_id, table)
    return len(store.releases())


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_whole_releases_or_none(tmp_path: Path, results_files: list[Path]) -> None:
    first = Adder(tmp_path / "home", results_files)
    begun = time.monotonic()
    first.go()
    first.finish()
    whole_run = time.monotonic() - begun
    chance = random.Random(20250831)
    add_each = adding_process().add_each
    seen = set()
    for attempt in range(9):
        home = tmp_path / f"home_{attempt}"
        store = Store(home)
        writer = Adder(home, results_files)
        writer.go()
        time.sleep(whole_run * (attempt + chance.random()) / 9)
        writer.kill()
        seen.add(sound(store))
        visible = {release.release_id for release in store.releases()}
        add_each(home, results_files)
        assert sound(store) == len(results_files)
        assert visible <= {release.release_id for release in store.releases()}
        assert {p.name for p in store.folder.iterdir()} == {r.release_id for r in store.releases()}
        assert not any((home / "incoming").glob("*"))
    assert len(seen) > 2, "the kills all fell at the same point"


def test_processes_that_add_at_once_do_not_corrupt_and_do_not_lose(tmp_path: Path, results_files: list[Path]) -> None:
    home = tmp_path / "home"
    writers = [Adder(home, results_files), Adder(home, results_files[::-1]), Adder(home, results_files[2:])]
    for writer in writers:
        writer.go()
    for writer in writers:
        writer.finish()
    assert sound(Store(home)) == len(results_files)
    assert not any((home / "incoming").glob("*"))


@pytest.fixture
def added(store: Store, tmp_path: Path, register_contract, register_text: str) -> Release:
    file = tmp_path / "register_2025-08-31.csv"
    file.write_text(register_text, encoding="utf-8")
    (one,) = add(store, [file], layouts=[register_contract])
    return one.release


def test_a_release_says_what_it_is(added: Release) -> None:
    assert added.release_id == f"small_register-2025-08-31-{added.sha256[:12]}"
    assert (added.kind, added.period, added.as_at) == ("small_register", "2025-08-31", date(2025, 8, 31))
    assert (added.published_on, added.coverage, added.rows) == (date(2025, 9, 1), "authority:850", 3)
    assert (added.file_name, added.contract) == ("register_2025-08-31.csv", "Small register")
    assert added.tables == ("schools", "missing")


def test_a_release_survives_the_way_to_disk_and_back(added: Release) -> None:
    assert Release.from_json(added.to_json()) == added


def test_adding_the_same_file_again_is_a_no_op_whatever_it_is_called(
    store: Store, added: Release, tmp_path: Path, register_contract, register_text: str, bytes_below
) -> None:
    before = bytes_below(store.home)
    other = tmp_path / "another name.csv"
    other.write_text(register_text, encoding="utf-8")
    (again,) = add(store, [other], layouts=[register_contract])
    assert again.already_there
    assert again.release == added
    assert bytes_below(store.home) == before


def test_the_same_file_twice_in_one_call_is_stored_once(
    store: Store, tmp_path: Path, register_contract, register_text: str
) -> None:
    files = [tmp_path / "a_2025-08-31.csv", tmp_path / "b_2025-08-31.csv"]
    for file in files:
        file.write_text(register_text, encoding="utf-8")
    assert len(add(store, files, layouts=[register_contract])) == 2
    assert len(store.releases()) == 1


def test_one_bad_file_keeps_its_good_neighbours_out(
    store: Store, tmp_path: Path, register_contract, register_text: str
) -> None:
    good, bad = tmp_path / "a_2025-08-31.csv", tmp_path / "b_2025-08-31.csv"
    good.write_text(register_text, encoding="utf-8")
    bad.write_text(register_text[:-20], encoding="utf-8")
    with pytest.raises(FilesRefused):
        add(store, [good, bad], layouts=[register_contract])
    assert store.releases() == ()
    assert not store.home.exists()


def test_the_same_file_gives_the_same_bytes(
    store: Store, added: Release, tmp_path: Path, register_contract, register_text: str, bytes_below
) -> None:
    other = Store(tmp_path / "other")
    file = tmp_path / "register_2025-08-31.csv"
    file.write_text(register_text, encoding="utf-8")
    add(other, [file], layouts=[register_contract])
    assert bytes_below(other.home) == bytes_below(store.home)


def test_a_changed_byte_is_found(store: Store, added: Release) -> None:
    path = store.table_path(added.release_id, "schools")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (problem,) = store.check()
    assert "has changed" in problem.what
    assert added.release_id in problem.what_to_do


def test_a_changed_record_and_a_lost_table_are_found(store: Store, added: Release) -> None:
    store.table_path(added.release_id, "missing").unlink()
    assert ["is gone" in problem.what for problem in store.check()] == [True]
    record = store.folder / added.release_id / "release.json"
    record.write_text(record.read_text().replace('"final"', '"revised"').replace("850", "851"))
    (problem,) = store.check()
    assert "changed" in problem.what


def test_a_removed_release_is_gone_and_may_come_again(
    store: Store, added: Release, tmp_path: Path, register_contract
) -> None:
    assert store.remove(added.release_id[:-4]) == added.release_id
    assert store.releases() == ()
    assert list(store.folder.iterdir()) == []
    (again,) = add(store, [tmp_path / "register_2025-08-31.csv"], layouts=[register_contract])
    assert not again.already_there


def test_a_release_that_is_not_there_is_said_so(store: Store, added: Release) -> None:
    with pytest.raises(UnknownRelease, match="data list"):
        store.release("ks2-1999")
    with pytest.raises(UnknownRelease, match="It has schools, missing"):
        store.table_path(added.release_id, "indicators")


def test_what_the_manifest_does_not_name_is_not_there(store: Store, added: Release) -> None:
    (store.folder / "ks2-half-written").mkdir()
    assert [release.release_id for release in store.releases()] == [added.release_id]


def test_a_broken_manifest_is_an_error_and_not_an_empty_store(store: Store, added: Release) -> None:
    (store.home / "manifest.json").write_text('{"releases": ')
    with pytest.raises(ReleaseDamaged, match="not a manifest"):
        store.releases()


def test_the_manifest_names_each_release_with_the_hash_of_its_record(store: Store, added: Release) -> None:
    manifest = json.loads((store.home / "manifest.json").read_text())
    assert list(manifest["releases"]) == [added.release_id]


def test_looking_at_a_store_makes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "nowhere")
    assert store.releases() == ()
    assert store.check() == ()
    assert not store.home.exists()


def test_a_damaged_release_can_still_be_removed(store: Store, added: Release) -> None:
    (store.folder / added.release_id / "release.json").unlink()
    with pytest.raises(ReleaseDamaged, match="data remove"):
        store.releases()
    store.remove(added.release_id)
    assert store.releases() == ()


def test_a_table_reads_back_typed(store: Store, added: Release) -> None:
    schools = read_table(store, added.release_id, "schools")
    assert schools.schema == {
        "urn": pl.Int64,
        "la_code": pl.Int64,
        "school_name": pl.String,
        "opened_on": pl.Date,
        "sixth_form": pl.Boolean,
        "phase": pl.String,
        "fsm_percent": pl.Float64,
    }
    assert schools.row(2) == (100002, 850, "Cedar, Elm and Fir School", date(2012, 1, 3), False, "Primary", 7.0)


def test_the_errors_of_the_store_are_for_people() -> None:
    assert issubclass(UnknownRelease, UserError)
