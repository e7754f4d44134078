"""The exit codes: stable from version to version, so that a script may rely on them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the number that a command leaves behind says."""

    OK = 0
    USER_ERROR = 1
    USAGE = 2
    DATA_REFUSED = 3
    NOT_ALL_ASSESSED = 4
    BUG = 70
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.OK: "It worked. Schools that could not be assessed are listed with the reason; that alone is no error.",
    ExitCode.USER_ERROR: "What was asked cannot be done as asked (no such pack, run or school; no room on the disk).",
    ExitCode.USAGE: "The command line itself is wrong: an unknown command or option, or a value of the wrong form.",
    ExitCode.DATA_REFUSED: "A file or a pack was refused; every reason is listed. Nothing was stored.",
    ExitCode.NOT_ALL_ASSESSED: "Only with `run --strict`: the run is complete, but some schools are undecided.",
    ExitCode.BUG: "Strandline broke a promise to itself. The message names the log that holds the details.",
    ExitCode.INTERRUPTED: "Stopped from the keyboard. Nothing half-done is visible.",
}
