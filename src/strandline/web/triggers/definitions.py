"""What brings a school into the register: `register.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from strandline.kernel.citations import Verification
from strandline.kernel.errors import BugError

FILE = Path(__file__).parent / "register.toml"
EVERY_PACK = "*"


class Kind(StrEnum):
    """Whose trigger it is."""

    STATUTORY = "statutory"
    NATIONAL = "national"
    LOCAL = "local"
    DESK = "desk"

    @property
    def words(self) -> str:
        """As printed beside the trigger."""
        return {
            "statutory": "Statutory",
            "national": "National policy",
            "local": "The authority's strategy",
            "desk": "Noticed by the desk",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """
    One trigger.

    Met where any of `rules` is true in a run of one of `packs`, where a fact has one of its values in `facts`, or where
    the run puts the school in one of `categories`; not where the school meets one of `unless` in the same run. `desk`
    names what the desk notices by itself. `evidence` are the facts that tell one occasion from the next.
    """

    key: str
    title: str
    kind: Kind
    working_days: int
    cite: str
    status: Verification
    packs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    desk: str = ""

    def counts_in(self, pack: str) -> bool:
        """Whether runs of a pack can meet it."""
        return EVERY_PACK in self.packs or pack in self.packs

    @property
    def source(self) -> str:
        """Where it is from, and how sure that is."""
        return f"{self.cite} ({self.status.words})" if self.status.flagged else self.cite


@cache
def definitions() -> Mapping[str, Definition]:
    """Every trigger by its key, in the order of the file. Raises: BugError for a file that contradicts itself."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))["trigger"]
    found = {each["key"]: _definition(each) for each in told}
    strangers = sorted({key for each in found.values() for key in each.unless} - found.keys())
    if len(found) != len(told) or strangers:
        raise BugError(f"register.toml names a trigger twice, or one that is not there: {', '.join(strangers)}")
    return found


def title_of(key: str) -> str:
    """The trigger in words; a key that is no longer in the file is shown as it was kept."""
    known = definitions().get(key)
    return known.title if known else key.replace("_", " ").capitalize()


def _definition(told: Mapping[str, object]) -> Definition:
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    facts = {name: tuple(values) for name, values in dict(told.get("facts", {})).items()}  # type: ignore[call-overload]
    rest = {name: value for name, value in told.items() if name not in lists and name != "facts"}
    rest |= {"kind": Kind(str(told["kind"])), "status": Verification(str(told["status"]))}
    return Definition(**rest, **lists, facts=facts)  # type: ignore[arg-type]
