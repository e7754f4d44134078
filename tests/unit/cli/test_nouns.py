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
