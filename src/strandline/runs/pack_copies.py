"""The very files of a pack that decided, kept with the run: it can be explained by its own rules for ever."""

from __future__ import annotations

from pathlib import Path

from strandline.kernel.errors import BugError
from strandline.runs.pack_parts import parts
from strandline.runs.record import Run
from strandline.strategy.model import Pack
from strandline.strategy.reading import SHIPPED, read_pack

FOLDER = "packs"


def own_folders(home: Path) -> tuple[Path, ...]:
    """Where packs are looked for by name before those that Strandline ships."""
    return (home / FOLDER,)


def located(home: Path, *, which: str, beside: Path | None = None) -> Path:
    """The folder of the pack that `read_pack` reads for `which`, or that a pack in `beside` imports by that name."""
    near = () if beside is None else (beside,)
    places: tuple[Path, ...] = (*near, *own_folders(home), SHIPPED, Path())
    for folder in places:
        if (folder / which / "pack.yaml").is_file():
            return folder / which
    raise BugError(f"the pack {which} was read, but its folder is not where packs are looked for")


def copies(home: Path, *, which: str, pack: Pack) -> dict[str, bytes]:
    """Every file of a pack and of the packs that it imports, by its path within a run."""
    own = located(home, which=which.removesuffix("/pack.yaml"))
    named = {Path(part.place.file).parts[0] for part in parts(pack) if part.place.file}
    folders = [
        own,
        *(located(home, which=name, beside=own.parent) for name in sorted({*named, *pack.imports} - {pack.id})),
    ]
    files = (file for folder in folders for file in folder.glob("*.yaml"))
    return dict(sorted((f"{FOLDER}/{file.parent.name}/{file.name}", file.read_bytes()) for file in files))


def pack_of(run: Run) -> Pack:
    """The pack of a run, read from the files that the run keeps."""
    folder = run.folder / FOLDER
    return read_pack(folder / run.manifest.inputs.pack.id, folders=(folder,))
