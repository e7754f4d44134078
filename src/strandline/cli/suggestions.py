"""What the shell offers for a half-typed name: read from folders, nothing imported."""

from __future__ import annotations

from pathlib import Path

from strandline.cli.places import home_folder


def runs() -> list[str]:
    """The names of the runs in the default home, and the word for the newest."""
    found = sorted(path.parent.name for path in (home_folder() / "runs").glob("*/manifest.json"))
    return ["latest", *found] if found else []


def packs() -> list[str]:
    """The names of the shipped packs."""
    shipped = Path(__file__).parents[1] / "packs"
    return sorted(path.parent.name for path in shipped.glob("*/pack.yaml"))


def releases() -> list[str]:
    """The names of the releases in the default home."""
    return sorted(path.parent.name for path in (home_folder() / "releases").glob("*/release.json"))
