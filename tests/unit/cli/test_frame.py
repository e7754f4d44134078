"""The frame of the command line: lazy nouns, exit codes, errors in sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from strandline.cli import app as frame
from strandline.cli.exits import ExitCode
from strandline.cli.nouns import Noun
from strandline.cli.options import Home, Json, noun_app
from strandline.cli.places import home_folder, name_home
from strandline.kernel.errors import BugError, DataError, Problem, UserError

HEAVY = (
    "duckdb",
    "polars",
    "sqlglot",
    "rich",
    "pyarrow",
    "openpyxl",
    "ruamel",
    "strandline.runs",
    "strandline.sources",
)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STRANDLINE_HOME", str(tmp_path / "home"))
    name_home(None)
    yield
    name_home(None)


@pytest.fixture
def noun_that_raises(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """A fake noun `probe` whose one command raises what the test hands in."""

    def install(error: BaseException) -> None:
        module = ModuleType("strandline.cli.probe")
        module.app = noun_app("Probe.")

        @module.app.command()
        def probe(*, home: Home = None, json: Json = False) -> None:
            """Raise."""
            raise error

        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(frame, "NOUNS", (Noun("probe", "Probe."),))

    return install


def imported_by(*arguments: str) -> set[str]:
    """The modules that a fresh process has imported after one command line."""
    script = (
        "import sys\n"
        "from strandline.cli.app import invoke\n"
        f"invoke({list(arguments)!r})\n"
        "print('\\nMODULES ' + ' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.rpartition("MODULES ")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["data", "--help"], ["run", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert imported_by(*arguments).isdisjoint(HEAVY)


def test_the_help_page_imports_no_noun() -> None:
    assert not [name for name in imported_by("--help") if name in {noun.module for noun in frame.NOUNS}]


def test_the_help_page_lists_every_noun(capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.invoke(["--help"]) == ExitCode.OK
    page = capsys.readouterr().out
    for noun in frame.NOUNS:
        assert f"  {noun.name} " in page


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["rnu"], "Did you mean run"),
        (["frobnicate"], "There are: data, packs, run"),
        (["data", "lost"], "No such command 'lost'"),
        (["run", "--pakc", "x"], "No such option"),
        (["data", "add"], "Missing argument"),
    ],
)
def test_a_wrong_command_line_is_usage(arguments: list[str], answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.invoke(arguments) == ExitCode.USAGE
    assert answer in capsys.readouterr().err


def test_a_user_error_is_a_sentence_without_a_traceback(
    noun_that_raises: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    noun_that_raises(UserError("There is no pack walsal", where="packs", what_to_do="Did you mean walsall-2011?"))
    assert frame.invoke(["probe"]) == ExitCode.USER_ERROR
    assert capsys.readouterr() == ("", "There is no pack walsal (packs). Did you mean walsall-2011?\n")


def test_a_refused_file_lists_every_reason(
    noun_that_raises: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    problems = tuple(Problem(what="Not a number", file="ks2.csv", row=row, column="URN", value="x") for row in (7, 9))
    noun_that_raises(DataError("ks2.csv is refused", problems=problems, what_to_do="Mend it and add it again"))
    assert frame.invoke(["probe"]) == ExitCode.DATA_REFUSED
    assert capsys.readouterr().err == (
        "ks2.csv is refused.\n"
        '  - Not a number (ks2.csv, row 7, column URN, value "x").\n'
        '  - Not a number (ks2.csv, row 9, column URN, value "x").\n'
        "Mend it and add it again.\n"
    )


def test_json_asks_for_errors_as_json(
    noun_that_raises: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    noun_that_raises(DataError("refused", problems=(Problem(what="Not a number", row=7, value="x"),)))
    assert frame.invoke(["probe", "--json"]) == ExitCode.DATA_REFUSED
    error = json.loads(capsys.readouterr().err)["error"]
    assert error["exit_code"] == ExitCode.DATA_REFUSED
    assert error["problems"] == [
        {"what": "Not a number", "file": "", "row": 7, "column": "", "value": "x", "what_to_do": ""}
    ]


@pytest.mark.parametrize("error", [ZeroDivisionError("division by zero"), BugError("the evaluators differ")])
def test_our_fault_is_an_apology_and_a_log(
    error: Exception,
    noun_that_raises: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    noun_that_raises(error)
    assert frame.invoke(["probe"]) == ExitCode.BUG
    shown = capsys.readouterr().err
    log = tmp_path / "home" / "logs" / "strandline.log"
    assert shown.startswith("Sorry: something went wrong inside Strandline.")
    assert str(error) in shown
    assert str(log) in shown
    assert "Traceback" not in shown
    assert "Traceback" in log.read_text()


def test_debug_shows_the_traceback_wherever_it_stands(
    noun_that_raises: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    noun_that_raises(ZeroDivisionError("division by zero"))
    assert frame.invoke(["probe", "--debug"]) == ExitCode.BUG
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_full_disk_is_not_our_fault(
    noun_that_raises: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    noun_that_raises(OSError(28, "No space left on device", "out.csv"))
    assert frame.invoke(["probe"]) == ExitCode.USER_ERROR
    assert capsys.readouterr().err == "No space left on device (out.csv).\n"


def test_the_keyboard_stops_a_command(
    noun_that_raises: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    noun_that_raises(KeyboardInterrupt())
    assert frame.invoke(["probe"]) == ExitCode.INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


def test_home_may_be_named_before_or_after_the_noun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--home", str(tmp_path / "x"), "runs", "list"], ["runs", "list", "--home", str(tmp_path / "x")]):
        assert frame.invoke(arguments) == ExitCode.OK
        assert "There is no run yet" in capsys.readouterr().out


def test_home_is_the_option_then_the_variable_then_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home_folder(tmp_path / "named") == tmp_path / "named"
    assert home_folder() == tmp_path / "home"
    monkeypatch.delenv("STRANDLINE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home_folder() == tmp_path / "data" / "strandline"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_is_shown_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.invoke(["completion", "show", shell]) == ExitCode.OK
    assert "_STRANDLINE_COMPLETE" in capsys.readouterr().out


def test_the_shell_completes_nouns_and_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    for words, position, expected in (("strandline da", "1", "data"), ("strandline data re", "2", "remove")):
        done = subprocess.run(
            [sys.executable, "-c", "import sys; sys.argv[:] = ['strandline']; from strandline.cli import main; main()"],
            env={"_STRANDLINE_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": position, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [expected]
