"""Every noun as a person types it, on the made-up shire and on a real store."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from strandline.cli.app import invoke
from strandline.cli.exits import ExitCode

RUN = ("run", "--pack", "shire-2012", "--as-at", "2012-12-01", "--authority", "937")


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Type a command line; the answer is its exit code and both streams."""

    def typed(home: Path, *arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = invoke([*map(str, arguments), "--home", str(home)])
        return Answer(code, *capsys.readouterr())

    return typed


@pytest.fixture
def shire(settle: Callable[..., Path], ask: Callable[..., Answer]) -> Path:
    """A home with one run of the shire."""
    home = settle()
    assert ask(home, *RUN).code == ExitCode.OK
    return home


def test_run_prints_the_category_table_the_rest_and_the_name(
    settle: Callable[..., Path], ask: Callable[..., Answer]
) -> None:
    answer = ask(settle(), *RUN)
    assert answer.code == ExitCode.OK
    assert "Shire under Every School a Good School, as at 1 December 2012" in answer.out
    assert "3 of 6 schools decided; percentages are of those decided." in answer.out
    assert "1 undecided, because a figure is missing" in answer.out
    assert "1 waiting for an officer's judgement" in answer.out
    assert answer.out.splitlines()[-1].startswith("Run shire-2012_937_2012-12-01_")


def test_run_as_json_is_one_document(settle: Callable[..., Path], ask: Callable[..., Answer]) -> None:
    answer = ask(settle(), *RUN, "--json", "--timings")
    assert answer.json["states"] == {"decided": 3, "undecided": 1, "needs_judgement": 1, "out_of_scope": 1}
    assert set(answer.json["timings"]) >= {"Gathering the facts", "Deciding"}
    assert answer.err == ""


def test_strict_tells_a_script_that_not_every_school_could_be_assessed(
    settle: Callable[..., Path], ask: Callable[..., Answer]
) -> None:
    assert ask(settle(), *RUN, "--strict").code == ExitCode.NOT_ALL_ASSESSED


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "--pack", "shire-2021", "--as-at", "2012-12-01"), ExitCode.USER_ERROR, "shire-2012"),
        (("run", "--pack", "shire-2012", "--as-at", "yesterday"), ExitCode.USAGE, "2013-04-30"),
        (("run", "--pack", "shire-2012"), ExitCode.USAGE, "--as-at"),
        ((*RUN, "--authority", "93"), ExitCode.USAGE, "Or write: all"),
        ((*RUN, "--setting", "small"), ExitCode.USAGE, "NAME=VALUE"),
        ((*RUN, "--preset", "x"), ExitCode.USER_ERROR, "meant, printed"),
        (("runs", "show", "nothing"), ExitCode.USER_ERROR, "There is no run yet"),
        (("diff", "a", "b"), ExitCode.USER_ERROR, "There is no run yet"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: tuple[str, ...], code: int, words: str, settle: Callable[..., Path], ask: Callable[..., Answer]
) -> None:
    answer = ask(settle(), *arguments)
    assert answer.code == code
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_bad_judgements_leave_with_data_refused(
    settle: Callable[..., Path], ask: Callable[..., Answer], tmp_path: Path
) -> None:
    (tmp_path / "j.csv").write_text("urn,name\n", encoding="utf-8")
    assert ask(settle(), *RUN, "--judgements", tmp_path / "j.csv").code == ExitCode.DATA_REFUSED


def test_rows_written_out_cannot_be_executed_by_a_spreadsheet(
    shire: Path, ask: Callable[..., Answer], tmp_path: Path
) -> None:
    for name in ("schools.csv", "schools.xlsx", "schools.parquet"):
        answer = ask(shire, "runs", "schools", "latest", "--out", tmp_path / name)
        assert answer.code == ExitCode.OK
        assert f"Written to {tmp_path / name}" in answer.err
    with (tmp_path / "schools.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["school_name"] == "'=Brook Primary"
    assert rows[0]["urn"] == "100002"
    assert pl.read_parquet(tmp_path / "schools.parquet")["school_name"][0] == "=Brook Primary"


def test_runs_are_listed_shown_checked_and_removed(shire: Path, ask: Callable[..., Answer]) -> None:
    (line,) = ask(shire, "runs", "list", "--json").json
    assert (line["pack"], line["schools"], line["decided"]) == ("shire-2012", 6, 3)
    shown = ask(shire, "runs", "show", "latest")
    assert "Official files used" in shown.out
    assert ask(shire, "runs", "show", "latest", "--json").json["run_id"] == line["run_id"]
    assert ask(shire, "runs", "check", line["run_id"]).code == ExitCode.OK
    path = shire / "runs" / line["run_id"] / "decisions.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    assert ask(shire, "runs", "check", "latest").code == ExitCode.DATA_REFUSED
    assert ask(shire, "runs", "remove", "latest").code == ExitCode.OK
    assert ask(shire, "runs", "list", "--json").json == []


def test_schools_can_be_chosen_by_category_and_state(shire: Path, ask: Callable[..., Answer]) -> None:
    assert [row["urn"] for row in ask(shire, "runs", "schools", "latest", "--category", "4", "--json").json] == [100004]
    undecided = ask(shire, "runs", "schools", "latest", "--state", "undecided", "--json").json
    assert (undecided[0]["urn"], undecided[0]["missing"]) == (
        100005,
        ["inspection_grade", "leadership_strong", "pupils_on_roll"],
    )
    assert ask(shire, "runs", "schools", "latest", "--state", "lost").code == ExitCode.USAGE


def test_what_schools_are_entitled_to_is_totalled_and_listed(shire: Path, ask: Callable[..., Answer]) -> None:
    totals = ask(shire, "runs", "entitlements", "latest", "--json").json
    shown = [row for row in totals if row["kind"] in ("days", "support")]
    assert [(row["title"], row["schools"], row["amount_most"]) for row in shown] == [
        ("Officer days", 3, 18.0), ("School improvement partner", 3, None), ("Support plan", 1, None),
    ]  # fmt: skip
    of_one = ask(shire, "runs", "entitlements", "latest", "--urn", "100004", "--json").json
    assert {row["key"] for row in of_one} == {"partner", "plan", "officer_days", "visit_4"}


def test_diff_says_who_moved_and_why(shire: Path, ask: Callable[..., Answer], tmp_path: Path) -> None:
    assert ask(shire, *RUN[:3], "--as-at", "2013-12-01", "--authority", "937").code == ExitCode.OK
    first, second = "shire-2012_937_2012", "shire-2012_937_2013"
    answer = ask(shire, "diff", first, second, "--out", tmp_path / "moves.csv")
    assert "1 schools moved" in answer.out or "1 school moved" in answer.out
    assert "parameter changed" in answer.out
    assert (tmp_path / "moves.csv").read_text(encoding="utf-8-sig").count("'=Brook Primary") == 1
    assert ask(shire, "diff", first, second, "--json").json["moves"][0]["causes"] == ["parameter changed"]


def test_report_writes_the_paper_and_says_where(shire: Path, ask: Callable[..., Answer], tmp_path: Path) -> None:
    answer = ask(shire, "report", "latest", "--format", "html", "--out", tmp_path / "paper")
    assert answer.code == ExitCode.OK
    assert all(Path(line).is_file() for line in answer.out.splitlines())


def test_an_empty_store_says_what_to_do_next(home: Path, ask: Callable[..., Answer]) -> None:
    assert "strandline data add PATH" in ask(home, "data", "list").out
    assert ask(home, "data", "show", "gias").code == ExitCode.USER_ERROR
    assert ask(home, "data", "check").code == ExitCode.OK
    assert not home.exists() or not list(home.iterdir())


def test_a_file_that_is_no_official_file_is_refused(home: Path, ask: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    answer = ask(home, "data", "add", tmp_path / "notes.csv")
    assert answer.code == ExitCode.DATA_REFUSED
    assert "notes.csv" in answer.err
    assert ask(home, "data", "list", "--json").json == []


def test_an_empty_folder_holds_nothing_to_add(home: Path, ask: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert ask(home, "data", "add", tmp_path / "empty").code == ExitCode.USER_ERROR


def official(folder: Path) -> Path:
    """A selection of the register's links, in the publisher's layout."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "links_edubasealldata20250422.csv"
    header = '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"'
    path.write_text(f'{header}\r\n"100001","100002","Brook","Successor","01-09-2011"\r\n', encoding="utf-8")
    return path


def test_what_lies_beside_the_data_in_a_folder_is_passed_over(
    home: Path, ask: Callable[..., Answer], tmp_path: Path
) -> None:
    official(tmp_path / "files")
    (tmp_path / "files" / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "files" / ".hidden").write_text("x", encoding="utf-8")
    answer = ask(home, "data", "add", tmp_path / "files", "--part", "--json")
    assert answer.code == ExitCode.OK, answer.err
    assert [row["file_name"] for row in answer.json["files"]] == ["links_edubasealldata20250422.csv"]
    assert answer.json["passed_over"] == ["notes.csv"]
    again = ask(home, "data", "add", tmp_path / "files", "--part")
    assert "0 added, 1 there already." in again.out
    assert "Passed over, being no publications: notes.csv." in again.out
    named = ask(home, "data", "add", tmp_path / "files" / "notes.csv", tmp_path / "files")
    assert named.code == ExitCode.DATA_REFUSED


def test_a_release_is_listed_shown_checked_and_removed(home: Path, ask: Callable[..., Answer], tmp_path: Path) -> None:
    assert ask(home, "data", "add", official(tmp_path), "--part").code == ExitCode.OK
    (release,) = ask(home, "data", "list", "--json").json
    shown = ask(home, "data", "show", release["release_id"][:12], "--json").json
    assert shown["publisher"] == release["publisher"]
    assert {shape["name"] for shape in shown["shapes"]} == set(release["tables"])
    assert ask(home, "data", "list", "--out", tmp_path / "releases.xlsx").code == ExitCode.OK
    assert ask(home, "data", "check").code == ExitCode.OK
    table = home / "releases" / release["release_id"] / f"{release['tables'][0]}.parquet"
    table.write_bytes(b"broken")
    broken = ask(home, "data", "check", "--json")
    assert (broken.code, len(broken.json["problems"])) == (ExitCode.DATA_REFUSED, 1)
    assert ask(home, "data", "remove", release["release_id"]).code == ExitCode.OK
    assert ask(home, "data", "list", "--json").json == []


def test_what_is_fetched_is_added_and_what_fails_says_why(
    home: Path, ask: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strandline.sources.fetch import Address, Fetched

    def address(key: str) -> Address:
        return Address(key=key, title=key, publisher="P", page="https://example.org")

    def brought(folder: Path, **_: object) -> tuple[Fetched, ...]:
        return (
            Fetched(address=address("history"), path=official(folder)),
            Fetched(address=address("lost"), failure="It was not found"),
        )

    monkeypatch.setattr("strandline.runs.data.download", brought)
    answer = ask(home, "data", "fetch", "--json")
    assert answer.code == ExitCode.DATA_REFUSED
    history, lost = answer.json
    assert "looks cut short" in history["failure"]
    assert (history["refused"], lost["refused"], lost["failure"]) == (True, False, "It was not found")
    without = ask(home, "data", "fetch", "--no-add")
    assert without.code == ExitCode.USER_ERROR
    assert without.out.splitlines()[0].startswith("history: ")


def test_files_that_can_be_fetched_are_listed(home: Path, ask: Callable[..., Answer]) -> None:
    keys = {row["key"] for row in ask(home, "data", "fetch", "--list", "--json").json}
    assert {"gias-establishments", "gias-links", "ofsted-mi"} <= keys
    assert "gias-links" in ask(home, "data", "fetch", "--list").out


def test_an_explanation_gives_figure_threshold_paragraph_and_what_would_change(
    shire: Path, ask: Callable[..., Answer]
) -> None:
    answer = ask(shire, "explain", "100004")
    assert "Dene Primary (URN 100004, Shire)" in answer.out
    assert "This school is in category 4 (Causing concern)" in answer.out
    assert "Every School a Good School, 2" in answer.out
    found = ask(shire, "explain", "100004", "--run", "latest", "--json").json
    assert found["explanation"]["category"] == "4"
    assert {row["key"] for row in found["entitlements"]} == {"partner", "plan", "officer_days", "visit_4"}


def test_an_explanation_without_a_run_says_the_same(shire: Path, ask: Callable[..., Answer]) -> None:
    afresh = ("explain", "100003", "--pack", "shire-2012", "--as-at", "2012-12-01", "--json")
    of_run, without = ask(shire, "explain", "100003", "--json").json, ask(shire, *afresh).json
    assert without["explanation"] == of_run["explanation"]
    assert (without["run_id"], without["explanation"]["state"]) == ("", "needs_judgement")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("explain", "100999"), ExitCode.USER_ERROR, "holds no school with URN 100999"),
        (("explain", "12"), ExitCode.USAGE, "is not a URN"),
        (("explain", "100001", "--pack", "shire-2012"), ExitCode.USER_ERROR, "Name both --pack and --as-at"),
        (("explain", "100999", "--pack", "shire-2012", "--as-at", "2012-12-01"), ExitCode.USER_ERROR, "No register"),
    ],
)
def test_a_school_that_cannot_be_explained_says_why(
    arguments: tuple[str, ...], code: int, words: str, shire: Path, ask: Callable[..., Answer]
) -> None:
    answer = ask(shire, *arguments)
    assert (answer.code, words in answer.err) == (code, True), answer.err


def test_packs_are_listed_shown_checked_compared_and_begun(
    shire: Path, ask: Callable[..., Answer], tmp_path: Path
) -> None:
    assert "shire-2012" in {row["id"] for row in ask(shire, "packs", "list", "--json").json}
    shown = ask(shire, "packs", "show", "shire-2012")
    assert "inspection_grade = 3 AND NOT leadership_strong" in shown.out
    assert "Not read in the source itself" in shown.out
    assert ask(shire, "packs", "check", "shire-2012").code == ExitCode.OK
    assert ask(shire, "packs", "new", "ourshire-2026", "--from", "shire-2012", "--in", tmp_path).code == ExitCode.OK
    assert "0 differences" in ask(shire, "packs", "compare", "shire-2012", tmp_path / "ourshire-2026").out
    assert ask(shire, "packs", "new", "Our Shire", "--from", "shire-2012").code == ExitCode.USER_ERROR


def test_a_faulty_pack_leaves_with_data_refused_and_file_and_line(shire: Path, ask: Callable[..., Answer]) -> None:
    sheet = shire / "packs" / "shire-2012" / "pack.yaml"
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace("inspection_grade = 4", "inspection_grad = 4"), encoding="utf-8"
    )
    answer = ask(shire, "packs", "check", "shire-2012")
    assert answer.code == ExitCode.DATA_REFUSED
    assert "shire-2012/pack.yaml:" in answer.out
    assert "inspection_grade" in answer.out
    assert ask(shire, *RUN).code in (ExitCode.USER_ERROR, ExitCode.DATA_REFUSED)
