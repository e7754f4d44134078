"""Every command and option is documented, and the committed page says what the commands say."""

from __future__ import annotations

from pathlib import Path

import pytest

from strandline.cli.exits import MEANINGS, ExitCode
from strandline.cli.nouns import NOUNS
from strandline.cli.reference import PAGE, commands, page, parameters

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {" ".join(words): command for words, command in commands()}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does(name: str) -> None:
    assert (COMMANDS[name].help or "").strip().endswith((".", "?"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_says_what_it_means(name: str) -> None:
    assert [option for option, text in parameters(COMMANDS[name]) if not text.strip().endswith((".", "?"))] == []


@pytest.mark.parametrize("noun", [noun.name for noun in NOUNS])
def test_every_noun_answers(noun: str) -> None:
    assert f"strandline {noun}" in COMMANDS


SHOWN_TO_PEOPLE = ("strandline completion", "strandline demo")  # a shell script, and a show


def test_every_command_gives_json() -> None:
    ends = {name: command for name, command in COMMANDS.items() if not hasattr(command, "list_commands")}
    silent = [name for name, each in ends.items() if "--json" not in dict(parameters(each))]
    assert [name for name in silent if not name.startswith(SHOWN_TO_PEOPLE)] == []


def test_every_exit_code_has_its_meaning() -> None:
    assert set(MEANINGS) == set(ExitCode)


def test_the_committed_reference_is_what_the_commands_say() -> None:
    committed = (ROOT / PAGE).read_text(encoding="utf-8")
    assert committed == page(), "Write it anew: python -m strandline.cli.reference"
